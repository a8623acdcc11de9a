/* SPDX-License-Identifier: MIT
 * titles.h - the title said again.
 *
 * The first line that is kept is taken for the title. Its later copies are debris, also several to a line, or
 * with the name of the site behind or in front of a bar or dash. */
#ifndef GHIRBAL_STRIP_TITLES_H
#define GHIRBAL_STRIP_TITLES_H

#include "reader.h"

/* A part of a line that may be the title without the name of a site, or that name. No words: there is none. */
struct title_part {
	uint64_t key;
	size_t words;
	uint32_t start, end; /* bytes of the line */
};

/* A title remembered. No words: none is known. */
struct title {
	uint64_t key;
	size_t words;
	struct title_part bare, behind; /* in front of its last bar or dash, and what follows that */
	struct title_part rest,
		front; /* behind its first bar, dash or colon, and what stands in front of that */
	bool is_branded; /* what follows the bare one is the name of a site for sure (brands.h) */
};

/* Remembers the words as the title. Titles of one short word are not remembered: they recur by chance. */
void title_set(struct title *title, const struct word *words, size_t count);

/* Says that the title without the name of a site is the first `bare` words, at least one. */
void title_set_bare(struct title *title, const struct word *words, size_t bare, size_t count);

/* Whether what stands in the gap may set the name of a site apart. */
bool title_is_set_apart(struct gap gap);

/* Whether the words are the title again. */
bool title_again(const struct title *title, const struct word *words, size_t count);

/* How many words one copy takes where the words are several copies of one text of three words or more,
 * perhaps with the name of a site at the end; 0 where they are not. */
size_t title_repeated(const struct word *words, size_t count);

/* If the words are the title with the name of a site beside it ("TITLE | SITE"): sets `site` to that name. */
void title_find_site(const struct title *title, const struct word *words, size_t count, struct title *site);

/* The part of the title that the words are, when they are the title without the name of a site, which stands in it
 * (`*site` gets it); NULL when they are not. */
const struct title_part *title_without_site(
	const struct title *title, const struct word *words, size_t count, struct title *site);

/* Whether the words are what stands in `title` behind a bar: perhaps the name of the site, if nothing else says so. */
bool title_names_site(const struct title *title, const struct word *words, size_t count);

/* Whether the part of a title stands among the words. */
bool title_is_said(const struct title_part *part, const struct word *words, size_t count);

/* Whether the words are that name, and nothing else. */
bool title_is_site(const struct title *site, const struct word *words, size_t count);

/* Whether the words are the title, which is so short that it may be the name of a site. */
bool title_is_name(const struct title *title, const struct word *words, size_t count);

#endif
