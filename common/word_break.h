/* SPDX-License-Identifier: MIT
 * word_break.h - the words of UAX #29 (Unicode 15.0), untailored: all of WordBreakTest.txt. */
#ifndef GHIRBAL_WORD_BREAK_H
#define GHIRBAL_WORD_BREAK_H

#include "common/span.h"

/* Length of the first segment of `text` (valid UTF-8, not empty): the distance to the first word boundary
 * behind its start. Linear over a whole text when called again on what remains; looks no further than the
 * segment, the characters that rules WB6 to WB12 look ahead, and ignorable marks between them. */
size_t word_break_next(struct span text);

/* Whether a segment is a word: it holds a letter, a number or an ideograph. */
bool word_break_is_word(struct span segment);

#endif
