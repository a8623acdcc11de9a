/* SPDX-License-Identifier: MIT
 * made_with.h - what a state was made with: one line of words, which a run must have, too, to read it. */
#ifndef GHIRBAL_MADE_WITH_H
#define GHIRBAL_MADE_WITH_H

#include "common/diag.h"
#include "common/span.h"

/* Whether both lines are the same. If not, `why` names `path` and the words that are in one alone. */
bool made_with_same(struct span was, struct span now, const char *path, struct diag *why);

#endif
