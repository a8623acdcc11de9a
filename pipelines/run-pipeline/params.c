/* SPDX-License-Identifier: MIT
 * params.c - typed values. */
#include "params.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "fields.h"
#include "common/nearest.h"

const char *const param_types[] = { "string", "integer", "number", "boolean", "enum", "path", NULL };

/* What a parameter's map says, as nodes. */
struct param_nodes {
	const struct node *type, *initial, *help, *range, *values;
};

const struct field param_fields[] = {
	{ "type", SHAPE_LINE, false, offsetof(struct param_nodes, type),
		"string (also when left out), integer, number, boolean, enum or path" },
	{ "default", SHAPE_TEXT, false, offsetof(struct param_nodes, initial),
		"the value when none is given; without it, one must be given" },
	{ "help", SHAPE_LINE, false, offsetof(struct param_nodes, help), "what it is for" },
	{ "range", SHAPE_LIST, false, offsetof(struct param_nodes, range),
		"[LEAST, MOST], both included, for an integer or a number" },
	{ "values", SHAPE_LIST, false, offsetof(struct param_nodes, values), "the words of an enum" },
	{ NULL, SHAPE_LINE, false, 0, NULL },
};

/* --- values ----------------------------------------------------------------------------------- */

bool boolean_read(const char *word, bool *yes)
{
	static const char *const words[] = { "false", "no", "off", "true", "yes", "on" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(word, words[i]) == 0) {
			*yes = i >= 3;
			return true;
		}
	return false;
}

/* A decimal number; `whole` numbers have digits and a sign only. No "inf", "nan", hexadecimal,
 * spaces. */
static bool number_read(const char *text, bool whole, double *number)
{
	char *end;

	for (const char *at = text; *at; at++)
		if (!isdigit((unsigned char)*at) && !strchr(whole ? "+-" : "+-.eE", *at))
			return false;
	*number = strtod(text, &end);
	return end != text && *end == '\0' && isfinite(*number);
}

static bool check_number(const struct param *param, const char *text, struct diag *why)
{
	double number;

	if (!number_read(text, param->type == PARAM_INTEGER, &number)) {
		diag_set(why, "parameter '%s': '%s' is not a %s", param->name, text,
			param->type == PARAM_INTEGER ? "whole number" : "number");
		return false;
	}
	if (number < param->low || number > param->high) {
		diag_set(why, "parameter '%s': %s is not between %.15g and %.15g", param->name, text,
			param->low, param->high);
		return false;
	}
	return true;
}

static bool check_word(const struct param *param, const char *text, struct diag *why)
{
	struct buf all = BUF_INIT;

	for (size_t i = 0; param->words[i]; i++) {
		if (strcmp(param->words[i], text) == 0) {
			buf_release(&all);
			return true;
		}
		buf_addf(&all, "%s%s", i ? ", " : "", param->words[i]);
	}
	diag_set(why, "parameter '%s': '%s' is not one of %s", param->name, text, buf_string(&all));
	buf_release(&all);
	return false;
}

bool param_set(struct arena *arena, struct param *param, const char *text, struct diag *why)
{
	bool yes;

	switch (param->type) {
	case PARAM_STRING:
	case PARAM_PATH:
		break;
	case PARAM_INTEGER:
	case PARAM_NUMBER:
		if (!check_number(param, text, why))
			return false;
		break;
	case PARAM_ENUM:
		if (!check_word(param, text, why))
			return false;
		break;
	case PARAM_BOOLEAN:
		if (!boolean_read(text, &yes)) {
			diag_set(why, "parameter '%s': '%s' is not true or false", param->name, text);
			return false;
		}
		text = yes ? "true" : "false";
		break;
	}
	param->value = arena_copy(arena, span_from(text));
	return true;
}

/* --- declarations ----------------------------------------------------------------------------- */

