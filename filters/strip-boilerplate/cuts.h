/* SPDX-License-Identifier: MIT
 * cuts.h - what is taken out of a text, as records: computed first, applied afterwards.
 *
 * Cuts are in order, do not overlap, and lie within the text; what no cut covers is kept. So kept and removed
 * parts tile the text exactly, whatever the rules were. */
#ifndef GHIRBAL_STRIP_CUTS_H
#define GHIRBAL_STRIP_CUTS_H

#include <stdint.h>

#include "common/filter.h"

enum { CUT_SURE = 1000 };

struct cut {
	size_t start, end; /* bytes of the text, half open */
	uint8_t rule; /* enum category */
	bool whole_line; /* else a span of a line that is kept */
	uint16_t score; /* how sure, in thousandths; CUT_SURE where the evidence is explicit */
};

/* Owns its items. */
struct cuts {
	struct cut *items;
	size_t count, cap;
};

/* Adds a cut behind the ones there are. Empty cuts are not recorded; a cut that touches the last one and has
 * its rule lengthens it. */
void cuts_add(struct cuts *cuts, struct cut cut);

/* How many bytes they take. */
size_t cuts_size(const struct cuts *cuts);

void cuts_clear(struct cuts *cuts);
void cuts_release(struct cuts *cuts);

/* Leaves `text` out of `out`, by `rule` (enum category) with `score`, as in a cut. */
enum flow cut_drop(uint8_t rule, bool whole_line, uint16_t score, struct span text, struct sink out);

/* Puts what is kept of `text` into `out`, and leaves out the rest. */
enum flow cuts_apply(const struct cuts *cuts, struct span text, struct sink out);

#endif
