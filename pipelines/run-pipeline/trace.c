/* SPDX-License-Identifier: MIT
 * trace.c - from the last stage back to the first. */
#include "trace.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/output.h"
#include "common/report.h"
#include "common/row.h"
#include "steps.h"
#include "twins.h"
#include "words_of.h"

/* A part of a document between two stages. */
struct found {
	size_t document, start, end;
};

struct founds {
	struct found *items;
	size_t count, room;
};

struct trace {
	struct steps steps;
	struct twins *twins; /* one for each step */
	struct output output;
	struct founds here, before; /* behind the stage at hand, and in front of it */
	size_t line; /* of the output, from 1 */
	size_t traced; /* lines */
	struct buf row;
	struct diag why;
	bool failed; /* `why` says what, or a row could not be written */
};

static void add_found(struct founds *founds, size_t document, size_t start, size_t end)
{
	if (founds->count == founds->room) {
		founds->room = founds->room * 2 + 16;
		founds->items = mem_resize(founds->items, founds->room, sizeof(*founds->items));
	}
	founds->items[founds->count++] = (struct found){ document, start, end };
}

/* --- rows --------------------------------------------------------------------------------------------------- */

/* Actions and rules stand in rows of filters with a tab between. */
static void add_what(struct buf *into, struct span what)
{
	for (size_t i = 0; i < what.len; i++)
		buf_add_byte(into, (char)(what.at[i] == '\t' ? ':' : what.at[i]));
}

static void put_row(struct trace *trace, const char *kind, const char *name, struct found place,
	struct span what, struct span text)
{
	struct buf *row = &trace->row;

	buf_clear(row);
	buf_addf(row, "%zu\t%s\t", trace->line, kind);
	row_add_name(row, span_from(name));
	buf_addf(row, "\t%zu\t%zu\t%zu\t", place.document + 1, place.start, place.end);
	add_what(row, what);
	buf_add_byte(row, '\t');
	row_add_name(row, text);
	buf_add_byte(row, '\n');
	if (!trace->failed && output_put(&trace->output, buf_span(row)) != FLOW_MORE)
		trace->failed = true;
}

static struct span part_of(struct span text, size_t start, size_t end)
{
	return span_head(span_skip(text, start), end - start);
}

/* --- one stage back ----------------------------------------------------------------------------------------- */

static void put_piece(struct trace *trace, size_t at, size_t document, const struct piece *piece)
{
	struct span text = steps_text(&trace->steps, at, document);

	put_row(trace, "stage", trace->steps.items[at].stage->id,
		(struct found){ document, piece->start, piece->end }, piece->what,
		part_of(text, piece->start, piece->end));
}

/* The first line of what was dropped because it is the same: of documents that says which. */
static void put_twins(struct trace *trace, size_t at, size_t document, size_t start)
{
	size_t count;
	const struct twin *twin;

	if (!twins_open(&trace->twins[at], &trace->steps, at, &trace->why)) {
		trace->failed = true;
		return;
	}
	twin = twins_find(&trace->twins[at], &trace->steps, at, document, start, &count);
	for (; count--; twin++) {
		struct span text = steps_text(&trace->steps, at, twin->document);
		struct span whole = part_of(text, twin->start, twin->end);
		size_t end = twin->start + span_find(whole, '\n');
		const struct piece piece = { twin->start, end, twin->what, true };

		put_piece(trace, at, twin->document, &piece);
		add_found(&trace->before, twin->document, twin->start, end);
	}
}

static void put_untraced(struct trace *trace, size_t at, struct found place)
{
	const struct done_step *step = &trace->steps.items[at];

	put_row(trace, "untraced", step->stage->id, place, SPAN("-"), span_from(step->mute.text));
}

