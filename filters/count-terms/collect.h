/* SPDX-License-Identifier: MIT
 * collect.h - what was counted in memory, as cells in the order of their keys. */
#ifndef GHIRBAL_COLLECT_H
#define GHIRBAL_COLLECT_H

#include "filters/count-terms/cell.h"
#include "filters/count-terms/grams.h"
#include "filters/count-terms/vocabulary.h"

/* From the sequence with this number on, each new one came behind the one before: where the first of them stands among those of
 * the run. */
struct place {
	uint64_t number, place;
};

struct collect {
	struct vocabulary *vocabulary;
	bool with_forms; /* how terms are written is wanted */
	struct grams *
		written; /* NULL: the counts of vocabulary->forms are those of single words, and all there is */
	struct grams
		*terms; /* with documents, by terms; NULL: nobody counted documents. May be `written` */
	const struct forms *groups; /* what the groups of grams are, number less one; 0 is the empty one */
	const struct place *places; /* in the order of numbers, that of 0 first; none: nobody asks */
	size_t place_count;
};

/* The text that documents of `group` share. */
struct span collect_group(const struct collect *collect, uint32_t group);

/* Sorts everything. Nothing can be looked up in or added to the tables afterwards; `from` and they must stay. */
struct collected *collect_open(const struct collect *from);

/* The next cell, in order. False when there are no more. */
bool collected_next(struct collected *collected, struct cell *cell);

void collected_free(struct collected *collected);

#endif
