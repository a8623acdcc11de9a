/* SPDX-License-Identifier: MIT
 * bands.h - which stories have a band of their MinHash in common: a table from band keys to stories.
 *
 * 256 open-addressed tables of 8-byte slots, each growing by a quarter when it is seven eighths full: 9 to 12 bytes a
 * band. 40 bits of a key are compared; who asks verifies what is found. Of the stories with one key the first
 * BANDS_CROWD are kept, so nothing that many pages share can make a crowd to be searched again and again. Where a
 * key goes depends on a secret, so nobody can choose texts that lie together; what is found does not. */
#ifndef GHIRBAL_BANDS_H
#define GHIRBAL_BANDS_H

#include <stddef.h>
#include <stdint.h>

enum { BANDS_SHARDS = 256, BANDS_CROWD = 8 };

struct bands_slot {
	uint32_t tag;
	uint32_t story; /* its number and one; 0: free */
};

struct bands_shard {
	struct bands_slot *slots;
	uint32_t cap, count;
};

struct bands {
	struct bands_shard shards[BANDS_SHARDS];
	uint64_t secret;
};

void bands_init(struct bands *bands, uint64_t secret);
void bands_release(struct bands *bands);

/* A hint that `key` will be looked up soon. */
void bands_expect(const struct bands *bands, uint64_t key);

/* Fills in the stories with `key`, in the order they were added; returns how many. */
size_t bands_find(const struct bands *bands, uint64_t key, uint32_t stories[BANDS_CROWD]);

/* Adds `story` (less than UINT32_MAX), unless there are BANDS_CROWD with its key. */
void bands_add(struct bands *bands, uint64_t key, uint32_t story);

#endif
