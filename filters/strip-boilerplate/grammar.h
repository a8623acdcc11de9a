/* SPDX-License-Identifier: MIT
 * grammar.h - debris that is known by its form: rows of widgets, requests, counters, stamps, bylines, names of sites.
 *
 * Each grammar has a module of its own; here is said where in a document it may be believed, and which comes first. */
#ifndef GHIRBAL_STRIP_GRAMMAR_H
#define GHIRBAL_STRIP_GRAMMAR_H

#include "sight.h"

/* What the grammars say of the words, the surest first. `sight->gist` is theirs. */
struct finding grammar_find(const struct sight *sight, const struct word *words, size_t count);

#endif
