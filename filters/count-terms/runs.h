/* SPDX-License-Identifier: MIT
 * runs.h - records sorted by their keys that do not fit into memory: sorted runs kept aside, and merged.
 *
 * A record is a key and a value, any bytes. Records of one key come from the merge in the order in which they were added.
 * They are called for, or asked for one after the other. Every failure is a sentence in `why`. */
#ifndef GHIRBAL_RUNS_H
#define GHIRBAL_RUNS_H

#include "common/filter.h"

struct run {
	uint64_t at, end; /* bytes in the spool */
};

/* runs_init makes it. */
struct runs {
	struct spool spool, other; /* other: where a merge of many runs goes */
	struct run *items;
	size_t count, cap;
	struct buf last; /* key of the run that is being written */
	struct merge *merge; /* NULL: nobody reads yet */
};

void runs_init(struct runs *runs, const struct spool_place *place);

/* What is added from here on is a run of its own. */
void runs_begin(struct runs *runs);

/* Adds a record to the run begun last. Its key must not be less than the one before. */
bool runs_add(struct runs *runs, struct span key, struct span value, struct diag *why);

typedef bool run_fn(void *ctx, struct span key, struct span value); /* borrowed during the call */

/* Begins to read. Up to a hundred runs are read at a time, a few dozen kilobytes each. No more can be added. */
bool runs_open(struct runs *runs, struct diag *why);

/* The next record, borrowed until the next call. FLOW_STOP: there are no more. */
enum flow runs_next(struct runs *runs, struct span *key, struct span *value, struct diag *why);

/* Calls `each` for all records in order; false when that or reading failed. No more can be added. */
bool runs_merge(struct runs *runs, run_fn *each, void *ctx, struct diag *why);

void runs_release(struct runs *runs);

#endif
