/* SPDX-License-Identifier: MIT
 * datelines.h - what stands before the first sentence of a story: where it was written, when, and who reports.
 *
 * The grammar is data/datelines.txt, the only place that says what a dateline looks like; dateline_forms.h says how it is written,
 * dateline_parts.h which words its parts are. Names that nobody listed are read from where they stand. */
#ifndef GHIRBAL_STRIP_DATELINES_H
#define GHIRBAL_STRIP_DATELINES_H

#include "phrases.h"
#include "titles.h"

/* What is known of the document. */
struct dateline_known {
	const struct title *site; /* its name, as far as it is known */
	struct span around; /* the line and some of the text in front of it and behind; empty: not known */
	bool first; /* no body stands in front */
};

/* Where the sentence starts behind the dateline that opens `line`, in bytes; 0 when there is none. The words may start later
 * than the line. */
size_t dateline_end(const struct phrases *phrases, struct dateline_known known, struct span line,
	const struct word *words, size_t count);

#endif
