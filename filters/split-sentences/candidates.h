/* SPDX-License-Identifier: MIT
 * candidates.h - where in the text a sentence could end at all.
 *
 * Everything between candidates is only copied, so this is the loop that decides the speed. */
#ifndef GHIRBAL_SPLIT_SENTENCES_CANDIDATES_H
#define GHIRBAL_SPLIT_SENTENCES_CANDIDATES_H

#include "common/cpu.h"
#include "common/span.h"

/* Offset of the first character of `text` (valid UTF-8), from offset `from` on, that is a terminator (ATerm
 * or STerm of UAX #29, or the ellipsis) or a line end other than LF; text.len when there is none. `from` is
 * where a character starts. The answer is the same with any `cpu`. */
size_t candidate_next(struct span text, size_t from, enum cpu cpu);

#endif
