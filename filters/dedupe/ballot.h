/* SPDX-License-Identifier: MIT
 * ballot.h - the units of a stream counted beside the memory: keys go to a temporary file, and are judged a part at a
 * time.
 *
 * First every key is noted, in the order of the stream. Then they are judged: the keys of one shard (seen.h) after
 * the other are read again and counted, so that no more than a 256th of the set is in memory, or less where that is
 * too much. Last the verdicts are asked for, in the order of the stream again: how often the key was noted where it is
 * the first of its like, 0 where it is not; or, with `tells_each`, always. So the order of a stream is kept without
 * holding it. A noted key takes 11 bytes of the file, and a verdict mostly one. */
#ifndef GHIRBAL_BALLOT_H
#define GHIRBAL_BALLOT_H

#include "common/spool.h"
#include "filters/dedupe/seen.h"

enum {
	BALLOT_KEY = 10, /* bytes of a key in the file */
	BALLOT_BLOCK = 512 * BALLOT_KEY, /* bytes: keys of a shard that lie side by side in the file */
	BALLOT_READ = 1024, /* bytes of verdicts read at once */
};

/* The keys of one shard; then its verdicts. */
struct ballot_shard {
	char *block; /* BALLOT_BLOCK bytes: keys not yet in the file */
	size_t used;
	uint64_t *places; /* of its blocks in the file */
	size_t place_count;
	uint64_t keys, foregone; /* noted; of them only to be known, the first ones */
	uint64_t at, end; /* of its verdicts in their file: what is to be read */
	unsigned char read[BALLOT_READ];
	size_t read_at, read_len;
};

struct ballot {
	struct ballot_shard *shards; /* SEEN_SHARDS; NULL before the first key */
	struct spool keys, order, verdicts; /* order: the shard of each key, a byte */
	uint64_t order_at;
	unsigned char order_read[BALLOT_READ];
	size_t order_read_at, order_read_len;
	size_t memory; /* bytes that the judging may take */
	bool tells_each; /* how often a key was noted is told each time; may be set before ballot_judge */
	bool only_first; /* nobody asks how often: the verdict on a first one is 1; may be set before ballot_judge */
};

/* Nothing is noted. `memory`, at least 1, is what the set may take while keys are judged, but for a 64th of a
 * shard, which it always may. */
void ballot_init(struct ballot *ballot, const struct spool_place *place, size_t memory);
void ballot_release(struct ballot *ballot);

/* Notes a key. One that is `foregone` gets no verdict, and neither does it come to be a first one whoever is like it;
 * all of them come before the others. False with `why`. */
bool ballot_note(struct ballot *ballot, struct seen_key key, bool foregone, struct diag *why);

/* Judges what was noted. False with `why`. */
bool ballot_judge(struct ballot *ballot, struct diag *why);

/* The verdict on the next key that is not foregone. False with `why`. */
bool ballot_next(struct ballot *ballot, uint64_t *times, struct diag *why);

#endif
