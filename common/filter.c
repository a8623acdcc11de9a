/* SPDX-License-Identifier: MIT
 * filter.c - the program around a filter.
 *
 * Knows files, framing, repair and exit statuses, and nothing of what the filter does. The life of a
 * document: record.c reads it (with JSON Lines jsonl.c takes it out of its record), drive_text makes it
 * valid, the filter's functions are called, what they put into the sink goes to output.c (or back into the
 * record). */
#include "common/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/common_options.h"
#include "common/file.h"
#include "common/jsonl.h"
#include "common/mem.h"
#include "common/output.h"
#include "common/progress.h"
#include "common/record.h"
#include "common/report.h"
#include "common/stdio_guard.h"
#include "common/version.h"

/* How many bad records are too many: a number, or a share of all. */
struct max_bad {
	bool is_set, is_percent;
	double most;
};

/* One run of one filter. */
struct drive {
	const struct filter *filter;
	struct filter_options options;
	struct opt_texts operands;
	struct buf names; /* what --files0-from gave */
	void *state;
	bool is_open; /* the filter's open was called */
	bool raw; /* the filter mends UTF-8 itself */
	struct record_reader reader;
	enum framing reads;
	struct jsonl jsonl;
	struct output bad_records; /* of --bad-records; fd -1 without it */
	struct diag bad_records_why;
	uint64_t rejected; /* records */
	struct max_bad max_bad;
	struct utf8_repair repair;
	struct output output;
	struct sink sink;
	const char *source; /* file at hand, NULL for standard input */
	struct progress progress;
	uint64_t documents, mended_documents;
	bool at_start; /* nothing of the current document was read yet */
	bool looks_foreign; /* a document was mostly ill-formed */
	struct diag why;
	enum status status;
};

/* --- messages ------------------------------------------------------------------------------------------ */

static void drive_report(struct drive *drive, const char *place, const char *sentence)
{
	progress_clear(&drive->progress);
	report(drive->filter->name, place, sentence);
}

/* Reports what the filter or the repair said of the current document, and where that is. A failed write
 * is nothing the document did. */
static void report_document(struct drive *drive, const char *sentence)
{
	struct buf place = BUF_INIT;

	if (drive->output.failed || drive->bad_records.failed) {
		drive_report(drive, NULL, sentence);
		return;
	}
	buf_add(&place, span_from(drive->source ? drive->source : "standard input"));
	if (drive->reads == FRAMING_ZERO)
		buf_addf(&place, ": document %llu", (unsigned long long)drive->documents);
	if (drive->reads == FRAMING_JSONL)
		buf_addf(&place, ": line %llu", (unsigned long long)drive->jsonl.line);
	drive_report(drive, buf_string(&place), sentence);
	buf_release(&place);
}

static void report_repairs(struct drive *drive)
{
	struct buf line = BUF_INIT;
	unsigned long long parts = drive->repair.bad_parts;

	if (parts == 0)
		return;
	buf_addf(&line, "%llu ill-formed part%s %s", parts, parts == 1 ? "" : "s",
		drive->repair.mode == INVALID_DROP ? "dropped" : "replaced by U+FFFD");
	if (drive->documents > 1)
		buf_addf(&line, " in %llu of %llu documents", (unsigned long long)drive->mended_documents,
			(unsigned long long)drive->documents);
	if (drive->looks_foreign)
		buf_add(&line, SPAN("; this may not be UTF-8: try 'normalize --from=auto' first"));
	drive_report(drive, NULL, buf_string(&line));
	buf_release(&line);
}

