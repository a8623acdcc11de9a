/* SPDX-License-Identifier: MIT
 * stream.c - words with what stands between them; runs of scripts without spaces. */
#include "filters/count-terms/stream.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"

#define BIT(class) (1U << (class))

enum { SENTENCE_ENDS = BIT(SB_STERM) | BIT(SB_ATERM) | BIT(SB_SEP) | BIT(SB_CR) | BIT(SB_LF) };

void stream_release(struct stream *stream)
{
	word_feed_release(&stream->feed);
	buf_release(&stream->held);
}

static void add_gap(struct gap *gap, struct span text)
{
	if (text.len == 1 && *text.at == ' ') /* nine in ten */
		return;
	while (text.len) {
		struct rune rune = utf8_first(text);

		gap->lines += rune.value == '\n';
		if (BIT(unicode_sentence_break(rune.value)) & SENTENCE_ENDS)
			gap->ends_sentence = true;
		text = span_skip(text, rune.len);
	}
}

/* --- handing on ------------------------------------------------------------------------------------------- */

static void flush(struct stream *stream)
{
	if (stream->count)
		stream->each(stream->ctx, stream->text, stream->words, stream->gaps, stream->count);
	stream->count = 0;
}

static void push(struct stream *stream, struct span word)
{
	stream->words[stream->count] = word;
	stream->gaps[stream->count++] = stream->gap;
	stream->gap = (struct gap){ 0 };
	if (stream->count == WORDS_MOST)
		flush(stream);
}

/* --- runs ------------------------------------------------------------------------------------------------- */

static int script_of(struct span word)
{
	enum script script = unicode_script(utf8_first(word).value);

	switch (script) {
	case SCRIPT_HAN:
	case SCRIPT_HIRAGANA:
	case SCRIPT_THAI:
	case SCRIPT_LAO:
	case SCRIPT_KHMER:
	case SCRIPT_MYANMAR:
		return (int)script;
	default:
		return 0;
	}
}

static void push_bigrams(struct stream *stream, struct span run)
{
	size_t left = word_break_next(run);

	if (left == run.len)
		push(stream, run);
	while (left < run.len) {
		size_t right = word_break_next(span_skip(run, left));

		push(stream, span_head(run, left + right));
		run = span_skip(run, left);
		left = right;
	}
}

static void push_run(struct stream *stream, struct span run)
{
	if (stream->segment == SEGMENT_BIGRAM)
		push_bigrams(stream, run);
	else
		push(stream, run);
}

/* The run is over. One that was held lies elsewhere than the words at hand. */
static void end_run(struct stream *stream)
{
	struct span text = stream->text;

	if (stream->run_script && stream->held.len) {
		flush(stream);
		buf_add(&stream->held, stream->run);
		stream->text = buf_span(&stream->held);
		push_run(stream, stream->text);
		flush(stream);
		buf_clear(&stream->held);
		stream->text = text;
	} else if (stream->run_script) {
		push_run(stream, stream->run);
	}
	stream->run_script = 0;
}

/* The text that the run lies in goes. */
static void hold_run(struct stream *stream)
{
	if (!stream->run_script)
		return;
	buf_add(&stream->held, stream->run);
	stream->run = span_of(stream->text.at + stream->text.len, 0);
}

static void take_word(struct stream *stream, struct span word, bool touches)
{
	int script = stream->segment == SEGMENT_CHARACTER ? 0 : script_of(word);
	bool fits = stream->held.len + stream->run.len + word.len <= WORD_FEED_MOST;

	if (touches && fits && script && script == stream->run_script) {
		stream->run.len += word.len;
		return;
	}
	end_run(stream);
	stream->run_script = script;
	stream->run = word;
	if (!script)
		push(stream, word);
}

/* A words_fn. */
static void take_words(void *at, struct span text, const struct span *words, size_t count)
{
	struct stream *stream = at;
	const char *end = text.at;

	stream->text = text;
	if (stream->run_script)
		stream->run = span_head(text, 0);
	for (size_t i = 0; i < count; i++) {
		struct span gap = span_of(end, (size_t)(words[i].at - end));

		if (gap.len) {
			end_run(stream);
			add_gap(&stream->gap, gap);
		}
		take_word(stream, words[i], gap.len == 0);
		end = words[i].at + words[i].len;
	}
	if (end < text.at + text.len) {
		end_run(stream);
		add_gap(&stream->gap, span_of(end, (size_t)(text.at + text.len - end)));
	}
	hold_run(stream);
	flush(stream);
}

void stream_text(struct stream *stream, struct span piece)
{
	word_feed_text(&stream->feed, stream->scan, piece, take_words, stream);
}

void stream_end(struct stream *stream)
{
	word_feed_end(&stream->feed, stream->scan, take_words, stream);
	end_run(stream);
}
