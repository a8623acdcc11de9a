/* SPDX-License-Identifier: MIT
 * bands.c - linear probing; the top byte of a key picks the table, the 32 bits behind it are the tag. */
#include "filters/dedupe/bands.h"

#include <stdlib.h>

#include "common/mem.h"

enum { SHARD_FIRST = 64 }; /* slots */

static uint32_t tag_of(uint64_t key)
{
	return (uint32_t)(key >> 24);
}

static uint32_t first_slot(const struct bands *bands, const struct bands_shard *shard, uint32_t tag)
{
	uint64_t mixed = (tag ^ (uint32_t)bands->secret) * (bands->secret | 1);

	mixed ^= mixed >> 32;
	mixed *= 0x9E3779B97F4A7C15;
	return (uint32_t)((mixed >> 32) * shard->cap >> 32);
}

static uint32_t next_slot(const struct bands_shard *shard, uint32_t at)
{
	return at + 1 < shard->cap ? at + 1 : 0;
}

static void put(const struct bands *bands, struct bands_shard *shard, struct bands_slot slot)
{
	uint32_t at = first_slot(bands, shard, slot.tag);

	while (shard->slots[at].story)
		at = next_slot(shard, at);
	shard->slots[at] = slot;
	shard->count++;
}

/* Slots move in the order of their table from a place where none is in the middle of a run that wraps around, so
 * those with one key stay in order. */
static void grow(const struct bands *bands, struct bands_shard *shard)
{
	struct bands_shard old = *shard;
	uint32_t start = 0;

	*shard = (struct bands_shard){ .cap = old.cap ? old.cap + old.cap / 4 : SHARD_FIRST };
	shard->slots = mem_new(shard->cap, sizeof(*shard->slots));
	while (start < old.cap && old.slots[start].story)
		start++;
	for (uint32_t i = 0, at = start; i < old.cap; i++, at = next_slot(&old, at))
		if (old.slots[at].story)
			put(bands, shard, old.slots[at]);
	free(old.slots);
}

void bands_init(struct bands *bands, uint64_t secret)
{
	*bands = (struct bands){ .secret = secret };
}

void bands_release(struct bands *bands)
{
	for (size_t i = 0; i < BANDS_SHARDS; i++)
		free(bands->shards[i].slots);
	bands_init(bands, bands->secret);
}

void bands_expect(const struct bands *bands, uint64_t key)
{
	const struct bands_shard *shard = &bands->shards[key >> 56];

	if (shard->cap)
		__builtin_prefetch(&shard->slots[first_slot(bands, shard, tag_of(key))], 1);
}

size_t bands_find(const struct bands *bands, uint64_t key, uint32_t stories[BANDS_CROWD])
{
	const struct bands_shard *shard = &bands->shards[key >> 56];
	size_t count = 0;

	if (shard->cap == 0)
		return 0;
	for (uint32_t at = first_slot(bands, shard, tag_of(key)); shard->slots[at].story;
		at = next_slot(shard, at)) {
		if (shard->slots[at].tag != tag_of(key))
			continue;
		stories[count++] = shard->slots[at].story - 1;
		if (count == BANDS_CROWD)
			break;
	}
	return count;
}

void bands_add(struct bands *bands, uint64_t key, uint32_t story)
{
	struct bands_shard *shard = &bands->shards[key >> 56];
	uint32_t stories[BANDS_CROWD];

	if (bands_find(bands, key, stories) == BANDS_CROWD)
		return;
	if (shard->count >= shard->cap - shard->cap / 8)
		grow(bands, shard);
	put(bands, shard, (struct bands_slot){ tag_of(key), story + 1 });
}
