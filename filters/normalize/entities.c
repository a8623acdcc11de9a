/* SPDX-License-Identifier: MIT
 * entities.c - a name is matched by narrowing a range of the sorted names, one character at a time. */
#include "filters/normalize/entities.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/normalize/data.h"

static bool entity_parse(struct entity *entity, struct span line)
{
	*entity = (struct entity){ .name = data_word(&line) };
	while (line.len && entity->count < 2) {
		int32_t cp = data_hex(data_word(&line));

		if (cp < 0)
			return false;
		entity->to[entity->count++] = cp;
	}
	return entity->count > 0 && line.len == 0;
}

static void read_windows_1252(int32_t to[32])
{
	struct span rest = data_file(SPAN("windows-1252")), line;

	for (int32_t i = 0; i < 32; i++)
		to[i] = 0x80 + i; /* five are undefined; HTML leaves them as they are */
	while (data_line(&rest, &line)) {
		int32_t byte = data_hex(data_word(&line));

		if (byte >= 0x80 && byte <= 0x9F)
			to[byte - 0x80] = data_hex(line);
	}
}

bool entities_parse(struct entities *entities, struct span text, struct diag *why)
{
	size_t cap = 0;
	struct span line;

	*entities = (struct entities){ .at = NULL };
	read_windows_1252(entities->windows_1252);
	while (data_line(&text, &line)) {
		struct entity *entity;

		if (entities->count == cap) {
			cap = cap ? cap * 2 : 4096;
			entities->at = mem_resize(entities->at, cap, sizeof(*entities->at));
		}
		entity = &entities->at[entities->count];
		if (!entity_parse(entity, line) ||
			(entities->count && span_compare(entity[-1].name, entity->name) >= 0)) {
			diag_set(why, "not a sorted list of character references: '%.*s'", (int)line.len,
				line.at);
			return false;
		}
		entities->count++;
	}
	return true;
}

void entities_release(struct entities *entities)
{
	free(entities->at);
	entities->at = NULL;
	entities->count = 0;
}

/* --- characters --------------------------------------------------------------------------------------- */

