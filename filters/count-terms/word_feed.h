/* SPDX-License-Identifier: MIT
 * word_feed.h - words out of pieces, the same however a text was cut.
 *
 * A piece that ends in a newline is decided at once. Else the last two segments may still change with
 * what follows (rules WB6 to WB12 look two characters ahead) and wait in `tail`, so a line of any length
 * takes only the memory of its longest word. */
#ifndef GHIRBAL_WORD_FEED_H
#define GHIRBAL_WORD_FEED_H

#include "filters/count-terms/word_scan.h"

struct word_feed {
	struct buf tail;
	size_t retry; /* no use looking at the tail again before it is this long: keeps long words linear */
};

/* Called for each word, in order; its text is borrowed during the call. */
typedef void word_fn(void *ctx, struct segment word);

/* Calls `each` for the words that `piece` decides. */
void word_feed_text(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, word_fn *each, void *ctx);

/* The document is over: calls `each` for the words that were waiting. */
void word_feed_end(struct word_feed *feed, const struct word_scan *scan, word_fn *each, void *ctx);

void word_feed_release(struct word_feed *feed);

#endif
