/* SPDX-License-Identifier: MIT
 * outcome.h - from verdicts on lines to cuts: blank lines go with the line in front of them, and none leads or ends the
 * output. */
#ifndef GHIRBAL_STRIP_OUTCOME_H
#define GHIRBAL_STRIP_OUTCOME_H

#include "judge.h"

/* Fills `judge->cuts` from its lines, for the `judged` bytes of the window, the `last` of the document or not. */
void outcome_cut(struct judge *judge, struct span window, size_t judged, bool last);

#endif
