/* SPDX-License-Identifier: MIT
 * datelines.h - the dateline that opens a story, known by its form: names that nobody listed are read from where they stand.
 *
 * A place, perhaps a day, and who reports: in brackets or between slashes ("NAIROBI, Oct 9 (Harbour Wire) - ...",
 * "Place. /Agency/. ..."), behind a dash and in front of a colon ("دبي – مباشر: ..."), behind a slash ("لندن/ رويترز ...");
 * in the script of Arabic also a listed place alone, as its papers write it ("بيروت - أقفلت ..."). The forms are those of the
 * agencies' and papers' own pages. */
#ifndef GHIRBAL_STRIP_DATELINES_H
#define GHIRBAL_STRIP_DATELINES_H

#include "phrases.h"
#include "titles.h"

/* How many words of `line` its dateline takes; 0 when it has none. `site` is the name of the site as far as it is known.
 * `first` says that no body stands in front; elsewhere only a dateline with a listed agency counts, as bulletins have one in
 * front of each story. */
size_t dateline_form(const struct phrases *phrases, const struct title *site, struct span line,
	const struct word *words, size_t count, bool first);

#endif
