/* SPDX-License-Identifier: MIT
 * repeats.h - the same letter or mark of punctuation over and over, as people write when they shout.
 *
 * squeeze-punct: a run of one of ! ? and the Arabic comma, semicolon and question mark becomes one; four or more
 * full stops become three. squeeze-letters: three or more of the same Arabic letter, without marks, become one. */
#ifndef GHIRBAL_NORMALIZE_REPEATS_H
#define GHIRBAL_NORMALIZE_REPEATS_H

#include "filters/normalize/tally.h"
#include "filters/normalize/writer.h"

struct repeats {
	const struct rules *rules;
	struct tally *tally;
	struct writer *out; /* borrowed */
	char last[4]; /* the character that is repeated */
	size_t last_len; /* 0: none */
	uint64_t times; /* it came so often in a row */
};

/* So many of `cp` in a row are fewer afterwards, and no fewer than that; 0: any number stays. */
unsigned repeats_least(const struct rules *rules, int32_t cp);

/* `repeats` is zero bytes. */
void repeats_init(
	struct repeats *repeats, const struct rules *rules, struct tally *tally, struct writer *out);

/* Takes the next segment (form.h). */
void repeats_add(struct repeats *repeats, struct span segment);

/* The run is over: writes what is held. */
void repeats_end(struct repeats *repeats);

#endif
