/* SPDX-License-Identifier: MIT
 * edits.h - where the output differs from the input, and by which rules: --offsets.
 *
 * Now and then nothing is held between input and output, and both are known to stand at the same place. What came
 * in and went out since the last such place is an edit, if it differs; equal ends are cut off it. */
#ifndef GHIRBAL_NORMALIZE_EDITS_H
#define GHIRBAL_NORMALIZE_EDITS_H

#include "common/filter.h"
#include "filters/normalize/tally.h"

struct edits {
	const struct opt_output *to; /* NULL: nobody asks, and nothing below is used */
	bool apart; /* what went out waits behind, so output and input do not meet */
	bool muted; /* what comes in is not the input's, and nothing meets */
	struct tally *tally;
	struct sink out; /* where text goes on to */
	uint64_t document;
	uint64_t in_at, out_at; /* bytes of the document up to where both stood at the same place */
	uint64_t in_len, out_len; /* bytes since */
	struct buf in, out_text; /* those bytes, up to EDIT_LONGEST; longer ones are not cut */
	struct buf row;
};

enum { EDIT_LONGEST = 64 * 1024 };

/* A document begins, whose text goes to `out`. Returns the sink to write to instead. */
struct sink edits_begin(struct edits *edits, uint64_t document, struct sink out);

/* `text` has come in. */
void edits_in(struct edits *edits, struct span text);

/* All that came in has gone out. Writes the edit. */
void edits_meet(struct edits *edits);

void edits_release(struct edits *edits);

#endif
