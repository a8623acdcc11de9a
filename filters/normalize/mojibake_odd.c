/* SPDX-License-Identifier: MIT
 * mojibake_odd.c - sorts of characters, and the points for pairs of them. Properties are those of common/unicode.h;
 * what quotes, dashes and signs do next to words is from Unicode's chapter on punctuation (6.2) and from reading
 * news. */
#include "filters/normalize/mojibake_odd.h"

#include <stddef.h>

#include "common/unicode.h"

/* Signs that are not sorted by their General_Category. */
static const struct {
	uint16_t first, last;
	uint8_t sort;
} signs[] = {
	{ 0x80, 0x9F, SORT_CONTROL },
	{ 0xA0, 0xA0, SORT_NEUTRAL },
	{ 0xA1, 0xA1, SORT_OPEN },
	{ 0xA2, 0xA5, SORT_MONEY },
	{ 0xAA, 0xAA, SORT_TRAIL },
	{ 0xAB, 0xAB, SORT_OPEN },
	{ 0xAD, 0xAD, SORT_NEUTRAL },
	{ 0xAE, 0xAE, SORT_TRAIL },
	{ 0xB0, 0xB0, SORT_TRAIL },
	{ 0xB2, 0xB3, SORT_TRAIL },
	{ 0xB4, 0xB4, SORT_CLOSE },
	{ 0xB7, 0xB7, SORT_DASH },
	{ 0xB9, 0xBA, SORT_TRAIL },
	{ 0xBB, 0xBB, SORT_CLOSE },
	{ 0xBF, 0xBF, SORT_OPEN },
	{ 0xD7, 0xD7, SORT_MATH },
	{ 0xF7, 0xF7, SORT_MATH },
	{ 0x2C2, 0x2DF, SORT_SYMBOL },
	{ 0x60C, 0x60C, SORT_CLOSE },
	{ 0x61B, 0x61B, SORT_CLOSE },
	{ 0x61F, 0x61F, SORT_CLOSE },
	{ 0x2010, 0x2015, SORT_DASH },
	{ 0x2018, 0x2018, SORT_OPEN },
	{ 0x2019, 0x2019, SORT_APOSTROPHE },
	{ 0x201A, 0x201A, SORT_OPEN },
	{ 0x201C, 0x201C, SORT_OPEN },
	{ 0x201D, 0x201D, SORT_CLOSE },
	{ 0x201E, 0x201E, SORT_OPEN },
	{ 0x2020, 0x2021, SORT_TRAIL },
	{ 0x2022, 0x2022, SORT_DASH },
	{ 0x2026, 0x2026, SORT_CLOSE },
	{ 0x2039, 0x2039, SORT_OPEN },
	{ 0x203A, 0x203A, SORT_CLOSE },
	{ 0x20A0, 0x20CF, SORT_MONEY },
	{ 0x2116, 0x2116, SORT_NEUTRAL },
	{ 0x2122, 0x2122, SORT_TRAIL },
	{ 0x2200, 0x22FF, SORT_MATH },
	{ 0x2500, 0x259F, SORT_BOX },
	{ 0x25CA, 0x25CA, SORT_MATH },
	{ 0x3000, 0x303F, SORT_NEUTRAL },
	{ 0xFF00, 0xFF20, SORT_NEUTRAL },
	{ 0xFFFD, 0xFFFD, SORT_LOST },
};

static enum sort sort_by_category(int32_t cp)
{
	switch (unicode_category(cp)) {
	case GC_LETTER:
		if (unicode_is_uppercase(cp))
			return SORT_UPPER;
		return unicode_is_lowercase(cp) ? SORT_LOWER : SORT_LETTER;
	case GC_MARK:
		return SORT_MARK;
	case GC_NUMBER:
		return cp == 0xBC || cp == 0xBD || cp == 0xBE ? SORT_SYMBOL : SORT_DIGIT;
	case GC_PUNCTUATION:
	case GC_SYMBOL:
		if (unicode_is_extended_pictographic(cp) && cp > 0xFF)
			return SORT_NEUTRAL;
		return SORT_SYMBOL;
	default:
		return SORT_NEUTRAL;
	}
}

