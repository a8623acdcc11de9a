/* SPDX-License-Identifier: MIT
 * gap.h - what stands between two characters: spaces, joiners, tatweel. What becomes of them is decided when
 * the character behind them has come.
 *
 * Joiners (U+200C ZWNJ, U+200D ZWJ) stay between letters or digits (Persian spells with them), between parts
 * of an emoji, and behind a virama (Indic scripts); U+200B ZWSP stays between letters of scripts written
 * without spaces. Elsewhere they go; of several alike in a row one stays.
 *
 * Tatweel (U+0640) between Arabic letters only stretches a word and goes. One that touches no letter is
 * a dash drawn with the wrong key, and a run of them becomes one hyphen-minus. One at the edge of a word says
 * something and stays ("هـ" for hijri, "لـ" before a quotation). So does one that carries a mark with no
 * letter near, and one that carries a hamza (U+0653 to U+0655): the hamza would join the letter before it and
 * be another letter. Marks and joiners are looked through on both sides. */
#ifndef GHIRBAL_NORMALIZE_GAP_H
#define GHIRBAL_NORMALIZE_GAP_H

#include "filters/normalize/form.h"
#include "filters/normalize/rules.h"

enum {
	GAP_ITEMS = 4096
}; /* changes among joiners, tatweel or spaces in a row; longer ones are let out as they are */

/* So many of the same code point in a row. */
struct gap_item {
	int32_t cp;
	uint32_t count;
};

struct gap {
	const struct rules *rules;
	struct tally *tally;
	struct form *form; /* where text goes */
	unsigned left; /* of enum side: the character before the gap, marks looked through */
	bool virama; /* ... and there is a virama among its marks */
	bool line_start; /* nothing has been let out in this line */
	bool started; /* something has been let out in this document */
	bool blank; /* what waits is spaces, nothing else */
	bool too_many; /* ... and so many kinds of them that they stay as they are, to their end */
	bool has_tatweel, has_marks; /* among items */
	size_t count; /* of items */
	struct gap_item items[GAP_ITEMS];
};

/* At the start of a document. */
void gap_begin(struct gap *gap);

/* Takes the next code point, whose kind is `kind`. */
void gap_add(struct gap *gap, int32_t cp, enum kind kind);

/* The document is over: lets out what stays at the end of a line. */
void gap_end(struct gap *gap);

/* Whether something waits for the next character. */
static inline bool gap_waits(const struct gap *gap)
{
	return gap->count || gap->blank;
}

#endif
