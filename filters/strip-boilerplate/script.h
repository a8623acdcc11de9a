/* SPDX-License-Identifier: MIT
 * script.h - of what letters a word of a line is. Blocks are those of the Unicode Standard. */
#ifndef GHIRBAL_STRIP_SCRIPT_H
#define GHIRBAL_STRIP_SCRIPT_H

#include "reader.h"

/* Whether the word begins in the block Arabic, U+0600 to U+06FF. */
static inline bool script_is_arabic(struct span line, const struct word *word)
{
	unsigned char lead = (unsigned char)line.at[word->start];

	return lead >= 0xD8 && lead <= 0xDB;
}

/* Two letters or more, all of them capitals. */
bool script_is_capitals(struct span line, const struct word *word);

#endif
