/* SPDX-License-Identifier: MIT
 * calls.h - a page that speaks to its reader: requests and notices, whatever their wording.
 *
 * Lists of phrases never hold what the next site writes. Here a line is told by what it is made of, words of the classes
 *
 *     call    what is asked, as it is said to a reader ("subscribe", "turn on", "don't miss")
 *     site    what only a site has ("our channel", "your inbox", "browser", "newsletter")
 *     notice  what terms, disclaimers and consents are made of ("reflect", "opinions", "partners", "responsible")
 *     loose   what is said beside them ("morning", "latest", "free", "stories")
 *
 * and of those that rows.h knows. Nearly all of a line's words must be of some class: that is what keeps sentences
 * out that report of channels and opinions. Names may stand in between: in quotes, capitalised, in another script. */
#ifndef GHIRBAL_STRIP_CALLS_H
#define GHIRBAL_STRIP_CALLS_H

#include "clitics.h"

enum call {
	CALL_NONE,
	CALL_REQUEST, /* "Get the day's stories in your inbox every morning" */
	CALL_NOTICE, /* "Articles express the opinions of their authors only" */
	CALL_WEAK_NOTICE, /* the same, of which less is sure */
};

/* What the words are, all of them together. Not for the first line of a document, where a title stands. */
enum call call_of(const struct lookup *lookup, const struct word *words, size_t count);

#endif
