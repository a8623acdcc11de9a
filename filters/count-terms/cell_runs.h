/* SPDX-License-Identifier: MIT
 * cell_runs.h - sorted lists of cells kept aside, and added up. */
#ifndef GHIRBAL_CELL_RUNS_H
#define GHIRBAL_CELL_RUNS_H

#include "filters/count-terms/cell.h"
#include "filters/count-terms/runs.h"

/* cell_runs_init makes it. */
struct cell_runs {
	struct runs runs;
	struct buf packed; /* scratch */
	struct diag *why; /* where a failure is told */
	/* while reading */
	struct span key, value; /* the record that comes next */
	bool has_record;
	struct cell part;
};

void cell_runs_init(struct cell_runs *runs, const struct spool_place *spools, struct diag *why);

/* What is added from here on is a list of its own, later than those before. */
void cell_runs_begin(struct cell_runs *runs);

/* A cell_fn: adds a cell to the list begun last, in order. */
bool cell_runs_add(void *runs, const struct cell *cell);

/* Begins to read. False with `why` filled. */
bool cell_runs_open(struct cell_runs *runs);

/* The next sum. FLOW_STOP: there are no more; FLOW_FAIL with `why` filled. */
enum flow cell_runs_next(struct cell_runs *runs, struct cell *cell);

/* Calls `each` for the sums, in order. False when it said so, or with `why` filled. */
bool cell_runs_each(struct cell_runs *runs, cell_fn *each, void *ctx);

void cell_runs_release(struct cell_runs *runs);

#endif
