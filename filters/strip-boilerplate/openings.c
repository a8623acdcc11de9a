/* SPDX-License-Identifier: MIT
 * openings.c - datelines whose parts stand in other orders. */
#include "openings.h"

#include "script.h"

enum {
	SOURCE_WORDS = 4, /* of who reports */
	PLACE_WORDS = 3,
	DAY_WORDS = 8,
	NAME_WORDS = 4,
};

/* A line being read. */
struct opening {
	const struct phrases *phrases;
	const struct title *site;
	struct span line;
	const struct word *words;
	size_t count;
};

static size_t term_at(const struct opening *opening, size_t at, uint32_t wanted)
{
	uint32_t found;

	return at < opening->count ? phrases_term(opening->phrases, opening->words + at,
					     opening->count - at, wanted, &found)
				   : 0;
}

static bool is_arabic(const struct opening *opening, size_t at)
{
	return script_is_arabic(opening->line, &opening->words[at]);
}

static bool is_dash(struct gap gap)
{
	return gap.first == '-' && gap.count == 1 && gap.space;
}

/* Words up to the first sign or number, `most` at the most; 0 when that comes later. */
static size_t plain_words(const struct opening *opening, size_t from, size_t most)
{
	size_t at = from;

	while (at < opening->count && at - from <= most && !opening->words[at].digits &&
		!(at > from && opening->words[at].before.first))
		at++;
	return at < opening->count && at - from <= most ? at - from : 0;
}

/* "Harbour News - Place The ...", Arabic: who reports says what it is, and the place is listed. */
static size_t source_and_place(const struct opening *opening)
{
	size_t len = plain_words(opening, 0, SOURCE_WORDS), place, end;

	if (!len || !is_dash(opening->words[len].before) || !is_arabic(opening, len))
		return 0;
	place = term_at(opening, len, TERM_PLACE);
	end = len + place;
	if (!place || end >= opening->count || opening->words[end].digits)
		return 0;
	if (is_dash(opening->words[end].before)) /* "Agency - Place - The ..." */
		return len <= 2 && is_arabic(opening, 0) && !term_at(opening, 0, TERM_PLACE) ? end : 0;
	if (opening->words[end].before.first)
		return 0;
	return (term_at(opening, 0, TERM_MASTHEAD) && len > 1) ||
			       term_at(opening, len - 1, TERM_MASTHEAD) ||
			       term_at(opening, 0, TERM_AGENCY | TERM_OUTLET) == len ||
			       title_is_site(opening->site, opening->words, len)
		       ? end
		       : 0;
}

/* "Place - Agency The ...", "Place- The ...": in Arabic, one word, whether it is listed or not. */
static size_t place_and_agency(const struct opening *opening)
{
	const struct word *words = opening->words;
	size_t agency;

	if (plain_words(opening, 0, 1) != 1 || !is_dash(words[1].before) || !is_arabic(opening, 0) ||
		!is_arabic(opening, 1) || term_at(opening, 0, TERM_MASTHEAD))
		return 0;
	agency = term_at(opening, 1, TERM_AGENCY);
	return agency && 1 + agency < opening->count && !words[1 + agency].before.first ? 1 + agency : 0;
}

/* The words of a day, and perhaps a small one in front of it; a number is among them. */
static size_t day_words(const struct opening *opening, size_t from)
{
	size_t at = from, numbers = 0, months = 0;

	while (at < opening->count && at < from + DAY_WORDS) {
		const struct word *word = &opening->words[at];
		size_t month = term_at(opening, at, TERM_MONTH | TERM_WEEKDAY);
		size_t len = word->digits ? 1
			     : month      ? month
			     : at == from ? term_at(opening, at, TERM_GLUE)
					  : 0;

		if (!len || (at > from && word->before.first && word->before.first != ','))
			break;
		numbers += word->digits > 0;
		months += month > 0 && !word->digits;
		at += len;
	}
	return numbers && months ? at - from : 0;
}

/* The place in front of a day, listed or not. */
static size_t dated_place(const struct opening *opening)
{
	size_t place = term_at(opening, 0, TERM_PLACE);

	if (place && day_words(opening, place))
		return place;
	for (size_t len = 1; len <= PLACE_WORDS && len < opening->count; len++) {
		if (opening->words[len - 1].digits || (len > 1 && opening->words[len - 1].before.first))
			return 0;
		if (day_words(opening, len))
			return len;
	}
	return 0;
}

/* "Place on 15 January/ Agency / The ...", "Place, 18 Nov (AGENCY) The ..." */
static size_t dated(const struct opening *opening)
{
	const struct word *words = opening->words;
	size_t place = dated_place(opening), at, agency;

	if (!place)
		return 0;
	at = place + day_words(opening, place);
	if (at + 1 >= opening->count)
		return 0;
	agency = term_at(opening, at, TERM_AGENCY);
	if (words[at].before.last == '/')
		return agency && at + agency < opening->count && words[at + agency].before.first == '/'
			       ? at + agency
			       : 0;
	if (words[at].before.last != '(')
		return 0;
	if (!agency && script_is_capitals(opening->line, &words[at]))
		agency = 1;
	return agency && at + agency < opening->count && words[at + agency].before.first == ')'
		       ? at + agency
		       : 0;
}

/* "Place (Agency, 3 May 2021): ..." */
static size_t day_in_brackets(const struct opening *opening)
{
	const struct word *words = opening->words;
	size_t at = term_at(opening, 0, TERM_PLACE), day;
	bool listed = at;

	at = at ? at : plain_words(opening, 0, PLACE_WORDS);
	if (!at || at >= opening->count || words[at].before.last != '(')
		return 0;
	listed |= term_at(opening, at, TERM_AGENCY) > 0;
	for (size_t name = 0; name < SOURCE_WORDS && at < opening->count && !words[at].digits; name++)
		at++;
	day = listed ? day_words(opening, at) : 0;
	at += day;
	return day && at < opening->count && words[at].before.first == ')' && words[at].before.closer ? at
												      : 0;
}

size_t opening_form(const struct phrases *phrases, const struct title *site, struct span line,
	const struct word *words, size_t count)
{
	struct opening opening = { phrases, site, line, words, count };
	size_t len;

	if (count < 4 || words[0].digits || words[0].before.first)
		return 0;
	len = source_and_place(&opening);
	len = len ? len : place_and_agency(&opening);
	len = len ? len : dated(&opening);
	return len ? len : day_in_brackets(&opening);
}

size_t opening_name(
	const struct phrases *phrases, struct span line, const struct word *words, size_t len, size_t count)
{
	struct opening opening = { phrases, NULL, line, words, count };
	size_t name, capitals = 0;

	if (len >= count || words[len].before.last != '-')
		return 0;
	name = plain_words(&opening, len, NAME_WORDS);
	if (name < 2 || !is_dash(words[len + name].before))
		return 0;
	for (size_t i = 0; i < name; i++)
		capitals += script_is_capitals(line, &words[len + i]);
	return capitals == name || term_at(&opening, len, TERM_GIVEN) ? name : 0;
}
