/* SPDX-License-Identifier: MIT
 * by_line.h - drop lines, or paragraphs, that are duplicates.
 *
 * The keeper says which lines stay, and they stay where they are. A line is its content: neither its line end (LF or CRLF) nor the lack of one counts. Blank lines (white space only, or
 * nothing) separate paragraphs and are never duplicates:
 * - a dropped line takes the blank lines after it along;
 * - blank lines that a document begins with go when its first line with text goes;
 * - in a document that lost a line, no blank line is last.
 * A document that loses nothing comes out byte for byte. The same holds of paragraphs: the lines between blank ones, as
 * a whole. Where a shard of the lines is asked for, there are no blank lines: what they part is elsewhere. */
#ifndef GHIRBAL_BY_LINE_H
#define GHIRBAL_BY_LINE_H

#include "common/lines.h"
#include "filters/dedupe/overlong.h"

enum {
	BY_LINE_AHEAD =
		64, /* lines shown before they are ruled on, so that memory can be fetched meanwhile */
	BY_LINE_BLANKS = 1 << 20, /* bytes of blank lines held back; what is beyond is let go */
};

struct shown_line {
	struct span line; /* with its line end */
	struct ticket ticket;
	bool blank;
	uint64_t number; /* of its first line in the document, from 1 */
};

struct by_line {
	struct keeper *keeper; /* borrowed */
	bool paragraphs; /* are the units */
	bool has_prefixes; /* something stands in front of what stays */
	bool no_blanks; /* blank lines are left out */
	bool is_plain; /* lines may go many at once: the same, faster */
	struct lines lines;
	struct overlong overlong; /* the line at hand, where it is too long for these */
	struct buf paragraph; /* the one at hand */
	uint64_t line, paragraph_line; /* numbers in the document: the last one, the paragraph's first */
	struct buf marks; /* lines of the document that many others have, and how many have each, as JSON */
	struct shown_line ahead[BY_LINE_AHEAD];
	size_t ahead_count;
	struct span run; /* kept lines that lie side by side, not written yet */
	struct buf blanks; /* blank lines that go out in front of the next line kept */
	struct sink out;
	bool dropping; /* the last line with text was dropped */
	bool kept_any, dropped_any; /* lines with text, in this document */
};

/* The keeper is borrowed until release. */
void by_line_init(struct by_line *by, struct keeper *keeper, bool paragraphs);
void by_line_release(struct by_line *by);

/* A document begins, continues with a piece, ends. What is kept goes to `out`; by_line_end closes the
 * document there. FLOW_FAIL where the keeper failed. While the keeper only looks, nothing goes there. */
void by_line_begin(struct by_line *by);
enum flow by_line_text(struct by_line *by, struct span piece, struct sink out);
enum flow by_line_end(struct by_line *by, struct sink out);

/* Appends what is to be said of the document that ended, as a member of a JSON object; mostly nothing. */
void by_line_annotate(const struct by_line *by, struct buf *into);

#endif
