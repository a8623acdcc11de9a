/* SPDX-License-Identifier: MIT
 * reader.h - a line read once: its words, folded, and the signs between them.
 *
 * Every rule here compares words, never bytes. Folding takes away what writers and content systems vary
 * without meaning: case, accents, tashkeel, tatweel, the forms of alef, hamza on its seat, teh marbuta,
 * the yehs and kafs of Arabic and Persian keyboards, zero-width and bidi characters, the kind of space,
 * spaces in front of a colon, the kind of dash and quote, and which digits are used. Categories and
 * decompositions are those of utf8proc 2.8 (Unicode 15.0).
 *
 * A word is a run of letters or a run of digits; "30T10" is three words. Letters of Arabic and others do not
 * run together: what a page glued ("1.3K" and the Arabic for views) comes apart. All numbers have one key, so a
 * number in a phrase stands for any number. A reader owns its memory; words are valid until the next
 * reader_read. */
#ifndef GHIRBAL_STRIP_READER_H
#define GHIRBAL_STRIP_READER_H

#include <stdint.h>

#include "common/span.h"

/* The signs between two words: what is not a letter, a digit or a space. Dashes are '-', quotes '"',
 * bullets '*', bars '|', and Arabic punctuation is its ASCII twin. */
struct gap {
	int32_t first, last; /* 0: no sign at all */
	uint16_t count; /* of signs, at most 65535; an ellipsis counts as three */
	bool space; /* white space is among them */
	bool closer; /* a dash, colon, bar or slash is among them */
};

struct word {
	uint64_t key; /* of the folded letters */
	uint32_t start, end; /* bytes in the line */
	uint32_t value; /* of a number of up to nine digits */
	uint16_t digits; /* 0: letters */
	bool capital; /* starts with an uppercase or titlecase letter */
	struct gap before; /* what stands in front of it */
	uint32_t opens; /* what the reader's openings say of it */
};

/* What a word may be the start of, one number for each class of keys: a word that starts nothing need not be looked
 * up. Made by phrases.h, whose bits these are. */
enum { OPENING_CLASSES = 1 << 15 };
static inline size_t opening_class(uint64_t key)
{
	return key % OPENING_CLASSES;
}

enum { READER_AHEAD = 16 }; /* bytes of an entry of the table that is fetched ahead */

struct reader {
	uint32_t *pages[256]; /* folding of the characters up to U+FFFF that were met; 0: it was not */
	struct word *words; /* `count` words, and one more that only has `before`: the end of the line */
	size_t count, cap;
	bool blank; /* the line is white space and format characters only */
	uint64_t signs; /* a bit for each sign of the line, as SIGN_BIT has it */
	uint32_t opens; /* what one of its words may be the start of */
	bool digits; /* one of them is a number */
	const char *
		ahead; /* borrowed: a table by keys in which words will be looked up; it is fetched ahead. NULL: none */
	size_t ahead_mask; /* its entries less one */
	const uint32_t *openings; /* borrowed, OPENING_CLASSES of them; NULL: a word may start anything */
};

/* Signs may share a bit. */
#define SIGN_BIT(sign) (UINT64_C(1) << ((unsigned)(sign)&63))

/* Longest line that is read whole, and how much of a longer one is read: its start is all that the rules
 * look at. No headline, stamp or widget is that long; a paragraph of 64 KiB is body. */
enum { READER_WHOLE = 1 << 16, READER_HEAD = 1 << 12 };

/* Reads `line`, valid UTF-8 without its line end. */
void reader_read(struct reader *reader, struct span line);

/* The gap that `text` makes when no word of it counts: for the ends of a line that was cut. */
struct gap reader_gap(struct reader *reader, struct span text);

void reader_release(struct reader *reader);

/* The key of the words [from, to): equal for texts that fold to the same words. */
uint64_t reader_key(const struct reader *reader, size_t from, size_t to);

/* The folded letters of the word `text`, at most `most` of them; returns how many. */
size_t reader_letters(struct reader *reader, struct span text, int32_t *letters, size_t most);

/* The key of the word that has these folded letters. */
uint64_t reader_letters_key(const int32_t *letters, size_t count);

/* One more word for a key that is made step by step; starts with KEY_START. */
#define KEY_START UINT64_C(0x9E3779B97F4A7C15)
static inline uint64_t key_step(uint64_t key, uint64_t word)
{
	key = (key ^ word) * UINT64_C(0xD6E8FEB86659FD93);
	return key ^ key >> 32;
}

/* The key that every number has. */
#define KEY_NUMBER UINT64_C(0x2545F4914F6CDD1D)

/* Whether the sign is one of `set`, which are all of ASCII. No sign is not. */
static inline bool sign_is_one_of(int32_t sign, const char *set)
{
	return sign > 0 && sign < 0x80 && strchr(set, sign) != NULL;
}

/* Whether the gap ends a sentence: a full stop, question or exclamation mark of any script. */
static inline bool gap_is_terminal(struct gap gap)
{
	return gap.first == '.' || gap.first == '?' || gap.first == '!' || gap.last == '.' ||
	       gap.last == '?' || gap.last == '!';
}

/* Whether the gap sets two parts of a line apart: a colon, bar, dash, slash, dots, bracket, quote. A
 * dash or slash without spaces on either side joins words and does not count. */
static inline bool gap_is_separator(struct gap gap)
{
	if (!gap.first || gap.first == ',' || gap.first == '#')
		return false;
	if ((gap.first == '-' || gap.first == '/' || gap.first == '.') && gap.count == 1)
		return gap.space;
	return true;
}

/* Whether the gap may stand within a name: "What's On", "Arts & Books", "Al-Marsa". */
static inline bool gap_joins_name(struct gap gap)
{
	return !gap.first || (gap.count == 1 && (gap.first == '&' || gap.first == '"' ||
							(gap.first == '-' && !gap.space)));
}

/* How many words there are from word `from`, which exists, up to the next sign. */
static inline size_t words_to_sign(const struct word *words, size_t from, size_t count)
{
	size_t at = from + 1;

	while (at < count && !words[at].before.first)
		at++;
	return at - from;
}

static inline bool words_have_digits(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].digits)
			return true;
	return false;
}

/* Where text goes on behind a label that ends at byte `at` of `line`: closing brackets and quotes up to a
 * dash or colon belong to the label, an opening quote behind it to what follows. */
size_t reader_skip_closer(struct span line, size_t at);

/* Where text ends whose last word ends at byte `at` of `line`: the full stop, quote or bracket that touches
 * the word is part of it. */
size_t reader_skip_stop(struct span line, size_t at);

#endif
