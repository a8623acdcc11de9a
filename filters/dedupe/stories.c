/* SPDX-License-Identifier: MIT
 * stories.c - one growing run of bytes, and where each text begins in it. */
#include "filters/dedupe/stories.h"

#include <stdlib.h>

#include "common/mem.h"

void stories_release(struct stories *stories)
{
	free(stories->items);
	free(stories->bytes);
	*stories = (struct stories){ 0 };
}

/* Room that is not used yet costs addresses only: the system gives memory where it is written. */
static void make_room(struct stories *stories, size_t bytes)
{
	if (stories->count == stories->cap) {
		stories->cap += stories->cap / 2 + 64;
		stories->items = mem_resize(stories->items, stories->cap, sizeof(*stories->items));
	}
	if (stories->bytes_cap - stories->len < bytes) {
		stories->bytes_cap += stories->bytes_cap / 2 + bytes;
		stories->bytes = mem_resize(stories->bytes, stories->bytes_cap, 1);
	}
}

static void put_values(struct stories *stories, const uint32_t *values, size_t count)
{
	unsigned char *to = stories->bytes + stories->len;

	for (size_t i = 0; i < count; i++, to += 3) {
		to[0] = (unsigned char)values[i];
		to[1] = (unsigned char)(values[i] >> 8);
		to[2] = (unsigned char)(values[i] >> 16);
	}
	stories->len += 3 * count;
}

uint32_t stories_add(struct stories *stories, const struct shingles *shingles, uint32_t kept)
{
	make_room(stories, 3 * (shingles->count + shingles->number_count));
	stories->items[stories->count] = (struct story){
		.print = { shingles->print[0], shingles->print[1] },
		.at = stories->len,
		.shingle_count = (uint32_t)shingles->count,
		.number_count = (uint32_t)shingles->number_count,
		.set_count = (uint32_t)shingles->set_count,
		.kept = kept == STORY_ITSELF ? (uint32_t)stories->count : kept,
	};
	put_values(stories, shingles->values, shingles->count);
	put_values(stories, shingles->numbers, shingles->number_count);
	return (uint32_t)stories->count++;
}

void stories_expect(const struct stories *stories, uint32_t story)
{
	__builtin_prefetch(&stories->items[story]);
}
