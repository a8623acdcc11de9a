/* SPDX-License-Identifier: MIT
 * nearest.c - the name most like one that does not exist. */
#include "common/nearest.h"

/* Edits between names, by the usual table of three rows (Damerau, restricted to neighbours). */
size_t name_distance(struct span a, struct span b)
{
	enum { LONGEST = 63 };
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *here = rows[2];

	if (a.len > LONGEST || b.len > LONGEST)
		return LONGEST;
	for (size_t j = 0; j <= b.len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = before;

		here[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t best = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);

			best = above[j] + 1 < best ? above[j] + 1 : best;
			best = here[j - 1] + 1 < best ? here[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
				before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			here[j] = best;
		}
		before = above;
		above = here;
		here = spare;
	}
	return above[b.len];
}

/* Further than a third of its letters, and one, it is a different word. */
struct nearest nearest_to(struct span wanted)
{
	return (struct nearest){ wanted, NULL, wanted.len / 3 + 2 };
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
	size_t distance = name_distance(nearest->wanted, span_from(candidate));

	if (distance >= nearest->distance)
		return;
	nearest->distance = distance;
	nearest->name = candidate;
}
