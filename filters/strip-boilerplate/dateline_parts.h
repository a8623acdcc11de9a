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
	struct span around; /* the text that the line stands in, with some lines in front and behind */
};

static inline struct gap dateline_gap(const struct dateline *dateline, size_t at)
{
	return dateline->words[at].before;
}

static inline bool dateline_has_digits(const struct dateline *dateline, size_t at)
{
	return dateline->words[at].digits;
}

/* "ال" in front of the word. */
static inline bool dateline_has_article(const struct dateline *dateline, size_t at)
{
	return span_has_prefix(span_skip(dateline->line, dateline->words[at].start), SPAN("\u0627\u0644"));
}

/* As phrases_term, of the words from `at` on; 0 behind the end. */
size_t dateline_term(const struct dateline *dateline, size_t at, uint32_t wanted);

/* Whether the sign of a form stands in the gap. */
bool dateline_sign_fits(char sign, struct gap gap);

/* Stands for a sign: none, and a word that stories begin with. */
enum { DATELINE_LEAD = 'l' };

/* How many words from `at` on are one of the parts of `step`; 0: none. A part that goes on to the next sign of the form
 * ends at `sign`. */
size_t dateline_part(const struct dateline *dateline, size_t at, const struct form_step *step, char sign);

/* Parts without words say what is true where the place ends, in front of word `at` (dateline_story.c). */
enum { PARTS_WITHOUT_WORDS = PART_STORY | PART_LEAD | PART_TOLD | PART_TITLED };
bool dateline_holds(const struct dateline *dateline, size_t at, uint32_t part);

#endif
