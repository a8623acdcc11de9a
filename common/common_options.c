/* SPDX-License-Identifier: MIT
 * common_options.c - the options every filter has. */
#include "common/common_options.h"

#include <stdlib.h>

#include "common/mem.h"

static const char *const framing_words[] = { "text", "zero", "jsonl", NULL };
static const char *const invalid_words[] = { "replace", "drop", "error", NULL };

/* clang-format off */
const struct opt common_rows[] = {
	{ .letter = 'z', .name = "zero-terminated", .kind = OPT_FLAG,
		.at = offsetof(struct common_options, zero_terminated),
		.help = "a NUL ends each document, in and out; a file's end also ends one" },
	{ .letter = 'j', .name = "jsonl", .kind = OPT_FLAG, .at = offsetof(struct common_options, jsonl),
		.help = "documents are a string member of JSON Lines records, in and out" },
	{ .name = "field", .kind = OPT_TEXT, .arg = "NAME", .initial_text = "text",
		.at = offsetof(struct common_options, field),
		.help = "with --jsonl: the member that holds the text" },
	{ .name = "into", .kind = OPT_TEXT, .arg = "NAME", .at = offsetof(struct common_options, into),
		.help = "with --jsonl: leave the text alone and write what becomes of it into the member NAME" },
	{ .name = "read", .kind = OPT_WORD, .words = framing_words, .initial = -1,
		.at = offsetof(struct common_options, read),
		.help = "how documents in are delimited: text (a file is a document), zero (as -z) or jsonl (as -j)" },
	{ .name = "write", .kind = OPT_WORD, .words = framing_words, .initial = -1,
		.at = offsetof(struct common_options, write),
		.help = "how documents out are delimited: text (one after the other), zero (as -z) or jsonl (as -j)" },
	{ .name = "files0-from", .kind = OPT_TEXT, .arg = "FILE",
		.at = offsetof(struct common_options, files0_from),
		.help = "read the files named in FILE, each name ended by a NUL; - is standard input" },
	{ .name = "piece", .kind = OPT_TEXTS, .arg = "[-]FROM:TO:LINE:NAME",
		.at = offsetof(struct common_options, pieces),
		.help = "for who deals out work: read, of the file NAME, only bytes FROM to TO, where line LINE begins; with the dash they stand in standard input; may be repeated" },
	{ .name = "documents-before", .kind = OPT_INT, .arg = "N", .min = 0, .max = INT64_MAX, .initial = -1,
		.at = offsetof(struct common_options, documents_before),
		.help = "likewise: count documents from N + 1, and leave it to --progress-to to say what was mended" },
	{ .name = "decompress", .kind = OPT_FLAG, .at = offsetof(struct common_options, decompress),
		.help = "read files whose names end in .zst, .gz or .xz through zstd, gzip or xz" },
	{ .letter = 'o', .name = "output", .kind = OPT_TEXT, .arg = "FILE",
		.at = offsetof(struct common_options, output),
		.help = "write to FILE, which is replaced only when all went well" },
	{ .name = "annotate", .kind = OPT_FLAG, .at = offsetof(struct common_options, annotate),
		.help = "with --jsonl: say in each record's last member, ghirbal, what was done to it" },
	{ .name = "bad-records", .kind = OPT_OUTPUT, .arg = "FILE", .outlives_failure = true,
		.at = offsetof(struct common_options, bad_records),
		.help = "with --jsonl: copy records that cannot be used to FILE" },
	{ .name = "max-bad", .kind = OPT_TEXT, .arg = "N|P%", .at = offsetof(struct common_options, max_bad),
		.help = "with --jsonl: fail when more than N records, or P percent of them, cannot be used" },
	{ .name = "max-record", .kind = OPT_SIZE, .arg = "SIZE", .min = 2, .max = INT64_MAX,
		.initial = INT64_C(256) << 20, .at = offsetof(struct common_options, max_record),
		.help = "with --jsonl: larger records cannot be used" },
	{ .name = "invalid", .kind = OPT_WORD, .words = invalid_words,
		.at = offsetof(struct common_options, invalid),
		.help = "what to do with bytes that are not UTF-8: put U+FFFD, drop them, or stop" },
	{ .name = "stats", .kind = OPT_OUTPUT, .arg = "FILE", .outlives_failure = true,
		.at = offsetof(struct common_options, stats),
		.help = "write what was read, written, mended and removed to FILE, one JSON object" },
	{ .name = "progress", .kind = OPT_FLAG, .at = offsetof(struct common_options, progress),
		.help = "show how far a run is, also where standard error is no terminal" },
	{ .name = "progress-to", .kind = OPT_OUTPUT, .arg = "FILE", .outlives_failure = true,
		.at = offsetof(struct common_options, progress_to),
		.help = "write documents, bytes read and bytes written so far, and what was mended, to FILE, a line five times a second" },
	{ .name = "contract", .kind = OPT_FLAG, .at = offsetof(struct common_options, contract),
		.help = "print how these options can be shared by many processes (map, mergeable or whole), and exit" },
	{ .letter = 'h', .name = "help", .kind = OPT_FLAG, .at = offsetof(struct common_options, help),
		.help = "print this and exit" },
	{ .name = "version", .kind = OPT_FLAG, .at = offsetof(struct common_options, version),
		.help = "print the version and exit" },
	{ .name = NULL },
};
/* clang-format on */