/* From what step `at` wrote to what it was given. */
static void trace_back(struct trace *trace, size_t at, struct found place)
{
	struct done_step *step = &trace->steps.items[at];
	const struct origin *origin = steps_origin(&trace->steps, at, place.document);
	size_t document;
	struct pieces pieces = { .items = NULL };
	bool any = false;

	if (!origin) {
		put_untraced(trace, at, place);
		return;
	}
	document = evidence_document(&step->evidence, place.document);
	origin_find(origin, place.start, place.end, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *piece = &pieces.items[i];

		put_piece(trace, at, document, piece);
		if (piece->is_left_out)
			continue;
		any = true;
		add_found(&trace->before, document, piece->start, piece->end);
		if (strcmp(step->stage->name, "dedupe") == 0)
			put_twins(trace, at, document, piece->start);
	}
	if (!any && place.start < place.end)
		put_row(trace, "untraced", step->stage->id, place, SPAN("-"),
			SPAN("the stage wrote this itself"));
	pieces_release(&pieces);
}

/* From the text that the first stage was given to the bytes of the file. */
static void trace_raw(struct trace *trace, struct found place)
{
	struct steps *steps = &trace->steps;
	const struct raw *raw = steps_raw(steps, place.document);
	struct span document = texts_raw(&steps->input, place.document);
	size_t offset = (size_t)(document.at - steps->input.bytes.at);
	const struct collected_file *file =
		collected_at(&steps->files, steps->input.places[place.document].start);
	struct pieces pieces = { .items = NULL };

	if (!raw) {
		trace->why = steps->why;
		trace->failed = true;
		return;
	}
	raw_find(raw, place.start, place.end, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *piece = &pieces.items[i];
		struct found in_file = { place.document, offset - file->start + piece->start,
			offset - file->start + piece->end };

		put_row(trace, "input", strcmp(file->name, "-") == 0 ? "standard input" : file->name,
			in_file, span_from(raw->encoding), part_of(document, piece->start, piece->end));
	}
	pieces_release(&pieces);
}

/* From what stands behind step `at` - 1 to the files. */
static void trace_from(struct trace *trace, size_t at)
{
	while (at-- > 0) {
		struct founds swapped;

		trace->before.count = 0;
		for (size_t i = 0; i < trace->here.count; i++)
			trace_back(trace, at, trace->here.items[i]);
		swapped = trace->here;
		trace->here = trace->before;
		trace->before = swapped;
	}
	for (size_t i = 0; i < trace->here.count; i++)
		trace_raw(trace, trace->here.items[i]);
}

/* --- lines of the output ------------------------------------------------------------------------------------ */

/* Traces a line of a document that came out. */
static void trace_line(struct trace *trace, size_t document, size_t start, size_t end)
{
	struct steps *steps = &trace->steps;
	const struct found place = { document, start, end };

	trace->traced++;
	put_row(trace, "output", "-", place, SPAN("-"),
		part_of(steps_text(steps, steps->count, document), start, end));
	trace->here.count = 0;
	add_found(&trace->here, document, start, end);
	trace_from(trace, steps->count);
}

/* What is looked for. */
struct wanted {
	struct span term;
	size_t line; /* 0: the term */
};

static bool is_wanted(const struct wanted *wanted, size_t number, struct span line)
{
	if (wanted->line)
		return number == wanted->line;
	return memmem(line.at, line.len, wanted->term.at, wanted->term.len) != NULL;
}

/* Of a record the line is that of the record; `number` is the first of the document's. */
static void trace_document(
	struct trace *trace, const struct wanted *wanted, size_t document, size_t *number)
{
	bool is_record = trace->steps.items[trace->steps.count - 1].out.framing == FRAMING_JSONL;
	struct span text = steps_text(&trace->steps, trace->steps.count, document);

	for (size_t at = 0, len; at < text.len && !trace->failed; at += len + 1) {
		struct span rest = span_skip(text, at);

		len = span_find(rest, '\n');
		if (is_wanted(wanted, *number, span_head(rest, len))) {
			trace->line = *number;
			trace_line(trace, document, at, at + len);
			text = steps_text(&trace->steps, trace->steps.count, document);
		}
		*number += !is_record;
	}
	*number += is_record;
}

