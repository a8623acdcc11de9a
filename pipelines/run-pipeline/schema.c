/* SPDX-License-Identifier: MIT
 * schema.c - rows to JSON. */
#include "schema.h"

#include "common/common_options.h"
#include "common/json_string.h"
#include "common/registry.h"
#include "pipeline.h"

/* A JSON value in the making; what closes an object or a list is written by whoever opened it. */

static void next(struct buf *into)
{
	char last = (char)(into->len ? into->at[into->len - 1] : '{');

	if (last != '{' && last != '[')
		buf_add(into, SPAN(",\n"));
}

static void add_string(struct buf *into, const char *text)
{
	buf_add_byte(into, '"');
	json_escape(into, span_from(text), CPU_SCALAR);
	buf_add_byte(into, '"');
}

static void add_name(struct buf *into, const char *name)
{
	next(into);
	add_string(into, name);
	buf_add_byte(into, ':');
}

/* A member whose value is JSON already. */
static void add_json(struct buf *into, const char *name, const char *value)
{
	add_name(into, name);
	buf_add(into, span_from(value));
}

static void add_words(struct buf *into, const char *name, const char *const *words)
{
	add_name(into, name);
	buf_add_byte(into, '[');
	for (; *words; words++) {
		next(into);
		add_string(into, *words);
	}
	buf_add_byte(into, ']');
}

/* --- keys of the language ----------------------------------------------------------------------------- */

/* What an editor's YAML takes a text for: `no` and `3` are no texts there. */
#define SCALAR  "{\"type\":[\"string\",\"number\",\"boolean\"]}"
#define SCALARS "[" SCALAR ",{\"type\":\"array\",\"items\":" SCALAR "}]"

/* What name_check takes. */
#define NAME "\"^[a-z][a-z0-9_-]*$\""

/* What else is known of single keys. */
static const struct {
	const char *name, *holds;
} deeper[] = {
	{ "ghirbal", "\"enum\":[1,\"1\"]" },
	{ "id", "\"pattern\":" NAME },
	{ "params", "\"propertyNames\":{\"pattern\":" NAME
		    "},\"additionalProperties\":{\"$ref\":\"#/definitions/parameter\"}" },
	{ "stages", "\"minItems\":1,\"items\":{\"$ref\":\"#/definitions/stage\"}" },
	{ "tests", "\"items\":{\"$ref\":\"#/definitions/test\"}" },
	{ "run", "\"anyOf\":[{\"$ref\":\"#/definitions/filter\"},{\"type\":\"string\"}]" },
	{ "type", "\"enum\":[\"string\",\"integer\",\"number\",\"boolean\",\"enum\",\"path\"]" },
};

static const char *const shapes[] = {
	[SHAPE_LINE] = "\"type\":[\"string\",\"number\",\"boolean\"]",
	[SHAPE_TEXT] = "\"type\":[\"string\",\"number\",\"boolean\"]",
	[SHAPE_TEXTS] = "\"anyOf\":" SCALARS,
	[SHAPE_LIST] = "\"type\":\"array\"",
	[SHAPE_MAP] = "\"type\":\"object\"",
};

static void add_field(struct buf *into, const struct field *field)
{
	add_name(into, field->name);
	buf_add(into, SPAN("{\"description\":"));
	add_string(into, field->help);
	buf_addf(into, ",%s", shapes[field->shape]);
	for (size_t i = 0; i < sizeof(deeper) / sizeof(deeper[0]); i++)
		if (strcmp(deeper[i].name, field->name) == 0)
			buf_addf(into, ",%s", deeper[i].holds);
	buf_add_byte(into, '}');
}

/* The members of an object schema for a map with these keys. */
static void add_map(struct buf *into, const struct field *fields)
{
	add_json(into, "type", "\"object\"");
	add_json(into, "additionalProperties", "false");
	add_name(into, "required");
	buf_add_byte(into, '[');
	for (const struct field *field = fields; field->name; field++)
		if (field->required) {
			next(into);
			add_string(into, field->name);
		}
	buf_add_byte(into, ']');
	add_name(into, "properties");
	buf_add_byte(into, '{');
	for (const struct field *field = fields; field->name; field++)
		add_field(into, field);
	buf_add_byte(into, '}');
}

/* --- options of filters ------------------------------------------------------------------------------- */

