/* SPDX-License-Identifier: MIT
 * shingles.c - words to shingles, and the set of them as an open-addressed table for one text. */
#include "filters/dedupe/shingles.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"

enum {
	SLOTS_FIRST = 256,
	NUMBERS_IN_ROW = 6, /* a date with its time, to the second */
};

void shingles_release(struct shingles *shingles)
{
	free(shingles->items);
	free(shingles->values);
	free(shingles->has_number);
	free(shingles->set);
	free(shingles->firsts);
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
		shingles->has_number =
			mem_resize(shingles->has_number, shingles->cap, sizeof(*shingles->has_number));
		shingles->set = mem_resize(shingles->set, shingles->cap, sizeof(*shingles->set));
		shingles->firsts = mem_resize(shingles->firsts, shingles->cap, sizeof(*shingles->firsts));
	}
	if (shingles->factor == 0)
		shingles->factor = 0x9E3779B1;
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

/* How many of the words from number `i` on are numbers side by side. */
static size_t numbers_in_row(const struct near_words *words, size_t i)
{
	size_t len = 0;

	while (len < NUMBERS_IN_ROW && i + len < words->count && words->items[i + len] & NEAR_NUMBER)
		len++;
	return len;
}

static void read_numbers(struct shingles *shingles, const struct near_words *words)
{
	size_t kept = 0;

	shingles->number_count = 0;
	for (size_t i = 0; i < words->count;) {
		size_t len = numbers_in_row(words, i);

		if (len)
			add_number(shingles, joined(&words->items[i], len));
		i += len + !len;
	}
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

static void add_shingle(struct shingles *shingles, const uint64_t *words, size_t count)
{
	uint64_t kinds = 0;

	for (size_t i = 0; i < count; i++)
		kinds |= words[i];
	shingles->has_number[shingles->count] = kinds & NEAR_NUMBER;
	shingles->items[shingles->count++] = joined(words, count);
}

void shingles_read(struct shingles *shingles, const struct near_words *words, struct span rest)
{
	make_room(shingles, words->count);
	shingles->count = shingles->set_count = shingles->numbered_count = shingles->first_count = 0;
	for (size_t i = 0; i + SHINGLE_WORDS <= words->count; i++) {
		size_t len = words->items[i] & NEAR_CHARACTER ? SHINGLE_CHARACTERS : SHINGLE_WORDS;

		if (i + len <= words->count)
			add_shingle(shingles, &words->items[i], len);
	}
	if (shingles->count == 0)
		add_shingle(shingles, words->items, words->count);
	read_numbers(shingles, words);
	read_print(shingles, words, rest);
}

bool shingles_put(struct shingles *shingles, size_t i, bool common)
{
	uint32_t value = shingle_value(shingles->items[i]);
	size_t at = value * shingles->factor >> shingles->slot_shift;

	while (shingles->slots[at].value && shingles->slots[at].value != value)
		at = (at + 1) & (shingles->slot_cap - 1);
	if (shingles->slots[at].value) {
		shingles->values[i] = shingles->slots[at].common ? 0 : value | SHINGLE_AGAIN;
		return false;
	}
	shingles->slots[at] = (struct shingle_slot){
		.value = value, .at = (uint32_t)i, .common = common, .has_number = shingles->has_number[i]
	};
	shingles->values[i] = common ? 0 : value;
	shingles->firsts[shingles->first_count++] = (uint32_t)i;
	if (common)
		return true;
	shingles->numbered_count += shingles->has_number[i];
	shingles->set[shingles->set_count++] = (uint32_t)(shingles->items[i] >> 32);
	return true;
}
