/* SPDX-License-Identifier: MIT
 * closings.h - how agencies and bilingual papers sign: who wrote and edited a story, and for which agency, on one line.
 *
 * Known by their signs and capitals, and by an agency, place or given name that is listed. Source: the wires of state
 * agencies in Arabic and French, and the bylines of papers with two scripts, as they print them. */
#ifndef GHIRBAL_STRIP_CLOSINGS_H
#define GHIRBAL_STRIP_CLOSINGS_H

#include "clitics.h"

/* The line of letters and names below a story: "(Agency - Place) A B / C D", "Agency/Jane Roe/John Doe", "JR/JD
 * (AGENCY)", "Jane Roe/ J.D (Agency, Agency)", "(END) JR/JD", "/jr/AB/cde", or initials behind a drawn rule. */
bool closing_is(const struct lookup *lookup, const struct word *words, size_t count);

/* A name in one script and again in Latin letters. */
bool closing_is_two_scripts(const struct lookup *lookup, const struct word *words, size_t count);

/* "By Jane Roe On Jul 8, 2024": a label, a name, a small word, and a day. */
bool closing_is_dated(const struct lookup *lookup, const struct word *words, size_t count);

/* Who wrote a post that the story shows, and when: "— Jane Roe (@roe) March 12, 2025". */
bool closing_is_embed(const struct lookup *lookup, const struct word *words, size_t count);

#endif
