/* SPDX-License-Identifier: MIT
 * word_feed.c - what is decided is called for, the rest is kept for the next piece. */
#include "filters/count-terms/word_feed.h"

#include "common/word_break.h"

/* Length of `text` up to its last line end. */
static size_t whole_lines(struct span text)
{
	const char *end = text.len ? memrchr(text.at, '\n', text.len) : NULL;

	return end ? (size_t)(end + 1 - text.at) : 0;
}

/* Length of `text` up to the last space behind which nothing changes the words in front; 0 when there is none. Looks at
 * no more than the last few spaces. */
static size_t up_to_space(const struct word_scan *scan, struct span text)
{
	enum { TRIES = 16 };
	size_t len = text.len;

	for (int i = 0; i < TRIES; i++) {
		const char *space = len ? memrchr(text.at, ' ', len) : NULL;

		if (!space)
			return 0;
		len = (size_t)(space - text.at);
		if (len + 1 < text.len && word_scan_parts(scan, span_skip(text, len + 1)))
			return len + 1;
	}
	return 0;
}

static void feed_long_line(struct word_feed *feed, const struct word_scan *scan, words_fn *each, void *ctx)
{
	struct span text = buf_span(&feed->tail);
	size_t done;

	if (text.len < WORD_FEED_WAITS || text.len < feed->retry)
		return;
	done = up_to_space(scan, text);
	if (done)
		word_scan_walk(scan, span_head(text, done), each, ctx);
	else
		done = word_scan_decided(scan, text, each, ctx);
	buf_drop_head(&feed->tail, done);
	feed->retry = 2 * feed->tail.len;
}

/* Completes the line that waits; returns the rest of `piece`. */
static struct span feed_tail(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, words_fn *each, void *ctx)
{
	size_t len = span_find(piece, '\n');

	if (len == piece.len)
		return piece;
	buf_add(&feed->tail, span_head(piece, len + 1));
	word_scan_walk(scan, buf_span(&feed->tail), each, ctx);
	buf_clear(&feed->tail);
	feed->retry = 0;
	return span_skip(piece, len + 1);
}

static void feed_part(
	struct word_feed *feed, const struct word_scan *scan, struct span part, words_fn *each, void *ctx)
{
	size_t len;

	if (feed->tail.len)
		part = feed_tail(feed, scan, part, each, ctx);
	len = feed->tail.len ? 0 : whole_lines(part);
	if (len)
		word_scan_walk(scan, span_head(part, len), each, ctx);
	buf_add(&feed->tail, span_skip(part, len));
	feed_long_line(feed, scan, each, ctx);
}

/* --- where words are cut ---------------------------------------------------------------------------------- */

/* What of `piece` stands in front of the next place where a word may be cut; empty when that is right here. */
static struct span up_to_cut(const struct word_feed *feed, struct span piece)
{
	size_t room = (feed->most ? feed->most : WORD_FEED_MOST) - feed->line;

	if (piece.len <= room)
		return piece;
	while (room && ((unsigned char)piece.at[room] & 0xC0) == 0x80)
		room--;
	return span_head(piece, room);
}

/* Ends the text here if its last segment has gone on since the last such place: that depends on the line alone, for a
 * segment's start is never decided away while it is the last. */
static void cut_long_word(struct word_feed *feed, const struct word_scan *scan, words_fn *each, void *ctx)
{
	struct span segment = buf_span(&feed->tail);
	size_t len;

	while (segment.len && (len = word_break_next(segment)) < segment.len)
		segment = span_skip(segment, len);
	if (segment.len >= feed->line)
		word_feed_end(feed, scan, each, ctx);
	feed->line = 0;
}

void word_feed_text(
	struct word_feed *feed, const struct word_scan *scan, struct span piece, words_fn *each, void *ctx)
{
	while (piece.len) {
		struct span part = up_to_cut(feed, piece);
		size_t lines = whole_lines(part);

		if (part.len == 0) {
			cut_long_word(feed, scan, each, ctx);
			continue;
		}
		feed_part(feed, scan, part, each, ctx);
		feed->line = (lines ? 0 : feed->line) + part.len - lines;
		piece = span_skip(piece, part.len);
	}
}

void word_feed_end(struct word_feed *feed, const struct word_scan *scan, words_fn *each, void *ctx)
{
	if (feed->tail.len) {
		buf_add_byte(&feed->tail, '\n');
		word_scan_walk(scan, buf_span(&feed->tail), each, ctx);
	}
	buf_clear(&feed->tail);
	feed->retry = feed->line = 0;
}

void word_feed_release(struct word_feed *feed)
{
	buf_release(&feed->tail);
}