/* Text that looks like a page's source is taken as it is, but whoever fed it will want to know. */
static void hint_at_markup(struct drive *drive, struct span start)
{
	static const struct span marks[] = { { "<!DOCTYPE", 9 }, { "<!doctype", 9 }, { "<html", 5 } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (span_has_prefix(start, marks[i]))
			drive_report(drive, drive->source,
				"this looks like HTML; extract its text first, filters read plain text");
}

/* --- documents ----------------------------------------------------------------------------------------- */

static enum flow drive_begin(void *ctx)
{
	struct drive *drive = ctx;
	struct doc_info doc = {
		.ordinal = ++drive->documents,
		.name = drive->source,
		.repair = &drive->repair,
	};

	drive->at_start = true;
	utf8_repair_begin(&drive->repair);
	return drive->filter->begin(drive->state, &doc, drive->sink, &drive->why);
}

static enum flow drive_text(void *ctx, struct span raw)
{
	struct drive *drive = ctx;
	struct span text = raw;

	if (drive->at_start && drive->documents == 1 && drive->reads == FRAMING_TEXT)
		hint_at_markup(drive, raw);
	drive->at_start = false;
	if (!drive->raw && !utf8_repair_piece(&drive->repair, raw, &text, &drive->why))
		return FLOW_FAIL;
	if (text.len == 0)
		return FLOW_MORE;
	return drive->filter->text(drive->state, text, drive->sink, &drive->why);
}

static enum flow drive_end(void *ctx)
{
	struct drive *drive = ctx;
	const struct utf8_repair *repair = &drive->repair;

	drive->mended_documents += repair->document_bad_bytes > 0;
	/* In Arabic windows-1256 four bytes in five are ill-formed; a damaged UTF-8 text has a few. */
	if (repair->document_bad_bytes > 8 && repair->document_bad_bytes > repair->document_bytes / 4)
		drive->looks_foreign = true;
	return drive->filter->end(drive->state, drive->sink, &drive->why);
}

/* Input that keeps us waiting must not keep finished text from whoever reads. */
static enum flow drive_wait(void *ctx, int fd)
{
	struct drive *drive = ctx;

	progress_add(&drive->progress, drive->reader.got);
	drive->reader.got = 0;
	if (drive->output.used == 0 || file_is_ready(fd))
		return FLOW_MORE;
	return output_flush(&drive->output);
}

/* --- JSON Lines ---------------------------------------------------------------------------------------- */

static enum flow drive_jsonl_begin(void *ctx)
{
	jsonl_begin(&((struct drive *)ctx)->jsonl);
	return FLOW_MORE;
}

static enum flow drive_jsonl_bytes(void *ctx, struct span raw)
{
	return jsonl_bytes(&((struct drive *)ctx)->jsonl, raw);
}

static enum flow drive_jsonl_end(void *ctx)
{
	return jsonl_end(&((struct drive *)ctx)->jsonl);
}

static enum flow keep_bad_record(struct drive *drive, struct span raw, bool is_last)
{
	enum flow flow;

	if (drive->bad_records.fd < 0)
		return FLOW_MORE;
	flow = output_put(&drive->bad_records, raw);
	if (flow == FLOW_MORE && is_last)
		flow = output_put(&drive->bad_records, SPAN("\n"));
	if (flow != FLOW_MORE)
		drive->why = drive->bad_records_why;
	return flow;
}

/* A record that cannot be used is named and kept aside; the rest is processed. */
static enum flow drive_bad(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	struct drive *drive = ctx;

	if (why) {
		drive->rejected++;
		report_document(drive, why->text);
		if (drive->status == STATUS_DONE)
			drive->status = STATUS_REJECTED;
	}
	if (drive->max_bad.is_set && !drive->max_bad.is_percent &&
		(double)drive->rejected > drive->max_bad.most) {
		diag_set(&drive->why, "more than %.0f bad records (--max-bad)", drive->max_bad.most);
		return FLOW_FAIL;
	}
	return keep_bad_record(drive, raw, is_last);
}

/* A share of bad records can only be judged at the end. */
static bool too_many_bad(struct drive *drive)
{
	double all = (double)(drive->rejected + drive->documents);

	if (!drive->max_bad.is_percent || (double)drive->rejected * 100 <= all * drive->max_bad.most)
		return false;
	diag_set(&drive->why, "%llu of %.0f records are bad, more than %g%% (--max-bad)",
		(unsigned long long)drive->rejected, all, drive->max_bad.most);
	return true;
}

/* --- sources ------------------------------------------------------------------------------------------- */

static void source_failed(struct drive *drive, const char *verb)
{
	diag_set(&drive->why, "cannot %s: %s", verb, strerror(errno));
	drive_report(drive, drive->source ? drive->source : "standard input", drive->why.text);
	drive->status = STATUS_FAILED;
}

/* Reading a file into itself would never end. Writing over one that has nothing left to read is fine. */
static bool is_own_output(const struct drive *drive, int fd)
{
	struct stat in, out;

	return fstat(fd, &in) == 0 && fstat(drive->output.fd, &out) == 0 && S_ISREG(in.st_mode) &&
	       in.st_dev == out.st_dev && in.st_ino == out.st_ino && lseek(fd, 0, SEEK_CUR) < in.st_size;
}

static enum flow drive_descriptor(struct drive *drive, int fd)
{
	const struct record_handler documents = { drive_begin, drive_text, drive_end, drive_wait, drive };
	const struct record_handler records = { drive_jsonl_begin, drive_jsonl_bytes, drive_jsonl_end,
		drive_wait, drive };
	enum flow flow;
	int error;

	if (is_own_output(drive, fd)) {
		drive_report(
			drive, drive->source, "this file is both input and output; use -o to replace it");
		drive->status = STATUS_FAILED;
		return FLOW_MORE;
	}
	flow = record_read(
		&drive->reader, fd, drive->reads == FRAMING_JSONL ? &records : &documents, &error);
	if (error) {
		errno = error;
		source_failed(drive, "read");
	}
	if (flow == FLOW_FAIL)
		report_document(drive, drive->why.text);
	return flow;
}

static enum flow drive_stdin(struct drive *drive)
{
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		drive_report(
			drive, NULL, "reading from the terminal; Ctrl-D ends the text, --help explains");
	return drive_descriptor(drive, STDIN_FILENO);
}

/* A file that cannot be read is named; the others are still processed. */
static enum flow drive_file(struct drive *drive, const char *path)
{
	enum flow flow;
	int fd;

	drive->source = strcmp(path, "-") == 0 ? NULL : path;
	if (!drive->source)
		return drive_stdin(drive);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		source_failed(drive, "open");
		return FLOW_MORE;
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	flow = drive_descriptor(drive, fd);
	close(fd);
	return flow;
}

static enum flow drive_listed(struct drive *drive)
{
	const char *list = drive->options.common.files0_from;
	enum flow flow = FLOW_MORE;
	size_t len;

	if (!file_read(&drive->names, list)) {
		drive->source = strcmp(list, "-") == 0 ? NULL : list;
		source_failed(drive, "read");
		return FLOW_MORE;
	}
	buf_string(&drive->names);
	for (size_t at = 0; at < drive->names.len && flow == FLOW_MORE; at += len + 1) {
		len = strlen(drive->names.at + at);
		if (len) {
			flow = drive_file(drive, drive->names.at + at);
			continue;
		}
		drive_report(drive, list, "an empty file name was passed over");
		drive->status = STATUS_FAILED;
	}
	return flow;
}

/* Bytes that all operands hold together; 0 where that cannot be known beforehand. */
static uint64_t size_of_sources(const struct drive *drive)
{
	uint64_t total = 0;
	struct stat file;

	if (drive->options.common.files0_from)
		return 0;
	if (drive->operands.count == 0)
		return fstat(STDIN_FILENO, &file) == 0 && S_ISREG(file.st_mode) ? (uint64_t)file.st_size
										: 0;
	for (size_t i = 0; i < drive->operands.count; i++) {
		if (stat(drive->operands.items[i], &file) != 0 || !S_ISREG(file.st_mode))
			return 0;
		total += (uint64_t)file.st_size;
	}
	return total;
}

static enum flow drive_sources(struct drive *drive)
{
	enum flow flow = FLOW_MORE;

	if (drive->options.common.progress || progress_is_welcome())
		progress_start(&drive->progress, drive->filter->name, size_of_sources(drive));
	if (drive->options.common.files0_from)
		return drive_listed(drive);
	if (drive->operands.count == 0)
		return drive_file(drive, "-");
	for (size_t i = 0; i < drive->operands.count && flow == FLOW_MORE; i++)
		flow = drive_file(drive, drive->operands.items[i]);
	return flow;
}

/* --- the run ------------------------------------------------------------------------------------------- */

static bool fail(struct drive *drive, enum status status)
{
	drive_report(drive, NULL, drive->why.text);
	drive->status = status;
	return false;
}

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
	return parse_max_bad(drive);
}

