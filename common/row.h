/* SPDX-License-Identifier: MIT
 * row.h - a line of --explain and --rejected: a part of a document, and what was decided about it.
 *
 * Tab-separated: ordinal of the document (from 1), its id (the first 1000 bytes of the file's name, or of
 * the member `id` of a record; else nothing), line (from 1), first byte and the byte behind the last (of the document's validated text, from 0),
 * action, rule, score, and the text, escaped: \t, \n, \r, \\ and \u{XXXX} for other controls. */
#ifndef GHIRBAL_ROW_H
#define GHIRBAL_ROW_H

#include "common/filter.h"

/* Where a part stands. */
struct row_place {
	uint64_t document;
	struct span id; /* borrowed */
	uint64_t line, start; /* start: byte of the document */
};

/* Appends `text` as it stands in a field of a row, here and in other tables: escaped as above. Undoing that gives the
 * text back; everything but controls and backslashes stays as it is. */
void row_add_text(struct buf *into, struct span text);

/* The same of any bytes, as the name of a file or the id of a record may be: those that are not UTF-8, and NUL, as
 * \xHH. */
void row_add_name(struct buf *into, struct span name);

/* Appends the line of `text`, its newline included. */
void row_add(
	struct buf *into, const struct row_place *place, struct span text, const struct decision *decision);

#endif