/* --- tables ------------------------------------------------------------------------------------------------- */

/* A term, and the row that it has in the table. */
struct counted {
	struct trace *trace;
	size_t document; /* the one at hand */
};

static bool trace_counted(void *ctx, size_t start, size_t end)
{
	struct counted *counted = ctx;
	struct trace *trace = counted->trace;
	size_t last = trace->steps.count - 1;
	const struct piece piece = { start, end, SPAN("counted"), false };

	put_piece(trace, last, counted->document, &piece);
	trace->here.count = 0;
	add_found(&trace->here, counted->document, start, end);
	trace_from(trace, last);
	return !trace->failed;
}

/* The lines that hold a term which the last stage has counted. */
static void trace_term(struct trace *trace, struct span term)
{
	struct steps *steps = &trace->steps;
	size_t last = steps->count - 1,
	       documents = last ? steps->items[last - 1].out.count : steps->input.count;
	struct counted counted = { trace, 0 };
	struct words_of words;

	trace->failed = !words_of_open(&words, &steps->items[last], term, &trace->why);
	for (; counted.document < documents && !trace->failed; counted.document++)
		words_of_lines(&words, steps_text(steps, last, counted.document), trace_counted, &counted);
	words_of_release(&words);
}

/* The term is what stands last in a row of a table. */
static struct span term_of(struct span row)
{
	const char *tab = row.len ? memrchr(row.at, '\t', row.len) : NULL;

	return tab ? span_skip(row, (size_t)(tab - row.at) + 1) : row;
}

