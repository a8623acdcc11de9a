/* SPDX-License-Identifier: MIT
 * evidence.c - rows held against texts. */
#include "evidence.h"

#include <stdlib.h>

#include "common/mem.h"

/* --- rows --------------------------------------------------------------------------------------------------- */

static size_t number_of(struct span digits)
{
	size_t number = 0;

	for (size_t i = 0; i < digits.len && digits.at[i] >= '0' && digits.at[i] <= '9'; i++)
		number = number * 10 + (size_t)(digits.at[i] - '0');
	return number;
}

bool evidence_next(struct span *rest, struct evidence_row *row)
{
	struct span line = span_head(*rest, span_find(*rest, '\n'));

	if (!rest->len)
		return false;
	*rest = span_skip(*rest, line.len + 1);
	for (size_t i = 0; i < ROW_FIELDS; i++) {
		row->fields[i] = span_head(line, span_find(line, '\t'));
		line = span_skip(line, row->fields[i].len + 1);
	}
	row->document = number_of(row->fields[0]) - 1;
	row->start = number_of(row->fields[3]);
	row->end = number_of(row->fields[4]);
	return true;
}

/* Notes where the rows of each document begin; they stand in the order of documents. */
static void index_rows(struct evidence_rows *rows, struct span bytes, size_t documents)
{
	size_t known = 0, at = 0;

	rows->bytes = bytes;
	rows->count = documents;
	rows->starts = mem_new(documents + 1, sizeof(*rows->starts));
	while (at < bytes.len) {
		struct span line = span_skip(bytes, at);
		size_t document = number_of(line) - 1;

		for (; known <= document && known <= documents; known++)
			rows->starts[known] = at;
		at += span_find(line, '\n') + 1;
	}
	for (; known <= documents; known++)
		rows->starts[known] = bytes.len;
}

struct span evidence_rows_of(const struct evidence_rows *rows, size_t document)
{
	if (!rows->starts || document >= rows->count)
		return SPAN("");
	return span_of(rows->bytes.at + rows->starts[document],
		rows->starts[document + 1] - rows->starts[document]);
}

/* --- documents ---------------------------------------------------------------------------------------------- */

/* Whether nothing was kept of a document, as far as its rows say. */
static bool is_gone(struct span rows, bool if_silent)
{
	struct evidence_row row;
	bool any = false;

	while (evidence_next(&rows, &row)) {
		if (span_equal(row.fields[5], SPAN("keep")))
			return false;
		any = true;
	}
	return any || if_silent;
}

/* Pairs the documents that are left with those that came; false where there are more or fewer. */
static bool pair_left(struct evidence *evidence, size_t in, size_t out, bool drops_empty)
{
	size_t count = 0;

	for (size_t i = 0; i < in; i++) {
		if (is_gone(evidence_rows_of(&evidence->rows, i), drops_empty))
			continue;
		if (count < out)
			evidence->documents[count] = i;
		count++;
	}
	return count == out;
}

/* A document for each row. */
static bool pair_rows(struct evidence *evidence, size_t in, size_t out)
{
	struct span all = evidence->rows.bytes, rest = all;
	struct evidence_row row;
	size_t count = 0;

	evidence->made_by = mem_new(out + 1, sizeof(*evidence->made_by));
	for (size_t at = 0; evidence_next(&rest, &row) && row.document < in; at = all.len - rest.len) {
		if (count < out) {
			evidence->documents[count] = row.document;
			evidence->made_by[count] = at;
		}
		count++;
	}
	return count == out;
}

bool evidence_take(struct evidence *evidence, struct span rows, struct span rules, size_t in, size_t out,
	struct diag *why)
{
	index_rows(&evidence->rows, rows, in);
	index_rows(&evidence->rules, rules, in);
	if (in == out && !evidence->splits)
		return true;
	evidence->documents = mem_new(out + 1, sizeof(*evidence->documents));
	if (evidence->kind == EVIDENCE_PARTS &&
		(pair_left(evidence, in, out, false) || pair_left(evidence, in, out, true)))
		return true;
	if (evidence->splits && pair_rows(evidence, in, out))
		return true;
	diag_set(why, "of %zu documents it made %zu, and does not say which of which", in, out);
	return false;
}

