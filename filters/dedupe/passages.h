/* SPDX-License-Identifier: MIT
 * passages.h - which stretches of a text are looked up, so that a passage in two texts is found.
 *
 * Winnowing (S. Schleimer, D. Wilkerson, A. Aiken, 2003): of each seven stretches of six words in a row the one with
 * the least hash is taken. So in every run of 12 words at least one is, the same one wherever the run stands, and
 * about one word in four begins one. A stretch of shingles that are all common is passed over. */
#ifndef GHIRBAL_PASSAGES_H
#define GHIRBAL_PASSAGES_H

#include "filters/dedupe/shingles.h"

struct passages {
	uint64_t *keys; /* of the text at hand, each once where it comes again in a row */
	size_t count, cap;
};

void passages_release(struct passages *passages);

/* Takes the stretches of a text, all of whose shingles have been put. */
void passages_read(struct passages *passages, const struct shingles *shingles);

#endif
