/* SPDX-License-Identifier: MIT
 * captions.h - what a picture shows, and whose it is: "The quay at noon (Reuters)", "The quay at noon - Photo: Jane Roe". */
#ifndef GHIRBAL_STRIP_CAPTIONS_H
#define GHIRBAL_STRIP_CAPTIONS_H

#include "sight.h"

/* Whether all that is left of the line is that. Not for the first line of a document, nor for more than CAPTION_WORDS. */
struct finding caption_find(const struct sight *sight, const struct rest *rest);

enum { CAPTION_WORDS = 24 };

/* The same of words behind the last sentence of a line: what the picture shows may be missing. */
bool caption_is_behind(const struct sight *sight, const struct word *words, size_t count);

/* "Photo: Jane Roe", "Image source, Harbour Post": more than a word says that it is a picture, or a sign stands behind. */
bool caption_is_credit(const struct sight *sight, const struct word *words, size_t count);

/* Whether what the line lost at its end, behind a sentence, is whose the picture is, and nothing of what it shows: then that is
 * what the sentences in front tell. Of 220 such lines of labelled pages and articles one was body. */
bool caption_is_in_front(const struct sight *sight, const struct rest *rest);

#endif
