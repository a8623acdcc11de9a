/* SPDX-License-Identifier: MIT
 * frame.h - what a site prints above a story: its menu, the trail of sections that leads there, its own name.
 *
 * These lines hold no verb and no sentence, and are known by their make: short parts set apart by bars, wide gaps or angles,
 * names of sections, nouns for kinds of outlets. A title may look like one of them, so who asks must know that another line
 * may be the title. General knowledge of the themes and portals of news sites. */
#ifndef GHIRBAL_STRIP_FRAME_H
#define GHIRBAL_STRIP_FRAME_H

#include "clitics.h"

/* Four short parts or more with bars or wide gaps between them, no numbers, no sentence ("News | Sport | Jobs | Video"), or
 * names of sections side by side, most of them listed. `body`: it stands behind the body, where wide gaps are a table's. */
bool frame_is_menu(const struct lookup *lookup, const struct word *words, size_t count, bool body);

/* Short parts with angles between them ("News > Harbour"), or listed names of sections with slashes or dashes. */
bool frame_is_trail(const struct lookup *lookup, const struct word *words, size_t count);

/* "Home" written together with what followed it on the page. */
bool frame_is_glued_home(const struct lookup *lookup, const struct word *words, size_t count);

/* The name of a site, perhaps with what it says of itself behind a sign ("Aden Post | an independent daily"). Titles begin so,
 * too, where they speak of an outlet: what follows must tell. */
bool frame_is_masthead(const struct lookup *lookup, const struct word *words, size_t count);

#endif
