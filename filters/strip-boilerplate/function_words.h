/* SPDX-License-Identifier: MIT
 * function_words.h - the small words that sentences are made of and menus are not: articles, prepositions,
 * pronouns, particles, auxiliaries of many languages, from data/function-words.txt.
 *
 * The file has words between white space, '#' comment lines, and a line may begin with the tag of its language
 * and a colon. Words are compared by the keys of a reader, so folded. */
#ifndef GHIRBAL_STRIP_FUNCTION_WORDS_H
#define GHIRBAL_STRIP_FUNCTION_WORDS_H

#include "reader.h"

/* A set of keys, open addressing; 0 is a free slot. Starts as zero bytes, or as a copy of the one that comes with the
 * program (compiled.h), to which nothing is added. */
struct function_words {
	const uint64_t *slots;
	uint64_t *own; /* the same; NULL: they are somebody else's */
	size_t count, cap; /* cap is 0 or a power of two */
};

/* Adds the words of `text`; `reader` is used for folding. Cannot fail: what is no word is skipped. */
void function_words_add(struct function_words *set, struct reader *reader, struct span text);

void function_words_release(struct function_words *set);

/* Which words are some of these cannot be foreseen, so it is found without a branch; seldom the first slot is taken by
 * another. */
static inline bool function_words_has(const struct function_words *set, uint64_t key)
{
	size_t mask = set->cap - 1, at = key & mask;

	if (!set->cap)
		return false;
	while ((set->slots[at] != 0) & (set->slots[at] != key))
		at = (at + 1) & mask;
	return set->slots[at] == key;
}

#endif
