/* SPDX-License-Identifier: MIT
 * json.c - one object of JSON, walked without recursion (RFC 8259). */
#include "common/json.h"

/* Where the walk is. `line` is for messages. */
struct walk {
	const char *at, *end;
	struct span line;
	struct diag *why;
	struct json_member *open; /* whose value, an object or array, has begun and not ended */
	enum cpu cpu;
};

static bool fail(struct walk *walk, const char *what)
{
	diag_set(walk->why, "%s at byte %zu", what, (size_t)(walk->at - walk->line.at));
	return false;
}

static void skip_space(struct walk *walk)
{
	while (walk->at < walk->end &&
		(*walk->at == ' ' || *walk->at == '\t' || *walk->at == '\r' || *walk->at == '\n'))
		walk->at++;
}

/* --- values ----------------------------------------------------------------------------------------------- */

/* The string that ended at walk->at is no string: says why. */
static bool fail_string(struct walk *walk)
{
	if (walk->at == walk->end)
		return fail(walk, "a string without end");
	return fail(walk, *walk->at == '\\' ? "not an escape" : "a control character in a string");
}

/* Walks over the string at hand; `content` is what is between its quotes. Takes what it says where `said` is not
 * NULL. */
static bool walk_string(struct walk *walk, struct span *content, struct json_text *said)
{
	const char *start = walk->at + 1;

	walk->at = said ? json_string_take(said, start, walk->end, walk->cpu)
			: json_string_end(start, walk->end, walk->cpu);
	if (walk->at == walk->end || *walk->at != '"')
		return fail_string(walk);
	*content = span_of(start, (size_t)(walk->at++ - start));
	return true;
}

static bool walk_digits(struct walk *walk)
{
	const char *start = walk->at;

	while (walk->at < walk->end && *walk->at >= '0' && *walk->at <= '9')
		walk->at++;
	return walk->at > start || fail(walk, "a digit is missing");
}

static bool walk_number(struct walk *walk)
{
	if (*walk->at == '-')
		walk->at++;
	if (walk->at < walk->end && *walk->at == '0')
		walk->at++;
	else if (!walk_digits(walk))
		return false;
	if (walk->at < walk->end && *walk->at == '.') {
		walk->at++;
		if (!walk_digits(walk))
			return false;
	}
	if (walk->at < walk->end && (*walk->at == 'e' || *walk->at == 'E')) {
		walk->at++;
		if (walk->at < walk->end && (*walk->at == '+' || *walk->at == '-'))
			walk->at++;
		return walk_digits(walk);
	}
	return true;
}

static bool walk_word(struct walk *walk, struct span word)
{
	if (!span_has_prefix(span_of(walk->at, (size_t)(walk->end - walk->at)), word))
		return fail(walk, "not a value");
	walk->at += word.len;
	return true;
}

static bool walk_scalar(struct walk *walk, struct json_member *member)
{
	const char *start = walk->at;
	bool fine;

	if (*start == '"') {
		member->type = JSON_STRING;
		return walk_string(walk, &member->value, member->said);
	}
	if (*start == 't')
		fine = walk_word(walk, SPAN("true"));
	else if (*start == 'f')
		fine = walk_word(walk, SPAN("false"));
	else if (*start == 'n')
		fine = walk_word(walk, SPAN("null"));
	else if (*start == '-' || (*start >= '0' && *start <= '9'))
		fine = walk_number(walk);
	else
		return fail(walk, "not a value");
	member->type = JSON_OTHER;
	member->value = span_of(start, (size_t)(walk->at - start));
	return fine;
}

/* --- the object ----------------------------------------------------------------------------------------- */

/* The member that `key`, still escaped, names; NULL when nobody asked for it. */
static struct json_member *member_named(
	struct json *json, struct span key, struct json_member *members, size_t count)
{
	if (span_find(key, '\\') < key.len) {
		buf_clear(&json->name);
		json_unescape(&json->name, key, json->cpu);
		key = buf_span(&json->name);
	}
	for (size_t i = 0; i < count; i++)
		if (span_equal(members[i].name, key))
			return &members[i];
	return NULL;
}

