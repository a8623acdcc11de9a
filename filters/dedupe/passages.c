/* SPDX-License-Identifier: MIT
 * passages.c - the least of a sliding window, found again only when it has left the window. */
#include "filters/dedupe/passages.h"

#include <stdlib.h>

#include "common/mem.h"

enum {
	STRETCH_STEP = 3, /* a stretch is the shingle at a place and the one so many behind it: six words */
	WINDOW = 7, /* stretches in 12 words */
};

void passages_release(struct passages *passages)
{
	free(passages->keys);
	*passages = (struct passages){ 0 };
}

/* The key of the stretch at `i`; the greatest there is where both halves are common. */
static uint64_t stretch_key(const struct shingles *shingles, size_t i)
{
	uint64_t key = shingles->items[i];

	if (shingles->values[i] == 0 && shingles->values[i + STRETCH_STEP] == 0)
		return UINT64_MAX;
	key = (key ^ (shingles->items[i + STRETCH_STEP] << 32 | shingles->items[i + STRETCH_STEP] >> 32)) *
	      0xBF58476D1CE4E5B9;
	return key ^ key >> 31;
}

static void add(struct passages *passages, uint64_t key)
{
	if (key == UINT64_MAX)
		return;
	if (passages->count == passages->cap) {
		passages->cap = passages->cap ? 2 * passages->cap : 256;
		passages->keys = mem_resize(passages->keys, passages->cap, sizeof(*passages->keys));
	}
	passages->keys[passages->count++] = key;
}

/* The place of the least key of the window that ends at `last`; of equal ones the last. */
static size_t least_in(const struct shingles *shingles, size_t last)
{
	size_t least = last;

	for (size_t i = 1; i < WINDOW; i++)
		if (stretch_key(shingles, last - i) < stretch_key(shingles, least))
			least = last - i;
	return least;
}

void passages_read(struct passages *passages, const struct shingles *shingles)
{
	size_t least = SIZE_MAX;

	passages->count = 0;
	for (size_t last = WINDOW - 1; last + STRETCH_STEP < shingles->count; last++) {
		size_t now = least;

		if (least == SIZE_MAX || least + WINDOW <= last)
			now = least_in(shingles, last);
		else if (stretch_key(shingles, last) <= stretch_key(shingles, least))
			now = last;
		if (now == least)
			continue;
		least = now;
		add(passages, stretch_key(shingles, least));
	}
}
