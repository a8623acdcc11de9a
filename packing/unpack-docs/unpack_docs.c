/* SPDX-License-Identifier: MIT
 * unpack_docs.c - records to files. */
#include "packing/unpack-docs/unpack_docs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/jsonl.h"
#include "common/record.h"
#include "packing/file_name.h"
#include "packing/frame.h"
#include "packing/unpack-docs/options.h"
#include "packing/unpack-docs/place.h"

static const struct about about = {
	.name = "unpack-docs",
	.usage =
		"unpack-docs --into=DIR [OPTION]... [FILE]...\n"
		"unpack-docs: make files of JSON Lines.\n\n"
		"The text of each record becomes the file in DIR that its id names; pack-docs makes such records.\n"
		"With no FILE, or when FILE is -, standard input is read.\n",
	.statuses = "some records were left out, each named",
};

/* One run. */
struct unpack {
	struct frame frame;
	struct unpack_options options;
	struct place place;
	struct record_reader reader;
	struct jsonl jsonl;
	struct json json; /* for the id */
	struct buf spelled, name; /* the id, without JSON's escapes, and without ours */
	struct output bad_records; /* fd -1 without the option */
	bool spares_bad; /* what is there stays: it is an input */
	const char *source; /* file at hand, for messages */
};

/* --- messages ----------------------------------------------------------------------------------------- */

/* Says what is wrong with the record at hand. */
static void report_record(struct unpack *unpack, enum status status, const char *sentence)
{
	struct buf place = BUF_INIT;

	buf_addf(&place, "%s: line %llu", unpack->source, (unsigned long long)unpack->jsonl.line);
	frame_report(&unpack->frame, status, buf_string(&place), sentence);
	buf_release(&place);
}

/* A record that is left out is named, and kept aside where that was asked for. */
static enum flow leave_out(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	struct unpack *unpack = ctx;
	enum flow flow;

	if (why)
		report_record(unpack, STATUS_REJECTED, why->text);
	if (unpack->bad_records.fd < 0)
		return FLOW_MORE;
	flow = output_put(&unpack->bad_records, raw);
	if (flow == FLOW_MORE && is_last)
		flow = output_put(&unpack->bad_records, SPAN("\n"));
	if (flow != FLOW_MORE)
		frame_report(&unpack->frame, STATUS_FAILED, NULL, unpack->frame.why.text);
	return flow;
}

/* --- one record --------------------------------------------------------------------------------------- */

/* The string that is the id, as it stands in the record. */
static bool find_id(struct unpack *unpack, struct span *string, struct diag *why)
{
	const char *name = unpack->frame.options.id;
	struct json_member member = { .name = span_from(name) };
	struct span record = unpack->jsonl.record;

	if (span_has_prefix(record, SPAN("\xEF\xBB\xBF")))
		record = span_skip(record, 3);
	if (!json_find(&unpack->json, record, &member, 1, why))
		return false;
	*string = member.value;
	if (member.type == JSON_STRING)
		return true;
	diag_set(why,
		member.type == JSON_ABSENT ? "there is no member '%s'" : "member '%s' is not a string",
		name);
	return false;
}

static bool is_exact(struct span string, const char *name, struct diag *why)
{
	if (json_is_exact(string))
		return true;
	diag_set(why, "member '%s' holds a lone surrogate, which stands for nothing", name);
	return false;
}

/* The name of the file that the record at hand becomes. */
static bool take_name(struct unpack *unpack, struct diag *why)
{
	struct span string;

	if (!find_id(unpack, &string, why) || !is_exact(string, unpack->frame.options.id, why))
		return false;
	buf_clear(&unpack->spelled);
	buf_clear(&unpack->name);
	json_unescape(&unpack->spelled, string, unpack->jsonl.cpu);
	return file_name_unescape(&unpack->name, buf_span(&unpack->spelled), why) &&
	       file_name_stays_inside(buf_span(&unpack->name), why);
}

