/* SPDX-License-Identifier: MIT
 * signatures.c - who wrote and edited a story. */
#include "signatures.h"

#include "persons.h"
#include "script.h"
#include "stamps.h"

enum {
	INITIALS = 8,
	END_WORDS = 8,
	NAME_WORDS = 4,
	DATELINE_WORDS = 14,
	PRESENTED_WORDS = 16,
	DESCRIPTION_WORDS = 9,
};

/* One letter, perhaps with a mark: all but the first byte go on with a sequence of UTF-8. */
static bool is_letter(const struct lookup *lookup, const struct word *word)
{
	if (word->digits || word->end - word->start > 3)
		return false;
	for (uint32_t at = word->start + 1; at < word->end; at++)
		if (((unsigned char)lookup->line.at[at] & 0xC0) != 0x80)
			return false;
	return (unsigned char)lookup->line.at[word->start] < 0xE0;
}

static bool parts_initials(struct gap gap)
{
	return !gap.first || (gap.count <= 2 && sign_is_one_of(gap.first, "./-"));
}

static bool are_initials(const struct lookup *lookup, const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_letter(lookup, &words[i]) || (i && !parts_initials(words[i].before)))
			return false;
		if (script_is_ascii(lookup->line, &words[i]) &&
			(!words[i].capital || words[i + 1].before.first != '.'))
			return false;
	}
	return true;
}

bool signature_is_initials(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct gap front = words[0].before, end = words[count].before;

	if (count < 2 || count > INITIALS)
		return false;
	if ((front.first && front.first != '(' && front.first != '/' && front.first != '-') ||
		(end.first && !sign_is_one_of(end.first, "./-)")))
		return false;
	return are_initials(lookup, words, count);
}

static bool parts_desk(struct gap gap)
{
	return sign_is_one_of(gap.first, "/,;-(") && gap.count <= 2;
}

bool signature_is_desk(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LONGEST = 10 };
	bool bracketed = words[0].before.last == '(';
	size_t agencies = 0, others = 0;

	if (count < 2 || count > LONGEST || words[count].before.first != (bracketed ? ')' : 0))
		return false;
	for (size_t at = 0, len; at < count; at += len) {
		if (at && !parts_desk(words[at].before))
			return false;
		len = lookup_term(lookup, words, at, count, TERM_AGENCY);
		agencies += len > 0;
		if (len)
			continue;
		if (agencies && words[at].digits)
			return stamp_of(lookup->phrases, words + at, count - at) != STAMP_NONE;
		if (!script_is_initials(lookup->line, &words[at]))
			return false;
		others++;
		len = 1;
	}
	return agencies && agencies + others > 1;
}

/* "- مل -" */
static bool is_between_dashes(const struct word *words, size_t count)
{
	enum { LETTERS = 6 }; /* bytes */

	if (count > 2 || words[0].before.first != '-' || words[count].before.first != '-')
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits || words[i].end - words[i].start > LETTERS ||
			(i && words[i].before.first && words[i].before.first != '/'))
			return false;
	return true;
}

bool signature_is_end(const struct lookup *lookup, const struct word *words, size_t count)
{
	const struct phrase *phrase;

	if (count == 0 || count > END_WORDS)
		return false;
	phrase = phrases_part(lookup->phrases, words, count);
	if (!phrase || phrase->zone != ZONE_FOOT ||
		(phrase->category != CATEGORY_BYLINE && phrase->category != CATEGORY_SOURCE))
		return is_between_dashes(words, count);
	for (size_t i = phrase->words; i < count; i++)
		if (!words[i].digits && !is_letter(lookup, &words[i]))
			return false;
	return true;
}

/* How many words stand up to the next sign; a dot behind a title ("Dr. Roe") is none. */
static size_t name_len(const struct word *words, size_t from, size_t count)
{
	size_t at = from;

	while (at < count && !(at > from && words[at].before.first) && !words[at].digits)
		at++;
	return at - from;
}

