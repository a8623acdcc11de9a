/* SPDX-License-Identifier: MIT
 * by_line.h - drop the lines that were there before.
 *
 * The first of equal lines stays where it is; each line is decided before the next is read. A line is its
 * content: neither its line end (LF or CRLF) nor the lack of one counts. Blank lines (white space only, or
 * nothing) separate paragraphs and are never duplicates:
 * - a dropped line takes the blank lines after it along;
 * - blank lines that a document begins with go when its first line with text goes;
 * - in a document that lost a line, no blank line is last.
 * A document that loses nothing comes out byte for byte. */
#ifndef GHIRBAL_BY_LINE_H
#define GHIRBAL_BY_LINE_H

#include "common/lines.h"
#include "filters/dedupe/seen.h"

enum {
	BY_LINE_AHEAD =
		64, /* lines hashed before they are looked up, so that memory can be fetched meanwhile */
	BY_LINE_BLANKS = 1 << 20, /* bytes of blank lines held back; what is beyond is let go */
};

struct hashed_line {
	struct span line; /* with its line end */
	struct seen_key key;
	bool blank;
};

struct by_line {
	struct seen *seen; /* borrowed */
	struct keyer *keyer; /* borrowed */
	struct lines lines;
	struct hashed_line ahead[BY_LINE_AHEAD];
	size_t ahead_count;
	struct span run; /* kept lines that lie side by side, not written yet */
	struct buf blanks; /* blank lines that go out in front of the next line kept */
	struct sink out;
	bool dropping; /* the last line with text was dropped */
	bool kept_any, dropped_any; /* lines with text, in this document */
	uint64_t compared, kept; /* lines with text, in the run */
};

/* Lines are looked up by their keys in `seen`; both are borrowed until release. */
void by_line_init(struct by_line *by, struct seen *seen, struct keyer *keyer);
void by_line_release(struct by_line *by);

/* A document begins, continues with a piece, ends. What is kept goes to `out`; by_line_end closes the
 * document there. */
void by_line_begin(struct by_line *by);
enum flow by_line_text(struct by_line *by, struct span piece, struct sink out);
enum flow by_line_end(struct by_line *by, struct sink out);

#endif
