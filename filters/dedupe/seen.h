/* SPDX-License-Identifier: MIT
 * seen.h - a set of fingerprints that only grows.
 *
 * 256 open-addressed tables ("shards") of groups of twelve slots, each group two cache lines that are fetched together.
 * Of a fingerprint 88 bits are kept whatever the size of the set: 8 say which shard, 80 lie in the slot. Slots of 64
 * bits that take the rest from their place would do at 10^9 units, but a table that grows cannot know the bits its
 * smaller self never stored. Among n texts two count as the same by accident with a probability of n * n / 2^89:
 * 10^-9 for a thousand million.
 *
 * A shard grows by itself, by a factor of its own (1.12 to 1.32) when 92 of 100 slots are taken, so there is neither a
 * pause nor ever more than a 256th of the set there twice; shards in every state of fullness lie side by side, and the
 * set takes about 13 bytes a fingerprint at any size. Shards lie in chunks from a pool that is made of large pages:
 * half of the time went into page walks without.
 *
 * Where a fingerprint goes depends on a secret, so nobody can choose texts that crowd together, and no look goes
 * further than SEEN_FURTHEST groups. Whether one is in the set does not depend on the secret. */
#ifndef GHIRBAL_SEEN_H
#define GHIRBAL_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "filters/dedupe/fingerprint.h"

enum {
	SEEN_SHARDS = 256,
	SEEN_GROUP = 12, /* slots: what fits into two cache lines */
	SEEN_CHUNK = 32, /* groups, 4 KiB */
	SEEN_FURTHEST = 64, /* groups from where one belongs to where it is */
};

/* What is kept of a fingerprint. It has no meaning in another run. */
struct seen_key {
	uint64_t hot; /* says the place in its shard, too */
	uint16_t cold;
	uint8_t shard;
};

/* A look begins with all tags at once, and mostly ends there. */
struct seen_group {
	uint16_t tags[SEEN_GROUP]; /* the cold parts */
	uint32_t count; /* slots taken, the first ones; what is in the others means nothing */
	uint32_t unused;
	uint64_t hot[SEEN_GROUP];
};

struct seen_shard {
	struct seen_group **chunks; /* SEEN_CHUNK groups each; a single one may be shorter */
	uint64_t *tallies; /* a number for each slot; NULL: not wanted */
	size_t cap, count; /* groups; fingerprints */
};

/* Chunks that no shard has, and the pages that all came from. */
struct seen_pool {
	struct seen_group **spare;
	void **pages;
	size_t spare_count, page_count;
};

struct seen {
	struct seen_shard shards[SEEN_SHARDS];
	struct seen_pool pool;
	uint64_t secret;
	size_t bytes; /* of all shards */
	bool tallies; /* 8 bytes a slot more */
};

/* An empty set; it allocates nothing until something is added. `tallies` has seen_tally work. */
void seen_init(struct seen *seen, uint64_t secret, bool tallies);
void seen_release(struct seen *seen);

/* Forgets everything, in time bounded by a constant and by what was added since. */
void seen_clear(struct seen *seen);

/* Forgets one shard and frees its memory. */
void seen_clear_shard(struct seen *seen, uint8_t shard);

/* What the set keeps of `print`. */
struct seen_key seen_key(const struct seen *seen, struct fingerprint print);

/* Adds `key`; true when it was not there. */
bool seen_add(struct seen *seen, struct seen_key key);

/* The number that goes with `key`, which is added with 0 if it was not there. Valid until the next is added. */
uint64_t *seen_tally(struct seen *seen, struct seen_key key);

/* The slot of `group` that holds `key`; SEEN_GROUP: none does. By SSE2, which every x86-64 has, so that there is nothing to
 * choose at run time; elsewhere by the scalar twin. */
unsigned seen_group_find(const struct seen_group *group, struct seen_key key);
unsigned seen_group_find_scalar(const struct seen_group *group, struct seen_key key);

/* A hint that `key` will be added soon: its place is fetched into the cache meanwhile. */
void seen_expect(const struct seen *seen, struct seen_key key);

/* The same for many at once, which is several times as fast: the keys of `prints`, expected; and these added, in their
 * order, `is_new` saying of each whether it was not there. */
void seen_expect_all(
	const struct seen *seen, const struct fingerprint *prints, struct seen_key *keys, size_t count);
void seen_add_all(struct seen *seen, const struct seen_key *keys, size_t count, bool *is_new);

#endif
