/* SPDX-License-Identifier: MIT
 * clitics.h - words of a class, without what Arabic writes together with them.
 *
 * And, so, with, to, as and the article are written in front of the word ("وللاشتراك"), who does it, whose it is and the
 * plural behind it ("صفحتنا", "تابعونا"). Lexicons list the word alone; here the rest is taken off where the word
 * as it stands is not known. The letters are a closed list of the language's grammar, general knowledge. */
#ifndef GHIRBAL_STRIP_CLITICS_H
#define GHIRBAL_STRIP_CLITICS_H

#include "phrases.h"

/* What words are looked up with. */
struct lookup {
	const struct phrases *phrases;
	struct reader *reader; /* for folding */
	struct span line; /* that the words were read from */
};

/* As phrases_term, of the words from `at` on; 0 behind the end. */
static inline size_t lookup_term(
	const struct lookup *lookup, const struct word *words, size_t at, size_t count, uint32_t wanted)
{
	uint32_t found;

	return at < count ? phrases_term(lookup->phrases, words + at, count - at, wanted, &found) : 0;
}

/* Whether the word may be of the script of Arabic: no letter below its block folds to one of it, and those have one byte
 * or two, with smaller lead bytes. */
static inline bool may_be_arabic(const struct lookup *lookup, const struct word *word)
{
	return (unsigned char)lookup->line.at[word->start] >= 0xD8;
}

size_t clitics_find_term(const struct lookup *lookup, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found);

/* As phrases_term; where that knows nothing, the first word alone is tried without its clitics, in the script of
 * Arabic only. */
static inline size_t clitics_term(const struct lookup *lookup, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found)
{
	if (count == 0)
		return 0;
	if (!(words[0].opens & wanted) && (words[0].digits || !may_be_arabic(lookup, words)))
		return 0; /* most words of most scripts */
	return clitics_find_term(lookup, words, count, wanted, found);
}

#endif
