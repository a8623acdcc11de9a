/* SPDX-License-Identifier: MIT
 * word_feed.h - words out of pieces, the same however a text was cut.
 *
 * Whole lines are decided at once. What has no line end yet waits, up to WORD_FEED_WAITS bytes; of a line that is
 * longer, what stands in front of a space is decided too, or else all segments but the last two. So a line of any
 * length takes only the memory of its longest word, and a word that runs on for WORD_FEED_MOST bytes is cut. */
#ifndef GHIRBAL_WORD_FEED_H
#define GHIRBAL_WORD_FEED_H

#include "common/buf.h"
#include "filters/count-terms/word_scan.h"

enum { WORD_FEED_WAITS = 64 * 1024, WORD_FEED_MOST = 1 << 30 };

/* Zero bytes make one. */
struct word_feed {
	struct buf tail;
	size_t retry; /* no use looking at the tail again before it is this long: keeps long words linear */
};

/* Calls `each` for the words that `piece` decides; the text they lie in is borrowed during the call. */
void word_feed_text(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, words_fn *each, void *ctx);

/* The document is over: calls `each` for the words that were waiting. A line end is added where the last line has
 * none. */
void word_feed_end(struct word_feed *feed, const struct word_scan *scan, words_fn *each, void *ctx);

void word_feed_release(struct word_feed *feed);

#endif
