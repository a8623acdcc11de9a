/* SPDX-License-Identifier: MIT
 * writers.c - who wrote a story, and from where or when, between title and story. */
#include "writers.h"

#include "script.h"
#include "stamps.h"

enum {
	NAME_WORDS = 4, /* in a row, capitalised */
	LINE_WORDS = 9,
	ROLE_WORDS = 4, /* behind a comma: "special envoy to Sfax" */
	SMALL = 3, /* bytes of a word between names: in, and, von, der; one more where letters have two */
	DATED_WORDS = 24,
};

/* A word between names: without a capital, and short. */
static bool is_small(const struct lookup *lookup, const struct word *word)
{
	bool ascii = script_is_ascii(lookup->line, word);

	return !word->capital && !word->digits && word->end - word->start <= (size_t)SMALL + !ascii;
}

/* Two capitalised words and more, which begin with a given name; small ones may stand between ("van der"). Returns how many
 * there are up to the last capitalised one in a row. */
static size_t person_len(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = 1;

	if (count < 2 || words[0].before.first || !words[0].capital ||
		!lookup_term(lookup, words, 0, 1, TERM_GIVEN))
		return 0;
	while (at < count && at <= 2 && is_small(lookup, &words[at]) && !words[at].before.first)
		at++;
	if (at == count || !words[at].capital)
		return 0;
	while (at < count && at < NAME_WORDS && words[at].capital && !words[at].digits &&
		(!words[at].before.first || (words[at].before.first == '-' && !words[at].before.space)))
		at++;
	return at;
}

/* Names with small words and commas between them: "in Sfax", "and John Doe in Sfax and Tunis". */
static bool are_names(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	size_t row = 0;

	for (size_t at = from; at < count; at++) {
		bool small = is_small(lookup, &words[at]);

		if (words[at].digits || (!small && !words[at].capital) ||
			(words[at].before.first && words[at].before.first != ','))
			return false;
		row = small ? 0 : row + 1;
		if (row > NAME_WORDS)
			return false;
	}
	return row > 0;
}

/* A comma, and a few words without any sign: a job, a place. */
static bool is_role(const struct word *words, size_t from, size_t count)
{
	if (from == count || words[from].before.first != ',' || count - from > ROLE_WORDS)
		return false;
	for (size_t at = from; at < count; at++)
		if (words[at].digits || (at > from && words[at].before.first))
			return false;
	return true;
}

bool writer_is_somewhere(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t len;

	if (count < 3 || count > LINE_WORDS || words[count].before.first)
		return false;
	len = person_len(lookup, words, count);
	if (!len)
		return false;
	return len == count || is_role(words, len, count) || are_names(lookup, words, len, count);
}

bool writer_is_dated(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = 2, label = 0;

	if (count < 5 || count > DATED_WORDS || words[count].before.first)
		return false;
	for (; at + 2 < count && !label; at++)
		label = lookup_term(lookup, words, at, count, TERM_BY | TERM_WRITES);
	at--;
	if (!label || at + label + 2 > count || count - at - label > NAME_WORDS ||
		stamp_of(lookup->phrases, words, at) == STAMP_NONE)
		return false;
	return words[at + label].capital && words[count - 1].capital &&
	       are_names(lookup, words, at + label, count);
}

bool writer_is_of_agency(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t len = person_len(lookup, words, count), agency;
	bool bracket;

	if (!len || len == count || count > LINE_WORDS)
		return false;
	bracket = words[len].before.last == '(';
	if (!bracket && words[len].before.first != '/')
		return false;
	if (words[count].before.first != (bracket ? ')' : 0))
		return false;
	agency = lookup_term(lookup, words, len, count, TERM_AGENCY | TERM_OUTLET);
	return agency && len + agency == count;
}

bool writer_is_desk(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct gap end = words[count].before;

	return count == 1 && words[0].before.last == '(' &&
	       (words[0].before.count == 1 || gap_is_terminal(words[0].before)) && end.first == ')' &&
	       end.count == 1 && script_is_initials(lookup->line, words);
}

/* Between names stand these; an initial has its stop, and a place its brackets. */
static bool joins_names(struct gap gap)
{
	return !gap.first || sign_is_one_of(gap.first, ",.-/|()\"");
}

bool writer_may_be(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { WORDS = 3, CAPITALS = 4, NAMES = 8 };
	bool cased = words[0].capital, listed = false;
	struct gap end = words[count].before;

	if (count > NAMES || (gap_is_terminal(end) && !(cased && end.first == '.' && end.count == 1)) ||
		end.first == ':' || words[0].before.first == '"')
		return false;
	for (size_t i = 0; i < count; i++) {
		if (words[i].digits || (i && !joins_names(words[i].before)) ||
			(cased && !words[i].capital && !is_small(lookup, &words[i])))
			return false;
		listed |= i && words[i].before.first == ',';
	}
	if (cased)
		return count <= (size_t)(listed ? NAMES : CAPITALS);
	return script_is_arabic(lookup->line, words) &&
	       (count <= WORDS || (count == WORDS + 1 && lookup_term(lookup, words, 0, 1, TERM_GIVEN)));
}
