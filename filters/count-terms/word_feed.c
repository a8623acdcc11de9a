/* SPDX-License-Identifier: MIT
 * word_feed.c - what is decided is called for, the rest is kept for the next piece. */
#include "filters/count-terms/word_feed.h"

static void call(struct segment segment, word_fn *each, void *ctx)
{
	if (segment.is_word)
		each(ctx, segment);
}

/* Calls for the words of `text`: all of them when it is `whole`. Else up to the last segment but one: the
 * characters that a boundary depends on lie no further than the segment behind it and the one after that.
 * Returns where the undecided rest starts. */
static size_t feed_words(
	const struct word_scan *scan, struct span text, bool whole, word_fn *each, void *ctx)
{
	struct segment waiting = { span_head(text, 0), false, 0 };
	size_t end = 0;

	while (end < text.len) {
		struct segment next = word_scan_next(scan, span_skip(text, end));

		end = (size_t)(next.text.at + next.text.len - text.at);
		if (!whole && end == text.len)
			break;
		call(waiting, each, ctx);
		waiting = next;
	}
	if (!whole)
		return (size_t)(waiting.text.at - text.at);
	call(waiting, each, ctx);
	return text.len;
}

static bool ends_line(struct span text)
{
	return span_has_suffix(text, SPAN("\n"));
}

void word_feed_text(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, word_fn *each, void *ctx)
{
	struct span text;
	size_t done;

	if (feed->tail.len == 0) {
		done = feed_words(scan, piece, ends_line(piece), each, ctx);
		buf_add(&feed->tail, span_skip(piece, done));
	} else {
		buf_add(&feed->tail, piece);
		text = buf_span(&feed->tail);
		if (text.len < feed->retry && !ends_line(text))
			return;
		done = feed_words(scan, text, ends_line(text), each, ctx);
		buf_drop_head(&feed->tail, done);
	}
	feed->retry = 2 * feed->tail.len;
}

void word_feed_end(struct word_feed *feed, const struct word_scan *scan, word_fn *each, void *ctx)
{
	feed_words(scan, buf_span(&feed->tail), true, each, ctx);
	buf_clear(&feed->tail);
	feed->retry = 0;
}

void word_feed_release(struct word_feed *feed)
{
	buf_release(&feed->tail);
}
