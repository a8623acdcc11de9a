/* SPDX-License-Identifier: MIT
 * yaml.c - events to nodes, without recursion: the open nodes are a short array. */
#include "yaml.h"

#include <stdlib.h>
#include <yaml.h> /* NOLINT(readability-duplicate-include): libyaml's */

#include "common/mem.h"

/* Where reading is. */
struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct trouble *trouble;
	const struct source *source;
	struct node *root;
	struct node *open[YAML_DEPTH]; /* lists and maps not yet closed, outermost first */
	struct node **link[YAML_DEPTH]; /* where the next child of each goes */
	const struct node *key; /* read, its value not yet */
	size_t depth;
	size_t seen_index, seen_offset; /* a place both as libyaml and as we count */
};

/* libyaml counts characters, we count bytes. Marks mostly come in order, so the walk goes on from
 * the last. */
static size_t offset_of(struct reader *reader, size_t index)
{
	struct span text = reader->source->text;

	if (index < reader->seen_index)
		reader->seen_index = reader->seen_offset = 0;
	while (reader->seen_index < index && reader->seen_offset < text.len) {
		do
			reader->seen_offset++;
		while (reader->seen_offset < text.len &&
			((unsigned char)text.at[reader->seen_offset] & 0xC0) == 0x80);
		reader->seen_index++;
	}
	return reader->seen_offset;
}

static struct place place_of(struct reader *reader, yaml_mark_t mark)
{
	return (struct place){ reader->source, offset_of(reader, mark.index) };
}

/* A sentence for what libyaml could not read, and where what it was reading began. */
static bool report_syntax(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	struct place at = { reader->source, parser->problem_offset };

	if (parser->error == YAML_MEMORY_ERROR)
		mem_lack(); /* not the pipeline's fault, as other troubles are */
	if (parser->error == YAML_READER_ERROR)
		return trouble_at(reader->trouble, at, "%s%s",
			strstr(parser->problem, "UTF-8") ? "not UTF-8: " : "", parser->problem);
	at = place_of(reader, parser->problem_mark);
	trouble_at(reader->trouble, at, "%s%s%s%s", parser->problem, parser->context ? " " : "",
		parser->context ? parser->context : "",
		span_has_prefix(span_skip(reader->source->text, at.offset), SPAN("\t")) ? " (a tab)" : "");
	if (parser->context && parser->context_mark.index < parser->problem_mark.index)
		trouble_at(reader->trouble, place_of(reader, parser->context_mark), "it begins here");
	return false;
}

static struct node *node_new(struct reader *reader, const yaml_event_t *event, enum node_kind kind)
{
	struct node *node = arena_new(reader->arena, 1, sizeof(*node));

	node->kind = kind;
	node->place = place_of(reader, event->start_mark);
	node->end = offset_of(reader, event->end_mark.index);
	return node;
}

/* Anchors and tags stand in front of their node, so its first byte tells. */
static bool check_plainness(struct reader *reader, const struct node *node)
{
	struct span rest = span_skip(node->place.source->text, node->place.offset);

	if (span_has_prefix(rest, SPAN("&")))
		return trouble_at(
			reader->trouble, node->place, "anchors are not part of a pipeline's YAML");
	if (span_has_prefix(rest, SPAN("!")))
		return trouble_at(reader->trouble, node->place, "tags are not part of a pipeline's YAML");
	return true;
}

/* Puts a complete or just opened node where it belongs. */
static bool attach(struct reader *reader, struct node *node)
{
	struct node *parent = reader->depth ? reader->open[reader->depth - 1] : NULL;

	if (!parent) {
		reader->root = node;
		return true;
	}
	if (parent->kind == NODE_MAP && !reader->key) {
		if (node->kind != NODE_TEXT)
			return trouble_at(reader->trouble, node->place, "a key must be text");
		reader->key = node;
		return true;
	}
	node->key = reader->key;
	reader->key = NULL;
	*reader->link[reader->depth - 1] = node;
	reader->link[reader->depth - 1] = &node->next;
	parent->count++;
	return true;
}

static bool read_text(struct reader *reader, const yaml_event_t *event)
{
	struct node *node = node_new(reader, event, NODE_TEXT);
	struct span value = span_of((const char *)event->data.scalar.value, event->data.scalar.length);

	node->text = span_of(arena_copy(reader->arena, value), value.len);
	node->absent = !value.len && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return check_plainness(reader, node) && attach(reader, node);
}