size_t evidence_document(const struct evidence *evidence, size_t out)
{
	return evidence->documents ? evidence->documents[out] : out;
}

void evidence_release(struct evidence *evidence)
{
	free(evidence->rows.starts);
	free(evidence->rules.starts);
	free(evidence->documents);
	free(evidence->made_by);
	*evidence = (struct evidence){ .documents = NULL };
}

/* --- edits -------------------------------------------------------------------------------------------------- */

/* Two texts, and how far both are told of. */
struct telling {
	struct span in, out;
	size_t in_at, out_at;
	struct origin *origin;
};

/* Both are the same up to these places; false where they are not. */
static bool same_up_to(struct telling *telling, size_t in, size_t out)
{
	size_t len = in - telling->in_at;

	if (in < telling->in_at || in > telling->in.len || out < telling->out_at ||
		out > telling->out.len || out - telling->out_at != len ||
		(len && memcmp(telling->in.at + telling->in_at, telling->out.at + telling->out_at, len) !=
				0))
		return false;
	if (len)
		origin_add(telling->origin, (struct origin_part){ telling->out_at, out, telling->in_at, in,
						    SPAN("-"), PART_SAME });
	telling->in_at = in;
	telling->out_at = out;
	return true;
}

/* A newline that the last line lacked may have been added. */
static bool same_to_end(struct telling *telling)
{
	size_t len = telling->in.len - telling->in_at;

	return telling->in_at <= telling->in.len &&
	       same_up_to(telling, telling->in.len, telling->out_at + len) &&
	       (telling->out_at == telling->out.len ||
		       span_equal(span_skip(telling->out, telling->out_at), SPAN("\n")));
}

static bool tell_edits(struct span rows, struct telling *telling)
{
	struct evidence_row row;

	while (evidence_next(&rows, &row)) {
		size_t in = number_of(row.fields[1]), in_end = number_of(row.fields[2]);
		size_t out_end = row.end, out = row.start;

		if (!same_up_to(telling, in, out) || in_end < in || out_end < out)
			return false;
		origin_add(telling->origin,
			(struct origin_part){ out, out_end, in, in_end, row.fields[5], PART_CHANGED });
		telling->in_at = in_end;
		telling->out_at = out_end;
	}
	return same_to_end(telling);
}

/* --- parts -------------------------------------------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
	const struct evidence_row *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Rows in the order in which decisions fell, to the order of the text. */
static struct evidence_row *sort_rows(struct span rows, size_t *count)
{
	struct evidence_row *sorted = mem_new(span_count(rows, '\n') + 1, sizeof(*sorted));

	for (*count = 0; evidence_next(&rows, &sorted[*count]);)
		++*count;
	qsort(sorted, *count, sizeof(*sorted), by_start);
	return sorted;
}

/* Finds what was kept in what came out, behind what is told of already; between both the filter may have written
 * something of its own. */
static bool tell_kept(struct telling *telling, const struct evidence_row *row)
{
	struct span kept = span_of(telling->in.at + row->start, row->end - row->start);
	struct span rest = span_skip(telling->out, telling->out_at);
	const char *hit = kept.len ? memmem(rest.at, rest.len, kept.at, kept.len) : rest.at;
	size_t out;

	if (!hit)
		return false;
	out = telling->out_at + (size_t)(hit - rest.at);
	origin_add(telling->origin, (struct origin_part){ out, out + kept.len, row->start, row->end,
					    row->fields[5], PART_SAME });
	telling->out_at = out + kept.len;
	return true;
}

static void tell_left_out(struct telling *telling, const struct evidence_row *row)
{
	/* The action and the rule stand next to each other: "drop\trule". */
	struct span what = span_of(row->fields[5].at, row->fields[5].len + 1 + row->fields[6].len);

	origin_add(telling->origin, (struct origin_part){ telling->out_at, telling->out_at, row->start,
					    row->end, what, PART_LEFT_OUT });
}

static bool tell_parts(struct span rows, struct telling *telling)
{
	size_t count;
	struct evidence_row *sorted = sort_rows(rows, &count);
	bool fits = true;

	for (size_t i = 0; i < count && fits; i++) {
		fits = sorted[i].end <= telling->in.len && sorted[i].start <= sorted[i].end;
		if (!fits)
			break;
		if (span_equal(sorted[i].fields[5], SPAN("keep")))
			fits = tell_kept(telling, &sorted[i]);
		else
			tell_left_out(telling, &sorted[i]);
	}
	free(sorted);
	return fits;
}

