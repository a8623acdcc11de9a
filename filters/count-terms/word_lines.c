/* SPDX-License-Identifier: MIT
 * word_lines.c - documents in, the words of each line out. */
#include "filters/count-terms/word_lines.h"

static void add_lines(struct word_lines *lines, uint32_t count)
{
	for (; count; count--) {
		buf_add_byte(&lines->out, '\n');
		lines->in_line = false;
	}
}

static void add_term(struct word_lines *lines, uint32_t term)
{
	if (term >= TERM_NUMBERS) /* a stop word, or nothing */
		return;
	if (lines->in_line)
		buf_add_byte(&lines->out, ' ');
	buf_add(&lines->out, form_text(&lines->vocabulary.forms.items[term]));
	lines->in_line = true;
	lines->words++;
}

static void add_word(struct word_lines *lines, uint32_t number)
{
	struct vocabulary *vocabulary = &lines->vocabulary;
	uint32_t term = vocabulary_term(vocabulary, number);
	struct parts parts;

	if (term < TERM_PARTS || term == TERM_NONE) {
		add_term(lines, term);
		return;
	}
	parts = vocabulary->parts[term & ~TERM_PARTS];
	for (uint32_t i = 0; i < parts.count; i++)
		add_term(lines, vocabulary_term(vocabulary, parts.numbers[i]));
}

static void take_words(
	void *at, struct span text, const struct span *words, const struct gap *gaps, size_t count)
{
	struct word_lines *lines = at;
	uint32_t numbers[WORDS_MOST];

	forms_count(&lines->vocabulary.forms, text, words, count, numbers);
	for (size_t i = 0; i < count; i++) {
		add_lines(lines, gaps[i].lines);
		add_word(lines, numbers[i]);
	}
}

void word_lines_init(struct word_lines *lines, const struct vocabulary_rules *rules, enum segment segment,
	const struct word_scan *scan, uint64_t secret, size_t memory)
{
	*lines = (struct word_lines){ .memory = memory };
	lines->stream =
		(struct stream){ .scan = scan, .segment = segment, .each = take_words, .ctx = lines };
	lines->vocabulary.rules = *rules;
	lines->vocabulary.forms.secret = secret;
}

void word_lines_text(struct word_lines *lines, struct span piece)
{
	stream_text(&lines->stream, piece);
	if (vocabulary_memory(&lines->vocabulary) > lines->memory)
		vocabulary_release(&lines->vocabulary);
}

void word_lines_end(struct word_lines *lines)
{
	stream_end(&lines->stream);
	add_lines(lines, lines->stream.gap.lines);
	lines->stream.gap = (struct gap){ 0 };
	lines->in_line = false;
}

void word_lines_release(struct word_lines *lines)
{
	stream_release(&lines->stream);
	vocabulary_release(&lines->vocabulary);
	buf_release(&lines->out);
}
