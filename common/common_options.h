/* SPDX-License-Identifier: MIT
 * common_options.h - the options every filter has, and the two tables of a filter's command line. */
#ifndef GHIRBAL_COMMON_OPTIONS_H
#define GHIRBAL_COMMON_OPTIONS_H

#include "common/filter.h"

struct common_options {
	bool zero_terminated, jsonl;
	const char *field, *into;
	int read, write; /* enum framing, or -1 when not given */
	const char *files0_from, *output, *max_bad;
	struct opt_output bad_records, stats, progress_to;
	int64_t max_record; /* bytes */
	int64_t documents_before; /* -1: nobody shares the run */
	struct opt_texts pieces;
	int invalid; /* enum invalid */
	bool annotate, decompress, progress, contract, help, version;
};

extern const struct opt common_rows[];

/* What filters that select have besides. */
struct tracing_options {
	struct opt_output explain, rejected;
};

extern const struct opt tracing_rows[];

enum { FILTER_TABLES = 3 };

/* A filter's command line: its own rows, those of filters that select, the common ones. */
struct filter_options {
	void *own; /* of filter->options_size bytes */
	struct tracing_options tracing;
	struct common_options common;
	struct opt_table tables[FILTER_TABLES];
};

/* Initial values throughout. `options` must not move afterwards: the tables point into it. */
void filter_options_init(struct filter_options *options, const struct filter *filter);
void filter_options_release(struct filter_options *options);

/* How documents are delimited, -z and --read or --write taken together. */
enum framing filter_reads(const struct filter_options *options);
enum framing filter_writes(const struct filter_options *options);

/* Fills `tables` with a filter's rows and no values, for who prints them. */
void filter_tables(struct opt_table tables[FILTER_TABLES], const struct filter *filter);

/* Appends what --help prints. */
void filter_help(struct buf *into, const struct filter *filter);

#endif