static enum flow ignore(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

static enum flow ignore_text(void *ctx, struct span raw)
{
	(void)ctx;
	(void)raw;
	return FLOW_MORE;
}

static enum flow end_record(void *ctx)
{
	struct unpack *unpack = ctx;
	const struct jsonl *jsonl = &unpack->jsonl;
	enum placed placed = PLACE_REFUSED;
	struct diag why;

	if (take_name(unpack, &why) && is_exact(jsonl->string, unpack->frame.options.field, &why))
		placed = place_put(&unpack->place, buf_span(&unpack->name), jsonl->text, &why);
	if (placed == PLACE_REFUSED)
		return leave_out(unpack, jsonl->record, &why, true);
	if (placed == PLACED)
		return FLOW_MORE;
	report_record(unpack, STATUS_FAILED, why.text);
	return FLOW_FAIL;
}

/* --- sources ------------------------------------------------------------------------------------------ */

static enum flow source_begin(void *ctx)
{
	jsonl_begin(&((struct unpack *)ctx)->jsonl);
	return FLOW_MORE;
}

static enum flow source_bytes(void *ctx, struct span raw)
{
	return jsonl_bytes(&((struct unpack *)ctx)->jsonl, raw);
}

static enum flow source_end(void *ctx)
{
	return jsonl_end(&((struct unpack *)ctx)->jsonl);
}

static enum flow source_wait(void *ctx, int fd)
{
	struct unpack *unpack = ctx;

	(void)fd;
	progress_add(&unpack->frame.progress, unpack->reader.got);
	unpack->reader.got = 0;
	return FLOW_MORE;
}

/* Whether the bad records would take the place of this file. */
static bool would_be_lost(struct unpack *unpack, int fd)
{
	struct stat file;

	if (fstat(fd, &file) != 0 || !output_is_over(&unpack->bad_records, &file))
		return false;
	unpack->spares_bad = true;
	frame_report(&unpack->frame, STATUS_FAILED, unpack->source,
		"this file is both input and the output of --bad-records");
	return true;
}

static enum flow unpack_descriptor(struct unpack *unpack, int fd)
{
	const struct record_handler to = { source_begin, source_bytes, source_end, source_wait, unpack };
	enum flow flow;
	int error;

	if (would_be_lost(unpack, fd))
		return FLOW_MORE;
	flow = record_read(&unpack->reader, fd, &to, &error);
	if (error) {
		errno = error;
		frame_failed(&unpack->frame, unpack->source, "read");
	}
	return flow;
}

/* A file that cannot be read is named; the others are still unpacked. */
static enum flow unpack_file(struct unpack *unpack, const char *path)
{
	enum flow flow;
	int fd;

	unpack->source = path;
	if (strcmp(path, "-") == 0) {
		unpack->source = "standard input";
		return unpack_descriptor(unpack, STDIN_FILENO);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		frame_failed(&unpack->frame, path, "open");
		return FLOW_MORE;
	}
	flow = unpack_descriptor(unpack, fd);
	close(fd);
	return flow;
}

/* --- the run ------------------------------------------------------------------------------------------ */

static bool fail(struct unpack *unpack, enum status status, const char *sentence)
{
	frame_report(&unpack->frame, status, NULL, sentence);
	return false;
}

static bool open_bad_records(struct unpack *unpack, const char *path)
{
	const char *list = unpack->frame.options.files0_from;
	struct diag *why = &unpack->frame.why;
	struct stat file;

	if (!output_open(&unpack->bad_records, path, FRAMING_TEXT, why))
		return fail(unpack, STATUS_FAILED, why->text);
	if (!list || stat(list, &file) != 0 || !output_is_over(&unpack->bad_records, &file))
		return true;
	output_close(&unpack->bad_records, false);
	diag_set(why, "option '--bad-records': '%s' is the list of inputs", path);
	return fail(unpack, STATUS_USAGE, why->text);
}

static bool unpack_open(struct unpack *unpack)
{
	const struct unpack_options *options = &unpack->options;
	struct diag *why = &unpack->frame.why;

	if (!options->into || !*options->into)
		return fail(unpack, STATUS_USAGE, "which folder? --into=DIR names it");
	if (!place_open(&unpack->place, options->into, options->force, why))
		return fail(unpack, STATUS_FAILED, why->text);
	if (options->bad_records && !open_bad_records(unpack, options->bad_records))
		return false;
	unpack->jsonl.field = span_from(unpack->frame.options.field);
	unpack->jsonl.max_record = (size_t)unpack->frame.options.max_record;
	unpack->jsonl.cpu = unpack->json.cpu = cpu_best(getenv("GHIRBAL_CPU"));
	unpack->jsonl.to = (struct jsonl_handler){ ignore, ignore_text, end_record, leave_out, unpack };
	return true;
}

static void unpack_operands(struct unpack *unpack)
{
	struct frame *frame = &unpack->frame;
	const char *operand = frame_next(frame);
	enum flow flow = FLOW_MORE;

	if (!operand && !frame->options.files0_from)
		operand = "-";
	for (; operand && flow == FLOW_MORE; operand = frame_next(frame))
		flow = unpack_file(unpack, operand);
	if (unpack->bad_records.fd >= 0 && !output_close(&unpack->bad_records, !unpack->spares_bad) &&
		flow != FLOW_FAIL)
		fail(unpack, STATUS_FAILED, frame->why.text);
}

static void unpack_release(struct unpack *unpack)
{
	if (unpack->place.folder >= 0)
		place_close(&unpack->place);
	record_release(&unpack->reader);
	jsonl_release(&unpack->jsonl);
	json_release(&unpack->json);
	buf_release(&unpack->spelled);
	buf_release(&unpack->name);
}

int unpack_docs_main(int argc, char **argv)
{
	struct unpack unpack = { .place.folder = -1, .bad_records.fd = -1 };

	if (frame_begin(&unpack.frame, &about, unpack_docs_rows, &unpack.options, argc, argv) &&
		unpack_open(&unpack))
		unpack_operands(&unpack);
	unpack_release(&unpack);
	return frame_end(&unpack.frame);
}