static void trace_table(struct trace *trace, const struct wanted *wanted)
{
	const struct done_step *last = &trace->steps.items[trace->steps.count - 1];
	struct span table = span_head(last->out.bytes, span_find(last->out.bytes, '\0')), line;

	for (trace->line = 1; table.len && !trace->traced;
		trace->line++, table = span_skip(table, line.len + 1)) {
		size_t at = (size_t)(table.at - last->out.bytes.at);

		line = span_head(table, span_find(table, '\n'));
		if (wanted->line ? trace->line != wanted->line : !span_equal(term_of(line), wanted->term))
			continue;
		trace->traced++;
		put_row(trace, "output", "-", (struct found){ 0, at, at + line.len }, SPAN("-"), line);
		trace_term(trace, term_of(line));
		return;
	}
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

/* Digits are a line; in quotes, or anything else, a term. */
static struct wanted read_wanted(const char *text)
{
	struct wanted wanted = { .term = span_from(text) };
	size_t len = wanted.term.len;

	if (len && strspn(text, "0123456789") == len)
		wanted.line = strtoul(text, NULL, 10);
	else if (len > 2 && text[0] == '"' && text[len - 1] == '"')
		wanted.term = span_of(text + 1, len - 2);
	return wanted;
}

static size_t given_count(const struct steps *steps, size_t at)
{
	return at ? steps->items[at - 1].out.count : steps->input.count;
}

/* As much of the first line as shows what it is. */
static void add_start(struct buf *into, struct span text)
{
	enum { SHOWN = 60 }; /* bytes */
	struct span line = span_head(text, span_find(text, '\n'));

	buf_add(into, span_head(line, utf8_whole(span_head(line, SHOWN))));
	if (line.len > SHOWN)
		buf_add(into, SPAN("\xE2\x80\xA6"));
}

/* The first document that step `at` was given which holds the term. */
static size_t given(struct steps *steps, size_t at, struct span term)
{
	size_t count = given_count(steps, at);

	for (size_t i = 0; i < count; i++) {
		struct span text = steps_text(steps, at, i);

		if (memmem(text.at, text.len, term.at, term.len))
			return i;
	}
	return count;
}

/* That step `at` let the term go, and if that is known, what it kept in the place of the document. */
static void tell_step(struct trace *trace, struct buf *into, size_t at, struct span term)
{
	struct steps *steps = &trace->steps;
	const struct stage *stage = steps->items[at].stage;
	size_t document = given(steps, at, term), kept;
	const struct twin *twin = NULL;

	buf_addf(into, ": it was given to stage '%s', and did not come out", stage->id);
	if (strcmp(stage->name, "dedupe") == 0 && twins_open(&trace->twins[at], steps, at, &trace->why))
		twin = twins_of_dropped(&trace->twins[at], steps, at, document, &kept);
	if (!twin)
		return;
	buf_addf(into, ": document %zu was left out (", document + 1);
	add_what(into, twin->what);
	buf_addf(into, ") for document %zu, which begins '", kept + 1);
	add_start(into, steps_text(steps, at, kept));
	buf_add_byte(into, '\'');
}

/* Nothing was found: where it was lost, if it ever was there. */
static enum status tell_missing(struct trace *trace, const struct wanted *wanted)
{
	struct steps *steps = &trace->steps;
	struct buf sentence = BUF_INIT;
	size_t at = steps->count;

	if (wanted->line) {
		buf_addf(&sentence, "the output has no line %zu", wanted->line);
	} else {
		buf_addf(&sentence, "no line of the output holds '%.*s'", (int)wanted->term.len,
			wanted->term.at);
		while (at > 0 && given(steps, at - 1, wanted->term) == given_count(steps, at - 1))
			at--;
		if (at > 0)
			tell_step(trace, &sentence, at - 1, wanted->term);
	}
	report("run-pipeline", NULL, buf_string(&sentence));
	buf_release(&sentence);
	return STATUS_FAILED;
}

static enum status trace_all(struct trace *trace, const struct wanted *wanted)
{
	struct steps *steps = &trace->steps;
	const struct done_step *last = &steps->items[steps->count - 1];
	size_t number = 1;

	if (last->is_table)
		trace_table(trace, wanted);
	for (size_t i = 0; i < last->out.count && !last->is_table && !trace->failed; i++)
		trace_document(trace, wanted, i, &number);
	if (trace->failed) {
		report("run-pipeline", NULL, trace->why.text);
		return STATUS_FAILED;
	}
	return trace->traced ? STATUS_DONE : tell_missing(trace, wanted);
}

static void release(struct trace *trace)
{
	for (size_t i = 0; trace->twins && i < trace->steps.count; i++)
		twins_release(&trace->twins[i]);
	free(trace->twins);
	free(trace->here.items);
	free(trace->before.items);
	buf_release(&trace->row);
	steps_release(&trace->steps);
}

/* Prints what is found. */
static enum status trace_into(struct trace *trace, const char *path, const struct wanted *wanted)
{
	enum status status;

	trace->twins = mem_new(trace->steps.count, sizeof(*trace->twins));
	if (!output_open(&trace->output, path, FRAMING_TEXT, &trace->why)) {
		report("run-pipeline", NULL, trace->why.text);
		return STATUS_FAILED;
	}
	status = trace_all(trace, wanted);
	if (output_close(&trace->output, status == STATUS_DONE) || status == STATUS_FAILED)
		return status;
	report("run-pipeline", NULL, trace->why.text);
	return STATUS_FAILED;
}

enum status trace_run(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count)
{
	const struct wanted wanted = read_wanted(options->trace);
	struct trace trace = { .traced = 0 };
	enum status status, ran;

	ran = steps_run(&trace.steps, plan, options, files, count);
	status = ran;
	if (ran == STATUS_DONE || ran == STATUS_REJECTED)
		status = trace_into(&trace, options->output, &wanted);
	if (trace.steps.some_failed)
		status = STATUS_FAILED;
	release(&trace);
	return status == STATUS_DONE ? ran : status;
}
