/* SPDX-License-Identifier: MIT
 * stories.h - what is remembered of texts: 40 bytes each, three a word, three a number. */
#ifndef GHIRBAL_STORIES_H
#define GHIRBAL_STORIES_H

#include "filters/dedupe/shingles.h"

struct story {
	uint64_t print[2];
	uint64_t at; /* its shingles, then its numbers, in stories.bytes */
	uint32_t shingle_count, number_count;
	uint32_t set_count; /* different shingles that were not common */
	uint32_t kept; /* the text that was kept in its place; its own number where it was kept itself */
};

struct stories {
	struct story *items;
	size_t count, cap;
	unsigned char *bytes;
	size_t len, bytes_cap;
};

void stories_release(struct stories *stories);

enum { STORY_ITSELF = UINT32_MAX };

/* Remembers a text whose shingles have all been put, and `kept`, the number of the one kept in its place, or
 * STORY_ITSELF. Returns its number, from 0. */
uint32_t stories_add(struct stories *stories, const struct shingles *shingles, uint32_t kept);

/* A hint that the text will be looked at soon. */
void stories_expect(const struct stories *stories, uint32_t story);

/* Three bytes. */
static inline uint32_t stories_value(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
}

/* The text's shingles as in shingles.values; behind them its numbers. Borrowed until the next is added. */
static inline const unsigned char *stories_shingles(
	const struct stories *stories, const struct story *story)
{
	return stories->bytes + story->at;
}

static inline const unsigned char *stories_numbers(const struct stories *stories, const struct story *story)
{
	return stories->bytes + story->at + 3 * (size_t)story->shingle_count;
}

#endif
