/* SPDX-License-Identifier: MIT
 * unicode.h - properties of code points, as two-stage tables made at build time from Unicode's own data
 * (tools/ucd.c; Debian's unicode-data, version 15.0). Nothing here can fail. */
#ifndef GHIRBAL_UNICODE_H
#define GHIRBAL_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* Lists of words, many to a line. */
/* clang-format off */

/* Word_Break, UAX #29 table 3. */
enum wb {
	WB_OTHER, WB_CR, WB_LF, WB_NEWLINE, WB_EXTEND, WB_ZWJ, WB_REGIONAL_INDICATOR, WB_FORMAT,
	WB_KATAKANA, WB_HEBREW_LETTER, WB_ALETTER, WB_SINGLE_QUOTE, WB_DOUBLE_QUOTE, WB_MIDNUMLET,
	WB_MIDLETTER, WB_MIDNUM, WB_NUMERIC, WB_EXTENDNUMLET, WB_WSEGSPACE,
};

/* Sentence_Break, UAX #29 table 4. */
enum sb {
	SB_OTHER, SB_CR, SB_LF, SB_SEP, SB_EXTEND, SB_FORMAT, SB_SP, SB_LOWER, SB_UPPER, SB_OLETTER,
	SB_NUMERIC, SB_ATERM, SB_SCONTINUE, SB_STERM, SB_CLOSE,
};

/* General_Category, as far as anyone here asks. */
enum gc {
	GC_OTHER, /* unassigned, private use, surrogate */
	GC_LETTER, /* L* */
	GC_MARK, /* M* */
	GC_NUMBER, /* N* */
	GC_PUNCTUATION, /* P* */
	GC_SYMBOL, /* S* */
	GC_SPACE, /* Z* */
	GC_CONTROL, /* Cc */
	GC_FORMAT, /* Cf */
};

/* Scripts that somebody here treats in a way of their own; the rest is SCRIPT_OTHER. */
enum script {
	SCRIPT_OTHER, SCRIPT_COMMON, SCRIPT_INHERITED, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC,
	SCRIPT_ARMENIAN, SCRIPT_HEBREW, SCRIPT_ARABIC, SCRIPT_DEVANAGARI, SCRIPT_THAI, SCRIPT_LAO,
	SCRIPT_MYANMAR, SCRIPT_KHMER, SCRIPT_HAN, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_HANGUL,
	SCRIPT_COUNT,
};

/* clang-format on */

/* Yes or no. */
enum unicode_flag {
	UNICODE_EXTENDED_PICTOGRAPHIC = 1 << 0,
	UNICODE_IDEOGRAPHIC = 1 << 1,
	UNICODE_WHITE_SPACE = 1 << 2,
	UNICODE_DEFAULT_IGNORABLE = 1 << 3,
	UNICODE_LOWERCASE = 1 << 4,
	UNICODE_UPPERCASE = 1 << 5,
	UNICODE_NFC_NO = 1 << 6, /* NFC_Quick_Check=No: never in NFC */
	UNICODE_NFC_MAYBE = 1 << 7, /* NFC_Quick_Check=Maybe: may combine with what is before it */
	UNICODE_FOLDS = 1 << 8, /* CaseFolding.txt has a full folding of it (C or F) */
	UNICODE_NFC_SEGMENT = 1 << 9, /* see unicode_starts_nfc_segment */
	UNICODE_NFD_NO = 1 << 10, /* NFD_Quick_Check=No: has a canonical decomposition */
	UNICODE_NFKC_NO = 1 << 11, /* NFKC_Quick_Check=No */
	UNICODE_NFKD_NO = 1 << 12, /* NFKD_Quick_Check=No: has a decomposition of either kind */
	/* UTS #51, emoji-data.txt */
	UNICODE_EMOJI = 1 << 13, /* digits, # and * too */
	UNICODE_EMOJI_PRESENTATION = 1 << 14, /* looks like one without U+FE0F behind it */
	UNICODE_EMOJI_MODIFIER = 1 << 15, /* a colour of skin */
	UNICODE_EMOJI_MODIFIER_BASE = 1 << 16,
	/* kinds of punctuation */
	UNICODE_OPENING = 1 << 17, /* Ps: brackets, and the low quotes */
	UNICODE_CLOSING = 1 << 18, /* Pe */
	UNICODE_QUOTE = 1 << 19, /* Pi, Pf: either side */
	UNICODE_DASH = 1 << 20, /* Pd */
};

/* All of the above for one code point, for who asks more than one question about it. */
struct unicode_record {
	uint8_t word_break, sentence_break, category, script, combining_class;
	uint32_t flags; /* of enum unicode_flag */
};

/* The tables: a record for each kind of code point; its index, in blocks of code points; which block. */
enum { UNICODE_BLOCK = 128 };
extern const struct unicode_record unicode_records[];
extern const uint16_t unicode_indices[][UNICODE_BLOCK];
extern const uint16_t unicode_blocks[];

/* What is known of `cp`. Any number may be asked for: what is no code point is like an unassigned one. */
static inline const struct unicode_record *unicode_of(int32_t cp)
{
	if ((uint32_t)cp > 0x10FFFF)
		return &unicode_records[0];
	return &unicode_records[unicode_indices[unicode_blocks[cp / UNICODE_BLOCK]][cp % UNICODE_BLOCK]];
}

static inline bool unicode_has(int32_t cp, unsigned flags)
{
	return (unicode_of(cp)->flags & flags) != 0;
}

static inline enum wb unicode_word_break(int32_t cp)
{
	return (enum wb)unicode_of(cp)->word_break;
}

static inline enum sb unicode_sentence_break(int32_t cp)
{
	return (enum sb)unicode_of(cp)->sentence_break;
}

static inline enum gc unicode_category(int32_t cp)
{
	return (enum gc)unicode_of(cp)->category;
}

static inline enum script unicode_script(int32_t cp)
{
	return (enum script)unicode_of(cp)->script;
}

/* Canonical_Combining_Class. */
static inline uint8_t unicode_combining_class(int32_t cp)
{
	return unicode_of(cp)->combining_class;
}

static inline bool unicode_is_extended_pictographic(int32_t cp)
{
	return unicode_has(cp, UNICODE_EXTENDED_PICTOGRAPHIC);
}

static inline bool unicode_is_ideographic(int32_t cp)
{
	return unicode_has(cp, UNICODE_IDEOGRAPHIC);
}

static inline bool unicode_is_white_space(int32_t cp)
{
	return unicode_has(cp, UNICODE_WHITE_SPACE);
}

static inline bool unicode_is_default_ignorable(int32_t cp)
{
	return unicode_has(cp, UNICODE_DEFAULT_IGNORABLE);
}

static inline bool unicode_is_lowercase(int32_t cp)
{
	return unicode_has(cp, UNICODE_LOWERCASE);
}

static inline bool unicode_is_uppercase(int32_t cp)
{
	return unicode_has(cp, UNICODE_UPPERCASE);
}

/* Text may be cut in front of `cp` and each side normalized to NFC by itself (UAX #15, section 9). So it is
 * for most characters: those of combining class 0 that never combine with what is before them, and those
 * that are not in NFC but become something that begins with such a one (U+0958, U+2126). */
static inline bool unicode_starts_nfc_segment(int32_t cp)
{
	return unicode_has(cp, UNICODE_NFC_SEGMENT);
}

#endif
