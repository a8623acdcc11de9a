/* SPDX-License-Identifier: MIT
 * near.h - whether a text tells again what an earlier one told, and how it is known.
 *
 * Words (near_words.h) in threes make shingles, characters of scripts without spaces in fives; a shorter text is one
 * shingle, never none. Shingles that many stories have (common_shingles.h) do not count, from then on. What is left
 * is compared with the kept texts that share a band of its MinHash (minhash.h), shingle by shingle:
 * - same: the same words in the same order;
 * - near: the shingles in both are at least `similarity` of the shingles in either (Jaccard);
 * - contained-in: they are at least `containment` of the text's own, which has fewer than the other; three quarters
 *   of what is missing, too, where they are one block, which may be a lead that two stories share;
 * - contains: the other way round;
 * - template: it would be one of the latter three, but the numbers differ: there are at least four in each, less
 *   than half of the fewer are in both, and at least half of what the text has alone holds a number. Currency
 *   bulletins and weather tables are such. Numbers side by side, as in a date, are one;
 * - shares-passage: none of these, but 12 words in a row are in both, not all of them common.
 * A text that is like a dropped one is compared with the text kept in its place, too, and goes only when they have
 * half as much in common as is asked of two: a chain of small changes does not lead away from what is there.
 *
 * Common is decided when a text is looked at; a shingle that became common after a text was kept still counts for
 * what that text has alone. All figures are public and fixed: no secret, no order of threads changes them. */
#ifndef GHIRBAL_NEAR_H
#define GHIRBAL_NEAR_H

#include "filters/dedupe/bands.h"
#include "filters/dedupe/common_shingles.h"
#include "filters/dedupe/minhash.h"
#include "filters/dedupe/near_words.h"
#include "filters/dedupe/passages.h"
#include "filters/dedupe/shingles.h"
#include "filters/dedupe/stories.h"
#include "filters/dedupe/story_bits.h"

enum relation {
	RELATION_NONE,
	RELATION_SAME,
	RELATION_NEAR,
	RELATION_CONTAINED_IN,
	RELATION_TEMPLATE,
	RELATION_SHARES_PASSAGE,
	RELATION_CONTAINS,
	RELATIONS,
};

/* Their names, in that order; NULL ends them. */
extern const char *const relation_words[];

/* How a text relates to one that was kept. */
struct relative {
	enum relation relation;
	uint32_t story; /* number of the kept text, as in near.stories */
	uint32_t via; /* number of the dropped text that it is like; the kept one's where none is needed */
	double similarity, containment; /* Jaccard; the shingles in both, of those of the smaller */
	double own_share; /* the shingles in both, of those of the text at hand */
	bool in_one_place; /* three quarters of them are one block, as a shared lead or footer is */
	size_t run; /* words of the longest passage in both; 0: nobody asked */
	size_t numbers_shared, numbers_least; /* in both; in the one with fewer */
};

/* Two texts that were compared elsewhere. */
struct near_pair {
	uint32_t story; /* the earlier one */
	enum relation relation; /* RELATION_NONE: they only have something in common */
	uint64_t both, own, other; /* shingles that count, as in struct comparison */
};

struct near_options {
	double similarity, containment;
	unsigned drops; /* a bit for each relation */
	bool passages; /* look for passages, too: that never changes what goes */
};

struct near {
	struct near_options options;
	struct near_words words;
	struct shingles shingles;
	struct minhash minhash;
	struct common_shingles common;
	const struct story_bits *known; /* what is common; NULL: that is found on the way */
	const struct near_pair *pairs; /* of the text at hand, by story; NULL: texts are compared */
	size_t pair_count;
	struct bands bands;
	struct stories stories;
	uint64_t keys[MINHASH_BANDS + 1]; /* of the text at hand; the last is of the whole */
	size_t key_count;
	struct bands passage_bands;
	struct passages passages;
	uint64_t *candidates; /* twice a story's number; and one where nothing but a passage led to it */
	size_t candidate_count, candidate_cap;
	struct relative *relatives; /* of the text at hand */
	size_t relative_count, relative_cap;
};

/* Words are compared by their keys; `keyer` is borrowed until release. */
void near_init(struct near *near, const struct near_options *options, struct keyer *keyer, enum cpu cpu,
	uint64_t secret);
void near_release(struct near *near);

/* Forgets all texts. */
void near_clear(struct near *near);

/* Decides on `text` (a NUL is put behind it). Returns the relation for which it should go, NULL if it should stay; all
 * that were found are in `relatives`, by kept text. The text is remembered as the next in `stories` when it stays, and
 * when it differs enough from the one kept in its place. */
const struct relative *near_decide(struct near *near, struct buf *text);

/* --- the same in parts, for who compares in many processes: common shingles must be known ------------------ */

/* Reads a text: its shingles, and the keys of its bands. */
void near_read(struct near *near, struct buf *text);

/* Compares the text read last with those remembered that share a band; their numbers are in `candidates`, twice each.
 * near_pair_with says what it and one of them are to each other. */
void near_find(struct near *near);
struct near_pair near_pair_with(const struct near *near, uint32_t story);

/* Remembers the text read last; returns its number. */
uint32_t near_remember(struct near *near);

/* Decides by the pairs of a text, which are in the order of their stories and each once. */
const struct relative *near_decide_by_pairs(struct near *near, const struct near_pair *pairs, size_t count);

#endif
