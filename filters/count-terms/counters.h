/* SPDX-License-Identifier: MIT
 * counters.h - as many counters as there are threads, and what they counted together.
 *
 * With one thread documents go straight to the only counter. With more they go there in batches (shares.h), each counter
 * has its share of the memory, and what they counted is added up in the end, in order: every sum, tie and place of a first
 * occurrence is the same whoever counted what. Of documents that are counted (--df) each stays with one counter. */
#ifndef GHIRBAL_COUNTERS_H
#define GHIRBAL_COUNTERS_H

#include "filters/count-terms/shares.h"
#include "filters/count-terms/counter.h"
#include "filters/count-terms/ranking.h"

struct counters_rules {
	struct counter_rules counting; /* memory: of all together */
	const struct word_scan *scan; /* borrowed */
	const struct host *host; /* borrowed until counters_release */
	size_t threads; /* at least 1 */
};

struct counters_member;

/* counters_init makes it; it must not move. */
struct counters {
	struct counters_rules rules;
	struct counters_member *members; /* one for each thread; the first is always there */
	size_t open; /* members that can count */
	struct shares shares;
	struct ranking *rankings; /* NULL: there are cells */
	size_t ranking_count;
	struct ranking_rules ranking;
	struct diag *why;
};

/* Bytes that a batch should have for one of so many threads where `memory` is all there is. */
size_t counters_batch(size_t memory, size_t threads);

void counters_init(struct counters *counters, const struct counters_rules *rules, struct diag *why);

/* A document begins; `group` is what it counts for. These are false with `why`. */
bool counters_begin(struct counters *counters, uint64_t ordinal, struct span group);
bool counters_text(struct counters *counters, struct span piece);
bool counters_end(struct counters *counters);

/* Puts everything that was counted in order. False with `why`. Nothing can be counted afterwards. `wanted` may be NULL; else terms
 * by count are enough: where that is less work, there are `rankings` then. */
bool counters_open(struct counters *counters, const struct ranking_rules *wanted);

/* Calls `each` for everything, in order, once, after counters_open where there are no rankings. False when it said so, or with
 * `why`. */
bool counters_each(struct counters *counters, cell_fn *each, void *ctx);

/* The same where there are rankings: for all terms that are wanted. */
bool counters_terms(struct counters *counters, term_fn *each, void *ctx);

/* How many terms there are where there are rankings, wanted or not. */
uint64_t counters_term_count(const struct counters *counters);

uint64_t counters_words(const struct counters *counters);

/* Bytes that what was counted takes in memory. */
size_t counters_memory(const struct counters *counters);

void counters_release(struct counters *counters);

#endif