static bool is_digit(int32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_alphanumeric(int32_t cp)
{
	return is_digit(cp) || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
}

static int hex_value(int32_t cp)
{
	if (is_digit(cp))
		return cp - '0';
	if ((cp >= 'A' && cp <= 'F') || (cp >= 'a' && cp <= 'f'))
		return (cp | 0x20) - 'a' + 10;
	return -1;
}

/* --- one reference ------------------------------------------------------------------------------------- */

/* The first of the names in `range` whose character at `at` is not below `c`. */
static uint32_t first_not_below(
	const struct entities *entities, struct entity_range range, size_t at, int c)
{
	while (range.first < range.last) {
		uint32_t middle = range.first + (range.last - range.first) / 2;
		struct span name = entities->at[middle].name;
		int have = at < name.len ? (unsigned char)name.at[at] : -1;

		if (have < c)
			range.first = middle + 1;
		else
			range.last = middle;
	}
	return range.first;
}

/* Those of `range` whose character at `at` is `cp`. */
static struct entity_range narrowed(
	const struct entities *entities, struct entity_range range, size_t at, int32_t cp)
{
	return (struct entity_range){ first_not_below(entities, range, at, cp),
		first_not_below(entities, range, at, cp + 1) };
}

static int32_t lower(int32_t cp)
{
	return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

static bool name_takes(const struct entities *entities, struct entity_partial *partial, int32_t cp)
{
	size_t at = partial->len - 1;

	partial->names = narrowed(entities, partial->names, at, cp);
	partial->folded = narrowed(entities, partial->folded, at, lower(cp));
	return partial->names.first < partial->names.last || partial->folded.first < partial->folded.last;
}

static bool number_takes(struct entity_partial *partial, uint32_t base, int digit)
{
	if (digit < 0 || (uint32_t)digit >= base)
		return false;
	if (partial->value <= 0x10FFFF)
		partial->value = partial->value * base + (uint32_t)digit;
	return true;
}

/* Whether the reference goes on with `cp`. */
static bool partial_takes(const struct entity_matcher *matcher, struct entity_partial *partial, int32_t cp)
{
	const struct entities *entities = matcher->entities;

	if (partial->len == ENTITY_LONGEST)
		return false;
	switch (partial->mode) {
	case PARTIAL_AMP:
		if (cp == '#') {
			partial->mode = PARTIAL_HASH;
			return true;
		}
		partial->mode = PARTIAL_NAME;
		partial->names = (struct entity_range){ 0, (uint32_t)entities->count };
		partial->folded =
			(struct entity_range){ 0, matcher->folds ? (uint32_t)entities->count : 0 };
		return name_takes(entities, partial, cp);
	case PARTIAL_NAME:
		return is_alphanumeric(cp) && name_takes(entities, partial, cp);
	case PARTIAL_HASH:
		if (cp == 'x' || cp == 'X') {
			partial->mode = PARTIAL_X;
			return true;
		}
		partial->mode = PARTIAL_DECIMAL;
		return number_takes(partial, 10, hex_value(cp));
	case PARTIAL_DECIMAL:
		return number_takes(partial, 10, hex_value(cp));
	case PARTIAL_X:
		partial->mode = PARTIAL_HEX;
		return number_takes(partial, 16, hex_value(cp));
	case PARTIAL_HEX:
		return number_takes(partial, 16, hex_value(cp));
	}
	return false;
}

static int32_t number_stands_for(const struct entities *entities, uint32_t value)
{
	if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0xFFFD;
	if (value >= 0x80 && value <= 0x9F)
		return entities->windows_1252[value - 0x80];
	return (int32_t)value;
}

/* The entity of `range` whose name has `len` characters; NULL: none. The shortest of the names that begin alike
 * sorts first. */
static const struct entity *entity_in(
	const struct entities *entities, struct entity_range range, size_t len)
{
	bool is_one = range.first < range.last && entities->at[range.first].name.len == len;

	return is_one ? &entities->at[range.first] : NULL;
}

/* The semicolon has come: whether the reference is one, and what it stands for. */
static bool partial_ends(struct entity_matcher *matcher, const struct entity_partial *partial)
{
	const struct entities *entities = matcher->entities;
	const struct entity *entity;

	if (partial->mode == PARTIAL_DECIMAL || partial->mode == PARTIAL_HEX) {
		matcher->to[0] = number_stands_for(entities, partial->value);
		matcher->to_count = 1;
		return true;
	}
	if (partial->mode != PARTIAL_NAME)
		return false;
	entity = entity_in(entities, partial->names, partial->len - 1);
	if (!entity)
		entity = entity_in(entities, partial->folded, partial->len - 1);
	if (!entity)
		return false;
	matcher->to_count = entity->count;
	memcpy(matcher->to, entity->to, sizeof(matcher->to));
	return true;
}

/* --- the stack ----------------------------------------------------------------------------------------- */

static void hold(struct entity_matcher *matcher, int32_t cp)
{
	matcher->held[matcher->held_count++] = cp;
}

static enum entity_step push(struct entity_matcher *matcher)
{
	if (matcher->depth == ENTITY_DEPTH) {
		matcher->letting_go = true;
		return ENTITY_FAILED;
	}
	if (matcher->depth == 0)
		matcher->seen_through = 0;
	matcher->stack[matcher->depth++] = (struct entity_partial){
		.start = (uint32_t)matcher->held_count, .len = 1, .mode = PARTIAL_AMP
	};
	hold(matcher, '&');
	return ENTITY_HELD;
}

/* Joiners stay between letters or digits, and then there is no reference; before a semicolon they are gone. */
static bool joiners_stay(struct entity_matcher *matcher, struct entity_partial *partial, int32_t cp)
{
	if (partial->joiners == 0)
		return false;
	if (cp != ';' && cp != '#')
		return true;
	matcher->held_count -= partial->joiners;
	matcher->joiners_gone += partial->joiners;
	partial->joiners = 0;
	return false;
}

static enum entity_step continue_top(struct entity_matcher *matcher, int32_t cp)
{
	struct entity_partial *top = &matcher->stack[matcher->depth - 1];

	if (cp == '&') /* what comes of it may go on with this one */
		return push(matcher);
	if (joiners_stay(matcher, top, cp))
		return ENTITY_FAILED;
	if (cp == ';' && partial_ends(matcher, top)) {
		matcher->held_count = top->start;
		matcher->depth--;
		return ENTITY_DONE;
	}
	if (!partial_takes(matcher, top, cp))
		return ENTITY_FAILED;
	top->len++;
	hold(matcher, cp);
	return ENTITY_HELD;
}

enum entity_step entity_matcher_feed(struct entity_matcher *matcher, int32_t cp)
{
	if (matcher->letting_go) {
		matcher->letting_go = is_alphanumeric(cp) || cp == '&' || cp == '#' || cp == ';';
		return ENTITY_PASSED;
	}
	if (matcher->depth)
		return continue_top(matcher, cp);
	return cp == '&' ? push(matcher) : ENTITY_PASSED;
}

/* A joiner stays behind a letter or digit, and a few of them; ZWSP does between letters of other scripts only. */
static bool joiner_waits(const struct entity_matcher *matcher, int32_t joiner)
{
	const struct entity_partial *top = &matcher->stack[matcher->depth - 1];
	int32_t last = matcher->held[matcher->held_count - 1];

	if (joiner == 0x200B || (top->joiners == 0 && !is_alphanumeric(last)))
		return false;
	return top->joiners < ENTITY_JOINERS && !(top->joiners && last == joiner);
}

void entity_matcher_joiner(struct entity_matcher *matcher, int32_t joiner)
{
	if (!joiner_waits(matcher, joiner)) {
		matcher->joiners_gone++;
		return;
	}
	hold(matcher, joiner);
	matcher->stack[matcher->depth - 1].joiners++;
}

bool entity_matcher_see_through(struct entity_matcher *matcher, int32_t cp)
{
	if (matcher->seen_through == ENTITY_SEEN_THROUGH)
		return false;
	hold(matcher, cp);
	matcher->seen_through++;
	return true;
}
