/* SPDX-License-Identifier: MIT
 * common_shingles.c - the top bits of a product pick the block, so that doubling parts each in two equal ones. */
#include "filters/dedupe/common_shingles.h"

#include <stdlib.h>

#include "common/mem.h"

enum {
	FIRST_BITS = 15,
	SHINGLES_IN_BLOCK =
		2 * sizeof(struct common_block), /* as many as counters, which each uses two of */
};

/* Where a counter is. */
struct counter {
	uint8_t *byte;
	unsigned shift;
};

static struct common_block *blocks_new(unsigned bits)
{
	return mem_new((size_t)1 << bits, sizeof(struct common_block));
}

void common_shingles_init(struct common_shingles *common)
{
	*common = (struct common_shingles){ .blocks = blocks_new(FIRST_BITS), .bits = FIRST_BITS };
}

void common_shingles_release(struct common_shingles *common)
{
	free(common->blocks);
	common->blocks = NULL;
}

static void grow(struct common_shingles *common)
{
	struct common_block *old = common->blocks;

	common->blocks = blocks_new(common->bits + 1);
	for (size_t i = 0; i < (size_t)1 << common->bits; i++)
		common->blocks[2 * i] = common->blocks[2 * i + 1] = old[i];
	common->bits++;
	free(old);
}

static struct common_block *block_of(const struct common_shingles *common, uint64_t shingle)
{
	return &common->blocks[(shingle * 0x9E3779B97F4A7C15) >> (64 - common->bits)];
}

/* One of the 128 counters of a block: by the lowest seven bits of `choice`. */
static struct counter counter_in(struct common_block *block, uint64_t choice)
{
	return (struct counter){ &block->counters[choice >> 1 & 63], choice & 1 ? 4 : 0 };
}

static unsigned counter_value(struct counter counter)
{
	return *counter.byte >> counter.shift & 15;
}

static void counter_raise(struct counter counter, unsigned to)
{
	if (counter_value(counter) < to)
		*counter.byte = (uint8_t)((*counter.byte & ~(15u << counter.shift)) | to << counter.shift);
}

static unsigned lesser(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

void common_shingles_add(struct common_shingles *common, uint64_t shingle)
{
	struct common_block *block;
	struct counter one, other;
	unsigned count;

	if (common->added == (uint64_t)SHINGLES_IN_BLOCK << common->bits)
		grow(common);
	common->added++;
	block = block_of(common, shingle);
	one = counter_in(block, shingle);
	other = counter_in(block, shingle >> 7);
	count = lesser(counter_value(one), counter_value(other));
	count += count < COMMON_COUNTED;
	counter_raise(one, count);
	counter_raise(other, count);
}

unsigned common_shingles_count(const struct common_shingles *common, uint64_t shingle)
{
	struct common_block *block = block_of(common, shingle);

	return lesser(
		counter_value(counter_in(block, shingle)), counter_value(counter_in(block, shingle >> 7)));
}