static bool drive_parse(struct drive *drive, int argc, char **argv)
{
	if (!opts_parse(drive->options.tables, FILTER_TABLES, argc - 1, argv + 1, &drive->operands,
		    &drive->why))
		return fail(drive, STATUS_USAGE);
	return check_options(drive) || fail(drive, STATUS_USAGE);
}

/* --help and --version, checked like any output: on a full disk they fail. */
static void print_and_close(struct drive *drive, struct span text)
{
	bool fine = output_open(&drive->output, NULL, FRAMING_TEXT, &drive->why);

	if (fine && output_put(&drive->output, text) != FLOW_MORE)
		fine = false;
	if (!output_close(&drive->output, true) || !fine)
		fail(drive, STATUS_FAILED);
}

static bool print_what_was_asked(struct drive *drive)
{
	struct buf text = BUF_INIT;

	if (drive->options.common.help)
		filter_help(&text, drive->filter);
	else if (drive->options.common.version)
		buf_addf(&text, "%s (ghirbal) %s\n", drive->filter->name, GHIRBAL_VERSION);
	else
		return false;
	print_and_close(drive, buf_span(&text));
	buf_release(&text);
	return true;
}

/* What JSON Lines need beyond documents. */
static bool open_records(struct drive *drive, enum cpu cpu)
{
	const struct common_options *common = &drive->options.common;
	struct jsonl_handler to = { drive_begin, drive_text, drive_end, drive_bad, drive };

	drive->jsonl.field = span_from(common->field);
	drive->jsonl.max_record = (size_t)common->max_record;
	drive->jsonl.cpu = cpu;
	drive->jsonl.to = to;
	drive->jsonl.output = &drive->output;
	if (filter_writes(&drive->options) == FRAMING_JSONL)
		drive->sink = (struct sink){ jsonl_sink_put, jsonl_sink_end, &drive->jsonl };
	if (!common->bad_records)
		return true;
	if (output_open(&drive->bad_records, common->bad_records, FRAMING_TEXT, &drive->bad_records_why))
		return true;
	drive->why = drive->bad_records_why;
	return fail(drive, STATUS_FAILED);
}

