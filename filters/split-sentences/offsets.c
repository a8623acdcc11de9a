/* SPDX-License-Identifier: MIT
 * offsets.c - where each sentence stands in its document. */
#include "filters/split-sentences/offsets.h"

#include "common/unicode.h"
#include "common/utf8.h"

/* --- what splitting changes ------------------------------------------------------------------------------ */

/* What is made: each a byte of its own, known by its place. */
static const char made_sentence_end[1] = { '\n' }, made_line_end[1] = { '\n' }, made_space[1] = { ' ' };

enum flow drop_gap(struct sink out, struct span gap)
{
	static const struct decision white_space = { "cut", "white_space", 1 };

	return sink_drop(out, gap, &white_space);
}

enum flow put_sentence_end(struct sink out, struct span gap)
{
	enum flow flow = drop_gap(out, gap);

	return flow == FLOW_MORE ? sink_put(out, span_of(made_sentence_end, 1)) : flow;
}

enum flow put_line_end(struct sink out, struct span old)
{
	enum flow flow = drop_gap(out, old);

	return flow == FLOW_MORE ? sink_put(out, span_of(made_line_end, 1)) : flow;
}

enum flow put_word_space(struct sink out)
{
	return sink_put(out, span_of(made_space, 1));
}

bool is_sentence_end(struct span piece)
{
	return piece.at == made_sentence_end;
}

bool is_made(struct span piece)
{
	return piece.at == made_sentence_end || piece.at == made_line_end || piece.at == made_space;
}

/* --- places --------------------------------------------------------------------------------------------- */

static void advance(struct offsets *offsets, struct span text)
{
	uint64_t characters = 0;

	for (size_t i = 0; i < text.len; i++)
		characters += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	offsets->at.byte += text.len;
	offsets->at.character += characters;
}

static bool is_blank(struct span text)
{
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (!unicode_is_white_space(rune.value))
			return false;
		text = span_skip(text, rune.len);
	}
	return true;
}

/* More of the line being written. The only CR that is put belongs to a line end, CR LF. */
static void add(struct offsets *offsets, struct span text)
{
	bool has_cr = span_has_suffix(text, SPAN("\r"));

	text.len -= has_cr;
	if (text.len) {
		if (!offsets->in_line)
			offsets->start = offsets->at;
		offsets->in_line = true;
		offsets->has_text = offsets->has_text || !is_blank(text);
		advance(offsets, text);
		offsets->end = offsets->at;
	}
	advance(offsets, span_head(SPAN("\r"), has_cr));
}

/* --- rows ----------------------------------------------------------------------------------------------- */

enum { COLUMNS = 7 };

static void add_columns(struct buf *into, const uint64_t *columns, size_t count, char separator)
{
	for (size_t i = 0; i < count; i++) {
		buf_addf(into, "%llu", (unsigned long long)columns[i]);
		if (i + 1 < count)
			buf_add_byte(into, separator);
	}
}

static void remember(struct offsets *offsets, const uint64_t *columns)
{
	buf_add(&offsets->remembered, offsets->remembered.len ? SPAN(",[") : SPAN("["));
	add_columns(&offsets->remembered, columns + 1, COLUMNS - 1, ',');
	buf_add_byte(&offsets->remembered, ']');
}

static enum flow write_row(struct offsets *offsets, const uint64_t *columns)
{
	buf_clear(&offsets->row);
	add_columns(&offsets->row, columns, COLUMNS, '\t');
	buf_add_byte(&offsets->row, '\n');
	return opt_output_put(offsets->to, buf_span(&offsets->row));
}

/* Tells of the sentence at hand, in every way that is wanted. */
static enum flow tell(struct offsets *offsets)
{
	const uint64_t columns[COLUMNS] = { offsets->document, offsets->paragraph, offsets->sentence,
		offsets->start.byte, offsets->end.byte, offsets->start.character, offsets->end.character };
	const struct part part = { "sentence", offsets->number, offsets->start.byte, offsets->end.byte };
	enum flow flow = offsets->to ? write_row(offsets, columns) : FLOW_MORE;

	if (offsets->remembers)
		remember(offsets, columns);
	if (flow == FLOW_MORE && offsets->explodes)
		flow = sink_part(offsets->out, &part);
	return flow;
}

static enum flow end_sentence(struct offsets *offsets)
{
	bool is_sentence = offsets->has_text;

	offsets->in_line = offsets->has_text = false;
	if (!is_sentence)
		return FLOW_MORE;
	if (!offsets->in_paragraph) {
		offsets->paragraph++;
		offsets->sentence = 0;
		offsets->in_paragraph = true;
	}
	offsets->sentence++;
	offsets->number++;
	return tell(offsets);
}

static enum flow end_paragraph(struct offsets *offsets)
{
	enum flow flow = end_sentence(offsets);

	offsets->in_paragraph = false;
	return flow;
}

/* The LF of the document's own line end. */
static enum flow end_line(struct offsets *offsets)
{
	advance(offsets, SPAN("\n"));
	return end_paragraph(offsets);
}

/* --- the sink ------------------------------------------------------------------------------------------- */

static enum flow add_lines(struct offsets *offsets, struct span text)
{
	enum flow flow = FLOW_MORE;

	while (flow == FLOW_MORE && text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		add(offsets, line);
		if (line.len < text.len)
			flow = end_line(offsets);
		text = span_skip(text, line.len + 1);
	}
	return flow;
}

static enum flow put(void *ctx, struct span piece)
{
	struct offsets *offsets = ctx;
	bool is_end = piece.at == made_sentence_end || piece.at == made_line_end;
	enum flow flow = is_end && offsets->explodes ? FLOW_MORE : sink_put(offsets->out, piece);

	if (flow != FLOW_MORE)
		return flow;
	if (is_end)
		return piece.at == made_sentence_end ? end_sentence(offsets) : end_paragraph(offsets);
	if (piece.at == made_space || (offsets->mark && piece.at == offsets->mark))
		return FLOW_MORE;
	return add_lines(offsets, piece);
}

static enum flow drop(void *ctx, struct span undecided, struct span piece, const struct decision *why)
{
	(void)undecided, (void)why;
	advance(ctx, piece);
	return FLOW_MORE;
}

static bool is_wanted(const struct offsets *offsets)
{
	return offsets->to || offsets->remembers || offsets->explodes;
}

struct sink offsets_sink(struct offsets *offsets, struct sink out)
{
	out.drop = NULL; /* splitting leaves nothing out */
	if (!is_wanted(offsets))
		return out;
	offsets->out = out;
	return (struct sink){ .put = put, .drop = drop, .ctx = offsets };
}

/* --- documents ------------------------------------------------------------------------------------------ */

void offsets_begin(struct offsets *offsets, uint64_t document)
{
	offsets->document = document;
	offsets->paragraph = offsets->number = 0;
	buf_clear(&offsets->remembered);
	offsets->at = (struct offsets_place){ 0, 0 };
	offsets->in_line = offsets->has_text = offsets->in_paragraph = false;
}

enum flow offsets_end(struct offsets *offsets)
{
	return is_wanted(offsets) ? end_paragraph(offsets) : FLOW_MORE;
}

void offsets_annotate(const struct offsets *offsets, struct buf *into)
{
	buf_add(into, SPAN("\"offsets\":["));
	buf_add(into, buf_span(&offsets->remembered));
	buf_add_byte(into, ']');
}

void offsets_release(struct offsets *offsets)
{
	buf_release(&offsets->row);
	buf_release(&offsets->remembered);
}
