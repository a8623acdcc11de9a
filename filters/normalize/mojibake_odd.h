/* SPDX-License-Identifier: MIT
 * mojibake_odd.h - how odd it is that two characters stand next to each other.
 *
 * Correct text of any language is nearly without oddness: a capital does not follow a small letter, a symbol does
 * not stand inside a word, letters of two scripts do not touch. Text that was read in the wrong encoding is full of
 * it. Numbers are points: 1 for what happens in good text now and then, 2 for what is rare, 3 for what is a fault
 * nearly always. They were set by hand and tried on news in twenty languages. */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_ODD_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_ODD_H

#include <stdbool.h>
#include <stdint.h>

/* What a character is to its neighbours. */
enum sort {
	SORT_NEUTRAL, /* spaces, punctuation of ASCII and of East Asia, emoji, edges of the line */
	SORT_DIGIT,
	SORT_LOWER,
	SORT_UPPER,
	SORT_LETTER, /* of a script without case */
	SORT_MARK,
	SORT_OPEN, /* quotes that open, inverted question marks */
	SORT_CLOSE, /* quotes that close, points, Arabic commas */
	SORT_APOSTROPHE,
	SORT_DASH,
	SORT_TRAIL, /* what follows a word or a number: TM, degrees, small digits, daggers */
	SORT_MONEY,
	SORT_MATH,
	SORT_BOX, /* pieces of frames and shades */
	SORT_SYMBOL, /* other signs */
	SORT_CONTROL,
	SORT_LOST, /* U+FFFD */
	SORT_COUNT
};

enum sort odd_sort(int32_t cp);

/* Points for `b` right behind `a`. */
int odd_pair(int32_t a, int32_t b);

/* Points for a character that hardly anybody writes, as the outcome of a repair: -1 for none at all (unassigned). */
int odd_outcome(int32_t cp);

/* Whether two letters of a script with case belong to one word: no capital behind a small letter. */
bool odd_joins(int32_t a, int32_t b);

#endif
