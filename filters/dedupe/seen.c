/* SPDX-License-Identifier: MIT
 * seen.c - linear probing; a keyed position picks the table by its top bits and the slot by the rest. */
#include "filters/dedupe/seen.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum {
	SHARD_BITS = 8,
	SHARD_FIRST = 8, /* slots: two cache lines, most documents need no more a table */
	SHARD_SMALL = 64, /* slots: what seen_clear rather wipes than frees */
};

static uint64_t high_of_product(uint64_t a, uint64_t b)
{
	return (uint64_t)(((unsigned __int128)a * b) >> 64);
}

/* Multiply and fold, as wyhash does: every bit of the fingerprint and of the secret reaches every bit. */
static uint64_t position_of(const struct seen *seen, struct fingerprint print)
{
	unsigned __int128 product =
		(unsigned __int128)(print.low ^ seen->secret) *
		(print.high ^ (seen->secret * 0x9E3779B97F4A7C15u) ^ 0xA0761D6478BD642Fu);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static struct fingerprint never_free(struct fingerprint print)
{
	print.low += !(print.low | print.high); /* 0, 0 marks a free slot; it shares its place with 1, 0 */
	return print;
}

static bool slot_is_free(const struct fingerprint *slot)
{
	return !(slot->low | slot->high);
}

static bool same(const struct fingerprint *slot, struct fingerprint print)
{
	return slot->low == print.low && slot->high == print.high;
}

static size_t first_slot(const struct seen_shard *shard, uint64_t position)
{
	return (size_t)high_of_product(position << SHARD_BITS, shard->cap);
}

/* The slot that holds `print`, or the free one where it belongs. */
static struct fingerprint *shard_find(
	const struct seen_shard *shard, uint64_t position, struct fingerprint print)
{
	size_t at = first_slot(shard, position);

	while (!slot_is_free(&shard->slots[at]) && !same(&shard->slots[at], print))
		at = at + 1 < shard->cap ? at + 1 : 0;
	return &shard->slots[at];
}

static void shard_grow(const struct seen *seen, struct seen_shard *shard)
{
	struct seen_shard old = *shard;

	shard->cap = old.cap ? old.cap + old.cap / 2 : SHARD_FIRST;
	shard->slots = mem_new(shard->cap, sizeof(*shard->slots));
	for (size_t i = 0; i < old.cap; i++) {
		struct fingerprint print = old.slots[i];

		if (!slot_is_free(&print))
			*shard_find(shard, position_of(seen, print), print) = print;
	}
	free(old.slots);
}

void seen_init(struct seen *seen, uint64_t secret)
{
	*seen = (struct seen){ .secret = secret };
}

void seen_release(struct seen *seen)
{
	for (size_t i = 0; i < SEEN_SHARDS; i++)
		free(seen->shards[i].slots);
	seen_init(seen, seen->secret);
}

void seen_clear(struct seen *seen)
{
	for (size_t i = 0; i < SEEN_SHARDS; i++) {
		struct seen_shard *shard = &seen->shards[i];

		if (shard->cap > SHARD_SMALL) {
			free(shard->slots);
			*shard = (struct seen_shard){ 0 };
		} else if (shard->count) {
			memset(shard->slots, 0, shard->cap * sizeof(*shard->slots));
			shard->count = 0;
		}
	}
}

bool seen_add(struct seen *seen, struct fingerprint print)
{
	uint64_t position;
	struct seen_shard *shard;
	struct fingerprint *slot;

	print = never_free(print);
	position = position_of(seen, print);
	shard = &seen->shards[position >> (64 - SHARD_BITS)];
	if (shard->count >= shard->cap - shard->cap / 4)
		shard_grow(seen, shard);
	slot = shard_find(shard, position, print);
	if (!slot_is_free(slot))
		return false;
	*slot = print;
	shard->count++;
	return true;
}

void seen_expect(const struct seen *seen, struct fingerprint print)
{
	uint64_t position = position_of(seen, never_free(print));
	const struct seen_shard *shard = &seen->shards[position >> (64 - SHARD_BITS)];

	if (shard->cap)
		__builtin_prefetch(&shard->slots[first_slot(shard, position)], 1);
}
