/* SPDX-License-Identifier: MIT
 * lines.c - whole lines out of pieces. */
#include "common/lines.h"

/* Completes the held line with the start of `piece`; returns how much of `piece` went into it. */
static size_t lines_complete_held(struct lines *lines, struct span piece)
{
	size_t newline = span_find(piece, '\n');
	size_t taken = newline < piece.len ? newline + 1 : piece.len;

	buf_add(&lines->held, span_head(piece, taken));
	return taken;
}

enum flow lines_text(struct lines *lines, struct span piece, line_fn *each, void *ctx)
{
	if (lines->held.len) {
		enum flow flow;

		piece = span_skip(piece, lines_complete_held(lines, piece));
		if (lines->held.at[lines->held.len - 1] != '\n')
			return FLOW_MORE;
		flow = each(ctx, buf_span(&lines->held));
		buf_clear(&lines->held);
		if (flow != FLOW_MORE)
			return flow;
	}
	while (piece.len) {
		size_t newline = span_find(piece, '\n');
		enum flow flow;

		if (newline == piece.len)
			break;
		flow = each(ctx, span_head(piece, newline + 1));
		if (flow != FLOW_MORE)
			return flow;
		piece = span_skip(piece, newline + 1);
	}
	buf_add(&lines->held, piece);
	return FLOW_MORE;
}

enum flow lines_end(struct lines *lines, line_fn *each, void *ctx)
{
	enum flow flow = lines->held.len ? each(ctx, buf_span(&lines->held)) : FLOW_MORE;

	buf_clear(&lines->held);
	return flow;
}

void lines_release(struct lines *lines)
{
	buf_release(&lines->held);
}
