/* SPDX-License-Identifier: MIT
 * context.h - what stands around a terminator: the word before it, what follows it.
 *
 * Nothing here looks further than the span it is given (at most CONTEXT_MAX bytes a side) or allocates. */
#ifndef GHIRBAL_SPLIT_SENTENCES_CONTEXT_H
#define GHIRBAL_SPLIT_SENTENCES_CONTEXT_H

#include <stdint.h>

#include "common/span.h"
#include "filters/split-sentences/characters.h"
#include "filters/split-sentences/lexicon.h"

enum { CONTEXT_MAX = 64 }; /* bytes a side; in Arabic and Russian about five words */

/* Letters, marks, digits, and full stops between them. Borrows the text it was read from. */
struct word {
	enum look look;
	unsigned letters, digits, stops;
	bool all_upper; /* has letters, none of them small */
	bool spelled; /* one letter at most between two full stops: U.S, أ.د, or a single letter */
	bool ends_lower; /* the last character is a small letter */
	bool caseless; /* the last letter is of a script without case */
	bool ideographic;
	struct word_key key; /* without digits at the start: "15كم" is behind a number */
	struct span part; /* what stands behind the last full stop */
	unsigned classes; /* of key, filled in by who has a lexicon */
};

/* What stands before a terminator. */
struct before {
	struct word word; /* empty when a symbol stands there; one space may lie between */
	bool spaced; /* there is a space between word and terminator */
	bool line_start; /* nothing stands before the word on its line */
	bool after_stop; /* the last character before the word that is no space is a terminator */
	struct span previous; /* ends in the word before that, or before the terminator there */
	bool after_number; /* ... is a digit */
	bool after_address; /* the word hangs on '@', '/', '_' or the like */
	bool after_slash;
	bool after_apostrophe; /* or the mark in a Hebrew abbreviation */
	bool after_joint; /* a mark joins it to the number before: 2:1, 3-1 */
	bool after_colon;
	bool after_bullet;
	bool opens_phrase; /* a capital begins the word before that number: "At 5 p.m." */
	bool number_sign; /* no word, but "N°" stands there */
	bool after_hyphen; /* a hyphen joins it to the letters before: Objective-C */
	bool after_close; /* the terminator stands right behind a quote or a closing bracket */
};

/* What stands behind it and the space that may follow. */
struct after {
	int32_t first; /* 0: the line is over */
	bool quoted, bracketed, dashed; /* what stood before the word */
	struct word word; /* without full stops */
	int32_t next; /* the character behind the word; 0: none in sight */
	int32_t second; /* the one behind that */
};

void before_read(struct before *before, struct span text);
/* The word before that, or an empty one. */
struct span before_previous(const struct before *before);

void after_read(struct after *after, struct span text);

#endif
