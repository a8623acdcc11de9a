/* SPDX-License-Identifier: MIT
 * characters.c - kinds of characters. */
#include "filters/split-sentences/characters.h"

#include "common/unicode.h"

/* clang-format off */
const uint16_t character_kinds_ascii[128] = {
	['0' ... '9'] = LOOK_DIGIT, ['A' ... 'Z'] = LOOK_UPPER, ['a' ... 'z'] = LOOK_LOWER,
	['.'] = KIND_TERMINATOR, ['!'] = KIND_TERMINATOR, ['?'] = KIND_TERMINATOR,
	[' '] = KIND_SPACE, ['\t'] = KIND_SPACE, ['\v'] = KIND_SPACE, ['\f'] = KIND_SPACE,
	['\n'] = KIND_LINE_END, ['\r'] = KIND_LINE_END,
	['('] = KIND_OPENING, ['['] = KIND_OPENING, ['{'] = KIND_OPENING,
	[')'] = KIND_CLOSING, [']'] = KIND_CLOSING, ['}'] = KIND_CLOSING,
	['"'] = KIND_QUOTE, ['\''] = KIND_QUOTE, ['`'] = KIND_QUOTE,
	['-'] = KIND_DASH,
};
/* clang-format on */

/* Thousands of numbers and letters are in no class of Sentence_Break: superscripts, Roman numerals. */
static unsigned by_category(const struct unicode_record *record)
{
	return record->category == GC_LETTER   ? LOOK_CASELESS
	       : record->category == GC_NUMBER ? LOOK_DIGIT
					       : LOOK_NONE;
}

static unsigned by_sentence_break(const struct unicode_record *record)
{
	switch (record->sentence_break) {
	case SB_LOWER:
		return LOOK_LOWER;
	case SB_UPPER:
		return LOOK_UPPER;
	case SB_OLETTER:
		return LOOK_CASELESS;
	case SB_NUMERIC:
		return LOOK_DIGIT;
	case SB_STERM:
	case SB_ATERM:
		return KIND_TERMINATOR | by_category(record);
	case SB_EXTEND:
	case SB_FORMAT:
		return KIND_IGNORED | by_category(record);
	default:
		return by_category(record);
	}
}

/* „ and its kin are Ps: they open, but are no brackets. */
static bool is_low_quote(int32_t cp)
{
	return cp == 0x201A || cp == 0x201E || cp == 0x2E42;
}

static unsigned of_punctuation(int32_t cp, const struct unicode_record *record)
{
	if (record->flags & UNICODE_OPENING)
		return is_low_quote(cp) ? KIND_QUOTE : KIND_OPENING;
	if (record->flags & UNICODE_CLOSING)
		return KIND_CLOSING;
	if (record->flags & UNICODE_DASH)
		return KIND_DASH;
	return record->flags & UNICODE_QUOTE || cp == 0xFF02 || cp == 0xFF07 ? KIND_QUOTE : 0;
}

unsigned character_kinds_by_property(int32_t cp)
{
	enum { ELLIPSIS = 0x2026 };
	const struct unicode_record *record = unicode_of(cp);
	unsigned kinds = by_sentence_break(record);

	if (cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		return kinds | KIND_LINE_END;
	if (record->flags & UNICODE_WHITE_SPACE)
		return kinds | KIND_SPACE;
	if (cp == ELLIPSIS)
		return kinds | KIND_TERMINATOR;
	if (cp == 0x2022 || cp == 0x2023 || cp == 0x2043 || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6)
		return kinds | KIND_BULLET;
	/* From Arabic to Lao there is neither bracket nor quote nor dash. */
	if (record->category == GC_PUNCTUATION && !(cp >= 0x600 && cp < 0xF00))
		return kinds | of_punctuation(cp, record);
	return kinds;
}
