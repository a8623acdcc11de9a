/* SPDX-License-Identifier: MIT
 * word_feed.h - words out of pieces, the same however a text was cut.
 *
 * Whole lines are decided at once. What has no line end yet waits, up to WORD_FEED_WAITS bytes; of a line that is
 * longer, what stands in front of a space is decided too, or else all segments but the last two. So a line of any
 * length takes only the memory of its longest word. A word is cut only at multiples of WORD_FEED_MOST bytes of its line (or
 * at the character they fall into), and only at one that it has reached from the one before: between one and
 * two such lengths from its start. What follows is read as if the line began there. */
#ifndef GHIRBAL_WORD_FEED_H
#define GHIRBAL_WORD_FEED_H

#include "common/buf.h"
#include "filters/count-terms/word_scan.h"

enum { WORD_FEED_WAITS = 64 * 1024, WORD_FEED_MOST = 1 << 30 };

/* Zero bytes make one. */
struct word_feed {
	struct buf tail;
	size_t retry; /* no use looking at the tail again before it is this long: keeps long words linear */
	size_t line; /* bytes of the line at hand, from its start or the last place where a word might have been cut */
	size_t most; /* instead of WORD_FEED_MOST, at least 4; 0: that */
};

/* Calls `each` for the words that `piece` decides; the text they lie in is borrowed during the call. */
void word_feed_text(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, words_fn *each, void *ctx);

/* The document is over: calls `each` for the words that were waiting. A line end is added where the last line has
 * none. */
void word_feed_end(struct word_feed *feed, const struct word_scan *scan, words_fn *each, void *ctx);

void word_feed_release(struct word_feed *feed);

#endif
