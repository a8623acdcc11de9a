/* SPDX-License-Identifier: MIT
 * mastheads.h - the name of a site, as it stands above a story.
 *
 * Known by a noun for a kind of outlet (class masthead of the lexicons: agency, newspaper, news), or by signs that titles do
 * not have. A title may look like one, so who asks must know that another line may be the title. Sources: the heads of news
 * sites, magazines, newsletters and accounts in Arabic, Persian, Turkish and European languages, as a reader sees them. */
#ifndef GHIRBAL_STRIP_MASTHEADS_H
#define GHIRBAL_STRIP_MASTHEADS_H

#include "clitics.h"

/* The name of a site, perhaps with what it says of itself behind a sign ("Aden Post | an independent daily"). Titles begin so,
 * too, where they speak of an outlet: what follows must tell. */
bool masthead_is(const struct lookup *lookup, const struct word *words, size_t count);

/* A name between dashes, one in two scripts with a bar between, one in quotes behind what it is ("Site «Harbour»"), or behind
 * an icon, with a slogan behind a dash that says what it is: what follows need not tell. */
bool masthead_is_by_signs(const struct lookup *lookup, const struct word *words, size_t count);

#endif
