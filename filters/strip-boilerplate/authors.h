/* SPDX-License-Identifier: MIT
 * authors.h - lines that say who wrote the story, where, and for whom: where they may stand, and how sure each form is there.
 * The forms are those of bylines.h, writers.h, signatures.h, closings.h and persons.h. */
#ifndef GHIRBAL_STRIP_AUTHORS_H
#define GHIRBAL_STRIP_AUTHORS_H

#include "sight.h"

/* What the words, all of a line or a part that stands apart, say of who wrote the story; nothing where they do not. */
struct finding author_find(const struct sight *sight, const struct word *words, size_t count);

#endif
