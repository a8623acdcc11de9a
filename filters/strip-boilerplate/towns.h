/* SPDX-License-Identifier: MIT
 * towns.h - whether a text speaks of a name as of a town that nobody listed: "in NAME", "the harbour of NAME".
 *
 * Which words stand beside the names of towns, data/datelines.txt says. */
#ifndef GHIRBAL_STRIP_TOWNS_H
#define GHIRBAL_STRIP_TOWNS_H

#include "dateline_forms.h"

/* Whether `name`, elsewhere in `text` than where it itself is, stands beside one of the words of `forms`, and no less often
 * than without: persons and teams are spoken of in other ways, too. In time linear in both; names of a letter or two are
 * none. */
bool town_is_told(const struct forms *forms, struct span text, struct span name);

#endif
