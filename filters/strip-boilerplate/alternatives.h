/* SPDX-License-Identifier: MIT
 * alternatives.h - one line of a lexicon that stands for many phrases.
 *
 * "{Join|Follow} our {channel|page}" is four phrases. An alternative may be empty: "{our |}channel" is two. Braces
 * without a bar between them are signs like others, and braces do not nest. Widgets are put together from few words in
 * many ways, and a table of their parts is shorter, and misses less, than a list of what was seen. */
#ifndef GHIRBAL_STRIP_ALTERNATIVES_H
#define GHIRBAL_STRIP_ALTERNATIVES_H

#include "common/buf.h"
#include "common/span.h"

enum {
	ALTERNATIVES_GROUPS = 8, /* of one line */
	ALTERNATIVES_MOST = 20000, /* phrases that one line may stand for */
};

/* A line read, borrowed. */
struct alternatives {
	struct span line;
	struct {
		size_t start, end; /* bytes of the line, behind the brace and in front of the other */
		size_t count;
	} groups[ALTERNATIVES_GROUPS];
	size_t count; /* of groups */
	size_t total; /* phrases; 0: too many of them, or of groups */
};

struct alternatives alternatives_of(struct span line);

/* Puts phrase number `at`, of `total`, into `text`, which is cleared first. */
void alternatives_write(const struct alternatives *of, size_t at, struct buf *text);

#endif
