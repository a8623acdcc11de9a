/* SPDX-License-Identifier: MIT
 * table.h - the list that is the result: which terms, in what order, written how. */
#ifndef GHIRBAL_TABLE_H
#define GHIRBAL_TABLE_H

#include "filters/count-terms/cell.h"
#include "filters/count-terms/rows.h"
#include "filters/count-terms/ranking.h"

enum table_sort { SORT_COUNT, SORT_TERM, SORT_FIRST };
enum table_format { FORMAT_TSV, FORMAT_JSON, FORMAT_CSV };

struct reference;

/* table_init makes it; then the owner fills in what it wants. */
struct table {
	enum table_sort sort;
	enum table_format format;
	bool header, with_documents,
		with_keys; /* with_keys: a term is shown as it is written, and its key (JSON) */
	struct span group_name; /* what documents are grouped by; empty: they are not */
	uint64_t min_count, top;
	const struct reference *reference; /* NULL: there is nothing to compare with */
	enum cpu cpu;
	struct sink out;
	struct diag *why;
	/* its own */
	enum flow flow; /* what the sink said last */
	struct buf group; /* of the rows at hand */
	bool has_group;
	struct buf row, piece;
	int fields; /* of `row`, so far */
	struct rows rows, in_place;
};

void table_init(struct table *table, const struct spool_place *spools);

/* Begins the list: its header, if it has one. False as table_cell. */
bool table_begin(struct table *table);

/* A cell_fn, for cells in order: takes one. False when writing is over, table->flow says why. */
bool table_cell(void *table, const struct cell *cell);

/* A term_fn, for terms in order by count: takes one instead of cells. Nothing may be wanted of the table that only cells tell. */
bool table_term(void *table, const struct term *term);

/* No more cells, or terms. */
bool table_end(struct table *table);

void table_release(struct table *table);

#endif
