/* SPDX-License-Identifier: MIT
 * topics.h - what lines are about: which of their words stand elsewhere in the body.
 *
 * A paragraph of a story shares names and nouns with other paragraphs of it; a teaser, a comment form or a menu shares
 * few. A topic is a word that is long enough and no function word, kept as a short hash: two words may share one, which
 * blurs long documents a little and costs nothing else. */
#ifndef GHIRBAL_STRIP_TOPICS_H
#define GHIRBAL_STRIP_TOPICS_H

#include <stdint.h>

#include "common/span.h"

enum { TOPICS_MOST = 64 }; /* of a line; more are not looked at */

/* The topics of all lines of a window, in their order. Owns its memory; starts as zero bytes. */
struct topics {
	uint16_t *hashes;
	size_t count, cap;
};

/* A line's part of the list. */
struct topic_range {
	uint32_t from;
	uint8_t count;
};

/* Forgets all topics. */
static inline void topics_clear(struct topics *topics)
{
	topics->count = 0;
}

/* Room for TOPICS_MOST + 1 hashes at the end of the list; the caller then adds what it wrote to `count`. */
uint16_t *topics_reserve(struct topics *topics);

/* The topic that a word with this key is. */
static inline uint16_t topic_of(uint64_t key)
{
	return (uint16_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 48);
}

/* Forgets all but those from `from` up to `to`, which now come first. */
void topics_keep(struct topics *topics, size_t from, size_t to);

void topics_release(struct topics *topics);

/* The first and the last line in which a topic stands, counted from 1; 0: in none. Of good lines, and of those of them
 * that are in the main stretch. */
struct topic_place {
	uint32_t first, last, main_first, main_last;
};

/* In which lines topics stand, of those that were entered. Owns its memory; starts as zero bytes. */
struct topic_index {
	struct topic_place *places;
	size_t mask, cap;
};

/* Empties the index and makes it wide enough for `topics`. */
void topic_index_clear(struct topic_index *index, const struct topics *topics);

/* Enters the topics of a good line. */
void topic_index_add(struct topic_index *index, const struct topics *topics, struct topic_range range,
	size_t line, bool in_main);

/* How many of the topics of a line stand in another line, a good one, one of the main stretch. */
struct topic_count {
	size_t in_good, in_main;
};
struct topic_count topic_index_count(const struct topic_index *index, const struct topics *topics,
	struct topic_range range, size_t line);

void topic_index_release(struct topic_index *index);

#endif
