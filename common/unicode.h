/* SPDX-License-Identifier: MIT
 * unicode.h - properties of code points, as two-stage tables made at build time from Unicode's own data
 * (tools/ucd.c; Debian's unicode-data, version 15.0). Nothing here can fail. */
#ifndef GHIRBAL_UNICODE_H
#define GHIRBAL_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

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
};

enum wb unicode_word_break(int32_t cp);
enum sb unicode_sentence_break(int32_t cp);
enum gc unicode_category(int32_t cp);
enum script unicode_script(int32_t cp);
bool unicode_is_extended_pictographic(int32_t cp);
bool unicode_is_ideographic(int32_t cp);
bool unicode_is_white_space(int32_t cp);
bool unicode_is_default_ignorable(int32_t cp);
bool unicode_is_lowercase(int32_t cp);
bool unicode_is_uppercase(int32_t cp);

/* Canonical_Combining_Class. */
uint8_t unicode_combining_class(int32_t cp);

/* NFC_Quick_Check is Yes and the combining class is 0: text may be cut in front of `cp` and each side
 * normalized to NFC by itself (UAX #15, section 9). */
bool unicode_starts_nfc_segment(int32_t cp);

#endif
