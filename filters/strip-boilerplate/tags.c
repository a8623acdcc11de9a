/* SPDX-License-Identifier: MIT
 * tags.c - hashtags and keywords. */
#include "tags.h"

#include "script.h"

/* A hashtag may go on over digits ("#cup2026"), which are words of their own here. */
static bool is_hashtag_part(const struct word *word)
{
	return word->before.last == '#' || (word->before.count == 0 && !word->before.space);
}

static size_t hashtag_run(const struct word *words, size_t count, size_t *start)
{
	size_t tags = 0, from = count;

	while (from > 0 && is_hashtag_part(&words[from - 1])) {
		from--;
		if (words[from].before.last == '#') {
			tags++;
			*start = from;
		}
	}
	return tags;
}

bool tag_is_run(const struct word *words, size_t count)
{
	size_t start = count;

	return hashtag_run(words, count, &start) >= 2 && start == 0;
}

bool tag_is_one(const struct word *words, size_t count)
{
	size_t start = count;

	return hashtag_run(words, count, &start) == 1 && start == 0 && !words[count].before.first;
}

bool tag_is_row(const struct word *words, size_t count)
{
	enum { MOST = 16 };
	size_t tagged = 0, joined = 0;

	if (count < 3 || count > MOST || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct gap gap = words[i].before;

		if (gap.first && gap.last != '#' && gap.first != ',')
			return false;
		tagged += gap.last == '#';
		joined += i && !gap.count && !gap.space && !words[i].digits && !words[i - 1].digits;
	}
	return tagged + joined >= 2 && 2 * (tagged + 2 * joined) >= count;
}

bool tag_is_list(const struct word *words, size_t count)
{
	enum { PARTS = 3, PART = 3, MOST = 24 };
	size_t parts = 1, len = 1;

	if (count < PARTS || count > MOST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 1; i < count; i++, len++) {
		struct gap gap = words[i].before;

		if (gap.first && (gap.first != ',' || gap.count != 1 || gap.space))
			return false;
		if (words[i].digits)
			return false;
		parts += gap.first == ',';
		len = gap.first ? 0 : len;
		if (len >= PART)
			return false;
	}
	return parts >= PARTS;
}

size_t tag_tail(const struct word *words, size_t count)
{
	enum { LEAST = 6 }; /* words in front */
	size_t start = count;

	if (count < LEAST || words[count].before.first || hashtag_run(words, count, &start) < 2)
		return 0;
	return start >= LEAST ? count - start : 0;
}

size_t tag_tail_behind_stop(const struct word *words, size_t count)
{
	size_t start = count;
	size_t tags;

	if (count < 3 || words[count - 1].before.count == 0)
		return 0;
	tags = hashtag_run(words, count, &start);
	if (tags < 2 || start == 0 || !gap_is_terminal(words[start].before))
		return 0;
	return count - start;
}

enum {
	ABOVE = 1 << 14, /* bytes of a story that are searched: more says nothing new of what it is about */
	LETTER = 2, /* bytes, of Arabic */
	ARTICLE = 2 * LETTER,
};

static bool has_article(const struct lookup *lookup, const struct word *word)
{
	enum { LEAST = ARTICLE + 2 * LETTER };

	return word->end - word->start >= LEAST &&
	       span_has_prefix(span_skip(lookup->line, word->start), SPAN("\u0627\u0644"));
}

/* Whether the story says the word, with whatever in front of it or behind. */
static bool is_said(const struct lookup *lookup, struct span above, const struct word *word)
{
	size_t start = word->start + (has_article(lookup, word) ? ARTICLE : 0);

	above = span_head(above, ABOVE);
	return memmem(above.at, above.len, lookup->line.at + start, word->end - start) != NULL;
}

/* Verbs in the present begin so, and names and nouns hardly ever. */
static bool may_be_verb(const struct lookup *lookup, const struct word *word)
{
	return span_has_prefix(span_skip(lookup->line, word->start), SPAN("\u064A"));
}

bool tag_is_of_story(const struct lookup *lookup, struct span above, const struct word *words, size_t count)
{
	enum { FEWEST = 4, MOST = 10, WORD = 3 * LETTER, UNSAID = 4 /* one word in so many */ };
	size_t definite = 0, unsaid = 0;

	if (count < FEWEST || count > MOST)
		return false;
	for (size_t i = 0; i <= count; i++)
		if (words[i].before.first ||
			(i < count &&
				(words[i].digits || words[i].end - words[i].start < WORD ||
					!script_is_arabic(lookup->line, &words[i]) ||
					may_be_verb(lookup, &words[i]) ||
					lookup_term(lookup, words, i, i + 1, TERM_FILLER | TERM_GLUE))))
			return false;
	for (size_t i = 0; i < count; i++)
		definite += has_article(lookup, &words[i]);
	for (size_t i = 0; 2 * definite >= count && i < count && unsaid * UNSAID <= count; i++)
		unsaid += !is_said(lookup, above, &words[i]);
	return 2 * definite >= count && unsaid * UNSAID <= count;
}

bool tag_is_enumeration(
	const struct lookup *lookup, struct span above, const struct word *words, size_t count)
{
	enum { PARTS = 3, PART = 3, MOST = 20 };
	size_t parts = 1, len = 0;
	bool said = false;

	if (count < PARTS || count > MOST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++, len++) {
		struct gap gap = words[i].before;

		if ((gap.first && (gap.first != ',' || gap.count != 1)) || words[i].digits ||
			!script_is_arabic(lookup->line, &words[i]))
			return false;
		parts += gap.first == ',';
		len = gap.first ? 0 : len;
		if (len >= PART)
			return false;
	}
	for (size_t i = 0; parts >= PARTS && i < count && !said; i++)
		said = words[i].end - words[i].start > 3 * LETTER && is_said(lookup, above, &words[i]);
	return said;
}
