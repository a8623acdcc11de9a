/* SPDX-License-Identifier: MIT
 * stream.h - documents in pieces to words in order, with what stands between them.
 *
 * Here the runs of scripts that write no spaces (Han, hiragana, Thai, Lao, Khmer, Myanmar), which UAX #29 cuts into single
 * characters, are put together again where that is wanted. */
#ifndef GHIRBAL_STREAM_H
#define GHIRBAL_STREAM_H

#include "filters/count-terms/word_feed.h"

enum segment { SEGMENT_CHARACTER, SEGMENT_RUN, SEGMENT_BIGRAM };

/* What stands in front of a word: how many line ends; and whether anything there ends a sentence, a line end or one of the
 * characters that Unicode has for it (Sentence_Break is STerm, ATerm, Sep, CR or LF). */
struct gap {
	uint32_t lines;
	bool ends_sentence;
};

/* `words` lie in `text`, but may overlap (bigrams). Borrowed during the call. */
typedef void stream_fn(
	void *ctx, struct span text, const struct span *words, const struct gap *gaps, size_t count);

/* Zero bytes with what is said make one. */
struct stream {
	const struct word_scan *scan;
	enum segment segment;
	stream_fn *each;
	void *ctx;
	/* its own */
	struct word_feed feed;
	struct gap gap; /* in front of the next word, so far */
	struct span words[WORDS_MOST], text;
	struct gap gaps[WORDS_MOST];
	size_t count;
	struct span run; /* of a script without spaces, in `text`; not handed on yet */
	struct buf held; /* the same, when `text` ended within it */
	int run_script; /* 0: there is no run */
};

void stream_text(struct stream *stream, struct span piece);

/* The document is over. What stood behind its last word is in stream->gap, which the owner then sets to zero. */
void stream_end(struct stream *stream);

void stream_release(struct stream *stream);

#endif
