/* SPDX-License-Identifier: MIT
 * seen.c - groups are probed one after the other; a keyed hash says where to begin. */
#include "filters/dedupe/seen.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum {
	GROUP_BYTES = sizeof(struct seen_group),
	CHUNK_BYTES = SEEN_CHUNK * GROUP_BYTES,
	PAGE_CHUNKS = MEM_LARGE / CHUNK_BYTES,
	SHARD_SMALL =
		16, /* groups: below, a shard grows by half, and seen_clear rather wipes it than frees it */
};

_Static_assert(sizeof(struct seen_group) == 128, "a group is two cache lines");

/* --- keys ----------------------------------------------------------------------------------------------- */

static uint64_t high_of_product(uint64_t a, uint64_t b)
{
	return (uint64_t)(((unsigned __int128)a * b) >> 64);
}

/* Multiply and fold, as wyhash does: every bit of the fingerprint and of the secret reaches every bit. Where a factor
 * happens to be 0, what is added still tells fingerprints apart. */
static uint64_t position_of(const struct seen *seen, struct fingerprint print)
{
	unsigned __int128 product =
		(unsigned __int128)(print.low ^ seen->secret) *
		(print.high ^ (seen->secret * 0x9E3779B97F4A7C15u) ^ 0xA0761D6478BD642Fu);

	return ((uint64_t)product ^ (uint64_t)(product >> 64)) + print.low * 0x9E3779B97F4A7C15u +
	       print.high * 0xD6E8FEB86659FD93u;
}

struct seen_key seen_key(const struct seen *seen, struct fingerprint print)
{
	uint64_t position = position_of(seen, print);
	uint64_t hot = position << 8 | (print.low & 0xFF);

	return (struct seen_key){ hot, (uint16_t)(print.low >> 8), (uint8_t)(position >> 56) };
}

/* --- the pool ------------------------------------------------------------------------------------------- */

static void pool_add_page(struct seen_pool *pool)
{
	struct seen_group *page = mem_large_new();
	size_t chunks = ++pool->page_count * PAGE_CHUNKS;

	pool->pages = mem_resize(pool->pages, pool->page_count, sizeof(*pool->pages));
	pool->pages[pool->page_count - 1] = page;
	pool->spare = mem_resize(pool->spare, chunks, sizeof(struct seen_group *));
	for (size_t i = PAGE_CHUNKS; i > 0; i--)
		pool->spare[pool->spare_count++] = page + (i - 1) * SEEN_CHUNK;
}

/* A chunk of free slots. */
static struct seen_group *pool_take(struct seen_pool *pool)
{
	if (pool->spare_count == 0)
		pool_add_page(pool);
	return pool->spare[--pool->spare_count];
}

/* One that is taken has no slot taken, as a new page has. */
static void pool_give(struct seen_pool *pool, struct seen_group *chunk)
{
	for (size_t i = 0; i < SEEN_CHUNK; i++)
		chunk[i].count = 0;
	pool->spare[pool->spare_count++] = chunk;
}

static void pool_release(struct seen_pool *pool)
{
	for (size_t i = 0; i < pool->page_count; i++)
		mem_large_free(pool->pages[i]);
	free(pool->pages);
	free(pool->spare);
	*pool = (struct seen_pool){ 0 };
}

/* --- a shard -------------------------------------------------------------------------------------------- */

static size_t first_group(const struct seen_shard *shard, uint64_t hot)
{
	return (size_t)high_of_product(hot, shard->cap);
}

static size_t next_group(const struct seen_shard *shard, size_t at)
{
	return at + 1 < shard->cap ? at + 1 : 0;
}

static struct seen_group *group_at(const struct seen_shard *shard, size_t at)
{
	return &shard->chunks[at / SEEN_CHUNK][at % SEEN_CHUNK];
}

/* Whether the 16 bits of a tag are among the four in `tags`: the highest bit of each that is, and perhaps of one more
 * (the usual look for a zero in a word). */
static uint64_t tags_like(uint64_t tags, uint64_t tag)
{
	const uint64_t ones = 0x0001000100010001;
	uint64_t differ = tags ^ (tag * ones);

	return (differ - ones) & ~differ & (ones << 15);
}

unsigned seen_group_find_scalar(const struct seen_group *group, struct seen_key key)
{
	for (unsigned i = 0; i < SEEN_GROUP; i += 4) {
		uint64_t four, like;

		memcpy(&four, &group->tags[i], sizeof(four));
		for (like = tags_like(four, key.cold); like; like &= like - 1) {
			unsigned slot = i + (unsigned)__builtin_ctzll(like) / 16;

			if (slot < group->count && group->hot[slot] == key.hot &&
				group->tags[slot] == key.cold)
				return slot;
		}
	}
	return SEEN_GROUP;
}

