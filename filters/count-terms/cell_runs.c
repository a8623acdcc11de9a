/* SPDX-License-Identifier: MIT
 * cell_runs.c - sorted lists of cells kept aside, and added up. */
#include "filters/count-terms/cell_runs.h"

void cell_runs_init(struct cell_runs *runs, const struct spool_place *spools, struct diag *why)
{
	*runs = (struct cell_runs){ .why = why };
	runs_init(&runs->runs, spools);
}

void cell_runs_release(struct cell_runs *runs)
{
	runs_release(&runs->runs);
	buf_release(&runs->packed);
}

void cell_runs_begin(struct cell_runs *runs)
{
	runs_begin(&runs->runs);
}

bool cell_runs_add(void *at, const struct cell *cell)
{
	struct cell_runs *runs = at;

	buf_clear(&runs->packed);
	cell_pack(&runs->packed, cell);
	return runs_add(&runs->runs, buf_span(&cell->key), buf_span(&runs->packed), runs->why);
}

/* Adding up what comes in order. */
struct sum {
	struct cell cell, next;
	bool has_cell;
	struct buf scratch;
	cell_fn *each;
	void *ctx;
	struct diag *why;
};

static bool sum_record(void *at, struct span key, struct span value)
{
	struct sum *sum = at;
	bool goes_on = sum->has_cell && span_equal(key, buf_span(&sum->cell.key));
	struct cell *into = goes_on ? &sum->next : &sum->cell;

	if (sum->has_cell && !goes_on && !sum->each(sum->ctx, &sum->cell))
		return false;
	if (!cell_unpack(into, value)) {
		diag_set(sum->why, "a temporary file was changed by somebody else");
		return false;
	}
	if (goes_on) {
		cell_add(&sum->cell, &sum->next, &sum->scratch);
		return true;
	}
	sum->has_cell = true;
	buf_clear(&sum->cell.key);
	buf_add(&sum->cell.key, key);
	return true;
}

bool cell_runs_each(struct cell_runs *runs, cell_fn *each, void *ctx)
{
	struct sum sum = { .each = each, .ctx = ctx, .why = runs->why };
	bool fine = runs_merge(&runs->runs, sum_record, &sum, runs->why);

	if (fine && sum.has_cell)
		fine = each(ctx, &sum.cell);
	cell_release(&sum.cell);
	cell_release(&sum.next);
	buf_release(&sum.scratch);
	return fine;
}
