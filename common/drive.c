/* SPDX-License-Identifier: MIT
 * drive.c - documents to the filter, and what has to be said of them. */
#include "common/drive.h"

#include "common/file.h"
#include "common/repairs.h"
#include "common/report.h"

/* The number of the document at hand in the whole run. */
static uint64_t ordinal(const struct drive *drive)
{
	int64_t before = drive->options.common.documents_before;

	return drive->documents + (before > 0 ? (uint64_t)before : 0);
}

/* --- messages ------------------------------------------------------------------------------------------ */

void drive_report(struct drive *drive, const char *place, const char *sentence)
{
	progress_clear(&drive->progress);
	report(drive->filter->name, place, sentence);
}

static bool a_write_failed(const struct drive *drive)
{
	return drive->output.failed || named_outputs_failed(&drive->named);
}

void drive_report_document(struct drive *drive, const char *sentence)
{
	struct buf place = BUF_INIT;

	if (a_write_failed(drive)) {
		drive_report(drive, NULL, sentence);
		return;
	}
	buf_add(&place, span_from(drive->source ? drive->source : "standard input"));
	if (drive->reads == FRAMING_ZERO)
		buf_addf(&place, ": document %llu", (unsigned long long)ordinal(drive));
	if (drive->reads == FRAMING_JSONL)
		buf_addf(&place, ": line %llu", (unsigned long long)drive->jsonl.line);
	drive_report(drive, buf_string(&place), sentence);
	buf_release(&place);
}

bool drive_fail(struct drive *drive, enum status status)
{
	drive_report(drive, NULL, drive->why.text);
	drive->status = status;
	return false;
}

static struct repairs repairs_of(const struct drive *drive)
{
	return (struct repairs){ drive->repair.bad_parts, drive->mended_documents, drive->documents,
		drive->looks_foreign, drive->repair.mode == INVALID_DROP };
}

/* One who shares a run has told how much it was, and all of them together is said elsewhere. */
static void report_repairs(struct drive *drive)
{
	const struct repairs repairs = repairs_of(drive);
	struct buf line = BUF_INIT;

	if (drive->options.common.documents_before < 0 || !drive->options.common.progress_to.to)
		repairs_say(&line, &repairs);
	if (line.len)
		drive_report(drive, NULL, buf_string(&line));
	buf_release(&line);
}

/* Text that looks like something else is taken as it is, but whoever fed it will want to know. */
static void hint_at_format(struct drive *drive, struct span start)
{
	static const struct span marks[] = { { "<!DOCTYPE", 9 }, { "<!doctype", 9 }, { "<html", 5 } };
	struct span line = span_head(start, span_find(start, '\n'));
	struct json_member member = { .name = drive->jsonl.field };
	struct diag why;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (span_has_prefix(start, marks[i]))
			drive_report(drive, drive->source,
				"this looks like HTML; extract its text first, filters read plain text");
	if (line.len && line.at[0] == '{' && json_find(&drive->jsonl.json, line, &member, 1, &why) &&
		member.type == JSON_STRING)
		drive_report(drive, drive->source, "this looks like JSON Lines; --jsonl reads them");
}

/* --- documents ----------------------------------------------------------------------------------------- */

static enum flow document_begin(void *ctx)
{
	struct drive *drive = ctx;
	struct doc_info doc = {
		.ordinal = ordinal(drive) + 1,
		.name = drive->source,
		.id = drive->reads == FRAMING_JSONL ? buf_span(&drive->jsonl.id)
		      : drive->source               ? span_from(drive->source)
						    : span_of("", 0),
		.is_reference = drive->in_reference,
		.is_preview = drive->in_preview,
		.members = drive->reads == FRAMING_JSONL ? drive->jsonl.members : NULL,
		.repair = &drive->repair,
	};

	drive->documents++;
	drive->at_start = true;
	utf8_repair_begin(&drive->repair);
	if (drive->is_traced)
		provenance_begin(&drive->provenance, doc.ordinal, doc.id);
	return drive->filter->begin(drive->state, &doc, drive->sink, &drive->why);
}

static enum flow document_text(void *ctx, struct span raw)
{
	struct drive *drive = ctx;
	struct span text = raw;

	if (drive->at_start && ordinal(drive) == 1 && drive->reads == FRAMING_TEXT && !drive->in_preview &&
		!drive->in_reference)
		hint_at_format(drive, raw);
	drive->at_start = false;
	if (drive->reads == FRAMING_JSONL && drive->jsonl.is_mended)
		drive->repair.document_bytes += raw.len; /* validated with its record */
	else if (!drive->raw && !utf8_repair_piece(&drive->repair, raw, &text, &drive->why))
		return FLOW_FAIL;
	drive->bytes_in += text.len;
	if (drive->options.common.stats.to)
		drive->lines_in += span_count(text, '\n');
	if (text.len == 0)
		return FLOW_MORE;
	return drive->filter->text(drive->state, text, drive->sink, &drive->why);
}

static enum flow document_end(void *ctx)
{
	struct drive *drive = ctx;
	const struct utf8_repair *repair = &drive->repair;
	enum flow flow;

