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
	cell_release(&runs->part);
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

/* --- adding up what comes in order ------------------------------------------------------------------------ */

static enum flow read_record(struct cell_runs *runs)
{
	enum flow flow = runs_next(&runs->runs, &runs->key, &runs->value, runs->why);

	runs->has_record = flow == FLOW_MORE;
	return flow;
}

/* The record becomes `cell`, but for its key. */
static bool unpack(struct cell_runs *runs, struct cell *cell)
{
	if (cell_unpack(cell, runs->value))
		return true;
	diag_set(runs->why, "a temporary file was changed by somebody else");
	return false;
}

bool cell_runs_open(struct cell_runs *runs)
{
	return runs_open(&runs->runs, runs->why) && read_record(runs) != FLOW_FAIL;
}

enum flow cell_runs_next(struct cell_runs *runs, struct cell *cell)
{
	if (!runs->has_record)
		return FLOW_STOP;
	if (!unpack(runs, cell))
		return FLOW_FAIL;
	buf_clear(&cell->key);
	buf_add(&cell->key, runs->key);
	for (;;) {
		enum flow flow = read_record(runs);

		if (flow == FLOW_FAIL)
			return flow;
		if (flow == FLOW_STOP || !span_equal(runs->key, buf_span(&cell->key)))
			return FLOW_MORE;
		if (!unpack(runs, &runs->part))
			return FLOW_FAIL;
		cell_add(cell, &runs->part, &runs->packed);
	}
}

bool cell_runs_each(struct cell_runs *runs, cell_fn *each, void *ctx)
{
	struct cell cell = { 0 };
	bool fine = cell_runs_open(runs);

	while (fine) {
		enum flow flow = cell_runs_next(runs, &cell);

		if (flow == FLOW_STOP)
			break;
		fine = flow == FLOW_MORE && each(ctx, &cell);
	}
	cell_release(&cell);
	return fine;
}