static bool open_node(struct reader *reader, const yaml_event_t *event, enum node_kind kind)
{
	struct node *node = node_new(reader, event, kind);

	if (!check_plainness(reader, node) || !attach(reader, node))
		return false;
	if (reader->depth == YAML_DEPTH)
		return trouble_at(reader->trouble, node->place, "nested deeper than %d", YAML_DEPTH);
	reader->open[reader->depth] = node;
	reader->link[reader->depth] = &node->first;
	reader->depth++;
	return true;
}

static int compare_keys(const void *a, const void *b)
{
	const struct node *left = *(const struct node *const *)a, *right = *(const struct node *const *)b;
	int order = span_compare(left->text, right->text);

	if (order)
		return order;
	return left->place.offset < right->place.offset ? -1 : 1;
}

/* Sorted, so that a map of a hundred thousand keys costs no more than its size warrants. */
static bool check_keys_differ(struct reader *reader, const struct node *map)
{
	const struct node **keys = mem_new(map->count, sizeof(*keys));
	const struct node *twice = NULL, *once = NULL;
	size_t count = 0;

	for (const struct node *member = map->first; member; member = member->next)
		keys[count++] = member->key;
	qsort(keys, count, sizeof(*keys), compare_keys);
	for (size_t i = 1; i < count; i++)
		if (span_equal(keys[i - 1]->text, keys[i]->text) &&
			(!twice || keys[i]->place.offset < twice->place.offset)) {
			once = keys[i - 1];
			twice = keys[i];
		}
	free(keys);
	if (!twice)
		return true;
	return trouble_at(reader->trouble, twice->place, "'%.*s' is given twice, first on line %zu",
		(int)twice->text.len, twice->text.at, place_line(once->place));
}

static bool close_node(struct reader *reader, const yaml_event_t *event)
{
	struct node *node = reader->open[--reader->depth];

	node->end = offset_of(reader, event->end_mark.index);
	return node->kind != NODE_MAP || check_keys_differ(reader, node);
}

static bool start_document(struct reader *reader, const yaml_event_t *event)
{
	struct place place = place_of(reader, event->start_mark);

	if (reader->root)
		return trouble_at(reader->trouble, place, "a second document; a pipeline is one");
	if (event->data.document_start.version_directive ||
		event->data.document_start.tag_directives.start !=
			event->data.document_start.tag_directives.end)
		return trouble_at(reader->trouble, place, "directives are not part of a pipeline's YAML");
	return true;
}

static bool take(struct reader *reader, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return start_document(reader, event);
	case YAML_SCALAR_EVENT:
		return read_text(reader, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_node(reader, event, NODE_LIST);
	case YAML_MAPPING_START_EVENT:
		return open_node(reader, event, NODE_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_node(reader, event);
	case YAML_ALIAS_EVENT:
		return trouble_at(reader->trouble, place_of(reader, event->start_mark),
			"aliases are not part of a pipeline's YAML");
	default:
		return true;
	}
}

static bool read_events(struct reader *reader)
{
	bool good, over = false;

	do {
		yaml_event_t event;

		if (!yaml_parser_parse(&reader->parser, &event))
			return report_syntax(reader);
		over = event.type == YAML_STREAM_END_EVENT;
		good = take(reader, &event);
		yaml_event_delete(&event);
	} while (good && !over);
	if (good && !reader->root)
		return trouble_in(reader->trouble, reader->source->name, "the file holds no pipeline");
	return good;
}

const struct node *yaml_read(struct arena *arena, const struct source *source, struct trouble *trouble)
{
	struct reader reader = { .arena = arena, .trouble = trouble, .source = source };
	bool good;

	if (source->text.len > YAML_BYTES) {
		trouble_in(trouble, source->name, "larger than 1 MiB");
		return NULL;
	}
	if (!yaml_parser_initialize(&reader.parser))
		mem_lack();
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING); /* no guessing by a byte order mark */
	yaml_parser_set_input_string(&reader.parser,
		(const unsigned char *)(source->text.len ? source->text.at : ""), source->text.len);
	good = read_events(&reader);
	yaml_parser_delete(&reader.parser);
	return good ? reader.root : NULL;
}

const struct node *node_member(const struct node *map, struct span key)
{
	for (const struct node *member = map->first; member; member = member->next)
		if (span_equal(member->key->text, key))
			return member;
	return NULL;
}
