/* SPDX-License-Identifier: MIT
 * parts_folder.h - the folder that --parts makes: a plan cut into tasks that any engine can run.
 *
 *     plan.json     what will be done, and of what it was planned
 *     versions      our release, and the XXH3 of the programs and of the data compiled in
 *     parts.tsv     a row for each piece of the inputs; inputs0 has their names, each ended by a NUL
 *     phases/       NN-NAME.yaml, a pipeline of its own, and NN-NAME.sh, what run-part reads of the phase
 *     run-part      PHASE I: one task, which may be run again at any time; --status, --missing
 *     Makefile      all tasks on one machine
 *     submit        all tasks by Slurm
 *     work/ done/   what tasks write: NN-NAME/I; a task is done when its file in done/ is there, its statistics
 *     log/ bad/     what tasks said; records that could not be used
 *     out           a link to the phase that writes the output: its files, in order, are the output
 *
 * A folder is made as a whole or not at all. */
#ifndef RUN_PIPELINE_PARTS_FOLDER_H
#define RUN_PIPELINE_PARTS_FOLDER_H

#include "common/diag.h"
#include "cut.h"
#include "options.h"
#include "parts.h"

struct parts_plan {
	const struct plan *plan;
	const struct options *options;
	const struct parts *parts;
	const struct cut *cut;
	const char *bin; /* folder of the programs */
	const char *prefix; /* of their names */
	const char *versions; /* the text of that file */
};

/* Makes `folder`. Where it is there: the same plan is no trouble, another one is refused, with its difference named. */
enum status parts_folder_make(const char *folder, const struct parts_plan *plan, struct diag *why);

#endif
