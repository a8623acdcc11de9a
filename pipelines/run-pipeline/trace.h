/* SPDX-License-Identifier: MIT
 * trace.h - --trace: where a line of the output came from, through every stage, to the bytes of a file.
 *
 * Rows are tab-separated: the line of the output, from 1; output, stage, input, or untraced; the id of the stage or the
 * name of the file; the number of the document, from 1; first byte and the byte behind the last, from 0; what was done;
 * the text, escaped as row.h has it, and bytes that are no UTF-8 as \xXX. Of a stage the place is one in what it was
 * given, of the input one in the file. */
#ifndef RUN_PIPELINE_TRACE_H
#define RUN_PIPELINE_TRACE_H

#include "options.h"
#include "plan.h"

/* Runs the plan over `files` and prints rows instead of its output. */
enum status trace_run(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count);

#endif
