/* SPDX-License-Identifier: MIT
 * verdicts.h - what becomes of a line: it goes, stays, waits for what follows, or is an item of a list.
 *
 * What is said of a line (evidence.h, ends.h) may hold in one zone of the document only; here it is known in which the line
 * stands, and a line that waits is settled by those behind it. */
#ifndef GHIRBAL_STRIP_VERDICTS_H
#define GHIRBAL_STRIP_VERDICTS_H

#include "judge.h"

/* Judges the last line of the judge, which its reader has read. */
void verdict_on(struct judge *judge, struct span window, struct line *line);

/* The lines that waited for the foot turn out to be followed by body. */
void verdict_keep_waiting(struct judge *judge);

#endif
