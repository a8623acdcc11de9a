/* SPDX-License-Identifier: MIT
 * document.h - a document on its way: gathered, judged, put.
 *
 * Up to STRIP_WINDOW bytes a document is judged as a whole, a longer one in windows of that size that overlap: of a
 * window only what stands in front of its last part is put, and that part begins the next one (judge.h). Where windows
 * begin depends on the document alone, not on how it comes in pieces. */
#ifndef GHIRBAL_STRIP_DOCUMENT_H
#define GHIRBAL_STRIP_DOCUMENT_H

#include "metadata.h"
#include "strip_boilerplate.h"

/* Owns its memory. Starts as zero bytes with `judge` and `metadata` as they start. */
struct document {
	struct judge judge;
	struct metadata metadata;
	bool has_metadata, has_header; /* wanted: at all, in front of the text */
	size_t most; /* bytes of a window: STRIP_WINDOW but in tests; at least twice what windows overlap by */
	bool has_text; /* something of it was kept */
	bool is_begun; /* a window was judged */
	struct buf held; /* what has not been put */
	bool in_long_line; /* the last window ended within a line longer than a window */
	uint8_t long_line_rule; /* enum category; CATEGORY_NONE: it is kept */
	uint16_t long_line_score;
};

/* A document begins. */
void document_begin(struct document *document);

/* Text of it, and its end, behind which `out` has got all but sink_end. */
enum flow document_text(struct document *document, struct span piece, struct sink out);
enum flow document_end(struct document *document, struct sink out);

void document_release(struct document *document);

#endif
