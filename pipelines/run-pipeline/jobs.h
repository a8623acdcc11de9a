/* SPDX-License-Identifier: MIT
 * jobs.h - the stages that need only one document at a time, several times side by side.
 *
 * Documents are dealt out in batches; each batch runs through stages of its own, into memory, and what comes out is
 * passed on in the order of what went in; so is what the stages say, with the places of the whole run. Stages from the
 * first on that needs more than one document (its contract says so) run once, behind all of them. At most `count`
 * batches are at work; with those that wait for their turn they take no more memory than twice `count` batches, of
 * which one that does not stand in a file takes two while it is at work. */
#ifndef RUN_PIPELINE_JOBS_H
#define RUN_PIPELINE_JOBS_H

#include "batches.h"
#include "chain.h"

/* How many stages from the start need only one document at a time. */
size_t jobs_stages(const struct plan *plan);

/* Runs the plan over all batches, `count` at a time, into `out`, or to `tap` where that is given. `wiring` says how
 * documents are framed; its files do not matter. As chain_run. */
enum chain_end jobs_run(const struct plan *plan, const struct wiring *wiring, struct batches *batches,
	size_t count, int out, const struct tap *tap, struct watch *watch, struct trouble *trouble);

#endif
