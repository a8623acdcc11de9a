/* SPDX-License-Identifier: MIT
 * filter.c - the program around a filter: its command line, what it opens and closes, its exit status.
 *
 * drive.h tells the life of a document. Nothing here knows what the filter does. */
#include "common/filter.h"

#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/drive.h"
#include "common/mem.h"
#include "common/stdio_guard.h"
#include "common/version.h"

/* --- the command line ---------------------------------------------------------------------------------- */

static bool parse_max_bad(struct drive *drive)
{
	const char *text = drive->options.common.max_bad;
	char *end;

	if (!text)
		return true;
	drive->max_bad.most = strtod(text, &end);
	drive->max_bad.is_set = true;
	drive->max_bad.is_percent = *end == '%';
	if (end != text && drive->max_bad.most >= 0 && end[drive->max_bad.is_percent] == '\0')
		return true;
	diag_set(&drive->why, "option '--max-bad': '%s' is neither a number nor a percentage", text);
	return false;
}

/* Standard input can be read once: by one option, or as documents. */
static bool check_stdin(struct drive *drive)
{
	const char *list = drive->options.common.files0_from;
	size_t uses = named_inputs_from_stdin(drive->options.tables, FILTER_TABLES);

	if (uses == 0)
		return true;
	uses += (list && strcmp(list, "-") == 0) || (!list && drive->operands.count == 0);
	for (size_t i = 0; i < drive->operands.count; i++)
		uses += strcmp(drive->operands.items[i], "-") == 0;
	if (uses == 1)
		return true;
	diag_set(&drive->why, "an option reads standard input, so nothing else can; name the files");
	return false;
}

/* Records are made of what the text may be: a name that is not UTF-8 would spoil them. "ghirbal" is ours. */
static bool check_into(struct drive *drive)
{
	struct span into = span_from(drive->options.common.into ? drive->options.common.into : "");

	if (!drive->options.common.into)
		return true;
	if (filter_writes(&drive->options) != FRAMING_JSONL)
		diag_set(&drive->why, "option '--into' names a member of records: it needs --jsonl");
	else if (into.len == 0 || utf8_valid_prefix(into, CPU_SCALAR) < into.len ||
		 span_equal(into, SPAN("ghirbal")))
		diag_set(&drive->why, "option '--into': no text can be written to a member called '%s'",
			drive->options.common.into);
	else
		return true;
	return false;
}

static bool takes_nothing(void *ctx, const struct opt *row, struct opt_output *output)
{
	struct drive *drive = ctx;

	return row->is_updated || output_takes_nothing(row->name, output->path, &drive->why);
}

/* `--explain story.txt` names where to write, though it may be meant as the input: where there is no other, a file is
 * not taken away on that word. Of -o, which says plainly what it is for, only a terminal is asked: nothing else may
 * have been meant to be read. */
static bool check_outputs(struct drive *drive)
{
	const char *output = drive->options.common.output;
	struct stat input;

	if (drive->operands.count || drive->options.common.files0_from ||
		drive->options.common.pieces.count || fstat(STDIN_FILENO, &input) != 0 ||
		!S_ISCHR(input.st_mode))
		return true;
	if (output && isatty(STDIN_FILENO) && !output_takes_nothing("output", output, &drive->why))
		return false;
	return opts_each_output(drive->options.tables, FILTER_TABLES, takes_nothing, drive);
}

static bool check_pieces(struct drive *drive)
{
	const struct opt_texts *pieces = &drive->options.common.pieces;
	struct file_piece piece;

	if (pieces->count && (drive->options.common.files0_from || drive->operands.count)) {
		diag_set(&drive->why, "--piece excludes --files0-from and file operands");
		return false;
	}
	for (size_t i = 0; i < pieces->count; i++)
		if (!piece_read(&piece, pieces->items[i], &drive->why))
			return false;
	return true;
}

/* What options of several rows have to do with each other. */
static bool check_options(struct drive *drive)
{
	const struct common_options *common = &drive->options.common;

	if (common->files0_from && drive->operands.count) {
		diag_set(&drive->why, "file operands and --files0-from exclude each other: '%s'",
			drive->operands.items[0]);
		return false;
	}
	if (common->zero_terminated && common->jsonl) {
		diag_set(&drive->why, "--zero-terminated and --jsonl exclude each other");
		return false;
	}
	if (filter_writes(&drive->options) == FRAMING_JSONL &&
		filter_reads(&drive->options) != FRAMING_JSONL) {
		diag_set(&drive->why,
			"only records can be written as records: --write=jsonl needs --read=jsonl");
		return false;
	}
	return check_pieces(drive) && check_into(drive) && check_stdin(drive) && check_outputs(drive) &&
	       parse_max_bad(drive);
}