enum sort odd_sort(int32_t cp)
{
	if (cp < 0x80) {
		if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
			return cp & 0x20 ? SORT_LOWER : SORT_UPPER;
		return cp >= '0' && cp <= '9' ? SORT_DIGIT : SORT_NEUTRAL;
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]) && signs[i].first <= cp; i++)
		if (cp <= signs[i].last)
			return (enum sort)signs[i].sort;
	return sort_by_category(cp);
}

/* Lists of points: neutral digit lower upper letter mark open close apostrophe dash trail money math box symbol control
 * lost. Letters next to letters are odd_letters. */
/* clang-format off */
static const uint8_t points[SORT_COUNT][SORT_COUNT] = {
	[SORT_NEUTRAL]    = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1 },
	[SORT_DIGIT]      = { 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 3, 1 },
	[SORT_LOWER]      = { 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 2, 2, 2, 3, 3, 2 },
	[SORT_UPPER]      = { 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 2, 2, 2, 3, 3, 2 },
	[SORT_LETTER]     = { 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 2, 2, 2, 3, 3, 2 },
	[SORT_MARK]       = { 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 2, 3, 1 },
	[SORT_OPEN]       = { 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 3, 1 },
	[SORT_CLOSE]      = { 0, 1, 2, 2, 2, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 3, 1 },
	[SORT_APOSTROPHE] = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 1 },
	[SORT_DASH]       = { 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 3, 1 },
	[SORT_TRAIL]      = { 0, 1, 2, 2, 2, 1, 1, 0, 0, 0, 1, 1, 1, 1, 2, 3, 1 },
	[SORT_MONEY]      = { 0, 0, 2, 2, 2, 1, 1, 1, 1, 0, 1, 1, 1, 1, 2, 3, 1 },
	[SORT_MATH]       = { 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 3, 1 },
	[SORT_BOX]        = { 0, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 3, 1 },
	[SORT_SYMBOL]     = { 0, 1, 2, 2, 2, 1, 1, 1, 1, 1, 2, 2, 2, 1, 2, 3, 1 },
	[SORT_CONTROL]    = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1 },
	[SORT_LOST]       = { 0, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0 },
};
/* clang-format on */

static bool is_letter(enum sort sort)
{
	return sort == SORT_LOWER || sort == SORT_UPPER || sort == SORT_LETTER;
}

/* Scripts written without spaces stand next to any other; Greek letters are signs of science in Latin words. */
static int odd_scripts(enum script a, enum script b)
{
	bool spaced_a = a >= SCRIPT_LATIN && a <= SCRIPT_DEVANAGARI;
	bool spaced_b = b >= SCRIPT_LATIN && b <= SCRIPT_DEVANAGARI;

	if (a == b || a == SCRIPT_COMMON || b == SCRIPT_COMMON)
		return 0;
	if (!spaced_a || !spaced_b)
		return 1;
	if ((a == SCRIPT_GREEK && b == SCRIPT_LATIN) || (a == SCRIPT_LATIN && b == SCRIPT_GREEK))
		return 0;
	return 3;
}

/* Letters that Arabic has of its own hardly ever touch those that only Persian and Urdu have. */
static bool is_emphatic(int32_t cp)
{
	return cp == 0x637 || cp == 0x638; /* tah, zah */
}

static bool is_persian(int32_t cp)
{
	switch (cp) {
	case 0x67E: /* peh */
	case 0x679: /* tteh */
	case 0x686: /* tcheh */
	case 0x688: /* ddal */
	case 0x691: /* rreh */
	case 0x698: /* jeh */
	case 0x6BA: /* noon ghunna */
	case 0x6BE: /* heh doachashmee */
		return true;
	default:
		return false;
	}
}

