/* SPDX-License-Identifier: MIT
 * shingles.h - the shingles of a text: what is compared of it.
 *
 * Three words in a row, or five characters where the first is a character of a script without spaces; what is left
 * at the end makes none of its own, and a text too short for any is one shingle itself. In the text they keep
 * their order and have 64 bits; as members of a set they have 23 bits (SHINGLE_VALUES), so that a kept text takes
 * three bytes a word. Two texts of 230 words have one such member in common by accident in 160. */
#ifndef GHIRBAL_SHINGLES_H
#define GHIRBAL_SHINGLES_H

#include <stdbool.h>

#include "filters/dedupe/near_words.h"

enum {
	SHINGLE_WORDS = 3,
	SHINGLE_CHARACTERS = 5,
	SHINGLE_VALUES =
		1 << 23, /* a member of the set is 1 to SHINGLE_VALUES - 1; 0 stands for a common one */
	SHINGLE_AGAIN = 1 << 23, /* marks one that the text already had */
};

/* A member of the set. */
struct shingle_slot {
	uint32_t value; /* 0: free */
	uint32_t at; /* where it comes first */
	bool common;
	bool has_number;
};

struct shingles {
	uint64_t *items; /* in the order of the text */
	uint32_t *values; /* what a kept text remembers of each: value, SHINGLE_AGAIN, or 0 */
	bool *has_number; /* whether one of its words is a number */
	size_t count, cap;
	uint32_t *set; /* upper halves of those that are not common, for MinHash; each once */
	size_t set_count, numbered_count; /* of these, with a number */
	uint32_t *
		firsts; /* numbers of those that no one of their value came before, common or not, in order */
	size_t first_count;
	struct shingle_slot *slots;
	size_t slot_cap, slot_room; /* slots in use, a power of two; allocated */
	unsigned slot_shift;
	uint32_t
		factor; /* odd, to be set from a secret: where slots are, which changes nothing else; 0: a known one */
	uint32_t *
		numbers; /* 24-bit hashes of different numbers, ascending; what stands side by side is one, as a date */
	size_t number_count, number_cap;
	uint64_t print[2]; /* of all words */
};

void shingles_release(struct shingles *shingles);

/* Makes the shingles of `words`; `rest` is what near_words_read left. The set is still empty. */
void shingles_read(struct shingles *shingles, const struct near_words *words, struct span rest);

/* What of a shingle is a member of the set. */
static inline uint32_t shingle_value(uint64_t shingle)
{
	uint32_t value = (uint32_t)shingle & (SHINGLE_VALUES - 1);

	return value + !value; /* 0 stands for a common one */
}

/* Puts shingle number `i` into the set; true when it was not there. To be called in order. */
bool shingles_put(struct shingles *shingles, size_t i, bool common);

/* The member `value`; NULL if there is none. */
static inline struct shingle_slot *shingles_find(const struct shingles *shingles, uint32_t value)
{
	size_t at = value * shingles->factor >> shingles->slot_shift;

	while (shingles->slots[at].value && shingles->slots[at].value != value)
		at = (at + 1) & (shingles->slot_cap - 1);
	return shingles->slots[at].value ? &shingles->slots[at] : NULL;
}

#endif
