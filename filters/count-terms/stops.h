/* SPDX-License-Identifier: MIT
 * stops.h - lists of stop words: compiled in from data/stop-LANG.txt, or the user's own. */
#ifndef GHIRBAL_STOPS_H
#define GHIRBAL_STOPS_H

#include "filters/count-terms/forms.h"
#include "filters/normalize/keyer.h"

/* Adds the keys of a list, words with white space between; '#' starts a comment that goes to the end of the line. */
void stops_read(struct forms *stops, struct span text, struct keyer *keyer);

/* The languages that have a list, as tags; ends with NULL. */
extern const char *const stops_languages[];

/* Adds the list for `lang`, one of them. False when there is none. */
bool stops_read_built_in(struct forms *stops, const char *lang, struct keyer *keyer);

#endif
