/* SPDX-License-Identifier: MIT
 * run.h - a plan over files, over standard input, or over a folder. */
#ifndef RUN_PIPELINE_RUN_H
#define RUN_PIPELINE_RUN_H

#include "options.h"
#include "plan.h"

/* Runs the plan once over `files` (none: standard input), documents after one another. Reports what
 * goes wrong; does not return when a signal asks us to end or nobody reads the output any more. */
enum status run_files(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count);

/* Runs the plan over every file in `folder`; options->output is the folder of outputs, one for each
 * file and of the same name. Where every stage gives one document for one, the stages run once for
 * all files, else once for each. */
enum status run_folder(const struct plan *plan, const struct options *options, const char *folder);

/* Prints what run_files would do, as a line for bash. */
enum status run_dry(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count);

/* Writes `text` to standard output, checked. */
enum status print_out(struct span text);

#endif
