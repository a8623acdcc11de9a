/* SPDX-License-Identifier: MIT
 * stem.h - stems of words, by Snowball (libstemmer). */
#ifndef GHIRBAL_STEM_H
#define GHIRBAL_STEM_H

#include "common/diag.h"
#include "common/span.h"

struct stem;

/* A stemmer for `lang`, a language tag or the name that Snowball has for it ("ar", "arabic"). NULL with `why`, which lists
 * what there is. Free with stem_free. */
struct stem *stem_new(const char *lang, struct diag *why);

/* The stem of `word`, borrowed until the next call. A word that is too long for a stemmer is its own. */
struct span stem(struct stem *stem, struct span word);

void stem_free(struct stem *stem);

#endif
