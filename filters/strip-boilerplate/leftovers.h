/* SPDX-License-Identifier: MIT
 * leftovers.h - what a content system was to replace and did not, and what it draws with: placeholders, shortcodes, identifiers,
 * rules.
 *
 * Each function looks at the text of a line and is sure, or says no. Sources: the formats of printf, of shortcodes and of
 * templates as their manuals have them. */
#ifndef GHIRBAL_STRIP_LEFTOVERS_H
#define GHIRBAL_STRIP_LEFTOVERS_H

#include "reader.h"

/* A UUID, or sixteen hexadecimal digits and more that hold both letters and numerals. */
bool leftover_is_identifier(struct span text);

/* A rule: five or more of '-', '_', '=', '~', dots, bullets, box drawings or tatweel, nothing else but single
 * spaces, and no longer than a column; or a lone bar, bullet, angle or slash. Shorter rules and stars part the
 * sections of a story, longer ones and those with columns are a table's. The line has no words. */
bool leftover_is_rule(struct span text);

/* What a content system was to replace and did not: a shortcode ("[caption id=...]"), an entity, an object
 * without a name; or a script that shows advertisements. All of the line. */
bool leftover_is_code(struct span text);

/* Whether a placeholder stands in the text as a word of its own: %d, %1$s, {{name}}, {% tag %}, ${name},
 * <%= code %>. In quotes or brackets it is something being talked about. */
bool leftover_has_placeholder(struct span text);

/* One of these signs stands where one does. */
#define PLACEHOLDER_SIGNS (SIGN_BIT('%') | SIGN_BIT('{') | SIGN_BIT('$') | SIGN_BIT('<'))

#endif
