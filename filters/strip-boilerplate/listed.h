/* SPDX-License-Identifier: MIT
 * listed.h - what the lexicons say of words: a phrase is all of them, or begins or ends them. */
#ifndef GHIRBAL_STRIP_LISTED_H
#define GHIRBAL_STRIP_LISTED_H

#include "sight.h"

/* What the phrase says that fits; nothing where more stands beside it than a line of debris has. */
struct finding listed_find(const struct sight *sight, const struct word *words, size_t count);

#endif
