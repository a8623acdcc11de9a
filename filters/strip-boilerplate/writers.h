/* SPDX-License-Identifier: MIT
 * writers.h - lines between a title, or its subtitle, and the story: who wrote it, and from where or when.
 *
 * They are told by their form, in scripts with capitals, and by one word that is listed: a given name (data/names.txt), a label
 * of bylines, an agency. All of the words of a line are asked about. */
#ifndef GHIRBAL_STRIP_WRITERS_H
#define GHIRBAL_STRIP_WRITERS_H

#include "clitics.h"

/* Whether they are a person, and what is in a few words behind a comma or a small word: "Jane Roe in Sfax", "Jane Roe,
 * special envoy", "Jane Roe and John Doe", "Jane van der Roe". */
bool writer_is_somewhere(const struct lookup *lookup, const struct word *words, size_t count);

/* Whether they are a day and, behind it, who wrote: "Tuesday, 12 March 2024 - By Jane Roe". */
bool writer_is_dated(const struct lookup *lookup, const struct word *words, size_t count);

/* Whether they are a person and an agency, in brackets or behind a stroke, as pictures are signed: "Jane Roe / AFP". */
bool writer_is_of_agency(const struct lookup *lookup, const struct word *words, size_t count);

/* Whether they are one to four letters in brackets, as desks sign below a story: "(jr)". */
bool writer_is_desk(const struct lookup *lookup, const struct word *words, size_t count);

/* Up to four capitalised words, or a row of names with commas; in the script of Arabic up to three words: between a title and
 * a stamp that is who wrote it, what he is, or the section. */
bool writer_may_be(const struct lookup *lookup, const struct word *words, size_t count);

#endif
