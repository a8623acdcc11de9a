/* SPDX-License-Identifier: MIT
 * compare.c - one walk over what is remembered of the kept text, looking things up in the text at hand. */
#include "filters/dedupe/compare.h"

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A passage that is being followed through both texts. */
struct passage {
	bool is_open;
	size_t start, next; /* shingles of the text at hand */
	size_t hits; /* shingles that count, since start */
	size_t end; /* behind the last of these */
};

static size_t passage_words(const struct passage *passage, const struct near_words *words)
{
	bool of_characters = words->items[passage->start] & NEAR_CHARACTER;
	size_t shingles = passage->end - passage->start;
	size_t count = shingles + (of_characters ? SHINGLE_CHARACTERS : SHINGLE_WORDS) - 1;

	if (2 * passage->hits < shingles) /* mostly what many have */
		return 0;
	return count >= (of_characters ? PASSAGE_CHARACTERS : PASSAGE_WORDS) ? count : 0;
}

static void passage_close(struct passage *passage, const struct near_words *words, size_t *longest)
{
	size_t count = passage->is_open ? passage_words(passage, words) : 0;

	passage->is_open = false;
	if (count > *longest)
		*longest = count;
}

/* A common shingle of the kept text: whichever it was, it goes with a common one. */
static void passage_common(struct passage *passage, const struct shingles *shingles,
	const struct near_words *words, size_t *longest)
{
	if (passage->is_open && passage->next < shingles->count && shingles->values[passage->next] == 0)
		passage->next++;
	else
		passage_close(passage, words, longest);
}

static void passage_step(struct passage *passage, const struct shingles *shingles,
	const struct near_words *words, const struct shingle_slot *slot, size_t *longest)
{
	bool goes_on = slot && passage->is_open && passage->next < shingles->count &&
		       shingle_value(shingles->items[passage->next]) == slot->value;

	if (!goes_on) {
		passage_close(passage, words, longest);
		if (!slot || slot->common)
			return;
		*passage = (struct passage){ .is_open = true, .start = slot->at, .next = slot->at };
	}
	passage->next++;
	if (slot->common) /* since the other was kept */
		return;
	passage->hits++;
	passage->end = passage->next;
}

/* Where what counts in both lies. */
struct places {
	unsigned own_parts, other_parts; /* sixteenths of the texts, a bit each */
	size_t own_next, other_next; /* what would continue the block at hand */
	size_t block; /* its length */
};

/* Which sixteenth of `count` shingles the shingle number `at` is in, as a bit. */
static unsigned part_of(size_t at, size_t count)
{
	return 1u << (at * PARTS / count);
}

/* Whether the block at hand goes on at `own` and `other`: as far behind its end in one text as in the other, and
 * nothing between but what does not count, or came before. */
static bool block_goes_on(
	const struct places *places, const struct shingles *shingles, size_t own, size_t other)
{
	size_t gap = own - places->own_next;

	if (own < places->own_next || other - places->other_next != gap)
		return false;
	for (size_t i = places->own_next; i < own; i++)
		if (shingles->values[i] && !(shingles->values[i] & SHINGLE_AGAIN))
			return false;
	return true;
}

static void places_add(struct places *places, const struct shingles *shingles, size_t own, size_t other,
	size_t other_count, size_t *longest)
{
	places->own_parts |= part_of(own, shingles->count);
	places->other_parts |= part_of(other, other_count);
	if (!block_goes_on(places, shingles, own, other))
		places->block = 0;
	places->block++;
	places->own_next = own + 1;
	places->other_next = other + 1;
	if (places->block > *longest)
		*longest = places->block;
}

static void compare_shingles(struct comparison *found, const struct shingles *shingles,
	const struct near_words *words, const unsigned char *at, size_t count)
{
	struct passage passage = { 0 };
	struct places places = { 0 };

	for (size_t i = 0; i < count; i++, at += 3) {
		uint32_t value = stories_value(at);
		const struct shingle_slot *slot;

		if (value == 0) {
			if (words)
				passage_common(&passage, shingles, words, &found->run);
			continue;
		}
		slot = shingles_find(shingles, value & (SHINGLE_VALUES - 1));
		if (slot && !(value & SHINGLE_AGAIN)) {
			found->both += !slot->common;
			found->both_numbered += !slot->common && slot->has_number;
			found->other -= slot->common; /* it became common since */
			if (!slot->common)
				places_add(&places, shingles, slot->at, i, count, &found->block);
		}
		if (words)
			passage_step(&passage, shingles, words, slot, &found->run);
	}
	if (words)
		passage_close(&passage, words, &found->run);
	found->spread = (unsigned)lesser((size_t)__builtin_popcount(places.own_parts),
		(size_t)__builtin_popcount(places.other_parts));
}

/* Both are in ascending order. */
static size_t count_both(
	const uint32_t *own, size_t own_count, const unsigned char *other, size_t other_count)
{
	size_t both = 0, i = 0, k = 0;

	while (i < own_count && k < other_count) {
		uint32_t one = own[i], value = stories_value(other + 3 * k);

		both += one == value;
		i += one <= value;
		k += value <= one;
	}
	return both;
}

struct comparison compare_texts(const struct shingles *shingles, const struct near_words *words,
	const struct stories *stories, uint32_t number)
{
	const struct story *story = &stories->items[number];
	struct comparison found = {
		.own = shingles->set_count,
		.other = story->set_count,
		.own_numbered = shingles->numbered_count,
		.numbers_own = shingles->number_count,
		.numbers_other = story->number_count,
	};

	compare_shingles(&found, shingles, words, stories_shingles(stories, story), story->shingle_count);
	found.numbers_both = count_both(shingles->numbers, shingles->number_count,
		stories_numbers(stories, story), story->number_count);
	return found;
}
