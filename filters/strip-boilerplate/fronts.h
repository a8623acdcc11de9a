/* SPDX-License-Identifier: MIT
 * fronts.h - names of sites and trails of sections above a story that their signs give away, and those that a story need
 * not follow at once.
 *
 * Sources: the heads of news sites, magazines, newsletters and accounts in Arabic, Persian, Turkish and European
 * languages, as a reader of their pages sees them. */
#ifndef GHIRBAL_STRIP_FRONTS_H
#define GHIRBAL_STRIP_FRONTS_H

#include "clitics.h"

/* A name between dashes, one in two scripts with a bar between, one in quotes behind what it is ("Site «Harbour»"), or behind
 * an icon, with a slogan behind a dash that says what it is. */
bool front_is_name(const struct lookup *lookup, const struct word *words, size_t count);

/* Sections set apart by strokes or double angles or wide gaps ("A / B / C / D", "A >> B >> C"), a section and a place
 * behind a bar, or "home" and what follows it without signs. */
bool front_is_trail(const struct lookup *lookup, const struct word *words, size_t count);

/* The name of a section, and a day behind it, perhaps with the number of the issue. */
bool front_is_dated_section(const struct lookup *lookup, const struct word *words, size_t count);

/* "Jane Roe/ Place/": who writes and from where, a stroke behind both. */
bool front_is_struck(const struct lookup *lookup, const struct word *words, size_t count);

#endif
