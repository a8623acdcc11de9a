/* SPDX-License-Identifier: MIT
 * tally.h - how often each rule did something, and which did since somebody last asked. */
#ifndef GHIRBAL_NORMALIZE_TALLY_H
#define GHIRBAL_NORMALIZE_TALLY_H

#include "filters/normalize/rules.h"

struct tally {
	uint64_t count[RULES];
	uint64_t recent; /* bit of each rule that did something; whoever reads it clears it */
};

_Static_assert(RULES <= 64, "a bit for each");

static inline void tally_add(struct tally *tally, int rule, uint64_t times)
{
	tally->count[rule] += times;
	tally->recent |= UINT64_C(1) << rule;
}

#endif
