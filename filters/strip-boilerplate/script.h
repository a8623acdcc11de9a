/* SPDX-License-Identifier: MIT
 * script.h - how a word of a line is written: in what letters, how far from the word in front. Blocks are those of the
 * Unicode Standard. */
#ifndef GHIRBAL_STRIP_SCRIPT_H
#define GHIRBAL_STRIP_SCRIPT_H

#include "reader.h"

/* Whether the word begins in the block Arabic, U+0600 to U+06FF. */
static inline bool script_is_arabic(struct span line, const struct word *word)
{
	unsigned char lead = (unsigned char)line.at[word->start];

	return lead >= 0xD8 && lead <= 0xDB;
}

/* Whether the word begins with a letter of ASCII. */
static inline bool script_is_ascii(struct span line, const struct word *word)
{
	return (unsigned char)line.at[word->start] < 0x80;
}

/* "mkl", "red": a few letters of ASCII, none of them the capital of a name, as desks sign with. */
static inline bool script_is_initials(struct span line, const struct word *word)
{
	enum { LETTERS = 4 };

	return !word->digits && !word->capital && word->end - word->start <= LETTERS &&
	       script_is_ascii(line, word);
}

/* Whether a name or a headline may begin with the word: with a capital, or in a script that has none. */
static inline bool script_may_begin(struct span line, const struct word *word)
{
	return word->capital || script_is_arabic(line, word);
}

/* Whether the word begins with a Latin capital: of ASCII, or in a block from Latin-1 Supplement to Latin Extended-B or in
 * Latin Extended Additional, U+1E00 to U+1EFF. */
static inline bool script_is_latin(struct span line, const struct word *word)
{
	unsigned char lead = (unsigned char)line.at[word->start];

	return word->capital && (lead < 0x80 || (lead >= 0xC3 && lead <= 0xC9) ||
					(lead == 0xE1 && (unsigned char)line.at[word->start + 1] >= 0xB8 &&
						(unsigned char)line.at[word->start + 1] <= 0xBB));
}

/* Two letters or more, all of them capitals. */
bool script_is_capitals(struct span line, const struct word *word);

/* Two spaces or a tab in front of the word, whatever sign stands before them: columns, or what a page had side by side. */
static inline bool script_is_set_apart(struct span line, const struct word *word)
{
	const char *text = line.at;

	return word->start >= 2 && (text[word->start - 1] == '\t' ||
					   (text[word->start - 1] == ' ' && text[word->start - 2] == ' '));
}

#endif