static bool read_type(struct param *param, const struct node *type, struct trouble *trouble)
{
	if (!type)
		return true;
	for (int i = 0; param_types[i]; i++)
		if (span_equal(span_from(param_types[i]), type->text)) {
			param->type = (enum param_type)i;
			return true;
		}
	return trouble_at(trouble, type->place,
		"'%s' is not a type; there are string, integer, number, boolean, enum, path",
		type->text.at);
}

static bool read_range(struct param *param, const struct node *range, struct trouble *trouble)
{
	bool whole = param->type == PARAM_INTEGER;
	double bounds[2];

	param->low = -INFINITY;
	param->high = INFINITY;
	if (!range)
		return true;
	if (param->type != PARAM_INTEGER && param->type != PARAM_NUMBER)
		return trouble_at(trouble, range->key->place, "only an integer or a number has a range");
	if (range->count != 2)
		return trouble_at(trouble, range->place, "a range is [LEAST, MOST]");
	for (int i = 0; i < 2; i++) {
		const struct node *bound = i ? range->first->next : range->first;

		if (!shape_check(bound, SHAPE_LINE, "range", trouble))
			return false;
		if (!number_read(bound->text.at, whole, &bounds[i]))
			return trouble_at(trouble, bound->place, "'%s' is not a %snumber", bound->text.at,
				whole ? "whole " : "");
	}
	if (bounds[0] > bounds[1])
		return trouble_at(trouble, range->place, "the range is empty");
	param->low = bounds[0];
	param->high = bounds[1];
	return true;
}

static bool read_words(struct arena *arena, struct param *param, const struct node *key,
	const struct node *values, struct trouble *trouble)
{
	size_t count = 0;

	if (param->type != PARAM_ENUM)
		return !values || trouble_at(trouble, values->key->place, "only an enum has values");
	if (!values || values->count == 0)
		return trouble_at(
			trouble, values ? values->place : key->place, "an enum needs values: [WORD, ...]");
	param->words = arena_new(arena, values->count + 1, sizeof(*param->words));
	for (const struct node *item = values->first; item; item = item->next) {
		if (!shape_check(item, SHAPE_LINE, "values", trouble))
			return false;
		param->words[count++] = item->text.at;
	}
	return true;
}

static bool read_initial(
	struct arena *arena, struct param *param, const struct node *initial, struct trouble *trouble)
{
	struct diag why;
	const char *text;

	if (!initial)
		return true;
	if (span_find(initial->text, '\0') < initial->text.len)
		return trouble_at(trouble, initial->place, "a value cannot hold a NUL");
	text = initial->text.at;
	if (param->type == PARAM_PATH && *text)
		text = path_beside(arena, initial->place.source, text);
	if (!param_set(arena, param, text, &why))
		return trouble_at(trouble, initial->place, "%s", why.text);
	param->initial = param->value;
	return true;
}

static bool read_param(
	struct arena *arena, struct param *param, const struct node *node, struct trouble *trouble)
{
	struct param_nodes said;

	param->name = node->key->text.at;
	param->place = node->key->place;
	if (!name_check(node->key, "a parameter's name", trouble) ||
		!fields_read(node, param_fields, "a parameter", &said, trouble))
		return false;
	param->help = said.help ? said.help->text.at : "";
	return read_type(param, said.type, trouble) && read_range(param, said.range, trouble) &&
	       read_words(arena, param, node->key, said.values, trouble) &&
	       read_initial(arena, param, said.initial, trouble);
}

bool params_read(
	struct arena *arena, const struct node *node, struct param **params, struct trouble *trouble)
{
	*params = NULL;
	for (const struct node *member = node ? node->first : NULL; member; member = member->next) {
		*params = arena_new(arena, 1, sizeof(**params));
		if (!read_param(arena, *params, member, trouble))
			return false;
		params = &(*params)->next;
	}
	return true;
}

/* --- looking up ------------------------------------------------------------------------------- */

