/* SPDX-License-Identifier: MIT
 * beside.h - what a run writes beside its output: --stats, --tee, of several jobs
 * --bad-records; and what it shows while it lasts.
 *
 * Files are opened before anything runs, so that a place that cannot be written to is told at once, and none of them may
 * be another file of the run. */
#ifndef RUN_PIPELINE_BESIDE_H
#define RUN_PIPELINE_BESIDE_H

#include "command.h"
#include "common/output.h"
#include "options.h"
#include "screen.h"

struct beside {
	const struct plan *plan;
	const struct options *options;
	struct ledger ledger;
	struct output stats;
	bool has_stats; /* it is open */
	struct screen screen;
	bool has_screen;
	struct tees tees;
	struct output bad; /* records that several jobs could not use */
	bool has_bad; /* it is open */
	bool names_bad; /* it is known where it is: one job writes it itself */
	double started; /* seconds on progress_clock */
	struct diag why;
};

/* `documents` is where the output goes, NULL for a folder. `inputs` are what will be read. STATUS_DONE when all is open;
 * else it was reported, and nothing is. The struct must not move until it is closed. */
enum status beside_open(struct beside *beside, const struct plan *plan, const struct options *options,
	const struct output *documents, const char *const *inputs, size_t count);

/* What is to be shown of a run that reads `inputs`; NULL: nothing. */
struct screen *beside_screen(struct beside *beside, const char *const *inputs, size_t count);

/* What the stages are to be told. */
void beside_wire(struct beside *beside, struct wiring *wiring);

/* Hands copies to the disk, before the output is put in place. False when that fails, or something that is to stand in a
 * file could not be had, and it was reported. */
bool beside_flush(struct beside *beside);

/* Closes all. `status` is how the run went; returns how it went with this. With `stopped`, by a signal, nothing is
 * kept. */
enum status beside_close(struct beside *beside, enum status status, bool stopped);

#endif
