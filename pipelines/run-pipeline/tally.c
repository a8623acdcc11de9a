/* SPDX-License-Identifier: MIT
 * tally.c - a tree of members; json.h has checked what is read here. */
#include "tally.h"

#include <stdint.h>
#include <stdlib.h>

#include "common/json.h"

enum { DEEPEST = 8 };

enum kind { KIND_NEW, KIND_WHOLE, KIND_REAL, KIND_OTHER, KIND_OBJECT };

struct tally_member {
	struct span name; /* as it stands between the quotes */
	enum kind kind;
	uint64_t whole;
	double real;
	struct span text; /* KIND_OTHER: as written */
	struct tally_member *parent, *first, *last, *next;
};

/* --- members ---------------------------------------------------------------------------------------------- */

static struct span keep(struct tally *tally, struct span text)
{
	return span_of(arena_copy(&tally->arena, text), text.len);
}

static struct tally_member *member_of(struct tally *tally, struct tally_member *parent, struct span name)
{
	struct tally_member *member;

	for (member = parent->first; member; member = member->next)
		if (span_equal(member->name, name))
			return member;
	member = arena_new(&tally->arena, 1, sizeof(*member));
	*member = (struct tally_member){ .name = keep(tally, name), .parent = parent };
	if (parent->last)
		parent->last->next = member;
	else
		parent->first = member;
	parent->last = member;
	return member;
}

/* A number of digits only, few enough to add many of them. */
static bool is_whole(struct span value)
{
	enum { DIGITS = 18 };

	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
	return value.len && value.len <= DIGITS;
}

static bool is_number(struct span value)
{
	return value.len && (value.at[0] == '-' || (value.at[0] >= '0' && value.at[0] <= '9'));
}

static void add_whole(struct tally_member *member, uint64_t number)
{
	if (!span_equal(member->name, SPAN("status")))
		member->whole += number;
	else if (number > member->whole)
		member->whole = number;
}

/* Of numbers that are not whole the sum is not, either. */
static void add_number(struct tally_member *member, struct span value)
{
	char text[64] = { 0 };

	if (member->kind != KIND_REAL && is_whole(value)) {
		memcpy(text, value.at, value.len);
		member->kind = KIND_WHOLE;
		add_whole(member, strtoull(text, NULL, 10));
		return;
	}
	if (member->kind != KIND_REAL)
		member->real = (double)member->whole;
	member->kind = KIND_REAL;
	memcpy(text, value.at, value.len < sizeof(text) ? value.len : sizeof(text) - 1);
	member->real += strtod(text, NULL);
}

static void add_value(struct tally *tally, struct tally_member *member, struct span value)
{
	bool adds_up = member->kind == KIND_NEW || member->kind == KIND_WHOLE || member->kind == KIND_REAL;

	if (adds_up && is_number(value)) {
		add_number(member, value);
	} else if (member->kind == KIND_NEW) {
		member->kind = KIND_OTHER;
		member->text = keep(tally, value);
	}
}

/* --- reading ------------------------------------------------------------------------------------------------ */

static const char *skip(const char *at, const char *marks)
{
	return at + strspn(at, marks);
}

/* Behind the value at `at`. */
static const char *value_end(const char *at, const char *end)
{
	size_t depth = 0;

	do {
		if (*at == '"')
			at = json_string_end(at + 1, end, CPU_SCALAR);
		else if (*at == '{' || *at == '[')
			depth++;
		else if (*at == '}' || *at == ']')
			depth--;
		else if (depth == 0)
			return at + strcspn(at, ",}] \t\r\n");
		at++;
	} while (depth);
	return at;
}

static void read_members(struct tally *tally, const char *at, const char *end)
{
	struct tally_member *here = tally->root, *member;
	const char *stop;

	for (size_t depth = 0;;) {
		at = skip(at, ", \t\r\n");
		if (*at == '}' && depth-- == 0)
			return;
		if (*at == '}') {
			here = here->parent;
			at++;
			continue;
		}
		stop = json_string_end(at + 1, end, CPU_SCALAR);
		member = member_of(tally, here, span_of(at + 1, (size_t)(stop - at - 1)));
		at = skip(stop + 1, ": \t\r\n");
		if (*at == '{' && depth < DEEPEST &&
			(member->kind == KIND_NEW || member->kind == KIND_OBJECT)) {
			member->kind = KIND_OBJECT;
			here = member;
			depth++;
			at++;
			continue;
		}
		stop = value_end(at, end);
		add_value(tally, member, span_of(at, (size_t)(stop - at)));
		at = stop;
	}
}

bool tally_add(struct tally *tally, struct span object)
{
	struct json json = { .cpu = CPU_SCALAR };
	struct buf text = BUF_INIT; /* ends with a NUL, as strspn wants it */
	struct diag why;
	bool good = !memchr(object.at, '\0', object.len) && json_find(&json, object, NULL, 0, &why);

	if (good) {
		buf_add(&text, object);
		buf_string(&text);
		if (!tally->root)
			tally->root = arena_new(&tally->arena, 1, sizeof(*tally->root));
		tally->root->kind = KIND_OBJECT;
		read_members(tally, strchr(text.at, '{') + 1, text.at + text.len);
	}
	buf_release(&text);
	json_release(&json);
	return good;
}

/* --- printing ----------------------------------------------------------------------------------------------- */

static void print_value(struct buf *into, const struct tally_member *member)
{
	if (member->kind == KIND_WHOLE)
		buf_addf(into, "%llu", (unsigned long long)member->whole);
	else if (member->kind == KIND_REAL)
		buf_addf(into, "%.6f", member->real);
	else
		buf_add(into, member->text);
}

/* The member behind this one, in its object or behind that; closes the objects that end there. */
static const struct tally_member *next_member(struct buf *into, const struct tally_member *member)
{
	while (member->parent && !member->next) {
		member = member->parent;
		buf_add_byte(into, '}');
	}
	if (!member->parent)
		return NULL;
	buf_add_byte(into, ',');
	return member->next;
}

void tally_print(struct buf *into, const struct tally *tally)
{
	const struct tally_member *member = tally->root ? tally->root->first : NULL;

	buf_add_byte(into, '{');
	if (!member)
		buf_add_byte(into, '}');
	while (member) {
		buf_addf(into, "\"%.*s\":", (int)member->name.len, member->name.at);
		if (member->kind == KIND_OBJECT)
			buf_add_byte(into, '{');
		else
			print_value(into, member);
		if (member->first) {
			member = member->first;
			continue;
		}
		if (member->kind == KIND_OBJECT)
			buf_add_byte(into, '}');
		member = next_member(into, member);
	}
}

void tally_release(struct tally *tally)
{
	arena_release(&tally->arena);
	tally->root = NULL;
}
