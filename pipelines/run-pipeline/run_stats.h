/* SPDX-License-Identifier: MIT
 * run_stats.h - a run in one JSON object, for logs and for whoever compares many runs. */
#ifndef RUN_PIPELINE_RUN_STATS_H
#define RUN_PIPELINE_RUN_STATS_H

#include "ledger.h"

/* How a run went as a whole. */
struct run_sum {
	int status; /* the exit status */
	int jobs;
	double wall, cpu; /* seconds; cpu: ours and of all processes that we started */
};

/* Appends the object and a newline. */
void run_stats_add(
	struct buf *into, const struct plan *plan, const struct ledger *ledger, const struct run_sum *sum);

/* Appends the XXH3 (128 bits, in hexadecimal) of what runs: the words of all stages, each behind its program, each
 * followed by a NUL, a stage by one more. The same words, the same hash, wherever they come from. */
void plan_hash_add(struct buf *into, const struct plan *plan);

#endif
