/* SPDX-License-Identifier: MIT
 * lines.h - whole lines out of pieces.
 *
 * Pieces are mostly whole lines already; those are handed on without a copy. Only a line that a piece
 * cut is gathered in `held`. */
#ifndef GHIRBAL_LINES_H
#define GHIRBAL_LINES_H

#include "common/filter.h"

struct lines {
	struct buf held; /* the start of a line whose end has not come */
};

/* What is called for each line. `line` includes its newline, if it has one (the last line of a document
 * may not), and is borrowed during the call. */
typedef enum flow line_fn(void *ctx, struct span line);

/* Calls `each` for every line that `piece` completes. Anything but FLOW_MORE ends the walk and is
 * returned. */
enum flow lines_text(struct lines *lines, struct span piece, line_fn *each, void *ctx);

/* The document is over: calls `each` for a last line without newline. */
enum flow lines_end(struct lines *lines, line_fn *each, void *ctx);

void lines_release(struct lines *lines);

#endif
