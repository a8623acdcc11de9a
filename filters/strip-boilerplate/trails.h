/* SPDX-License-Identifier: MIT
 * trails.h - menus above a story, and the trail of sections that leads to it.
 *
 * These lines hold no verb and no sentence, and are known by their make: short parts set apart by bars, wide gaps, strokes or
 * angles, names of sections. A title may look like one of them, so who asks must know that another line may be the title.
 * General knowledge of the themes and portals of news sites. */
#ifndef GHIRBAL_STRIP_TRAILS_H
#define GHIRBAL_STRIP_TRAILS_H

#include "clitics.h"

/* Four short parts or more with bars or wide gaps between them, no numbers, no sentence ("News | Sport | Jobs | Video"), or
 * names of sections side by side, most of them listed. `body`: it stands behind the body, where wide gaps are a table's. */
bool trail_is_menu(const struct lookup *lookup, const struct word *words, size_t count, bool body);

/* Short parts with angles between them ("News > Harbour"), listed names of sections with slashes or dashes, others with more
 * slashes, double angles or wide gaps ("A / B / C / D", "A >> B >> C"), a section and a place behind a bar, or "home" and
 * what follows it, written together with it or without signs. */
bool trail_is(const struct lookup *lookup, const struct word *words, size_t count);

/* The same, of names of any length with two angles or more between them ("News » Libya » Oil"). */
bool trail_is_text(struct span text);

/* The name of a section, and a day behind it, perhaps with the number of the issue. */
bool trail_is_dated(const struct lookup *lookup, const struct word *words, size_t count);

#endif