/* A value that holds a parameter may turn out to be anything. */
#define OR_PARAMETER ",{\"type\":\"string\",\"pattern\":\"\\\\$\\\\{\"}]"

static void add_number(struct buf *into, const struct opt *row)
{
	buf_addf(into,
		",\"anyOf\":[{\"type\":\"integer\",\"minimum\":%lld,\"maximum\":%lld},{\"type\":\"string\",\"pattern\":\"^[-+]?[0-9]+$\"}" OR_PARAMETER,
		(long long)row->min, (long long)row->max);
}

static void add_option_shape(struct buf *into, const struct opt *row)
{
	switch (row->kind) {
	case OPT_FLAG:
	case OPT_SWITCH:
		buf_add(into,
			SPAN(",\"anyOf\":[{\"type\":\"boolean\"},{\"enum\":[\"yes\",\"no\",\"on\",\"off\"]}" OR_PARAMETER));
		return;
	case OPT_INT:
		add_number(into, row);
		return;
	case OPT_WORD:
		buf_add(into, SPAN(",\"anyOf\":[{"));
		add_words(into, "enum", row->words);
		buf_add(into, SPAN("}" OR_PARAMETER));
		return;
	case OPT_TEXTS:
	case OPT_INPUTS:
	case OPT_DOCUMENTS:
		buf_add(into, SPAN(",\"anyOf\":" SCALARS));
		return;
	default:
		buf_add(into, SPAN(",\"type\":[\"string\",\"number\",\"boolean\"]"));
		if (row->kind == OPT_TEXT && row->words)
			add_words(into, "examples", row->words);
		return;
	}
}

static void add_option(struct buf *into, const struct opt *row)
{
	add_name(into, row->name);
	buf_add(into, SPAN("{\"description\":"));
	add_string(into, row->help);
	add_option_shape(into, row);
	buf_add_byte(into, '}');
}

/* Whatever a stage runs: if it is this filter, its options are these. */
static void add_filter(struct buf *into, const struct filter *filter)
{
	struct filter_options options;

	filter_options_init(&options, filter);
	next(into);
	buf_add(into, SPAN("{\"if\":{\"required\":[\"run\"],\"properties\":{\"run\":{\"const\":"));
	add_string(into, filter->name);
	buf_add(into,
		SPAN("}}},\n\"then\":{\"properties\":{\"with\":{\"additionalProperties\":false,\"properties\":{"));
	for (const struct opt *row = filter->opts; row->name; row++)
		add_option(into, row);
	add_option(into, opts_find(options.tables, FILTER_TABLES, SPAN("invalid")));
	buf_add(into, SPAN("}}}}}"));
	filter_options_release(&options);
}

static void add_filters(struct buf *into)
{
	const struct filter *filter;

	add_name(into, "allOf");
	buf_add_byte(into, '[');
	for (size_t i = 0; (filter = registry_at(i)); i++)
		add_filter(into, filter);
	buf_add_byte(into, ']');
}

static void add_filter_names(struct buf *into)
{
	const struct filter *filter;

	buf_add(into, SPAN("{\"enum\":["));
	for (size_t i = 0; (filter = registry_at(i)); i++) {
		next(into);
		add_string(into, filter->name);
	}
	buf_add(into, SPAN("]}"));
}

/* --- all of it ---------------------------------------------------------------------------------------- */

static void define(struct buf *into, const char *name, const struct field *fields)
{
	add_name(into, name);
	buf_add_byte(into, '{');
	add_map(into, fields);
	if (fields == step_fields) {
		add_json(into, "oneOf", "[{\"required\":[\"run\"]},{\"required\":[\"pipeline\"]}]");
		add_filters(into);
	}
	buf_add_byte(into, '}');
}

void schema_add(struct buf *into)
{
	buf_add_byte(into, '{');
	add_json(into, "$schema", "\"http://json-schema.org/draft-07/schema#\"");
	add_json(into, "title", "\"A pipeline of ghirbal\"");
	add_map(into, root_fields);
	add_name(into, "definitions");
	buf_add_byte(into, '{');
	add_name(into, "filter");
	add_filter_names(into);
	define(into, "parameter", param_fields);
	define(into, "stage", step_fields);
	define(into, "test", test_fields);
	buf_add(into, SPAN("}}\n"));
}
