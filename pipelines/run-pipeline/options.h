/* SPDX-License-Identifier: MIT
 * options.h - the command line of run-pipeline, as rows. */
#ifndef RUN_PIPELINE_OPTIONS_H
#define RUN_PIPELINE_OPTIONS_H

#include "common/opts.h"

struct options {
	bool allow_exec, check, dry_run, test, describe, list, schema, zero_terminated, jsonl, annotate,
		progress, versions, help, version;
	int64_t jobs, batch_size, part_size; /* sizes in bytes */
	int read, write; /* enum framing, text or zero; -1: not given */
	int graph; /* enum graph_kind, -1: not asked for */
	struct opt_texts set, tee;
	const char *files0_from, *output, *field, *bad_records, *stats, *trace, *parts, *status, *resume,
		*totals;
	const char *listed_in; /* not an option: the list that was read already */
};

extern const struct opt run_pipeline_rows[];

/* Appends what --help prints. */
void options_help(struct buf *into);

#endif
