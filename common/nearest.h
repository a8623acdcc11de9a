/* SPDX-License-Identifier: MIT
 * nearest.h - "did you mean": the name most like one that does not exist. */
#ifndef GHIRBAL_NEAREST_H
#define GHIRBAL_NEAREST_H

#include "common/span.h"

/* How alike two names are: edits (insertion, removal, exchange, swap of neighbours) from one to the other. */
size_t name_distance(struct span a, struct span b);

struct nearest {
	struct span wanted;
	const char *name; /* NULL: none is near */
	size_t distance; /* a candidate must be nearer than that */
};

/* Nothing has been tried yet. `wanted` is borrowed. */
struct nearest nearest_to(struct span wanted);

/* Takes `candidate`, which is borrowed, if it is nearer than those before. */
void nearest_try(struct nearest *nearest, const char *candidate);

#endif
