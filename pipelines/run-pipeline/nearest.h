/* SPDX-License-Identifier: MIT
 * nearest.h - "did you mean": the name most like one that does not exist. */
#ifndef RUN_PIPELINE_NEAREST_H
#define RUN_PIPELINE_NEAREST_H

#include "common/opts.h"

struct nearest {
	struct span wanted;
	const char *name; /* NULL: none is near */
	size_t distance; /* a candidate must be nearer than that */
};

/* Further than a third of its letters, and one, it is a different word. */
static inline struct nearest nearest_to(struct span wanted)
{
	return (struct nearest){ wanted, NULL, wanted.len / 3 + 2 };
}

static inline void nearest_try(struct nearest *nearest, const char *candidate)
{
	size_t distance = name_distance(nearest->wanted, span_from(candidate));

	if (distance >= nearest->distance)
		return;
	nearest->distance = distance;
	nearest->name = candidate;
}

#endif
