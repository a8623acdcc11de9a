/* SPDX-License-Identifier: MIT
 * function_words.h - the small words that sentences are made of and menus are not: articles, prepositions,
 * pronouns, particles, auxiliaries of many languages, from data/function-words.txt.
 *
 * The file has words between white space, '#' comment lines, and a line may begin with the tag of its language
 * and a colon. Words are compared by the keys of a reader, so folded. */
#ifndef GHIRBAL_STRIP_FUNCTION_WORDS_H
#define GHIRBAL_STRIP_FUNCTION_WORDS_H

#include "reader.h"

/* A set of keys, each of which has two places where it may stand; 0 is a free place. Starts as zero bytes, or as a copy
 * of the one that comes with the program (compiled.h), to which nothing is added. */
struct function_words {
	const uint64_t *slots;
	uint64_t *own; /* the same; NULL: they are somebody else's */
	size_t count, cap; /* cap is 0 or a power of two */
};

/* Adds the words of `text`; `reader` is used for folding. Cannot fail: what is no word is skipped. */
void function_words_add(struct function_words *set, struct reader *reader, struct span text);

void function_words_release(struct function_words *set);

/* The places of a key among `cap`. */
static inline size_t function_place(uint64_t key, size_t cap)
{
	return key & (cap - 1);
}
static inline size_t function_second_place(uint64_t key, size_t cap)
{
	return key >> 32 & (cap - 1);
}

/* Which words are some of these cannot be foreseen, so it is found without a branch. */
static inline bool function_words_has(const struct function_words *set, uint64_t key)
{
	if (!set->cap)
		return false;
	return (unsigned)(set->slots[function_place(key, set->cap)] == key) |
	       (unsigned)(set->slots[function_second_place(key, set->cap)] == key);
}

#endif