bool signature_is_pair(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t first = name_len(words, 0, count),
	       second = first < count ? name_len(words, first, count) : 0;
	struct gap between = words[first].before;

	if (count < 3 || !first || first > NAME_WORDS || first + second != count || second > NAME_WORDS ||
		words[0].before.first || words[count].before.first)
		return false;
	if (between.count != 1 || !between.space || !sign_is_one_of(between.first, "-|/"))
		return false;
	return (first >= 2 && lookup_term(lookup, words, 0, first, TERM_GIVEN)) ||
	       (second >= 2 && lookup_term(lookup, words, first, count, TERM_GIVEN));
}

bool signature_is_dateline(const struct lookup *lookup, const struct word *words, size_t count)
{
	static const uint32_t wanted = TERM_AGENCY | TERM_PLACE | TERM_MONTH | TERM_WEEKDAY;
	bool agency = false, other = false;
	size_t at = 0;

	if (count < 4 || count > DATELINE_WORDS || words[count].before.first)
		return false;
	while (at < count && (words[at].digits || lookup_term(lookup, words, at, count, wanted))) {
		size_t len = words[at].digits ? 1 : lookup_term(lookup, words, at, count, wanted);

		agency |= !words[at].digits && lookup_term(lookup, words, at, count, TERM_AGENCY) == len;
		other |= words[at].digits || lookup_term(lookup, words, at, count, TERM_PLACE);
		at += len;
	}
	if (!agency || !other || at == count || !words[at].before.closer)
		return false;
	return name_len(words, at, count) == count - at && count - at >= 2 && count - at <= NAME_WORDS;
}

bool signature_is_presented(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t len = lookup_term(lookup, words, 0, count, TERM_BY | TERM_WRITES);
	size_t name;

	if (!len || count > PRESENTED_WORDS || gap_is_terminal(words[count].before) ||
		words[len].before.first)
		return false;
	name = name_len(words, len, count);
	if (name < 2 || name > NAME_WORDS || len + name == count)
		return false;
	for (size_t i = 0; i < name; i++)
		if (words[len + i].capital != words[0].capital)
			return false;
	return sign_is_one_of(words[len + name].before.first, ",-|");
}

/* Arabic letters, of two bytes each, the first at byte `at` of the line. */
static bool stands_at(const struct lookup *lookup, size_t at, struct span letters)
{
	return span_has_prefix(span_skip(lookup->line, at), letters);
}

bool signature_is_by_origin(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LETTER = 2, LEAST = 5 }; /* bytes, letters */
	static const struct span article = SPAN("\u0627\u0644"), yeh = SPAN("\u064A");

	if (count != 2 || words[0].before.first || words[1].before.first || words[2].before.first ||
		words[1].end - words[1].start < (size_t)LEAST * LETTER)
		return false;
	return script_is_arabic(lookup->line, &words[0]) && !stands_at(lookup, words[0].start, article) &&
	       stands_at(lookup, words[1].start, article) && stands_at(lookup, words[1].end - LETTER, yeh);
}

/* The listed label that stands in front of who signs; NULL when none does. */
static const struct phrase *label_of(const struct lookup *lookup, const struct word *words, size_t count)
{
	const struct phrase *label = count < 2 ? NULL : phrases_part(lookup->phrases, words, count);

	return label && label->category == CATEGORY_BYLINE && label->zone == ZONE_HEAD &&
			       label->words < count
		       ? label
		       : NULL;
}

bool signature_is_role(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LONGEST = 8 }; /* words behind the label */
	const struct phrase *label = label_of(lookup, words, count);

	return label && count - label->words <= LONGEST && words[label->words].before.first == ',' &&
	       !gap_is_terminal(words[count].before);
}

bool signature_is_titled(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { NAME = 4 };
	const struct phrase *label = label_of(lookup, words, count);
	struct word name[NAME + 1];
	size_t len = label ? count - label->words : 0;

	if (len < 2 || len > NAME || words[0].before.first)
		return false;
	memcpy(name, words + label->words, (len + 1) * sizeof *name);
	if (name[0].before.first && name[0].before.first != '.')
		return false;
	name[0].before = (struct gap){ 0 };
	return person_is(lookup->phrases, name, len);
}

bool signature_may_describe(const struct word *words, size_t count)
{
	if (count < 2 || count > DESCRIPTION_WORDS || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits || (words[i].before.first && words[i].before.first != ','))
			return false;
	return true;
}
