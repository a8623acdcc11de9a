/* SPDX-License-Identifier: MIT
 * common_shingles.h - which shingles are common to many stories, so that sharing them says nothing.
 *
 * A sketch: two counters of four bits for each shingle, in one block, the smaller of which counts (count-min with
 * conservative update; G. Cormode, S. Muthukrishnan, 2005; C. Estan, G. Varghese, 2002). It never counts too few,
 * and five or more instead of one for less than a shingle in a thousand: it doubles when there are as many
 * shingles as counters. Doubling keeps what was counted. Nothing in it is secret or random. */
#ifndef GHIRBAL_COMMON_SHINGLES_H
#define GHIRBAL_COMMON_SHINGLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	COMMON_COUNTED = 15, /* the most that is counted */
};

struct common_block {
	uint8_t counters[64]; /* two in a byte */
};

struct common_shingles {
	struct common_block *blocks;
	unsigned bits; /* 2^bits blocks */
	uint64_t added;
};

/* Allocates 2 MiB. */
void common_shingles_init(struct common_shingles *common);
void common_shingles_release(struct common_shingles *common);

/* One more story has `shingle`; to be called once for each of its shingles. In another order they may count otherwise. */
void common_shingles_add(struct common_shingles *common, uint64_t shingle);

/* In how many stories it was, at most COMMON_COUNTED. */
unsigned common_shingles_count(const struct common_shingles *common, uint64_t shingle);

/* A hint that `shingle` will be asked for soon. */
static inline void common_shingles_expect(const struct common_shingles *common, uint64_t shingle)
{
	__builtin_prefetch(&common->blocks[(shingle * 0x9E3779B97F4A7C15) >> (64 - common->bits)], 1);
}

#endif
