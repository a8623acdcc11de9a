/* SPDX-License-Identifier: MIT
 * maps.c - the mappings of the rules that are on, in one sorted list. Case folding is utf8proc's
 * (CaseFolding.txt, C + F). */
#include "filters/normalize/maps.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "common/mem.h"
#include "common/search.h"
#include "common/unicode.h"
#include "filters/normalize/data.h"
#include "filters/normalize/rules.h"

/* Digits of zero in ASCII, Arabic-Indic, extended Arabic-Indic: by enum digits. */
static const int32_t zeros[] = { [DIGITS_ASCII] = '0', [DIGITS_ARAB] = 0x0660, [DIGITS_EXTARAB] = 0x06F0 };

static void add(struct maps *maps, struct mapping mapping)
{
	maps->at = mem_resize(maps->at, maps->count + 1, sizeof(*maps->at));
	maps->at[maps->count++] = mapping;
}

/* --- maps.txt ------------------------------------------------------------------------------------------ */

/* A line: "RULE FIRST[-LAST] [TO ...]". */
struct line {
	int rule;
	int32_t first, last;
	struct mapping mapping;
};

static int rule_named(struct span name)
{
	for (int r = 0; r < RULES; r++)
		if (span_equal(span_from(rule_name((enum rule)r)), name))
			return r;
	return -1;
}

static bool range_parse(struct line *line, struct span word)
{
	size_t dash = span_find(word, '-');

	line->first = line->last = data_hex(span_head(word, dash));
	if (dash < word.len)
		line->last = data_hex(span_skip(word, dash + 1));
	return line->first >= 0 && line->last >= line->first;
}

static bool line_parse(struct line *line, struct span text)
{
	*line = (struct line){ .rule = rule_named(data_word(&text)) };
	if (line->rule < 0 || !range_parse(line, data_word(&text)))
		return false;
	while (text.len) {
		int32_t to = data_hex(data_word(&text));

		if (to < 0 || line->mapping.count == MAPPED_MAX)
			return false;
		line->mapping.to[line->mapping.count++] = to;
	}
	line->mapping.rule = (uint8_t)line->rule;
	return true;
}

/* Madda and hamza, of which letters are composed, have these combining classes; a mark of the same class between them and
 * their letter keeps them apart (UAX #15, D115). */
static bool may_block(int32_t mark)
{
	return unicode_combining_class(mark) == 220 || unicode_combining_class(mark) == 230;
}

/* Letters and marks change when they are composed. Of marks, only those that have to do with composing wait. */
static bool is_early(const struct rules *rules, const struct mapping *mapping)
{
	if (mapping->count == 0)
		return !(rules->composes && may_block(mapping->cp));
	return unicode_category(mapping->cp) != GC_LETTER;
}

static void add_range(struct maps *maps, const struct rules *rules, const struct line *line)
{
	struct mapping mapping = line->mapping;

	for (mapping.cp = line->first; mapping.cp <= line->last; mapping.cp++) {
		mapping.early = is_early(rules, &mapping);
		add(maps, mapping);
	}
}

static bool add_file(struct maps *maps, const struct rules *rules, struct diag *why)
{
	struct span rest = data_file(SPAN("maps")), text;
	struct line line;

	while (data_line(&rest, &text)) {
		if (!line_parse(&line, text)) {
			diag_set(why, "not a mapping: '%.*s'", (int)text.len, text.at);
			return false;
		}
		if (rules->on[line.rule])
			add_range(maps, rules, &line);
	}
	return true;
}

/* --- digits, case -------------------------------------------------------------------------------------- */

/* ASCII digits may be part of a character reference, so they wait until none was found. */
static void add_digits(struct maps *maps, enum digits to)
{
	for (int from = DIGITS_ASCII; from <= DIGITS_EXTARAB; from++)
		for (int32_t i = 0; i < 10 && from != (int)to; i++)
			add(maps, (struct mapping){ .cp = zeros[from] + i,
					  .rule = RULE_DIGITS,
					  .early = from != DIGITS_ASCII,
					  .count = 1,
					  .to = { zeros[to] + i } });
}

static bool is_ascii(const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (cps[i] >= 0x80)
			return false;
	return true;
}

/* Letters that fold to ASCII, as sharp s does, could spell the name of a character reference. Those of ASCII
 * are known to the matcher. */
static void add_case_of_block(struct maps *maps, int32_t first)
{
	for (int32_t cp = first; cp < first + UNICODE_BLOCK; cp++) {
		struct mapping mapping = { .cp = cp, .rule = RULE_CASEFOLD };

		if (!unicode_has(cp, UNICODE_FOLDS))
			continue;
		mapping.count = (uint8_t)utf8proc_decompose_char(
			cp, mapping.to, MAPPED_MAX, UTF8PROC_CASEFOLD, NULL);
		mapping.early = cp >= 0x80 && is_ascii(mapping.to, mapping.count);
		add(maps, mapping);
	}
}

/* Most of the code space are a few blocks over and over, in which nothing folds. */
static void add_case(struct maps *maps)
{
	int barren = -1;

	for (int32_t first = 0; first <= 0x10FFFF; first += UNICODE_BLOCK) {
		size_t before = maps->count;

		if (unicode_blocks[first / UNICODE_BLOCK] == barren)
			continue;
		add_case_of_block(maps, first);
		if (maps->count == before)
			barren = unicode_blocks[first / UNICODE_BLOCK];
	}
}

/* --- the list ------------------------------------------------------------------------------------------ */

static int by_code_point(const void *a, const void *b)
{
	const struct mapping *x = a, *y = b;

	return (x->cp > y->cp) - (x->cp < y->cp);
}

bool maps_init(struct maps *maps, const struct rules *rules, enum digits digits, struct diag *why)
{
	if (!add_file(maps, rules, why))
		return false;
	if (digits != DIGITS_KEEP)
		add_digits(maps, digits);
	if (rules->on[RULE_CASEFOLD])
		add_case(maps);
	if (maps->count)
		qsort(maps->at, maps->count, sizeof(*maps->at), by_code_point);
	return true;
}

void maps_release(struct maps *maps)
{
	free(maps->at);
	*maps = (struct maps){ .at = NULL };
}

static bool is_before(const void *mapping, const void *cp)
{
	return ((const struct mapping *)mapping)->cp < *(const int32_t *)cp;
}

const struct mapping *maps_find(const struct maps *maps, int32_t cp)
{
	size_t at = search_first(maps->at, maps->count, sizeof(*maps->at), &cp, is_before);

	return at < maps->count && maps->at[at].cp == cp ? &maps->at[at] : NULL;
}

bool maps_have_late(const struct maps *maps)
{
	for (size_t i = 0; i < maps->count; i++)
		if (!maps->at[i].early)
			return true;
	return false;
}
