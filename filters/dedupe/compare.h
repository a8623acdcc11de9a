/* SPDX-License-Identifier: MIT
 * compare.h - two texts, shingle by shingle and number by number. */
#ifndef GHIRBAL_COMPARE_H
#define GHIRBAL_COMPARE_H

#include "filters/dedupe/stories.h"

struct comparison {
	size_t own, other; /* different shingles that count: of the text at hand, of the kept one */
	size_t both;
	size_t own_numbered, both_numbered; /* of them with a number: of the text at hand, in both */
	unsigned
		spread; /* of the PARTS of the texts those that have something in both; the lesser of the two */
	size_t block; /* shingles in both that lie in the longest run of such, but for common ones */
	size_t numbers_own, numbers_other, numbers_both; /* different numbers */
	size_t run; /* words of the longest passage in both; 0 where none is long enough, or nobody asks */
};

enum {
	PARTS = 16, /* of a text, to see how far what is shared is spread */
	PASSAGE_WORDS = 12, /* a shorter run in both is chance, or a name with its titles */
	PASSAGE_CHARACTERS = 24, /* the same, in scripts without spaces */
};

/* Compares the text at hand, all of whose shingles have been put, with a kept one. `words` are its words; NULL:
 * nobody asks for passages. */
struct comparison compare_texts(const struct shingles *shingles, const struct near_words *words,
	const struct stories *stories, uint32_t story);

#endif