#if defined(__SSE2__)
#include <emmintrin.h>

/* All tags at once: nobody can predict which four they are among. What lies behind the tags is read along. */
unsigned seen_group_find(const struct seen_group *group, struct seen_key key)
{
	const __m128i *tags = (const __m128i *)group->tags;
	__m128i tag = _mm_set1_epi16((short)key.cold);
	__m128i first = _mm_cmpeq_epi16(_mm_loadu_si128(tags), tag);
	__m128i second = _mm_cmpeq_epi16(_mm_loadu_si128(tags + 1), tag);
	unsigned like =
		(unsigned)_mm_movemask_epi8(_mm_packs_epi16(first, second)) & ((1u << group->count) - 1);

	for (; like; like &= like - 1) {
		unsigned slot = (unsigned)__builtin_ctz(like);

		if (group->hot[slot] == key.hot)
			return slot;
	}
	return SEEN_GROUP;
}
#else
unsigned seen_group_find(const struct seen_group *group, struct seen_key key)
{
	return seen_group_find_scalar(group, key);
}
#endif

static unsigned group_add(struct seen_group *group, struct seen_key key)
{
	unsigned slot = group->count++;

	group->hot[slot] = key.hot;
	group->tags[slot] = key.cold;
	return slot;
}

static size_t chunk_count(size_t cap)
{
	return (cap + SEEN_CHUNK - 1) / SEEN_CHUNK;
}

/* What fits into less than a chunk is no part of the pool. */
static bool is_short(const struct seen_shard *shard)
{
	return shard->cap < SEEN_CHUNK;
}

static size_t shard_bytes(const struct seen *seen, const struct seen_shard *shard)
{
	size_t groups = is_short(shard) ? shard->cap : chunk_count(shard->cap) * SEEN_CHUNK;

	return groups * GROUP_BYTES + (seen->tallies ? shard->cap * SEEN_GROUP * sizeof(uint64_t) : 0);
}

static void shard_free(struct seen *seen, struct seen_shard *shard)
{
	seen->bytes -= shard_bytes(seen, shard);
	for (size_t i = 0; i < chunk_count(shard->cap); i++) {
		if (is_short(shard))
			free(shard->chunks[i]);
		else
			pool_give(&seen->pool, shard->chunks[i]);
	}
	free(shard->chunks);
	free(shard->tallies);
	*shard = (struct seen_shard){ 0 };
}

static void shard_make(struct seen *seen, struct seen_shard *shard, size_t cap)
{
	shard->cap = cap;
	shard->chunks = mem_new(chunk_count(cap), sizeof(struct seen_group *));
	for (size_t i = 0; i < chunk_count(cap); i++)
		/* C says nothing of cache lines; a group that lies on two costs time, nothing else. */
		shard->chunks[i] = is_short(shard) ? mem_new(cap, GROUP_BYTES) : pool_take(&seen->pool);
	shard->tallies = seen->tallies ? mem_new(cap * SEEN_GROUP, sizeof(*shard->tallies)) : NULL;
	seen->bytes += shard_bytes(seen, shard);
}

/* Puts `key`, which is not there, where there is room. */
static inline size_t shard_put(struct seen_shard *shard, struct seen_key key)
{
	size_t at = first_group(shard, key.hot);
	struct seen_group *group = group_at(shard, at);

	while (__builtin_expect(group->count == SEEN_GROUP, 0)) {
		at = next_group(shard, at);
		group = group_at(shard, at);
	}
	return at * SEEN_GROUP + group_add(group, key);
}

/* Old places are walked in order, and the new ones come in that order, too. */
static void shard_move(struct seen_shard *to, const struct seen_shard *from)
{
	for (size_t at = 0; at < from->cap; at++) {
		const struct seen_group *group = group_at(from, at);

		for (unsigned i = 0; i < group->count; i++) {
			size_t slot = shard_put(
				to, (struct seen_key){ .hot = group->hot[i], .cold = group->tags[i] });

			if (to->tallies)
				to->tallies[slot] = from->tallies[at * SEEN_GROUP + i];
		}
	}
	to->count = from->count;
}

/* A factor for each shard keeps them from all being nearly full, or newly grown, at the same time. */
static size_t grown(size_t cap, size_t number)
{
	if (cap < SHARD_SMALL)
		return cap + cap / 2 + 1;
	return cap + cap * 12 / 100 + cap * number / SEEN_SHARDS / 5;
}

static void shard_grow(struct seen *seen, struct seen_shard *shard)
{
	struct seen_shard old = *shard;

	shard_make(seen, shard, grown(old.cap, (size_t)(shard - seen->shards)));
	shard_move(shard, &old);
	shard_free(seen, &old);
}

/* --- the set -------------------------------------------------------------------------------------------- */

