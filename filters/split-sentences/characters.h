/* SPDX-License-Identifier: MIT
 * characters.h - kinds of characters that the rules for news ask for.
 *
 * All that is asked about a character is one number: a table for ASCII, nothing for the letters of Arabic, and what
 * Unicode's data says of the rest (common/unicode.h). */
#ifndef GHIRBAL_SPLIT_SENTENCES_CHARACTERS_H
#define GHIRBAL_SPLIT_SENTENCES_CHARACTERS_H

#include <stdbool.h>
#include <stdint.h>

/* How a word looks, by its first character. */
enum look {
	LOOK_NONE, /* no word: nothing, or a symbol */
	LOOK_LOWER,
	LOOK_UPPER,
	LOOK_CASELESS, /* a letter of a script without case */
	LOOK_DIGIT,
};

enum kind {
	KIND_LOOK = 7, /* of the bits, those that are an enum look */
	KIND_TERMINATOR = 1 << 3, /* ATerm, STerm, and the ellipsis */
	KIND_SPACE = 1 << 4,
	KIND_LINE_END = 1 << 5, /* LF, CR, NEL, U+2028, U+2029 */
	KIND_IGNORED = 1 << 6, /* marks, bidi controls: they belong to what stands before them */
	KIND_OPENING = 1 << 7, /* brackets */
	KIND_CLOSING = 1 << 8,
	KIND_QUOTE = 1 << 9,
	KIND_DASH = 1 << 10,
	KIND_BULLET = 1 << 11,
};

extern const uint16_t character_kinds_ascii[128];
unsigned character_kinds_by_property(int32_t cp);

static inline unsigned kinds_of(int32_t cp)
{
	if (cp < 0x80)
		return character_kinds_ascii[cp];
	return cp >= 0x620 && cp < 0x64B ? LOOK_CASELESS : character_kinds_by_property(cp);
}

static inline enum look look_of(int32_t cp)
{
	return (enum look)(kinds_of(cp) & KIND_LOOK);
}

static inline bool is_terminator(int32_t cp)
{
	return kinds_of(cp) & KIND_TERMINATOR;
}

static inline bool is_space(int32_t cp)
{
	return kinds_of(cp) & KIND_SPACE;
}

static inline bool is_line_end(int32_t cp)
{
	return kinds_of(cp) & KIND_LINE_END;
}

static inline bool is_ignored(int32_t cp)
{
	return kinds_of(cp) & KIND_IGNORED;
}

static inline bool is_opening_bracket(int32_t cp)
{
	return kinds_of(cp) & KIND_OPENING;
}

static inline bool is_closing_bracket(int32_t cp)
{
	return kinds_of(cp) & KIND_CLOSING;
}

static inline bool is_quote(int32_t cp)
{
	return kinds_of(cp) & KIND_QUOTE;
}

static inline bool is_dash(int32_t cp)
{
	return kinds_of(cp) & KIND_DASH;
}

static inline bool is_bullet(int32_t cp)
{
	return kinds_of(cp) & KIND_BULLET;
}

#endif
