/* SPDX-License-Identifier: MIT
 * document.c - a document on its way: gathered, judged, put. */
#include "document.h"

void document_begin(struct document *document)
{
	buf_clear(&document->held);
	document->in_long_line = false;
	document->has_text = document->is_begun = false;
	judge_begin(&document->judge);
	metadata_begin(&document->metadata);
}

/* --- windows -------------------------------------------------------------------------------------------- */

/* What the first window says of the document. */
static enum flow put_metadata(struct document *document, struct span window, struct sink out)
{
	struct buf header = BUF_INIT;
	enum flow flow;

	if (document->is_begun || !document->has_metadata)
		return FLOW_MORE;
	metadata_look(&document->metadata, &document->judge, window);
	if (!document->has_header || !document->has_text)
		return FLOW_MORE;
	metadata_header(&document->metadata, &header);
	flow = sink_add(out, buf_span(&header));
	buf_release(&header);
	return flow;
}

/* What was judged ends within a line that is longer than a window: the rest of it goes the same way. */
static void begin_long_line(struct document *document)
{
	const struct judge *judge = &document->judge;
	const struct line *line = &judge->lines[judge->first];

	document->in_long_line = true;
	document->long_line_rule = line->rule;
	document->long_line_score = line->score;
}

/* Judges the window that starts at byte `*at` of what is held, and puts what is kept of it. */
static enum flow put_window(struct document *document, size_t *at, bool last, struct sink out)
{
	struct judge *judge = &document->judge;
	struct span window = span_skip(buf_span(&document->held), *at);
	size_t judged;
	enum flow flow;

	window = span_head(window, utf8_whole(window));
	judged = judge_window(judge, window, last);
	document->has_text = document->has_text || cuts_size(&judge->cuts) < judged;
	flow = put_metadata(document, window, out);
	if (flow == FLOW_MORE)
		flow = cuts_apply(&judge->cuts, span_head(window, judged), out);
	document->is_begun = true;
	if (judged && !last && window.at[judged - 1] != '\n')
		begin_long_line(document);
	*at += judged;
	return flow;
}

/* Whether what is held behind byte `at` makes another window. Where there were more lines than one may have, a good part
 * of its bytes is left, and is judged before it is moved. */
static bool has_window(const struct document *document, size_t at, bool last)
{
	size_t left = document->held.len - at;

	if (last)
		return left > 0;
	return document->judge.is_full && left > document->most / 2 && !document->in_long_line;
}

static enum flow put_windows(struct document *document, bool last, struct sink out)
{
	size_t at = 0;
	enum flow flow;

	do
		flow = put_window(document, &at, last, out);
	while (flow == FLOW_MORE && has_window(document, at, last));
	buf_drop_head(&document->held, at);
	return flow;
}

/* --- lines longer than a window --------------------------------------------------------------------------- */

/* Keeps or leaves out a part of a line that is longer than a window, as the line's beginning was judged. */
static enum flow pass_long_part(struct document *document, struct span part, struct sink out)
{
	if (document->long_line_rule == CATEGORY_NONE) {
		document->has_text = true;
		return sink_put(out, part);
	}
	return cut_drop(document->long_line_rule, true, document->long_line_score, part, out);
}

/* Takes the rest of a line that is longer than a window off `piece`. What was held of it goes first. */
static enum flow pass_long_line(struct document *document, struct span *piece, struct sink out)
{
	size_t newline = span_find(*piece, '\n');
	struct span part = span_head(*piece, newline + 1);
	enum flow flow = pass_long_part(document, buf_span(&document->held), out);

	if (flow == FLOW_MORE)
		flow = pass_long_part(document, part, out);
	buf_clear(&document->held);
	document->in_long_line = newline == piece->len;
	*piece = span_skip(*piece, part.len);
	return flow;
}

/* --- all of it -------------------------------------------------------------------------------------------- */

/* A window is judged when more comes than it holds: what just fills it is the whole document. */
enum flow document_text(struct document *document, struct span piece, struct sink out)
{
	enum flow flow = FLOW_MORE;

	while (piece.len && flow == FLOW_MORE) {
		struct span part = span_head(piece, document->most - document->held.len);

		if (document->in_long_line) {
			flow = pass_long_line(document, &piece, out);
		} else if (part.len == 0) {
			flow = put_windows(document, false, out);
		} else {
			buf_add(&document->held, part);
			piece = span_skip(piece, part.len);
		}
	}
	return flow;
}

enum flow document_end(struct document *document, struct sink out)
{
	struct span none = { NULL, 0 };

	if (document->in_long_line)
		return pass_long_line(document, &none, out);
	return document->held.len ? put_windows(document, true, out) : FLOW_MORE;
}

void document_release(struct document *document)
{
	judge_release(&document->judge);
	metadata_release(&document->metadata);
	buf_release(&document->held);
}