	/* In Arabic windows-1256 four bytes in five are ill-formed; a damaged UTF-8 text has a few. A filter that
	 * reads raw bytes was told of encodings. */
	if (!drive->raw && repair->document_bad_bytes > 8 &&
		repair->document_bad_bytes > repair->document_bytes / 4)
		drive->looks_foreign = true;
	flow = drive->filter->end(drive->state, drive->sink, &drive->why);
	drive->mended_documents += repair->document_bad_bytes > 0; /* a filter may mend when all is there */
	if (flow == FLOW_MORE && drive->is_traced)
		flow = provenance_end_document(&drive->provenance);
	return flow;
}

enum flow drive_tell(struct drive *drive)
{
	const struct repairs repairs = repairs_of(drive);
	struct buf line = BUF_INIT;
	enum flow flow;

	if (!drive->options.common.progress_to.to)
		return FLOW_MORE;
	buf_addf(&line, "%llu %llu %llu %llu %llu %d %d\n", (unsigned long long)drive->documents,
		(unsigned long long)drive->raw_in, (unsigned long long)drive->output.written,
		(unsigned long long)repairs.parts, (unsigned long long)repairs.mended,
		repairs.looks_foreign, repairs.drops);
	flow = opt_output_put(&drive->options.common.progress_to, buf_span(&line));
	buf_release(&line);
	return flow == FLOW_MORE && !named_outputs_flush(&drive->named) ? FLOW_FAIL : flow;
}

static enum flow tell_when_due(struct drive *drive)
{
	double now;

	drive->raw_in += drive->reader.got;
	now = drive->options.common.progress_to.to ? progress_clock() : 0;
	if (now - drive->told < 0.2)
		return FLOW_MORE;
	drive->told = now;
	return drive_tell(drive);
}

/* Input that keeps us waiting must not keep finished text from whoever reads. */
static enum flow before_wait(void *ctx, int fd)
{
	struct drive *drive = ctx;

	progress_add(&drive->progress, drive->reader.got);
	if (tell_when_due(drive) != FLOW_MORE)
		return FLOW_FAIL;
	drive->reader.got = 0;
	if (fd < 0 || drive->output.used == 0 || file_is_ready(fd))
		return FLOW_MORE;
	return output_flush(&drive->output);
}

/* --- JSON Lines ---------------------------------------------------------------------------------------- */

static enum flow records_begin(void *ctx)
{
	struct drive *drive = ctx;

	jsonl_begin(&drive->jsonl);
	if (drive->piece.name)
		drive->jsonl.line = drive->piece.line;
	return FLOW_MORE;
}

static enum flow records_bytes(void *ctx, struct span raw)
{
	return jsonl_bytes(&((struct drive *)ctx)->jsonl, raw);
}

static enum flow records_end(void *ctx)
{
	return jsonl_end(&((struct drive *)ctx)->jsonl);
}

static enum flow keep_bad_record(struct drive *drive, struct span raw, bool is_last)
{
	const struct opt_output *to = &drive->options.common.bad_records;
	enum flow flow = opt_output_put(to, raw);

	return flow == FLOW_MORE && is_last ? opt_output_put(to, SPAN("\n")) : flow;
}

/* A record that cannot be used is named and kept aside; the rest is processed. */
static enum flow bad_record(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	struct drive *drive = ctx;
	const struct max_bad *max = &drive->max_bad;

	if (drive->in_preview)
		return FLOW_MORE;
	if (why) {
		drive->rejected += !drive->in_reference;
		drive_report_document(drive, why->text);
		if (drive->status == STATUS_DONE)
			drive->status = STATUS_REJECTED;
	}
	if (drive->in_reference)
		return FLOW_MORE;
	if (max->is_set && !max->is_percent && (double)drive->rejected > max->most) {
		diag_set(&drive->why, "more than %.0f bad records (--max-bad)", max->most);
		return FLOW_FAIL;
	}
	return keep_bad_record(drive, raw, is_last);
}

struct record_handler drive_handler(struct drive *drive)
{
	if (drive->reads == FRAMING_JSONL)
		return (struct record_handler){ records_begin, records_bytes, records_end, before_wait,
			drive };
	return (struct record_handler){ document_begin, document_text, document_end, before_wait, drive };
}

struct jsonl_handler drive_jsonl_handler(struct drive *drive)
{
	return (struct jsonl_handler){ document_begin, document_text, document_end, bad_record, drive };
}

/* --- the end ------------------------------------------------------------------------------------------- */

bool drive_sum_up(struct drive *drive)
{
	double all = (double)(drive->rejected + drive->documents);

	report_repairs(drive);
	if (!drive->max_bad.is_percent || (double)drive->rejected * 100 <= all * drive->max_bad.most)
		return true;
	diag_set(&drive->why, "%llu of %.0f records are bad, more than %g%% (--max-bad)",
		(unsigned long long)drive->rejected, all, drive->max_bad.most);
	return drive_fail(drive, STATUS_FAILED);
}