/* clang-format off */
const struct opt tracing_rows[] = {
	{ .name = "explain", .kind = OPT_OUTPUT, .arg = "FILE", .outlives_failure = true,
		.at = offsetof(struct tracing_options, explain),
		.help = "write to FILE what became of every part of the text, and why, one line a part" },
	{ .name = "rejected", .kind = OPT_OUTPUT, .arg = "FILE", .outlives_failure = true,
		.at = offsetof(struct tracing_options, rejected),
		.help = "write to FILE, likewise, what was left out" },
	{ .name = NULL },
};
/* clang-format on */

static const struct opt no_rows[] = { { .name = NULL } };

void filter_tables(struct opt_table tables[FILTER_TABLES], const struct filter *filter)
{
	tables[0] = (struct opt_table){ "Options", filter->opts, NULL };
	tables[1] = (struct opt_table){ "What was done", filter->selects ? tracing_rows : no_rows, NULL };
	tables[2] = (struct opt_table){ "Common options", common_rows, NULL };
}

void filter_options_init(struct filter_options *options, const struct filter *filter)
{
	options->own = mem_new(1, filter->options_size);
	options->tracing = (struct tracing_options){ .explain = { .path = NULL } };
	filter_tables(options->tables, filter);
	options->tables[0].values = options->own;
	options->tables[1].values = &options->tracing;
	options->tables[2].values = &options->common;
	opts_init(options->tables, FILTER_TABLES);
}

void filter_options_release(struct filter_options *options)
{
	opts_release(options->tables, FILTER_TABLES);
	free(options->own);
}

static enum framing framing_of(const struct common_options *common, int word)
{
	if (word >= 0)
		return (enum framing)word;
	if (common->jsonl)
		return FRAMING_JSONL;
	return common->zero_terminated ? FRAMING_ZERO : FRAMING_TEXT;
}

enum framing filter_reads(const struct filter_options *options)
{
	return framing_of(&options->common, options->common.read);
}

enum framing filter_writes(const struct filter_options *options)
{
	return framing_of(&options->common, options->common.write);
}

void filter_help(struct buf *into, const struct filter *filter)
{
	struct opt_table tables[FILTER_TABLES];

	filter_tables(tables, filter);
	buf_addf(into, "Usage: %s [OPTION]... [FILE]...\n", filter->name);
	buf_addf(into, "%s: %s.\n\n", filter->name, filter->summary);
	buf_add(into, span_from(filter->usage));
	buf_add(into, SPAN("With no FILE, or when FILE is -, standard input is read.\n"));
	opts_help(into, tables, FILTER_TABLES);
	buf_addf(into,
		"\nExit status: 0 done, 1 failed (output incomplete), 2 wrong usage, 3 done but some documents\n"
		"were rejected. More, with examples: man %s\n",
		filter->name);
}
