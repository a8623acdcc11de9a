/* SPDX-License-Identifier: MIT
 * word_scan.h - the words of common/word_break.h, faster where text is of the common kind.
 *
 * Two tables, made from the Unicode properties when a scanner is made: what each character below U+10000 does
 * to words, and the same for every two bytes that text may go on with, so that the bytes of a word are taken
 * two at a time; or, where there are vectors, 64 at a time (run_mask.h). Whatever the tables leave open goes to
 * word_break_next. All ways give the same words (tests/unit/word_scan_test.c). */
#ifndef GHIRBAL_WORD_SCAN_H
#define GHIRBAL_WORD_SCAN_H

#include <stdint.h>

#include "common/span.h"
#include "filters/count-terms/run_mask.h"

enum { WORD_SCAN_POINTS = 0x10000, WORD_SCAN_PAIRS = 0x10000 };

struct word_scan {
	uint8_t traits[WORD_SCAN_POINTS]; /* of each character: enum trait in word_scan.c */
	uint8_t pairs[WORD_SCAN_PAIRS]; /* of each two bytes, the first one in the low half of the index */
	struct run_tables runs; /* letters, digits and marks */
	bool has_vectors;
};

void word_scan_init(struct word_scan *scan, enum cpu cpu);

/* Called for words in the order of the text, up to WORDS_MOST at a time. `text` is what was walked through, one
 * call's behind the other's; the words lie in it, and what is between them is none. It stays where it is until a last call
 * without text and words. Words are those segments of
 * UAX #29 that hold a letter, a number or an ideograph, without what is no part of a word at their start (a space
 * that a mark attached itself to) and without ignorable characters (bidi marks, joiners, variation selectors) at
 * either end; so a word never holds a control character or a space, and is not empty. */
typedef void words_fn(void *ctx, struct span text, const struct span *words, size_t count);

enum { WORDS_MOST = 32 };

/* Calls `each` for all of `text`, valid UTF-8 that ends in a line end or in a space behind which text goes on that
 * word_scan_parts accepts. */
void word_scan_walk(const struct word_scan *scan, struct span text, words_fn *each, void *ctx);

/* Whether no word can reach over a space in front of `text`, which is not empty, and the space be no part of one. */
bool word_scan_parts(const struct word_scan *scan, struct span text);

/* Calls `each` for the words of `text` that cannot change with what follows: all but the last two segments, for
 * rules WB6 to WB12 look two characters ahead. Returns where the rest starts. Slower than word_scan_walk. */
size_t word_scan_decided(const struct word_scan *scan, struct span text, words_fn *each, void *ctx);

#endif