/* Walks over a key and its colon. */
static bool walk_key(struct walk *walk, struct span *key)
{
	if (walk->at == walk->end || *walk->at != '"')
		return fail(walk, "a key is missing");
	if (!walk_string(walk, key, NULL))
		return false;
	skip_space(walk);
	if (walk->at == walk->end || *walk->at != ':')
		return fail(walk, "a colon is missing");
	walk->at++;
	skip_space(walk);
	return true;
}

/* Walks over commas and closing brackets to the next value or key. Leaves the nesting empty when the outermost
 * object ends. */
static bool walk_after_value(struct json *json, struct walk *walk)
{
	while (json->nesting.len) {
		bool in_object = json->nesting.at[json->nesting.len - 1] == '{';

		skip_space(walk);
		if (walk->at == walk->end)
			return fail(walk, "the object does not end");
		if (*walk->at == ',') {
			walk->at++;
			skip_space(walk);
			return true;
		}
		if (*walk->at != (in_object ? '}' : ']'))
			return fail(walk, "a comma or a closing bracket is missing");
		if (json->nesting.len == 1)
			json->tail.at = walk->at;
		walk->at++;
		json->nesting.len--;
		if (json->nesting.len == 1 && walk->open) {
			walk->open->value.len = (size_t)(walk->at - walk->open->value.at);
			walk->open = NULL;
		}
	}
	return true;
}

/* Opens the object or array at hand; `is_empty` tells that it was closed again at once. */
static void walk_open(struct json *json, struct walk *walk, bool *is_empty)
{
	char closing = *walk->at == '{' ? '}' : ']';

	buf_add_byte(&json->nesting, *walk->at++);
	skip_space(walk);
	*is_empty = walk->at < walk->end && *walk->at == closing;
}

/* Walks one value, or into one, with the key in front of it where there is one. `after` tells that a value is
 * complete. */
static bool walk_step(
	struct json *json, struct walk *walk, struct json_member *members, size_t count, bool *after)
{
	struct json_member nobody = { .said = NULL }, *member = NULL;
	bool in_object = json->nesting.at[json->nesting.len - 1] == '{';
	struct span key;

	if (in_object && !walk_key(walk, &key))
		return false;
	if (in_object && json->nesting.len == 1)
		member = member_named(json, key, members, count);
	if (walk->at == walk->end)
		return fail(walk, "a value is missing");
	if (*walk->at != '{' && *walk->at != '[') {
		*after = true;
		return walk_scalar(walk, member ? member : &nobody);
	}
	if (member) {
		member->type = JSON_OTHER;
		member->value = span_of(walk->at, 0); /* its end comes later */
		walk->open = member;
	}
	walk_open(json, walk, after);
	return true;
}

bool json_find(
	struct json *json, struct span line, struct json_member *members, size_t count, struct diag *why)
{
	struct walk walk = { line.at, line.at + line.len, line, why, NULL, json->cpu };
	bool after;

	for (size_t i = 0; i < count; i++)
		members[i].type = JSON_ABSENT;
	buf_clear(&json->nesting);
	skip_space(&walk);
	if (walk.at == walk.end || *walk.at != '{')
		return fail(&walk, "not a JSON object");
	walk_open(json, &walk, &after);
	json->has_members = !after;
	while (json->nesting.len) {
		if (!after && !walk_step(json, &walk, members, count, &after))
			return false;
		if (after && !walk_after_value(json, &walk))
			return false;
		after = false;
	}
	skip_space(&walk);
	if (walk.at < walk.end)
		return fail(&walk, "garbage after the object");
	json->tail.len = (size_t)(walk.end - json->tail.at);
	return true;
}

void json_release(struct json *json)
{
	buf_release(&json->nesting);
	buf_release(&json->name);
}
