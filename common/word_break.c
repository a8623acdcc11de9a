/* SPDX-License-Identifier: MIT
 * word_break.c - the default word boundaries of UAX #29 (Unicode 15.0), section 4.1.1.
 *
 * A walk from the start of a segment. `left` is the class of the character that rule WB4 makes the left
 * neighbour (marks and formats behind it do not count), `raw` that of the very character before. What the
 * look-ahead of WB6, WB7b and WB12 passes in vain is the next segment, so nothing is passed more often than
 * three times. */
#include "common/word_break.h"

#include "common/unicode.h"
#include "common/utf8.h"

#define BIT(class) (1U << (class))

enum {
	LINE_ENDS = BIT(WB_CR) | BIT(WB_LF) | BIT(WB_NEWLINE),
	IGNORABLE = BIT(WB_EXTEND) | BIT(WB_FORMAT) | BIT(WB_ZWJ),
	LETTERS = BIT(WB_ALETTER) | BIT(WB_HEBREW_LETTER),
	QUOTES = BIT(WB_MIDNUMLET) | BIT(WB_SINGLE_QUOTE),
	WORDS = LETTERS | BIT(WB_NUMERIC) | BIT(WB_EXTENDNUMLET),
};

/* What each class is joined to on its right: WB5, WB8 to WB10, WB13 to WB13b; WB7a. */
static const uint32_t joins[] = {
	[WB_ALETTER] = WORDS,
	[WB_HEBREW_LETTER] = WORDS | BIT(WB_SINGLE_QUOTE),
	[WB_NUMERIC] = WORDS,
	[WB_KATAKANA] = BIT(WB_KATAKANA) | BIT(WB_EXTENDNUMLET),
	[WB_EXTENDNUMLET] = WORDS | BIT(WB_KATAKANA),
	[WB_WSEGSPACE] = 0,
};

/* What may stand between two of each class, as in "l'eau", "3.14": WB6, WB7, WB7b, WB7c, WB11, WB12. */
static const uint32_t bridges[] = {
	[WB_ALETTER] = QUOTES | BIT(WB_MIDLETTER),
	[WB_HEBREW_LETTER] = QUOTES | BIT(WB_MIDLETTER) | BIT(WB_DOUBLE_QUOTE),
	[WB_NUMERIC] = QUOTES | BIT(WB_MIDNUM),
	[WB_WSEGSPACE] = 0,
};

struct walk {
	struct span text;
	size_t at; /* end of what belongs to the segment */
	enum wb left, raw;
	bool flag_is_half; /* left is the first of two regional indicators */
};

/* Bytes of marks and formats at the start of `text`. */
static size_t ignorable_len(struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		struct rune rune = utf8_first(span_skip(text, at));

		if (!(BIT(unicode_word_break(rune.value)) & IGNORABLE))
			break;
		at += rune.len;
	}
	return at;
}

/* Whether `behind`, what follows a bridge of class `bridge`, leads to the other bank: a letter for letters,
 * a digit for digits, and for the quote of Hebrew abbreviations a Hebrew letter. */
static bool bridge_leads_on(enum wb left, enum wb bridge, struct span behind)
{
	uint32_t banks = left == WB_NUMERIC ? BIT(WB_NUMERIC) : LETTERS;

	if (bridge == WB_DOUBLE_QUOTE)
		banks = BIT(WB_HEBREW_LETTER);
	behind = span_skip(behind, ignorable_len(behind));
	return behind.len && BIT(unicode_word_break(utf8_first(behind).value)) & banks;
}

/* Whether the segment goes on with `rune`, a character that WB4 does not ignore. A bridge that leads on is
 * passed with what is ignored behind it; then its right bank comes as the next character, and joins. */
static bool walk_joins(const struct walk *walk, struct rune rune, enum wb class)
{
	if (walk->raw == WB_ZWJ && unicode_is_extended_pictographic(rune.value)) /* WB3c */
		return true;
	if (class == WB_WSEGSPACE) /* WB3d */
		return walk->raw == WB_WSEGSPACE;
	if (class == WB_REGIONAL_INDICATOR) /* WB15, WB16 */
		return walk->left == WB_REGIONAL_INDICATOR && walk->flag_is_half;
	return (joins[walk->left] & BIT(class)) != 0;
}

static bool walk_bridges(const struct walk *walk, struct rune rune, enum wb class)
{
	return bridges[walk->left] & BIT(class) &&
	       bridge_leads_on(walk->left, class, span_skip(walk->text, walk->at + rune.len));
}

static void walk_take(struct walk *walk, struct rune rune, enum wb class)
{
	walk->flag_is_half = class == WB_REGIONAL_INDICATOR &&
			     !(walk->left == WB_REGIONAL_INDICATOR && walk->flag_is_half);
	walk->left = class;
	walk->raw = class;
	walk->at += rune.len;
}

/* Takes one character, or a bridge and what is ignored behind it; false at the end of the segment. */
static bool walk_step(struct walk *walk)
{
	struct rune rune = utf8_first(span_skip(walk->text, walk->at));
	enum wb class = unicode_word_break(rune.value);

	if (BIT(class) & LINE_ENDS) /* WB3a, WB3b */
		return false;
	if (BIT(class) & IGNORABLE) { /* WB4 */
		walk->raw = class;
		walk->at += rune.len;
		return true;
	}
	if (walk_bridges(walk, rune, class)) {
		walk->at += rune.len;
		walk->at += ignorable_len(span_skip(walk->text, walk->at));
		walk->raw = class;
		return true; /* left stays: what comes next joins it */
	}
	if (!walk_joins(walk, rune, class))
		return false;
	walk_take(walk, rune, class);
	return true;
}

size_t word_break_next(struct span text)
{
	struct walk walk = { .text = text };
	struct rune first = utf8_first(text);
	enum wb class = unicode_word_break(first.value);

	if (BIT(class) & LINE_ENDS)
		return first.len + (class == WB_CR && text.len > 1 && text.at[1] == '\n');
	walk_take(&walk, first, class);
	while (walk.at < text.len && walk_step(&walk))
		continue;
	return walk.at;
}

bool word_break_is_word(struct span segment)
{
	while (segment.len) {
		struct rune rune = utf8_first(segment);
		enum gc category = unicode_category(rune.value);

		if (category == GC_LETTER || category == GC_NUMBER || unicode_is_ideographic(rune.value))
			return true;
		segment = span_skip(segment, rune.len);
	}
	return false;
}
