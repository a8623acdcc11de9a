/* SPDX-License-Identifier: MIT
 * fields.c - maps against rows. */
#include "fields.h"

#include <ctype.h>

#include "common/nearest.h"

static const struct field *field_find(const struct field *fields, struct span name)
{
	for (; fields->name; fields++)
		if (span_equal(span_from(fields->name), name))
			return fields;
	return NULL;
}

static bool unknown_key(
	const struct node *member, const struct field *fields, const char *what, struct trouble *trouble)
{
	const struct node *key = member->key;
	struct nearest nearest = nearest_to(key->text);
	struct buf all = BUF_INIT;

	for (const struct field *field = fields; field->name; field++) {
		nearest_try(&nearest, field->name);
		buf_addf(&all, "%s%s", field == fields ? "" : ", ", field->name);
	}
	if (member->absent && span_find(key->text, ' ') < key->text.len)
		trouble_at(trouble, key->place,
			"'%.*s' is not a key; a text with a comma needs quotes within {...}",
			(int)key->text.len, key->text.at);
	else if (nearest.name)
		trouble_at(trouble, key->place, "unknown key '%.*s' in %s; did you mean '%s'?",
			(int)key->text.len, key->text.at, what, nearest.name);
	else
		trouble_at(trouble, key->place, "unknown key '%.*s' in %s, which may have %s",
			(int)key->text.len, key->text.at, what, buf_string(&all));
	buf_release(&all);
	return false;
}

static bool check_line(const struct node *node, const char *name, struct trouble *trouble)
{
	if (node->kind != NODE_TEXT)
		return trouble_at(trouble, node->place, "'%s' must be text", name);
	if (node->text.len == 0)
		return trouble_at(trouble, node->place, "'%s' is empty", name);
	if (span_find(node->text, '\n') < node->text.len)
		return trouble_at(trouble, node->place, "'%s' must be one line", name);
	if (span_find(node->text, '\0') < node->text.len)
		return trouble_at(trouble, node->place, "'%s' holds a NUL", name);
	return true;
}

static bool check_text(const struct node *node, const char *name, struct trouble *trouble)
{
	if (node->kind != NODE_TEXT)
		return trouble_at(trouble, node->place, "'%s' must be text", name);
	if (node->absent)
		return trouble_at(
			trouble, node->place, "'%s' has no value; an empty text is written \"\"", name);
	return true;
}

static bool check_texts(const struct node *node, const char *name, struct trouble *trouble)
{
	if (node->kind == NODE_MAP)
		return trouble_at(trouble, node->place, "'%s' must be text or a list of texts", name);
	if (node->kind == NODE_TEXT)
		return check_text(node, name, trouble);
	for (const struct node *item = node->first; item; item = item->next)
		if (!check_text(item, name, trouble))
			return false;
	return true;
}

bool shape_check(const struct node *node, enum shape shape, const char *name, struct trouble *trouble)
{
	switch (shape) {
	case SHAPE_LINE:
		return check_line(node, name, trouble);
	case SHAPE_TEXT:
		return check_text(node, name, trouble);
	case SHAPE_TEXTS:
		return check_texts(node, name, trouble);
	case SHAPE_LIST:
		return node->kind == NODE_LIST ||
		       trouble_at(trouble, node->place, "'%s' must be a list", name);
	case SHAPE_MAP:
		return node->kind == NODE_MAP ||
		       trouble_at(trouble, node->place, "'%s' must be a map of keys and values", name);
	}
	return false;
}

bool name_check(const struct node *node, const char *what, struct trouble *trouble)
{
	struct span name = node->text;
	bool good = name.len > 0 && islower((unsigned char)name.at[0]);

	for (size_t i = 0; good && i < name.len; i++) {
		unsigned char byte = (unsigned char)name.at[i];

		good = islower(byte) || isdigit(byte) || byte == '-' || byte == '_';
	}
	return good || trouble_at(trouble, node->place,
			       "%s is a letter a-z, then letters, digits, '-' and '_'", what);
}

bool fields_read(const struct node *map, const struct field *fields, const char *what, void *into,
	struct trouble *trouble)
{
	if (map->kind != NODE_MAP)
		return trouble_at(trouble, map->place, "%s must be a map of keys and values", what);
	for (const struct node *member = map->first; member; member = member->next) {
		const struct field *field = field_find(fields, member->key->text);

		if (!field)
			return unknown_key(member, fields, what, trouble);
		if (!shape_check(member, field->shape, field->name, trouble))
			return false;
	}
	for (; fields->name; fields++) {
		const struct node *member = node_member(map, span_from(fields->name));

		if (!member && fields->required)
			return trouble_at(trouble, map->place, "%s lacks '%s'", what, fields->name);
		*(const struct node **)((char *)into + fields->at) = member;
	}
	return true;
}
