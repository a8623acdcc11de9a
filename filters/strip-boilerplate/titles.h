/* SPDX-License-Identifier: MIT
 * titles.h - the title said again.
 *
 * The first line that is kept is taken for the title. Its later copies are debris, also several to a line, or
 * with the name of the site behind or in front of a bar or dash. */
#ifndef GHIRBAL_STRIP_TITLES_H
#define GHIRBAL_STRIP_TITLES_H

#include "reader.h"

/* A title remembered. No words: none is known. */
struct title {
	uint64_t key, bare_key; /* bare: without what follows its last bar or dash */
	size_t words, bare_words; /* bare_words is 0 where nothing follows one */
};

/* Remembers the words as the title. Titles of one short word are not remembered: they recur by chance. */
void title_set(struct title *title, const struct word *words, size_t count);

/* Whether the words are the title again. */
bool title_again(const struct title *title, const struct word *words, size_t count);

/* How many words one copy takes where the words are several copies of one text of three words or more,
 * perhaps with the name of a site at the end; 0 where they are not. */
size_t title_repeated(const struct word *words, size_t count);

/* If the words are the title with the name of a site beside it ("TITLE | SITE"): sets `site` to that name. */
void title_find_site(const struct title *title, const struct word *words, size_t count, struct title *site);

/* Whether the words are that name, and nothing else. */
bool title_is_site(const struct title *site, const struct word *words, size_t count);

#endif
