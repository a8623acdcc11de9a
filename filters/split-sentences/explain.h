/* SPDX-License-Identifier: MIT
 * explain.h - which rule decided at each candidate, and where that stands: --explain.
 *
 * A row of common/row.h for each: the word in front of the terminator, the terminator and what is attached to it,
 * but no more than the last 64 bytes of that; `ends` or `stays`, and the rule. */
#ifndef GHIRBAL_SPLIT_SENTENCES_EXPLAIN_H
#define GHIRBAL_SPLIT_SENTENCES_EXPLAIN_H

#include "common/row.h"
#include "filters/split-sentences/places.h"

struct explain {
	const struct opt_output *file; /* NULL: nobody asks, and nothing below is used */
	uint64_t document;
	struct places *joined; /* line ends that are spaces now; borrowed; NULL: there are none */
	struct span id; /* borrowed while the document lasts */
	uint64_t at, line; /* how far line ends have been counted */
	struct buf row;
};

/* A document begins. */
void explain_begin(struct explain *explain, const struct doc_info *doc);

/* Counts the lines of `held`, which starts at byte `base` of the document and holds what follows explain->at, up to
 * byte `end`. */
void explain_count(struct explain *explain, struct span held, uint64_t base, uint64_t end);

/* Writes the row of `text`, a part of `held`: a sentence ends behind it or not, as `rule` says. */
enum flow explain_row(struct explain *explain, struct span held, uint64_t base, struct span text, bool ends,
	const char *rule);

void explain_release(struct explain *explain);

#endif