static bool parse(struct drive *drive, int argc, char **argv)
{
	if (!opts_parse(drive->options.tables, FILTER_TABLES, argc - 1, argv + 1, &drive->operands,
		    &drive->why))
		return drive_fail(drive, STATUS_USAGE);
	return check_options(drive) || drive_fail(drive, STATUS_USAGE);
}

/* --help and --version, checked like any output: on a full disk they fail. */
static void print_and_close(struct drive *drive, struct span text)
{
	bool fine = output_open(&drive->output, NULL, FRAMING_TEXT, &drive->why);

	if (fine && output_put(&drive->output, text) != FLOW_MORE)
		fine = false;
	if (!output_close(&drive->output, true) || !fine)
		drive_fail(drive, STATUS_FAILED);
}

static bool print_what_was_asked(struct drive *drive)
{
	struct buf text = BUF_INIT;

	if (drive->options.common.help)
		filter_help(&text, drive->filter);
	else if (drive->options.common.contract)
		phases_print(&text, drive->filter, &drive->options.tables[0]);
	else if (drive->options.common.version)
		buf_addf(&text, "%s (ghirbal) %s\n", drive->filter->name, GHIRBAL_VERSION);
	else
		return false;
	print_and_close(drive, buf_span(&text));
	buf_release(&text);
	return true;
}

/* --- opening ------------------------------------------------------------------------------------------- */

/* What JSON Lines need beyond documents. */
static void open_records(struct drive *drive, enum cpu cpu)
{
	const struct common_options *common = &drive->options.common;
	struct jsonl *jsonl = &drive->jsonl;

	jsonl->field = span_from(common->field);
	jsonl->into = span_from(common->into ? common->into : "");
	jsonl->max_record = (size_t)common->max_record;
	jsonl->cpu = cpu;
	jsonl->to = drive_jsonl_handler(drive);
	jsonl->output = &drive->output;
	jsonl->annotate = common->annotate ? drive_annotate : NULL;
	jsonl->annotator = drive->filter->name;
	if (drive->filter->members)
		jsonl->wanted_count = drive->filter->members(drive->options.own, jsonl->wanted);
}

static const struct opt_output *given(const struct opt_output *output)
{
	return output->path ? output : NULL;
}

/* Puts together what a document's text goes through behind the filter. */
static void open_sink(struct drive *drive)
{
	struct provenance *provenance = &drive->provenance;

	drive->sink = (struct sink){ .put = output_put, .end = output_end, .ctx = &drive->output };
	if (filter_writes(&drive->options) == FRAMING_JSONL)
		drive->sink = jsonl_sink(&drive->jsonl);
	provenance->explain = given(&drive->options.tracing.explain);
	provenance->rejected = given(&drive->options.tracing.rejected);
	drive->is_traced = provenance->explain || provenance->rejected ||
			   given(&drive->options.common.stats) || drive->options.common.annotate;
	if (!drive->is_traced)
		return;
	provenance->to = drive->sink;
	drive->sink = provenance_sink(provenance);
}