struct param *params_find(struct param *params, struct span name)
{
	for (; params; params = params->next)
		if (span_equal(span_from(params->name), name))
			return params;
	return NULL;
}

const char *params_nearest(const struct param *params, struct span name)
{
	struct nearest nearest = nearest_to(name);

	for (; params; params = params->next)
		nearest_try(&nearest, params->name);
	return nearest.name;
}

const char *path_beside(struct arena *arena, const struct source *source, const char *path)
{
	const char *slash = strrchr(source->name, '/');
	size_t folder = slash ? (size_t)(slash - source->name) + 1 : 0;
	size_t len = strlen(path);
	char *joined;

	if (path[0] == '/')
		return path;
	joined = arena_new(arena, folder + len + 1, 1);
	memcpy(joined, source->name, folder);
	memcpy(joined + folder, path, len);
	return joined;
}

/* --- replacing -------------------------------------------------------------------------------- */

/* The place of `part`, which starts a `${` or `$$` in the file as it does in the text, so that the
 * caret can stand under it; the text's own place where escapes hide it. */
static struct place place_in(const struct node *text, struct span part)
{
	struct span written =
		span_of(text->place.source->text.at + text->place.offset, text->end - text->place.offset);
	const char *hit = memmem(written.at, written.len, part.at, part.len);
	struct place place = text->place;

	if (hit)
		place.offset += (size_t)(hit - written.at);
	return place;
}

/* Appends the value that `rest`, which starts with "${", asks for. Bytes taken; 0 with
 * `trouble`. */
static size_t expand_one(struct buf *into, struct param *params, const struct node *text, struct span rest,
	struct trouble *trouble)
{
	size_t close = span_find(rest, '}');
	struct span name = span_skip(span_head(rest, close), 2);
	struct place place = place_in(text, span_head(rest, close + 1));
	const struct param *param = params_find(params, name);
	const char *nearest = params_nearest(params, name);

	if (close == rest.len) {
		trouble_at(trouble, place_in(text, rest), "'${' without '}'; a plain '$' is written '$$'");
		return 0;
	}
	if (!param && nearest)
		trouble_at(trouble, place, "no parameter is called '%.*s'; did you mean '%s'?",
			(int)name.len, name.at, nearest);
	else if (!param)
		trouble_at(trouble, place, "no parameter is called '%.*s'", (int)name.len, name.at);
	else if (!param->value)
		trouble_at(trouble, place, "parameter '%s' has no value: give --set %s=VALUE", param->name,
			param->name);
	if (!param || !param->value)
		return 0;
	buf_add(into, span_from(param->value));
	return close + 1;
}

static bool expand_into(
	struct buf *into, struct param *params, const struct node *text, struct trouble *trouble)
{
	struct span rest = text->text;

	while (rest.len) {
		size_t used = span_find(rest, '$');

		buf_add(into, span_head(rest, used));
		rest = span_skip(rest, used);
		if (span_has_prefix(rest, SPAN("${"))) {
			used = expand_one(into, params, text, rest, trouble);
			if (used == 0)
				return false;
			rest = span_skip(rest, used);
		} else if (rest.len) {
			buf_add_byte(into, '$');
			rest = span_skip(rest, span_has_prefix(rest, SPAN("$$")) ? 2 : 1);
		}
	}
	return true;
}

const char *params_expand(
	struct arena *arena, struct param *params, const struct node *text, struct trouble *trouble)
{
	struct buf expanded = BUF_INIT;
	const char *result = NULL;

	if (text->absent) {
		trouble_at(trouble, text->place, "no value; an empty text is written \"\"");
		return NULL;
	}
	if (span_find(text->text, '\0') < text->text.len) {
		trouble_at(trouble, text->place, "a value cannot hold a NUL");
		return NULL;
	}
	if (expand_into(&expanded, params, text, trouble))
		result = arena_copy(arena, buf_span(&expanded));
	buf_release(&expanded);
	return result;
}
