/* SPDX-License-Identifier: MIT
 * topics.c - what lines are about. */
#include "topics.h"

#include <stdlib.h>

#include "common/mem.h"

enum { LEAST_PLACES = 1 << 9, MOST_PLACES = 1 << 16 /* there are no more hashes */ };

uint16_t *topics_reserve(struct topics *topics)
{
	if (topics->cap < topics->count + TOPICS_MOST + 1) {
		topics->cap = topics->count + TOPICS_MOST + 1 + topics->count / 2;
		topics->hashes = mem_resize(topics->hashes, topics->cap, sizeof *topics->hashes);
	}
	return topics->hashes + topics->count;
}

void topics_keep(struct topics *topics, size_t from, size_t to)
{
	topics->count = to - from;
	if (topics->count)
		memmove(topics->hashes, topics->hashes + from, topics->count * sizeof *topics->hashes);
}

void topics_release(struct topics *topics)
{
	free(topics->hashes);
	*topics = (struct topics){ NULL, 0, 0 };
}

void topic_index_clear(struct topic_index *index, const struct topics *topics)
{
	size_t size = LEAST_PLACES;

	while (size < topics->count * 2 && size < MOST_PLACES)
		size *= 2;
	if (size > index->cap) {
		index->cap = size;
		index->places = mem_resize(index->places, size, sizeof *index->places);
	}
	index->mask = size - 1;
	memset(index->places, 0, size * sizeof *index->places);
}

static void place_line(uint32_t *first, uint32_t *last, size_t line)
{
	*first = *first ? *first : (uint32_t)line + 1;
	*last = (uint32_t)line + 1;
}

void topic_index_add(struct topic_index *index, const struct topics *topics, struct topic_range range,
	size_t line, bool in_main)
{
	const uint16_t *hash = topics->hashes + range.from;

	for (size_t i = 0; i < range.count; i++) {
		struct topic_place *place = &index->places[hash[i] & index->mask];

		place_line(&place->first, &place->last, line);
		if (in_main)
			place_line(&place->main_first, &place->main_last, line);
	}
}

/* Whether a line but this one is there, without a branch: what comes of it differs from topic to topic. */
static bool is_elsewhere(uint32_t first, uint32_t last, size_t line)
{
	return (first != 0) & ((first != line + 1) | (last != line + 1));
}

struct topic_count topic_index_count(
	const struct topic_index *index, const struct topics *topics, struct topic_range range, size_t line)
{
	const uint16_t *hash = topics->hashes + range.from;
	struct topic_count count = { 0, 0 };

	for (size_t i = 0; i < range.count; i++) {
		const struct topic_place *place = &index->places[hash[i] & index->mask];

		count.in_good += is_elsewhere(place->first, place->last, line);
		count.in_main += is_elsewhere(place->main_first, place->main_last, line);
	}
	return count;
}

void topic_index_release(struct topic_index *index)
{
	free(index->places);
	*index = (struct topic_index){ NULL, 0, 0 };
}
