/* SPDX-License-Identifier: MIT
 * shingles.c - words to shingles, and the set of them as an open-addressed table for one text. */
#include "filters/dedupe/shingles.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"

enum { SLOTS_FIRST = 256 };

void shingles_release(struct shingles *shingles)
{
	free(shingles->items);
	free(shingles->values);
	free(shingles->set);
	free(shingles->slots);
	free(shingles->numbers);
	*shingles = (struct shingles){ 0 };
}

static uint64_t rotated(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

/* `count` words as one number. Odd factors of good spread: of the golden ratio, and as in SplitMix64. */
static uint64_t joined(const uint64_t *words, size_t count)
{
	uint64_t hash = words[0];

	for (size_t i = 1; i < count; i++)
		hash = (rotated(hash, 27) ^ words[i]) * 0x9E3779B97F4A7C15;
	hash = (hash ^ hash >> 32) * 0x94D049BB133111EB;
	return hash ^ hash >> 29;
}

static void make_room(struct shingles *shingles, size_t count)
{
	if (count > shingles->cap) {
		shingles->cap = count + count / 2;
		shingles->items = mem_resize(shingles->items, shingles->cap, sizeof(*shingles->items));
		shingles->values = mem_resize(shingles->values, shingles->cap, sizeof(*shingles->values));
		shingles->set = mem_resize(shingles->set, shingles->cap, sizeof(*shingles->set));
	}
	shingles->slot_cap = SLOTS_FIRST;
	shingles->slot_shift = 32 - 8;
	while (shingles->slot_cap < 2 * count) {
		shingles->slot_cap *= 2;
		shingles->slot_shift--;
	}
	if (shingles->slot_cap > shingles->slot_room) {
		shingles->slot_room = shingles->slot_cap;
		free(shingles->slots);
		shingles->slots = mem_new(shingles->slot_room, sizeof(*shingles->slots));
	} else {
		memset(shingles->slots, 0, shingles->slot_cap * sizeof(*shingles->slots));
	}
}

static int by_number(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return (one > other) - (one < other);
}

static void add_number(struct shingles *shingles, uint64_t word)
{
	if (shingles->number_count == shingles->number_cap) {
		shingles->number_cap = shingles->number_cap ? 2 * shingles->number_cap : 64;
		shingles->numbers =
			mem_resize(shingles->numbers, shingles->number_cap, sizeof(*shingles->numbers));
	}
	shingles->numbers[shingles->number_count++] = (uint32_t)(word >> 40);
}

static void read_numbers(struct shingles *shingles, const struct near_words *words)
{
	size_t kept = 0;

	shingles->number_count = 0;
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i] & NEAR_NUMBER)
			add_number(shingles, words->items[i]);
	if (shingles->number_count)
		qsort(shingles->numbers, shingles->number_count, sizeof(*shingles->numbers), by_number);
	for (size_t i = 0; i < shingles->number_count; i++)
		if (kept == 0 || shingles->numbers[i] != shingles->numbers[kept - 1])
			shingles->numbers[kept++] = shingles->numbers[i];
	shingles->number_count = kept;
}

static void read_print(struct shingles *shingles, const struct near_words *words, struct span rest)
{
	uint64_t seed = rest.len ? XXH3_64bits(rest.at, rest.len) : 0;
	XXH128_hash_t print =
		XXH3_128bits_withSeed(words->items, words->count * sizeof(*words->items), seed);

	shingles->print[0] = print.low64;
	shingles->print[1] = print.high64;
}

void shingles_read(struct shingles *shingles, const struct near_words *words, struct span rest)
{
	make_room(shingles, words->count);
	shingles->count = shingles->set_count = 0;
	for (size_t i = 0; i + SHINGLE_WORDS <= words->count; i++) {
		size_t len = words->items[i] & NEAR_CHARACTER ? SHINGLE_CHARACTERS : SHINGLE_WORDS;

		if (i + len <= words->count)
			shingles->items[shingles->count++] = joined(&words->items[i], len);
	}
	if (shingles->count == 0)
		shingles->items[shingles->count++] = joined(words->items, words->count);
	read_numbers(shingles, words);
	read_print(shingles, words, rest);
}

bool shingles_put(struct shingles *shingles, size_t i, bool common)
{
	uint32_t value = shingle_value(shingles->items[i]);
	size_t at = value * 0x9E3779B1u >> shingles->slot_shift;

	while (shingles->slots[at].value && shingles->slots[at].value != value)
		at = (at + 1) & (shingles->slot_cap - 1);
	if (shingles->slots[at].value) {
		shingles->values[i] = shingles->slots[at].common ? 0 : value | SHINGLE_AGAIN;
		return false;
	}
	shingles->slots[at] = (struct shingle_slot){ .value = value, .at = (uint32_t)i, .common = common };
	shingles->values[i] = common ? 0 : value;
	if (!common)
		shingles->set[shingles->set_count++] = (uint32_t)(shingles->items[i] >> 32);
	return true;
}
