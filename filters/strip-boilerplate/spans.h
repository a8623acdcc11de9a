/* SPDX-License-Identifier: MIT
 * spans.h - what stands apart within a line: phrases between signs, links and labels in brackets. */
#ifndef GHIRBAL_STRIP_SPANS_H
#define GHIRBAL_STRIP_SPANS_H

#include "cuts.h"
#include "phrases.h"
#include "rest.h"

/* Adds cuts for them in the line, which starts at byte `line_start`. */
void spans_cut(
	const struct phrases *phrases, const struct rest *rest, size_t line_start, struct cuts *cuts);

#endif
