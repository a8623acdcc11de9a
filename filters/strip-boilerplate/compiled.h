/* SPDX-License-Identifier: MIT
 * compiled.h - what data/ says, ready to be looked up: made while building, by tools/compile.c, with the code that reads a
 * user's files. So a start costs what it looks at, not what is known. Nothing of it is ever written. */
#ifndef GHIRBAL_STRIP_COMPILED_H
#define GHIRBAL_STRIP_COMPILED_H

#include "common/buf.h"
#include "dates.h"
#include "dateline_forms.h"
#include "function_words.h"
#include "model.h"
#include "phrases.h"

/* All lexicons; all their languages are looked up until `languages` is set to what compiled_languages says. */
extern const struct phrases compiled_phrases;

extern const struct function_words compiled_function_words;
extern const struct model compiled_model, compiled_headline;
extern const struct dates compiled_dates;
extern const struct forms compiled_datelines;

/* The phrases to be looked up in a text whose language has this primary subtag, beside those that count everywhere:
 * English, which sites mix in, names and dates. All for `auto` and for a language without a lexicon. */
uint32_t compiled_languages(const char *primary);

/* Whether the subtag is of a language with a lexicon, of one that is read without (its function words are known), or of
 * none in particular: auto, and und, mul and zxx of ISO 639. */
bool compiled_knows(const char *primary);

/* Appends the tags of the languages with a lexicon: "ar, de, en". */
void compiled_name_languages(struct buf *into);

#endif
