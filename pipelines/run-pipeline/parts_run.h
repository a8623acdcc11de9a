/* SPDX-License-Identifier: MIT
 * parts_run.h - the options --parts, --status, --resume and --versions: many machines. */
#ifndef RUN_PIPELINE_PARTS_RUN_H
#define RUN_PIPELINE_PARTS_RUN_H

#include "options.h"
#include "plan.h"

/* Plans `count` inputs, files and folders, into the folder that options->parts names. What fails is reported. */
enum status parts_run_plan(
	const struct plan *plan, const struct options *options, const char *const *inputs, size_t count);

/* Prints the sum of what the tasks that are done say of themselves. */
enum status parts_run_totals(const char *folder);

/* Becomes the folder's own program that says what is missing, or does it. Returns only on failure, reported. */
enum status parts_run_status(const char *folder);
enum status parts_run_resume(const char *folder, int64_t jobs);

/* Prints what a folder's parts must be made by: our release, and the hashes of our programs and their data. */
enum status parts_run_versions(void);

#endif
