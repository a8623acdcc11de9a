/* SPDX-License-Identifier: MIT
 * stops.h - lists of stop words: compiled in from data/stop-LANG.txt, or the user's own. */
#ifndef GHIRBAL_STOPS_H
#define GHIRBAL_STOPS_H

#include "filters/count-terms/forms.h"
#include "filters/normalize/keyer.h"

/* Adds the keys of a list, words with white space between; '#' starts a comment that goes to the end of the line. */
void stops_read(struct forms *stops, struct span text, struct keyer *keyer);

/* Adds the list for `lang`, a language tag, of which the first part counts. False when there is none. */
bool stops_read_built_in(struct forms *stops, const char *lang, struct keyer *keyer);

#endif
