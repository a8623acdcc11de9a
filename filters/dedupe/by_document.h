/* SPDX-License-Identifier: MIT
 * by_document.h - drop the documents that are duplicates.
 *
 * A document is compared as a whole, but for the line end (LF or CRLF) it may close with. One without text
 * (white space only, or nothing) is never a duplicate. A document is held in memory until it is decided. */
#ifndef GHIRBAL_BY_DOCUMENT_H
#define GHIRBAL_BY_DOCUMENT_H

#include "common/filter.h"
#include "filters/dedupe/overlong.h"

struct by_document {
	struct keeper *keeper; /* borrowed */
	bool leave_empty; /* an empty document takes the place of a dropped one */
	struct buf held;
	struct overlong overlong; /* where that would be too much */
};

/* The keeper is borrowed until release. */
void by_document_init(struct by_document *by, struct keeper *keeper, bool leave_empty);
void by_document_release(struct by_document *by);

/* A document begins, continues with a piece, ends. by_document_end writes and closes it if it is kept. FLOW_FAIL
 * where the keeper failed. While the keeper only looks, nothing is written. */
void by_document_begin(struct by_document *by);
enum flow by_document_text(struct by_document *by, struct span piece, struct sink out);
enum flow by_document_end(struct by_document *by, struct sink out);

#endif
