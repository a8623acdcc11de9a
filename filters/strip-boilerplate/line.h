/* SPDX-License-Identifier: MIT
 * line.h - a line of a document being judged. */
#ifndef GHIRBAL_STRIP_LINE_H
#define GHIRBAL_STRIP_LINE_H

#include <stdbool.h>
#include <stdint.h>

/* A line that is not blank, and what becomes of it. Offsets are bytes of the window. */
struct line {
	uint32_t start, end; /* without its line end */
	uint32_t next; /* start of the next line that is not blank, or the window's end */
	uint32_t keep_from, keep_to; /* what is kept of a line that is kept */
	uint8_t rule; /* enum category; CATEGORY_NONE: kept */
	uint8_t head_rule, tail_rule; /* why its start and its end go */
	bool waits; /* the rule holds if this is the foot */
	bool is_protected; /* the user wants it kept */
	uint8_t found; /* enum category that explicit evidence spoke of, whether it held or not */
	uint16_t score; /* of the rule, in thousandths: how sure */
	uint8_t how; /* enum how: what kind of evidence that was */
	bool is_scored; /* the model has the last word on it, */
	uint8_t unscored; /* and this was the rule before */
	uint8_t seen; /* enum seen */
	bool is_headline; /* of a dump, as far as its models tell */
};

/* Where the site has a line, as far as its template tells. */
enum seen {
	SEEN_UNKNOWN,
	SEEN_HERE, /* in this document only, and where the same was fetched again */
	SEEN_ELSEWHERE,
};

/* How explicit evidence spoke of a line. */
enum how {
	HOW_NOT,
	HOW_PLAIN, /* of the line itself */
	HOW_ITEM, /* short, below the heading of a list */
	HOW_TAIL, /* behind what ends the page */
	HOW_EDGE, /* of the line itself, if it stands at the foot */
};

#endif
