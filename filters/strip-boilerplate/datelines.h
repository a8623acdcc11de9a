/* SPDX-License-Identifier: MIT
 * datelines.h - what stands before the first sentence of a story: where it was written, when, and who reports.
 *
 * The grammar is data/datelines.txt, the only place that says what a dateline looks like; dateline_forms.h says how it is written,
 * dateline_parts.h which words its parts are. Names that nobody listed are read from where they stand. */
#ifndef GHIRBAL_STRIP_DATELINES_H
#define GHIRBAL_STRIP_DATELINES_H

#include "phrases.h"
#include "titles.h"

/* Where the sentence starts behind the dateline that opens `line`, in bytes; 0 when there is none. `site` is the name of the
 * site as far as it is known. `first` says that no body stands in front. The words may start later than the line. */
size_t dateline_end(const struct phrases *phrases, const struct title *site, struct span line,
	const struct word *words, size_t count, bool first);

#endif
