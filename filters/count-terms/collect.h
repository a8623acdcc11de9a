/* SPDX-License-Identifier: MIT
 * collect.h - what was counted in memory, as cells in the order of their keys. */
#ifndef GHIRBAL_COLLECT_H
#define GHIRBAL_COLLECT_H

#include "filters/count-terms/cell.h"
#include "filters/count-terms/grams.h"
#include "filters/count-terms/vocabulary.h"

struct collect {
	struct vocabulary *vocabulary;
	bool with_forms; /* how terms are written is wanted */
	struct grams *
		written; /* NULL: the counts of vocabulary->forms are those of single words, and all there is */
	struct grams
		*terms; /* with documents, by terms; NULL: nobody counted documents. May be `written` */
	const struct forms *groups; /* what the groups of grams are, number less one; 0 is the empty one */
	uint64_t first_base; /* place of the first sequence among those of the run */
};

/* The text that documents of `group` share. */
struct span collect_group(const struct collect *collect, uint32_t group);

/* Calls `each` for all cells. Nothing can be looked up in or added to the tables afterwards. False when `each` said so. */
bool collect_each(const struct collect *collect, cell_fn *each, void *ctx);

#endif
