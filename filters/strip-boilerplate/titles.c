/* SPDX-License-Identifier: MIT
 * titles.c - the title said again. */
#include "titles.h"

enum {
	SITE_WORDS = 5, /* a site's name has no more */
	COPY_WORDS = 3, /* "New York New York" is said once */
	LINE_WORDS = 256, /* no line of titles is longer */
	SHORTEST = 12, /* bytes of a title of one word, which scripts without spaces have */
};

/* With what numbers say: "Part 1" is no copy of "Part 2". */
static uint64_t key_of(const struct word *words, size_t count)
{
	uint64_t key = KEY_START;

	for (size_t i = 0; i < count; i++)
		key = key_step(key, words[i].key ^ words[i].value);
	return key;
}

/* A question mark may stand in front of the bar. */
bool title_is_set_apart(struct gap gap)
{
	return gap.first == '|' || gap.last == '|' || (gap.first == '-' && gap.space) ||
	       (gap.last == '-' && gap.space && gap_is_terminal(gap)) ||
	       (gap.first == ':' && gap.count == 2);
}

/* How many words stand in front of the last bar or dash, if what follows may be a site's name; else 0. */
static size_t bare_len(const struct word *words, size_t count)
{
	for (size_t i = count; i-- > 1 && count - i <= SITE_WORDS;)
		if (title_is_set_apart(words[i].before))
			return i;
	return 0;
}

/* How many words stand in front of the first bar, dash or colon, if they may be a site's name; else 0. */
static size_t front_len(const struct word *words, size_t count)
{
	for (size_t i = 1; i < count && i <= SITE_WORDS; i++)
		if (title_is_set_apart(words[i].before) || words[i].before.first == ':')
			return i;
	return 0;
}

static struct title_part part_of(const struct word *words, size_t from, size_t to)
{
	return (struct title_part){ key_of(words + from, to - from), to - from, words[from].start,
		words[to - 1].end };
}

void title_set_bare(struct title *title, const struct word *words, size_t bare, size_t count)
{
	title->bare = part_of(words, 0, bare);
	title->behind = part_of(words, bare, count);
}

void title_set(struct title *title, const struct word *words, size_t count)
{
	size_t bare, front;

	*title = (struct title){ 0 };
	if (count == 0 || (count == 1 && words[0].end - words[0].start < SHORTEST))
		return;
	title->key = key_of(words, count);
	title->words = count;
	bare = bare_len(words, count);
	if (bare >= COPY_WORDS)
		title_set_bare(title, words, bare, count);
	front = front_len(words, count);
	if (front && count - front >= COPY_WORDS) {
		title->front = part_of(words, 0, front);
		title->rest = part_of(words, front, count);
	}
}

static bool is_copies(uint64_t key, size_t len, const struct word *words, size_t count)
{
	if (!len || count < len ||
		(uint32_t)count % (uint32_t)len) /* most lines are shorter; divided faster */
		return false;
	for (size_t at = 0; at < count; at += len)
		if (key_of(words + at, len) != key)
			return false;
	return true;
}

/* "Re: TITLE", as forums have it: one word and a colon. */
static bool is_answer(const struct title *title, const struct word *words, size_t count)
{
	return count == title->words + 1 && words[1].before.first == ':' && words[1].before.count == 1 &&
	       key_of(words + 1, title->words) == title->key;
}

/* Where the name of a site starts beside the title; `count` when there is none. */
static size_t site_at(const struct title *title, const struct word *words, size_t count)
{
	size_t rest = count - title->words;

	if (count <= title->words || rest > SITE_WORDS)
		return count;
	if (title_is_set_apart(words[title->words].before) && key_of(words, title->words) == title->key)
		return title->words;
	return title_is_set_apart(words[rest].before) && key_of(words + rest, title->words) == title->key
		       ? 0
		       : count;
}

void title_find_site(const struct title *title, const struct word *words, size_t count, struct title *site)
{
	size_t at = title->words ? site_at(title, words, count) : count;

	if (at == count)
		return;
	site->words = count - title->words;
	site->key = key_of(words + at, site->words);
}

bool title_is_name(const struct title *title, const struct word *words, size_t count)
{
	enum { NAME_WORDS = 3 };

	return title->words && title->words <= NAME_WORDS && count == title->words &&
	       key_of(words, count) == title->key;
}

bool title_is_site(const struct title *site, const struct word *words, size_t count)
{
	return site->words && count == site->words && key_of(words, count) == site->key;
}

static bool is_part(const struct title_part *part, const struct word *words, size_t count)
{
	return part->words && count == part->words && key_of(words, count) == part->key;
}

static void site_set(struct title *site, const struct title_part *name)
{
	site->key = name->key;
	site->words = name->words;
}

const struct title_part *title_without_site(
	const struct title *title, const struct word *words, size_t count, struct title *site)
{
	if (is_part(&title->bare, words, count)) {
		site_set(site, &title->behind);
		return &title->bare;
	}
	if (is_part(&title->rest, words, count)) {
		site_set(site, &title->front);
		return &title->rest;
	}
	return NULL;
}

bool title_names_site(const struct title *title, const struct word *words, size_t count)
{
	return is_part(&title->behind, words, count);
}

bool title_is_said(const struct title_part *part, const struct word *words, size_t count)
{
	for (size_t at = 0; part->words && at + part->words <= count; at++)
		if (key_of(words + at, part->words) == part->key)
			return true;
	return false;
}

bool title_again(const struct title *title, const struct word *words, size_t count)
{
	if (!title->words || count > LINE_WORDS)
		return false;
	if (is_part(&title->bare, words, count) || is_part(&title->rest, words, count) ||
		is_copies(title->bare.key, title->bare.words, words, count))
		return true;
	return is_copies(title->key, title->words, words, count) || is_answer(title, words, count) ||
	       site_at(title, words, count) < count;
}

/* The shortest period of the words, by the failure function of Knuth, Morris and Pratt. */
static size_t shortest_period(const struct word *words, size_t count)
{
	uint16_t border[LINE_WORDS + 1] = { 0 };

	for (size_t i = 1, matched = 0; i < count; i++) {
		while (matched && words[i].key != words[matched].key)
			matched = border[matched];
		matched += words[i].key == words[matched].key;
		border[i + 1] = (uint16_t)matched;
	}
	return count - border[count];
}

static size_t copy_len(const struct word *words, size_t count)
{
	size_t period;

	if (count < (size_t)2 * COPY_WORDS || count > LINE_WORDS)
		return 0;
	period = shortest_period(words, count);
	return period >= COPY_WORDS && period < count && count % period == 0 ? period : 0;
}

size_t title_repeated(const struct word *words, size_t count)
{
	size_t len = copy_len(words, count);

	return len ? len : copy_len(words, bare_len(words, count));
}
