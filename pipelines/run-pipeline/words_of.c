/* SPDX-License-Identifier: MIT
 * words_of.c - a filter in our own process. */
#include "words_of.h"

#include <stdlib.h>

#include "common/mem.h"

/* What makes words of a text, and not a table of words. */
static const char *const word_options[] = { "key", "segment", "numbers", "clitics", "stem" };

static bool set_options(struct words_of *words, const struct done_step *step, struct diag *why)
{
	enum { COUNT = sizeof(word_options) / sizeof(word_options[0]) };
	struct buf texts[COUNT] = { BUF_INIT };
	char *argv[COUNT + 1] = { "--tokens" };
	struct opt_texts operands;
	int argc = 1;
	bool good;

	for (size_t i = 0; i < COUNT; i++) {
		const char *word = step_word(step, word_options[i]);

		if (!word)
			continue;
		buf_addf(&texts[i], "--%s=%s", word_options[i], word);
		argv[argc++] = arena_copy(&words->arena, buf_span(&texts[i]));
		buf_release(&texts[i]);
	}
	filter_options_init(&words->options, words->filter);
	good = opts_parse(words->options.tables, FILTER_TABLES, argc, argv, &operands, why);
	free(operands.items);
	return good;
}

static enum flow take(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static enum flow end(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

/* Puts the words of each line into `into`, lines as in `text`. */
static bool read_words(struct words_of *words, struct span text, struct buf *into, struct diag *why)
{
	const struct doc_info doc = { .ordinal = 1, .id = SPAN("") };
	const struct sink sink = { .put = take, .end = end, .ctx = into };
	const struct filter *filter = words->filter;

	buf_clear(into);
	return filter->begin(words->state, &doc, sink, why) == FLOW_MORE &&
	       (!text.len || filter->text(words->state, text, sink, why) == FLOW_MORE) &&
	       filter->end(words->state, sink, why) == FLOW_MORE;
}

static bool open_filter(struct words_of *words, const struct done_step *step, struct diag *why)
{
	static const struct spool_place spools = { NULL, 1 };
	const struct host host = { .cpu = CPU_SCALAR, .reads = FRAMING_ZERO, .spools = &spools };

	words->filter = step->stage->filter;
	if (!set_options(words, step, why))
		return false;
	words->state = mem_new(1, words->filter->state_size);
	return words->filter->open(words->state, words->options.own, &host, why) == FLOW_MORE;
}

bool words_of_open(struct words_of *words, const struct done_step *step, struct span term, struct diag *why)
{
	struct span said;

	*words = (struct words_of){ .state = NULL };
	if (!open_filter(words, step, why) || !read_words(words, term, &words->lines, why))
		return false;
	said = span_trim(span_head(buf_span(&words->lines), span_find(buf_span(&words->lines), '\n')));
	buf_addf(&words->term, " %.*s ", (int)said.len, said.at);
	if (said.len)
		return true;
	diag_set(why, "'%.*s' holds no word", (int)term.len, term.at);
	return false;
}

/* Whether words that a line holds are those of the term. */
static bool holds(const struct words_of *words, struct buf *line, struct span said)
{
	buf_clear(line);
	buf_add_byte(line, ' ');
	buf_add(line, said);
	buf_add_byte(line, ' ');
	return memmem(line->at, line->len, words->term.at, words->term.len) != NULL;
}

bool words_of_lines(struct words_of *words, struct span text,
	bool (*each)(void *ctx, size_t start, size_t end), void *ctx)
{
	struct buf line = BUF_INIT;
	struct span said;
	struct diag why;
	bool goes_on = read_words(words, text, &words->lines, &why);

	said = buf_span(&words->lines);
	for (size_t at = 0; at < text.len && goes_on;) {
		size_t len = span_find(span_skip(text, at), '\n'), said_len = span_find(said, '\n');

		if (holds(words, &line, span_head(said, said_len)))
			goes_on = each(ctx, at, at + len);
		said = span_skip(said, said_len + 1);
		at += len + 1;
	}
	buf_release(&line);
	return goes_on;
}

void words_of_release(struct words_of *words)
{
	if (words->state && words->filter->close)
		words->filter->close(words->state);
	free(words->state);
	if (words->options.own)
		filter_options_release(&words->options);
	arena_release(&words->arena);
	buf_release(&words->term);
	buf_release(&words->lines);
}