/* --- sentences ---------------------------------------------------------------------------------------------- */

static bool is_white(char byte)
{
	return byte_is_blank(byte) || byte == '\n';
}

/* Bytes of `text` that say what `sentence` says, white space for white space of any kind; 0: it does not begin so. */
static size_t written_len(struct span text, struct span sentence)
{
	size_t at = 0, i = 0;

	while (i < sentence.len && at < text.len) {
		if (is_white(sentence.at[i]) && is_white(text.at[at])) {
			while (i < sentence.len && is_white(sentence.at[i]))
				i++;
			while (at < text.len && is_white(text.at[at]))
				at++;
		} else if (sentence.at[i++] != text.at[at++]) {
			return 0;
		}
	}
	return i == sentence.len ? at : 0;
}

/* Which rule ended the sentence: that of the last row on its bytes. Rows before it are taken off. */
static struct span rule_of(struct span *rules, size_t end)
{
	struct span what = SPAN("-"), rest = *rules;
	struct evidence_row row;

	while (evidence_next(&rest, &row) && row.start < end) {
		if (span_equal(row.fields[5], SPAN("ends")))
			what = span_of(row.fields[5].at, row.fields[5].len + 1 + row.fields[6].len);
		*rules = rest;
	}
	return what;
}

static bool tell_sentences(struct span rows, struct span rules, struct telling *telling)
{
	struct evidence_row row;

	while (evidence_next(&rows, &row)) {
		struct span sentence, rest;
		size_t len = 0;

		if (row.end > telling->in.len || row.start > row.end)
			return false;
		sentence = span_of(telling->in.at + row.start, row.end - row.start);
		for (;;) {
			rest = span_skip(telling->out, telling->out_at);
			len = written_len(rest, sentence);
			if (len || !rest.len)
				break;
			telling->out_at += span_find(rest, '\n') + 1;
		}
		if (!len)
			return false;
		origin_add(telling->origin,
			(struct origin_part){ telling->out_at, telling->out_at + len, row.start, row.end,
				rule_of(&rules, row.end),
				span_equal(span_head(rest, len), sentence) ? PART_SAME : PART_CHANGED });
		telling->out_at += len;
	}
	return true;
}

/* --- lines -------------------------------------------------------------------------------------------------- */

static void tell_lines(struct telling *telling)
{
	while (telling->in_at < telling->in.len && telling->out_at < telling->out.len) {
		size_t in = span_find(span_skip(telling->in, telling->in_at), '\n');
		size_t out = span_find(span_skip(telling->out, telling->out_at), '\n');

		origin_add(telling->origin,
			(struct origin_part){ telling->out_at, telling->out_at + out, telling->in_at,
				telling->in_at + in, SPAN("words"), PART_CHANGED });
		telling->in_at += in + 1;
		telling->out_at += out + 1;
	}
}

/* The rows that tell of a document. */
static struct span rows_for(const struct evidence *evidence, size_t out)
{
	struct span made_by;

	if (!evidence->made_by)
		return evidence_rows_of(&evidence->rows, evidence_document(evidence, out));
	made_by = span_skip(evidence->rows.bytes, evidence->made_by[out]);
	return span_head(made_by, span_find(made_by, '\n'));
}

bool evidence_origin(const struct evidence *evidence, size_t out, struct span in_text, struct span out_text,
	struct origin *origin)
{
	struct telling telling = { .in = in_text, .out = out_text, .origin = origin };
	struct span rows = rows_for(evidence, out);

	origin_clear(origin);
	switch (evidence->kind) {
	case EVIDENCE_EDITS:
		return tell_edits(rows, &telling);
	case EVIDENCE_PARTS:
		return tell_parts(rows, &telling);
	case EVIDENCE_SENTENCES:
		return tell_sentences(rows,
			evidence_rows_of(&evidence->rules, evidence_document(evidence, out)), &telling);
	case EVIDENCE_LINES:
		tell_lines(&telling);
		return true;
	case EVIDENCE_NONE:
		break;
	}
	return false;
}
