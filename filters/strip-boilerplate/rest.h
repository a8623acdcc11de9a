/* SPDX-License-Identifier: MIT
 * rest.h - a line being judged, or what is left of it when spans were cut off its ends.
 *
 * A rest borrows its line and the words of a reader; what it hands out is valid until the reader reads
 * again. Cutting also corrects the signs at the ends of the words, so that what is left reads like a line
 * that never held more. */
#ifndef GHIRBAL_STRIP_REST_H
#define GHIRBAL_STRIP_REST_H

#include "phrases.h"

struct rest {
	struct span line;
	struct reader *reader;
	size_t from, to; /* words of the reader */
	size_t start, end; /* bytes of the line */
	bool whole; /* the line was read to its end */
	uint8_t head_rule, tail_rule; /* why its start and its end went; CATEGORY_NONE: they are there */
};

/* The line that `reader` has just read. */
struct rest rest_of(struct reader *reader, struct span line);

/* Its words; there is one more behind the last that only has `before`. */
static inline const struct word *rest_words(const struct rest *rest)
{
	return rest->reader->words + rest->from;
}

static inline size_t rest_count(const struct rest *rest)
{
	return rest->to - rest->from;
}

static inline struct span rest_text(const struct rest *rest)
{
	return span_of(rest->line.at + rest->start, rest->end - rest->start);
}

/* Cuts off what is in front of byte `start` of the line. */
void rest_cut_head(struct rest *rest, size_t start, enum category rule);

/* Keeps the first `count` words (at least one), and the full stop or quote that touches the last. */
void rest_cut_tail(struct rest *rest, size_t count, enum category rule);

/* Long, or of some length and ended as a sentence is. The `first` line of a document is a title and may be
 * longer. */
bool rest_is_body_like(const struct rest *rest, bool first);

/* Short enough for a headline in a list of stories, and not ended as a sentence is. */
bool rest_is_headline(const struct rest *rest);

/* Longer than any widget, in bytes. */
bool rest_is_long(const struct rest *rest);

/* A full stop with more behind it, behind word `from`: two sentences are no headline. Dots and marks do occur
 * in headlines. */
bool words_hold_sentence_end(const struct word *words, size_t from, size_t count);

/* Words of which a full stop makes a sentence. */
enum { SENTENCE_WORDS = 8 };

#endif
