/* SPDX-License-Identifier: MIT
 * persons.c - words that are the name of a person. */
#include "persons.h"

bool person_may_be(const struct word *words, size_t count)
{
	if (count == 0 || count > PERSON_WORDS)
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits)
			return false;
	return true;
}

/* How many words stand in front of the word or two in brackets that end the words; all where there are none. */
static size_t before_brackets(const struct word *words, size_t count)
{
	for (size_t at = count; words[count].before.first == ')' && at-- > 2 && count - at <= 2;)
		if (words[at].before.first == '(')
			return at;
	return count;
}

/* Whether the words are a person, whatever stands in front of them. */
static bool is_person_at(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t len = before_brackets(words, count);
	uint32_t found;

	if (len < 2 || !person_may_be(words, len) || !phrases_term(phrases, words, 1, TERM_GIVEN, &found))
		return false;
	if (len == count && words[count].before.first)
		return false;
	for (size_t i = 1; i < len; i++)
		if (words[i].before.first || words[i].capital != words[0].capital)
			return false;
	return true;
}

bool person_is(const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && !words[0].before.first && is_person_at(phrases, words, count);
}

bool person_is_initialed(const struct word *words, size_t count)
{
	enum { LETTER = 2 }; /* bytes */

	if (count < 2 || count > 3 || words[0].end - words[0].start > LETTER || words[0].digits ||
		words[0].before.first || words[1].before.first != '.' || words[1].before.count != 1 ||
		words[count].before.first)
		return false;
	return person_may_be(words, count) && words[0].capital == words[count - 1].capital &&
	       (count == 2 || !words[2].before.first) &&
	       words[count - 1].end - words[count - 1].start > LETTER;
}

bool person_is_written(const struct phrases *phrases, const struct word *words, size_t count)
{
	enum { LETTER = 2 }; /* bytes */
	uint32_t found;

	return person_may_be(words, count) &&
	       (phrases_term(phrases, words, 1, TERM_GIVEN, &found) ||
		       (count > 1 && words[0].end - words[0].start <= LETTER &&
			       words[1].before.first == '.'));
}

/* How many words stand in front of an account at the end, "roe@" or "@roe"; 0 when there is none. */
static size_t before_account(const struct word *words, size_t count)
{
	size_t at = count - 1;

	while (at > 0 && !words[at].before.space && words[at].before.first == '_')
		at--;
	return words[at].before.last == '@' || words[count].before.first == '@' ? at : 0;
}

bool person_has_account(const struct word *words, size_t count)
{
	enum { PLACE_WORDS = 3 };
	size_t end = count < 3 ? 0 : before_account(words, count), name;

	if (!end || end > PERSON_WORDS + PLACE_WORDS || words[0].before.first)
		return false;
	name = words_to_sign(words, 0, end);
	if (name < 2 || !person_may_be(words, name))
		return false;
	return name == end ||
	       (sign_is_one_of(words[name].before.first, "(-/|,") && end - name <= PLACE_WORDS &&
		       person_may_be(words + name, end - name) &&
		       words_to_sign(words, name, end) == end - name);
}

bool person_is_starred(const struct word *words, size_t count)
{
	return count >= 2 && person_may_be(words, count) && !words[0].before.first &&
	       words_to_sign(words, 0, count) == count && words[count].before.first == '*' &&
	       words[count].before.count == 1;
}

bool person_is_at_outlet(const struct phrases *phrases, const struct word *words, size_t count)
{
	enum { OUTLET_WORDS = 3 };

	for (size_t at = 1; at <= OUTLET_WORDS && at < count; at++)
		if (words[at].before.first)
			return words[at].before.first == ':' && words[at].before.count == 1 &&
			       person_may_be(words, at) && count - at >= 2 &&
			       is_person_at(phrases, words + at, count - at);
	return false;
}