static int odd_letters(int32_t a, int32_t b, bool camel)
{
	if ((is_emphatic(a) && is_persian(b)) || (is_persian(a) && is_emphatic(b)))
		return 2;
	return odd_scripts(unicode_script(a), unicode_script(b)) + (camel ? 2 : 0);
}

/* Low quotes and inverted signs never close anything, as the others do in one language or another; in Arabic they
 * often stand the other way round, and the space behind a comma is forgotten. */
static bool opens_only(int32_t cp)
{
	return cp == 0xA1 || cp == 0xBF || cp == 0x201A || cp == 0x201E;
}

int odd_pair(int32_t a, int32_t b)
{
	enum sort before = odd_sort(a), after = odd_sort(b);

	if (is_letter(before) && is_letter(after))
		return odd_letters(a, b, before == SORT_LOWER && after == SORT_UPPER);
	if (before == SORT_LETTER && after == SORT_OPEN && !opens_only(b))
		return 0;
	if (before == SORT_CLOSE && after == SORT_LETTER && a < 0x700)
		return 1;
	return points[before][after] + (is_letter(before) && opens_only(b));
}

bool odd_joins(int32_t a, int32_t b)
{
	enum sort before = odd_sort(a), after = odd_sort(b);

	if (before == SORT_LETTER || !is_letter(before) || !is_letter(after))
		return false;
	return unicode_script(a) == unicode_script(b) && (before == after || before == SORT_UPPER);
}

/* Blocks whose characters are rarely the outcome, by code point. What no row covers is common. */
static const struct {
	int32_t first, last;
	int points;
} rare[] = {
	{ 0x80, 0x9F, 2 }, /* controls: right only where a second repair follows */
	{ 0x138, 0x138, 2 },
	{ 0x149, 0x149, 3 },
	{ 0x17F, 0x17F, 5 },
	{ 0x180, 0x19F, 3 },
	{ 0x1A2, 0x1AE, 3 }, /* o and u with horn are Vietnamese */
	{ 0x1B1, 0x217, 3 },
	{ 0x21C, 0x258, 3 },
	{ 0x25A, 0x2BA, 3 }, /* schwa is Azerbaijani */
	{ 0x2BD, 0x2C5, 3 },
	{ 0x2C8, 0x2D7, 3 },
	{ 0x2DE, 0x2FF, 3 },
	{ 0x370, 0x37D, 3 },
	{ 0x3CF, 0x3FF, 3 },
	{ 0x460, 0x48F, 3 },
	{ 0x490, 0x4FF, 2 },
	{ 0x500, 0x530, 3 },
	{ 0x531, 0x5CF, 1 },
	{ 0x600, 0x60B, 3 },
	{ 0x60D, 0x61A, 2 },
	{ 0x61D, 0x620, 2 },
	{ 0x63B, 0x640, 2 },
	{ 0x653, 0x65F, 2 },
	{ 0x66A, 0x678, 1 },
	{ 0x67A, 0x67D, 2 },
	{ 0x67F, 0x685, 2 },
	{ 0x68A, 0x690, 2 },
	{ 0x692, 0x694, 1 },
	{ 0x69C, 0x6A3, 2 },
	{ 0x6AB, 0x6AE, 2 },
	{ 0x6B0, 0x6B4, 2 },
	{ 0x6D6, 0x6EF, 1 },
	{ 0x6FA, 0x8FF, 3 },
	{ 0x1D00, 0x1DFF, 3 },
	{ 0xE000, 0xF8FF, 4 },
	{ 0xFFFE, 0xFFFF, 6 },
	{ 0xF0000, 0x10FFFF, 6 },
};

int odd_outcome(int32_t cp)
{
	if (unicode_category(cp) == GC_OTHER && (cp < 0xE000 || cp > 0xF8FF))
		return -1;
	for (size_t i = 0; i < sizeof(rare) / sizeof(rare[0]) && rare[i].first <= cp; i++)
		if (cp <= rare[i].last)
			return rare[i].points;
	return 0;
}
