/* SPDX-License-Identifier: MIT
 * persons.h - words that are the name of a person: by a given name that is listed (data/names.txt), an initial, or what
 * stands in front of it. */
#ifndef GHIRBAL_STRIP_PERSONS_H
#define GHIRBAL_STRIP_PERSONS_H

#include "phrases.h"

enum { PERSON_WORDS = 4 }; /* "محمد بن عبد الله" */

/* Whether the words are as few as a name has, and no numbers. */
bool person_may_be(const struct word *words, size_t count);

/* Whether the words are the name of a person, by their first: two to four that begin with a listed given name, without
 * signs, small words or numbers; a word or two in brackets may follow: "Jane Roe (trainee)". */
bool person_is(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are an initial, its dot, and a name: "S. Haddad". */
bool person_is_initialed(const struct word *words, size_t count);

/* Whether the words are a name that begins with a listed given one, or with an initial and its dot: "S. al Haddad". */
bool person_is_written(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are a name, perhaps where it writes from in brackets or behind a sign, and an account: "Jane Roe
 * (Nairobi) roe@". */
bool person_has_account(const struct word *words, size_t count);

/* Whether the words are a name and the star that leads to a note about it. */
bool person_is_starred(const struct word *words, size_t count);

/* Whether the words are a short name, a colon and a person: "The Harbour Post: Jane Roe". */
bool person_is_at_outlet(const struct phrases *phrases, const struct word *words, size_t count);

#endif
