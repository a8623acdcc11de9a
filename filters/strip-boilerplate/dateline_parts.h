/* SPDX-License-Identifier: MIT
 * dateline_parts.h - the parts of a dateline: which words are a place, a day, who reports. What the parts are called and
 * mean, dateline_forms.h says. */
#ifndef GHIRBAL_STRIP_DATELINE_PARTS_H
#define GHIRBAL_STRIP_DATELINE_PARTS_H

#include "dateline_forms.h"
#include "phrases.h"
#include "titles.h"

/* A line being read. All is borrowed. */
struct dateline {
	const struct phrases *phrases;
	const struct title *site; /* its name, as far as it is known */
	struct span line;
	const struct word *words;
	size_t count;
};

/* As phrases_term, of the words from `at` on; 0 behind the end. */
size_t dateline_term(const struct dateline *dateline, size_t at, uint32_t wanted);

/* Whether the sign of a form stands in the gap. */
bool dateline_sign_fits(char sign, struct gap gap);

/* How many words from `at` on are one of the parts of `step`; 0: none. A part that goes on to the next sign of the form
 * ends at `sign`. */
size_t dateline_part(const struct dateline *dateline, size_t at, const struct form_step *step, char sign);

/* Whether what follows from word `at` on, in front of which the place ends, can only be a story. */
bool dateline_is_story(const struct dateline *dateline, size_t at);

#endif