void seen_init(struct seen *seen, uint64_t secret, bool tallies)
{
	*seen = (struct seen){ .secret = secret, .tallies = tallies };
}

void seen_release(struct seen *seen)
{
	for (size_t i = 0; i < SEEN_SHARDS; i++)
		shard_free(seen, &seen->shards[i]);
	pool_release(&seen->pool);
}

void seen_clear_shard(struct seen *seen, uint8_t shard)
{
	shard_free(seen, &seen->shards[shard]);
}

void seen_clear(struct seen *seen)
{
	for (size_t i = 0; i < SEEN_SHARDS; i++) {
		struct seen_shard *shard = &seen->shards[i];

		if (shard->cap >= SHARD_SMALL) {
			shard_free(seen, shard);
		} else if (shard->count) {
			memset(shard->chunks[0], 0, shard->cap * GROUP_BYTES);
			shard->count = 0;
		}
	}
}

static bool is_full(const struct seen_shard *shard)
{
	return shard->count * 100 >= shard->cap * SEEN_GROUP * 92;
}

/* Looks for `key`. Returns its slot, or where it was added; SIZE_MAX: there is no room for it near where it belongs. */
static inline size_t shard_try(struct seen_shard *shard, struct seen_key key, bool *is_new)
{
	size_t at = first_group(shard, key.hot);

	for (unsigned further = 0; further < SEEN_FURTHEST; further++, at = next_group(shard, at)) {
		struct seen_group *group = group_at(shard, at);
		unsigned slot = seen_group_find(group, key);

		*is_new = slot == SEEN_GROUP;
		if (!*is_new)
			return at * SEEN_GROUP + slot;
		if (group->count == SEEN_GROUP)
			continue;
		if (is_full(shard))
			break;
		shard->count++;
		return at * SEEN_GROUP + group_add(group, key);
	}
	return SIZE_MAX;
}

static inline size_t shard_slot(
	struct seen *seen, struct seen_shard *shard, struct seen_key key, bool *is_new)
{
	size_t slot = shard->cap ? shard_try(shard, key, is_new) : SIZE_MAX;

	while (__builtin_expect(slot == SIZE_MAX, 0)) {
		shard_grow(seen, shard);
		slot = shard_try(shard, key, is_new);
	}
	return slot;
}

bool seen_add(struct seen *seen, struct seen_key key)
{
	bool is_new;

	shard_slot(seen, &seen->shards[key.shard], key, &is_new);
	return is_new;
}

uint64_t *seen_tally(struct seen *seen, struct seen_key key)
{
	struct seen_shard *shard = &seen->shards[key.shard];
	bool is_new;
	size_t slot = shard_slot(seen, shard, key, &is_new);

	if (is_new)
		shard->tallies[slot] = 0;
	return &shard->tallies[slot];
}

/* The group where `key` belongs; NULL where its shard has none. */
static inline const struct seen_group *home_of(const struct seen *seen, struct seen_key key)
{
	const struct seen_shard *shard = &seen->shards[key.shard];

	return shard->cap ? group_at(shard, first_group(shard, key.hot)) : NULL;
}

/* The next one where that is full, which nobody can predict: without a branch. */
static inline const struct seen_group *next_of(const struct seen *seen, struct seen_key key)
{
	const struct seen_shard *shard = &seen->shards[key.shard];
	size_t at;

	if (!shard->cap)
		return NULL;
	at = first_group(shard, key.hot);
	at += (group_at(shard, at)->count == SEEN_GROUP) & (at + 1 < shard->cap);
	return group_at(shard, at);
}

/* No function: of one that does nothing else, gcc 12 takes calls away as being without effect. */
#define FETCH(group)                                                                                       \
	do {                                                                                               \
		__builtin_prefetch((group), 1);                                                            \
		__builtin_prefetch(&(group)->hot[SEEN_GROUP - 1], 1);                                      \
	} while (0)

void seen_expect(const struct seen *seen, struct seen_key key)
{
	const struct seen_group *group = home_of(seen, key);

	if (group)
		FETCH(group);
}

void seen_expect_all(
	const struct seen *seen, const struct fingerprint *prints, struct seen_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct seen_group *group;

		keys[i] = seen_key(seen, prints[i]);
		group = home_of(seen, keys[i]);
		if (group)
			FETCH(group);
	}
}

void seen_add_all(struct seen *seen, const struct seen_key *keys, size_t count, bool *is_new)
{
	for (size_t i = 0; i < count; i++) {
		const struct seen_group *group = next_of(seen, keys[i]);

		if (group)
			FETCH(group);
	}
	for (size_t i = 0; i < count; i++)
		shard_slot(seen, &seen->shards[keys[i].shard], keys[i], &is_new[i]);
}