static bool drive_open(struct drive *drive)
{
	const struct filter *filter = drive->filter;
	struct filter_options *options = &drive->options;
	struct host host = { .cpu = cpu_best(getenv("GHIRBAL_CPU")), .reads = filter_reads(options) };

	if (getrandom(&host.secret, sizeof(host.secret), GRND_NONBLOCK) < 0)
		host.secret = (uint64_t)(uintptr_t)drive; /* early in boot: better than none */
	if (!opts_load_inputs(options->tables, FILTER_TABLES, &drive->why))
		return fail(drive, STATUS_FAILED);
	drive->reads = host.reads;
	drive->reader.framing = host.reads == FRAMING_ZERO ? FRAMING_ZERO : FRAMING_TEXT;
	drive->repair.mode = (enum invalid)options->common.invalid;
	drive->repair.cpu = host.cpu;
	drive->raw = filter->reads_raw && filter->reads_raw(options->own);
	drive->state = mem_new(1, filter->state_size);
	drive->is_open = true;
	if (filter->open(drive->state, options->own, &host, &drive->why) != FLOW_MORE)
		return fail(drive, STATUS_USAGE);
	if (!output_open(&drive->output, options->common.output, filter_writes(options), &drive->why))
		return fail(drive, STATUS_FAILED);
	drive->sink = (struct sink){ output_put, output_end, &drive->output };
	return host.reads != FRAMING_JSONL || open_records(drive, host.cpu);
}

/* Bad records are worth keeping whatever else happened. */
static void close_bad_records(struct drive *drive, enum flow flow)
{
	if (drive->bad_records.fd < 0 || output_close(&drive->bad_records, true) || flow == FLOW_FAIL)
		return;
	drive->why = drive->bad_records_why;
	fail(drive, STATUS_FAILED);
}

static void drive_documents(struct drive *drive)
{
	const struct filter *filter = drive->filter;
	enum flow flow = drive_sources(drive);

	progress_clear(&drive->progress);
	if (flow == FLOW_FAIL)
		drive->status = STATUS_FAILED;
	if (flow == FLOW_MORE && filter->finish) {
		flow = filter->finish(drive->state, drive->sink, &drive->why);
		if (flow == FLOW_FAIL)
			fail(drive, STATUS_FAILED);
	}
	if (flow != FLOW_FAIL && too_many_bad(drive))
		fail(drive, STATUS_FAILED);
	close_bad_records(drive, flow);
	if (!output_close(&drive->output, drive->status != STATUS_FAILED) && flow != FLOW_FAIL)
		fail(drive, STATUS_FAILED);
	if (flow != FLOW_FAIL)
		report_repairs(drive);
}

static void drive_release(struct drive *drive)
{
	if (drive->is_open && drive->filter->close)
		drive->filter->close(drive->state);
	free(drive->state);
	free(drive->operands.items);
	buf_release(&drive->names);
	record_release(&drive->reader);
	jsonl_release(&drive->jsonl);
	utf8_repair_release(&drive->repair);
	filter_options_release(&drive->options);
}

int filter_main(const struct filter *filter, int argc, char **argv)
{
	struct drive drive = { .filter = filter, .bad_records = { .fd = -1 } };

	stdio_guard();
	filter_options_init(&drive.options, filter);
	if (drive_parse(&drive, argc, argv) && !print_what_was_asked(&drive) && drive_open(&drive))
		drive_documents(&drive);
	drive_release(&drive);
	return (int)drive.status;
}
