/* SPDX-License-Identifier: MIT
 * options.c - the rows. */
#include "options.h"

#include <stddef.h>

#include "graph.h"

static const char *const framing_words[] = { "text", "zero", NULL };
const char *const graph_words[] = { "dot", "mermaid", NULL };

/* clang-format off */
const struct opt run_pipeline_rows[] = {
	{ .name = "set", .kind = OPT_TEXTS, .arg = "NAME=VALUE", .at = offsetof(struct options, set),
		.help = "give a parameter of the pipeline a value; may be repeated" },
	{ .letter = 'o', .name = "output", .kind = OPT_TEXT, .arg = "PATH",
		.at = offsetof(struct options, output),
		.help = "write to PATH, which is replaced only when all went well; for a FOLDER, a folder" },
	{ .letter = 'z', .name = "zero-terminated", .kind = OPT_FLAG,
		.at = offsetof(struct options, zero_terminated),
		.help = "a NUL ends each document, in and out; a file's end also ends one" },
	{ .letter = 'j', .name = "jsonl", .kind = OPT_FLAG, .at = offsetof(struct options, jsonl),
		.help = "documents are a string member of JSON Lines records, in and out" },
	{ .name = "read", .kind = OPT_WORD, .words = framing_words, .initial = -1, .at = offsetof(struct options, read),
		.help = "how documents in are delimited: text (a file is a document) or zero (as -z)" },
	{ .name = "write", .kind = OPT_WORD, .words = framing_words, .initial = -1, .at = offsetof(struct options, write),
		.help = "how documents out are delimited: text (one after the other) or zero (as -z)" },
	{ .name = "field", .kind = OPT_TEXT, .arg = "NAME", .at = offsetof(struct options, field),
		.help = "with --jsonl: the member that holds the text (default text)" },
	{ .name = "annotate", .kind = OPT_FLAG, .at = offsetof(struct options, annotate),
		.help = "with --jsonl: say in each record's last member, ghirbal, what each stage did to it" },
	{ .name = "bad-records", .kind = OPT_TEXT, .arg = "FILE", .at = offsetof(struct options, bad_records),
		.help = "with --jsonl: copy records that cannot be used to FILE" },
	{ .name = "stats", .kind = OPT_TEXT, .arg = "FILE", .at = offsetof(struct options, stats),
		.help = "write to FILE what each stage did and used, as JSON; after a failure, too" },
	{ .name = "tee", .kind = OPT_TEXTS, .arg = "ID=FILE", .at = offsetof(struct options, tee),
		.help = "copy what the stage ID writes to FILE, which is replaced only when all went well; may be repeated" },
	{ .name = "trace", .kind = OPT_TEXT, .arg = "TERM|LINE", .at = offsetof(struct options, trace),
		.help = "print, instead of the output, where line LINE of it, or each that holds TERM, came from" },
	{ .name = "files0-from", .kind = OPT_TEXT, .arg = "FILE", .at = offsetof(struct options, files0_from),
		.help = "read the files named in FILE, each name ended by a NUL; - is standard input" },
	{ .letter = 'J', .name = "jobs", .kind = OPT_INT, .arg = "N", .min = 1, .max = 256, .initial = 1,
		.at = offsetof(struct options, jobs),
		.help = "work on N batches of documents side by side; the output stays the same" },
	{ .name = "batch-size", .kind = OPT_SIZE, .arg = "SIZE", .min = 1, .max = 1 << 30, .initial = 16 << 20,
		.at = offsetof(struct options, batch_size),
		.help = "with --jobs: bytes of documents in a batch at most" },
	{ .name = "parts", .kind = OPT_TEXT, .arg = "DIR", .at = offsetof(struct options, parts),
		.help = "run nothing: make the folder DIR with all that many processes or machines need to share the work" },
	{ .name = "part-size", .kind = OPT_SIZE, .arg = "SIZE", .min = 1, .max = INT64_C(1) << 50, .initial = 1 << 30,
		.at = offsetof(struct options, part_size),
		.help = "with --parts: about so many bytes of input to a part" },
	{ .name = "status", .kind = OPT_TEXT, .arg = "DIR", .at = offsetof(struct options, status),
		.help = "say what of DIR is done, what is missing, and why" },
	{ .name = "resume", .kind = OPT_TEXT, .arg = "DIR", .at = offsetof(struct options, resume),
		.help = "do what of DIR is missing, on this machine, --jobs=N at a time" },
	{ .name = "totals", .kind = OPT_TEXT, .arg = "DIR", .at = offsetof(struct options, totals),
		.help = "print, as JSON, the sum of what the parts of DIR that are done say of themselves" },
	{ .name = "versions", .kind = OPT_FLAG, .at = offsetof(struct options, versions),
		.help = "print the release, and hashes of the programs and of the data compiled in; parts must have the same" },
	{ .name = "allow-exec", .kind = OPT_FLAG, .at = offsetof(struct options, allow_exec),
		.help = "let stages run other programs than filters, found in PATH" },
	{ .name = "check", .kind = OPT_FLAG, .at = offsetof(struct options, check),
		.help = "only check the pipeline, its tests included" },
	{ .name = "dry-run", .kind = OPT_FLAG, .at = offsetof(struct options, dry_run),
		.help = "only print what would run, as one line for bash" },
	{ .name = "test", .kind = OPT_FLAG, .at = offsetof(struct options, test),
		.help = "run the tests that the pipeline brings along, as TAP" },
	{ .name = "describe", .kind = OPT_FLAG, .at = offsetof(struct options, describe),
		.help = "print the pipeline's name, summary and parameters" },
	{ .name = "graph", .kind = OPT_WORD, .words = graph_words, .initial = -1,
		.at = offsetof(struct options, graph),
		.help = "draw the plan, for Graphviz or for what reads Mermaid, such as Markdown pages" },
	{ .name = "list", .kind = OPT_FLAG, .at = offsetof(struct options, list),
		.help = "print the names and summaries of the predefined pipelines" },
	{ .name = "schema", .kind = OPT_FLAG, .at = offsetof(struct options, schema),
		.help = "print the language as JSON Schema, for editors" },
	{ .name = "progress", .kind = OPT_FLAG, .at = offsetof(struct options, progress),
		.help = "show on the terminal how far each stage is, also where the output goes to another program" },
	{ .letter = 'h', .name = "help", .kind = OPT_FLAG, .at = offsetof(struct options, help),
		.help = "print this and exit" },
	{ .name = "version", .kind = OPT_FLAG, .at = offsetof(struct options, version),
		.help = "print the version and exit" },
	{ .name = NULL },
};

/* clang-format on */

void options_help(struct buf *into)
{
	const struct opt_table table = { "Options", run_pipeline_rows, NULL };

	buf_add(into,
		SPAN("Usage: run-pipeline PIPELINE [OPTION]... [FILE]...\n"
		     "  or:  run-pipeline PIPELINE [OPTION]... --output=FOLDER FOLDER\n"
		     "run-pipeline: join filters as a YAML file says.\n\n"
		     "Runs the stages of the pipeline over standard input, the FILEs, or every file in a FOLDER;\n"
		     "then each gives one output of the same name. PIPELINE is a file, or the name of a predefined\n"
		     "one (--list).\n"));
	opts_help(into, &table, 1);
	buf_add(into,
		SPAN("\nExit status: 0 done, 1 failed (the old output is kept), 2 wrong usage or a pipeline that does\n"
		     "not check, 3 done but some documents were rejected. More, with examples: man run-pipeline\n"));
}
