/* SPDX-License-Identifier: MIT
 * fold.h - what happens to letters once they are composed: late mappings (maps.h), and yeh at the end of a
 * word.
 *
 * A letter that folds takes along the hamza and madda that would make it a letter which folds to the same one:
 * alef with hamza is alef however often a hamza stands above it. So folding what was folded changes nothing. */
#ifndef GHIRBAL_NORMALIZE_FOLD_H
#define GHIRBAL_NORMALIZE_FOLD_H

#include "common/buf.h"
#include "filters/normalize/tally.h"

/* Appends `segment` (form.h; composed where a form is asked for) folded. `next` is the code point behind it,
 * -1 at the end of the document. Returns whether anything changed. */
bool fold_segment(struct buf *into, struct span segment, int32_t next, const struct rules *rules,
	struct tally *tally);

#endif