static bool open_filter(struct drive *drive)
{
	const struct filter *filter = drive->filter;
	struct filter_options *options = &drive->options;
	bool annotates = options->common.annotate || (filter->annotates && filter->annotates(options->own));
	struct host host = { .cpu = cpu_best(getenv("GHIRBAL_CPU")),
		.reads = filter_reads(options),
		.counts = options->common.stats.path || annotates,
		.annotates = annotates && filter_writes(options) == FRAMING_JSONL,
		.spools = &drive->spools };

	if (getrandom(&host.secret, sizeof(host.secret), GRND_NONBLOCK) < 0)
		host.secret = (uint64_t)(uintptr_t)drive; /* early in boot: better than none */
	if (!named_inputs_read(options->tables, FILTER_TABLES, &drive->why) ||
		!named_outputs_read(options->tables, FILTER_TABLES, &drive->why))
		return drive_fail(drive, STATUS_FAILED);
	options->common.annotate = annotates;
	drive->reads = host.reads;
	drive->reader.framing = host.reads == FRAMING_ZERO ? FRAMING_ZERO : FRAMING_TEXT;
	drive->repair.mode = (enum invalid)options->common.invalid;
	drive->repair.cpu = host.cpu;
	drive->raw = filter->reads_raw && filter->reads_raw(options->own);
	drive->is_twice = filter->previews && filter->previews(options->own);
	if (drive->is_twice && options->common.pieces.count) {
		diag_set(&drive->why, "--piece goes with no options that read the documents twice");
		return drive_fail(drive, STATUS_USAGE);
	}
	open_records(drive, host.cpu);
	drive->state = mem_new(1, filter->state_size);
	drive->is_open = true;
	return filter->open(drive->state, options->own, &host, &drive->why) == FLOW_MORE ||
	       drive_fail(drive, STATUS_USAGE);
}

static bool open_all(struct drive *drive)
{
	bool clash;

	if (!open_filter(drive))
		return false;
	if (!output_open(&drive->output, drive->options.common.output, filter_writes(&drive->options),
		    &drive->why))
		return drive_fail(drive, STATUS_FAILED);
	if (!named_outputs_open(&drive->named, drive->options.tables, FILTER_TABLES, &drive->output,
		    &drive->why, &clash)) {
		drive_fail(drive, clash ? STATUS_USAGE : STATUS_FAILED);
		output_close(&drive->output, false);
		named_outputs_drop(&drive->named);
		return false;
	}
	open_sink(drive);
	return true;
}

/* --- the run ------------------------------------------------------------------------------------------- */

/* Reads all sources and lets the filter finish. False when the output is not worth keeping. */
static bool run(struct drive *drive)
{
	const struct filter *filter = drive->filter;
	enum flow flow = drive_sources(drive);

	if (flow == FLOW_FAIL) {
		drive->status = STATUS_FAILED;
		return false;
	}
	if (flow == FLOW_MORE && filter->finish &&
		filter->finish(drive->state, drive->sink, &drive->why) == FLOW_FAIL)
		return drive_fail(drive, STATUS_FAILED);
	return drive_sum_up(drive);
}

/* Closes everything. A full disk under what stands beside the documents keeps these from being put in place, too.
 * A write that failed before was reported then. */
static void close_all(struct drive *drive, bool fine)
{
	struct buf stats = BUF_INIT;

	if (!named_outputs_flush(&drive->named) && fine)
		fine = drive_fail(drive, STATUS_FAILED);
	if (!output_close(&drive->output, drive->status != STATUS_FAILED) && fine)
		fine = drive_fail(drive, STATUS_FAILED);
	if (drive_tell(drive) != FLOW_MORE && fine)
		fine = drive_fail(drive, STATUS_FAILED);
	if (drive->options.common.stats.to) {
		drive_stats(&stats, drive);
		opt_output_put(&drive->options.common.stats, buf_span(&stats));
	}
	if (!named_outputs_close(&drive->named, drive->status != STATUS_FAILED) && fine)
		drive_fail(drive, STATUS_FAILED);
	buf_release(&stats);
}

static void release(struct drive *drive)
{
	if (drive->is_open && drive->filter->close)
		drive->filter->close(drive->state);
	free(drive->state);
	free(drive->operands.items);
	buf_release(&drive->names);
	reread_release(&drive->reread);
	record_release(&drive->reader);
	jsonl_release(&drive->jsonl);
	provenance_release(&drive->provenance);
	utf8_repair_release(&drive->repair);
	filter_options_release(&drive->options);
}

int filter_main(const struct filter *filter, int argc, char **argv)
{
	struct drive drive = { .filter = filter };

	stdio_guard();
	drive.started = progress_clock();
	drive.spools = (struct spool_place){ spool_folder(), SPOOL_MEMORY };
	reread_init(&drive.reread, &drive.spools);
	filter_options_init(&drive.options, filter);
	if (parse(&drive, argc, argv) && !print_what_was_asked(&drive) && open_all(&drive)) {
		bool fine = run(&drive);

		progress_clear(&drive.progress);
		close_all(&drive, fine);
	}
	release(&drive);
	return (int)drive.status;
}
