/* SPDX-License-Identifier: MIT
 * rest.c - a line being judged, or what is left of it. */
#include "rest.h"

/* Measured on the articles and pages the project is tuned on. */
enum {
	BODY_WORDS = 25, /* this long, a line is body however it ends */
	BODY_BYTES = 400, /* the same for scripts that do not space words */
	LONG_BYTES = 1600,
	SENTENCE_BYTES = 120, /* this long and with a full stop, too */
	TITLE_WORDS = 34, /* the first line may be longer before it is taken for body */
	HEADLINE_WORDS = 20,
};

struct rest rest_of(struct reader *reader, struct span line)
{
	return (struct rest){ .line = line,
		.reader = reader,
		.to = reader->count,
		.end = line.len,
		.whole = line.len <= READER_WHOLE };
}

void rest_cut_head(struct rest *rest, size_t start, enum category rule)
{
	struct word *words = rest->reader->words;

	rest->start = start;
	while (rest->from < rest->to && words[rest->from].start < start)
		rest->from++;
	rest->head_rule = (uint8_t)rule;
	words[rest->from].before =
		reader_gap(rest->reader, span_of(rest->line.at + start, words[rest->from].start - start));
}

/* The quotation mark that French sets apart with a space, behind a full stop. */
static size_t skip_quote(struct span line, size_t at)
{
	static const struct span marks[] = { SPAN(" \u00BB"), SPAN("\u00A0\u00BB"), SPAN("\u202F\u00BB") };

	for (size_t i = 0; at < line.len && i < sizeof marks / sizeof *marks; i++)
		if (span_has_prefix(span_skip(line, at), marks[i]))
			return at + marks[i].len;
	return at;
}

void rest_cut_tail(struct rest *rest, size_t count, enum category rule)
{
	struct word *words = rest->reader->words;
	size_t last;

	rest->to = rest->from + count;
	last = words[rest->to - 1].end;
	rest->end = skip_quote(rest->line, reader_skip_stop(rest->line, last));
	rest->tail_rule = (uint8_t)rule;
	words[rest->to].before = reader_gap(rest->reader, span_of(rest->line.at + last, rest->end - last));
}

bool rest_is_long(const struct rest *rest)
{
	return rest->end - rest->start > LONG_BYTES;
}

static bool ends_sentence(const struct rest *rest)
{
	return gap_is_terminal(rest->reader->words[rest->to].before);
}

/* A full stop, perhaps behind a quote that closes. */
static bool ends_in_stop(const struct rest *rest)
{
	struct gap end = rest->reader->words[rest->to].before;

	return end.first == '.' || (end.first == '"' && end.last == '.');
}

bool rest_is_body_like(const struct rest *rest, bool first)
{
	size_t count = rest_count(rest);
	size_t bytes = rest->end - rest->start;

	if (!rest->whole || count >= (size_t)(first ? TITLE_WORDS : BODY_WORDS) || bytes >= BODY_BYTES)
		return true;
	if (!ends_sentence(rest) || (first && !ends_in_stop(rest)))
		return false;
	return count >= SENTENCE_WORDS || bytes >= SENTENCE_BYTES;
}

bool words_hold_sentence_end(const struct word *words, size_t from, size_t count)
{
	for (size_t i = from; i < count; i++)
		if (words[i].before.first == '.' && words[i].before.count == 1 && words[i].before.space &&
			!(i == 1 && words[0].digits)) /* "1. " numbers a line */
			return true;
	return false;
}

/* "So there you have it! Six steps, and all for nothing!": two sentences. A headline asks and answers, or calls once. */
static bool is_two_sentences(const struct rest *rest)
{
	enum { LEAST = 4 }; /* words of the second */
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);

	if (words[count].before.first != '!')
		return false;
	for (size_t i = 1; i + LEAST <= count; i++)
		if (words[i].before.first == '!' && words[i].before.space)
			return true;
	return false;
}

bool rest_is_headline(const struct rest *rest)
{
	size_t count = rest_count(rest);
	struct gap end = rest->reader->words[rest->to].before;

	return rest->whole && count <= HEADLINE_WORDS && rest->end - rest->start < BODY_BYTES &&
	       !(end.last == '.' && (end.count == 1 || count >= SENTENCE_WORDS)) && end.last != ':' &&
	       !words_hold_sentence_end(rest_words(rest), 1, count) && !is_two_sentences(rest);
}
