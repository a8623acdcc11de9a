/* SPDX-License-Identifier: MIT
 * dateline_parts.c - which words are a place, a day, who reports. */
#include "dateline_parts.h"

#include "compiled.h"
#include "script.h"

enum { DAY_WORDS = 8, LISTED_WORDS = 14 };

size_t dateline_term(const struct dateline *dateline, size_t at, uint32_t wanted)
{
	uint32_t found;

	return at < dateline->count ? phrases_term(dateline->phrases, dateline->words + at,
					      dateline->count - at, wanted, &found)
				    : 0;
}

bool dateline_sign_fits(char sign, struct gap gap)
{
	switch (sign) {
	case '!':
		return gap.closer;
	case '_':
		return !gap.first;
	case 's':
		return gap.space;
	case '-':
		return gap.first == '-' && gap.space;
	case 'h':
		return gap.first == '-' && !gap.space;
	case '(':
		return gap.last == '(';
	case ')':
		return gap.first == ')';
	default:
		return gap.first == sign || gap.last == sign;
	}
}

/* --- where ------------------------------------------------------------------------------------------------- */

static size_t capital_words(const struct dateline *dateline, size_t at)
{
	enum { MOST = 3 };
	size_t to = at;

	while (to < dateline->count && to < at + MOST && !(to > at && dateline_gap(dateline, to).first) &&
		script_is_capitals(dateline->line, &dateline->words[to]))
		to++;
	return to - at;
}

static size_t place_words(const struct dateline *dateline, size_t at)
{
	return dateline_term(dateline, at, TERM_MASTHEAD) ? 0 : dateline_term(dateline, at, TERM_PLACE);
}

static size_t small_place_words(const struct dateline *dateline, size_t at)
{
	return capital_words(dateline, at) ? 0 : place_words(dateline, at);
}

static size_t on_day_words(const struct dateline *dateline, size_t at);

/* "Port-au-Prince", "L'Aquila" */
static bool is_joined(struct gap gap)
{
	return gap.count == 1 && !gap.space && (gap.first == '-' || gap.first == '"');
}

static bool ends_town(const struct dateline *dateline, size_t at)
{
	const struct word *word = &dateline->words[at];

	return (word->before.first && !is_joined(word->before)) ||
	       (word->opens & (TERM_MONTH | TERM_WEEKDAY | TERM_GLUE) && on_day_words(dateline, at));
}

/* A name without signs and numbers; a sign or a day ends it. */
static size_t town_words(const struct dateline *dateline, size_t at, size_t most)
{
	size_t to = at;

	if (dateline_term(dateline, at, TERM_MASTHEAD))
		return 0;
	while (to < dateline->count && !dateline_has_digits(dateline, to) &&
		!(to > at && ends_town(dateline, to))) {
		if (to == at + most)
			return 0;
		to++;
	}
	return to < dateline->count ? to - at : 0;
}

/* What names of towns are not made of. */
static bool is_no_name(const struct dateline *dateline, size_t at)
{
	static const uint32_t others = TERM_OUTLET | TERM_SECTION | TERM_FILLER | TERM_GLUE | TERM_BY |
				       TERM_WRITES | TERM_MONTH | TERM_WEEKDAY | TERM_HOME | TERM_AGENCY;

	return dateline_term(dateline, at, others) ||
	       function_words_has(&compiled_function_words, dateline->words[at].key) ||
	       dateline->words[at].capital != dateline->words[0].capital;
}

/* Who has letters of both cases writes towns with a capital. Towns all in capitals stay, as the labelled texts have them. */
static bool is_somewhere(const struct dateline *dateline, size_t at, size_t len)
{
	bool cased = !script_is_arabic(dateline->line, &dateline->words[at]);

	if (!len || dateline_term(dateline, at, TERM_GIVEN) || dateline->words[at].capital != cased ||
		script_is_capitals(dateline->line, &dateline->words[at]))
		return false;
	for (size_t i = at; i < at + len; i++)
		if (is_no_name(dateline, i) && !(i > at && is_joined(dateline_gap(dateline, i))))
			return false;
	return true;
}

/* "CITY, Calif. (": what stands between a comma and a bracket. */
static size_t region_words(const struct dateline *dateline, size_t at)
{
	enum { MOST = 3 };
	size_t to = at;

	if (dateline_gap(dateline, at).first != ',')
		return 0;
	while (to < dateline->count && to < at + MOST && dateline_gap(dateline, to).last != '(' &&
		!dateline_has_digits(dateline, to))
		to++;
	if (to == dateline->count || dateline->words[to - 1].capital != dateline->words[0].capital)
		return 0;
	return dateline_gap(dateline, to).last == '(' ? to - at : 0;
}

/* --- when -------------------------------------------------------------------------------------------------- */

static bool ends_day(struct gap gap)
{
	return gap.last == '(' || gap.first == ':' || (gap.space && (gap.first == '-' || gap.first == '/'));
}

/* A word of a day. */
static size_t day_part(const struct dateline *dateline, size_t at, bool *named)
{
	size_t len = dateline_term(dateline, at, TERM_MONTH | TERM_WEEKDAY);

	*named = len && !dateline_has_digits(dateline, at);
	return len ? len : at < dateline->count && dateline_has_digits(dateline, at);
}

/* A small word in front of one: "on 12 May", "12 de mayo". */
static size_t small_words(const struct dateline *dateline, size_t at)
{
	size_t len = dateline_term(dateline, at, TERM_GLUE);
	bool named;

	return len && day_part(dateline, at + len, &named) ? len : 0;
}

static size_t day_words(const struct dateline *dateline, size_t at)
{
	size_t to = at, numbers = 0, names = 0;
	bool named;

	while (to < dateline->count && to < at + DAY_WORDS) {
		size_t len = day_part(dateline, to, &named);

		len = len || to == at ? len : small_words(dateline, to);
		if (!len || (to > at && ends_day(dateline_gap(dateline, to))))
			break;
		numbers += dateline_has_digits(dateline, to);
		names += named;
		to += len;
	}
	if (to >= dateline->count || numbers + names == 0)
		return 0;
	return numbers + (names > 0) >= 2 || dateline_gap(dateline, to).last == '(' ? to - at : 0;
}

static size_t on_day_words(const struct dateline *dateline, size_t at)
{
	size_t small = small_words(dateline, at), day = day_words(dateline, at + small);

	return day ? small + day : 0;
}

/* --- who --------------------------------------------------------------------------------------------------- */

static bool ends_words(const struct dateline *dateline, size_t at, char sign)
{
	struct gap gap = dateline_gap(dateline, at);

	if (sign == DATELINE_LEAD)
		return !gap.first && dateline_forms_has_lead(&compiled_datelines, dateline->words[at].key);
	return dateline_sign_fits(sign, gap);
}

/* Channels have a number of two digits behind their name. */
static bool is_of_name(const struct dateline *dateline, size_t at, bool first)
{
	const struct word *word = &dateline->words[at];

	return !word->digits || (!first && word->digits == 2 && !word->before.first);
}

/* The words up to the sign of the form that ends them. */
static size_t words_to(const struct dateline *dateline, size_t at, size_t most, char sign)
{
	for (size_t to = at + 1; to < dateline->count && to <= at + most; to++) {
		if (!is_of_name(dateline, to - 1, to - 1 == at))
			return 0;
		if (ends_words(dateline, to, sign))
			return to - at;
	}
	return 0;
}

static bool holds_agency(const struct dateline *dateline, size_t at, size_t len)
{
	for (size_t i = at; i < at + len; i++)
		if (dateline_term(dateline, i, TERM_AGENCY))
			return true;
	return false;
}

/* They say what they are, or are the site. */
static bool is_source(const struct dateline *dateline, size_t at, size_t len)
{
	return dateline_term(dateline, at, TERM_MASTHEAD) ||
	       dateline_term(dateline, at + len - 1, TERM_MASTHEAD) == 1 ||
	       title_is_site(dateline->site, dateline->words + at, len);
}

/* A broadcaster's own name in Latin letters is one that nobody asked for: the labelled articles keep it. */
static bool may_report(const struct dateline *dateline, size_t at, size_t len)
{
	return script_is_arabic(dateline->line, &dateline->words[at]) ||
	       dateline_term(dateline, at, TERM_OUTLET) != len || is_source(dateline, at, len);
}

static bool is_house(const struct dateline *dateline, size_t at, size_t len)
{
	return dateline_term(dateline, at, TERM_PLACE) != len && !dateline_term(dateline, at, TERM_GIVEN) &&
	       (len > 1 || !dateline_has_article(dateline, at));
}

/* "the homeland in danger: ...": no name has such words. */
static bool has_small_word(const struct dateline *dateline, size_t at, size_t len)
{
	for (size_t i = at; i < at + len; i++)
		if (function_words_has(&compiled_function_words, dateline->words[i].key))
			return true;
	return false;
}

/* Whether the words are who the part says. */
static bool is_who(const struct dateline *dateline, size_t at, size_t len, enum form_part part)
{
	switch (part) {
	case PART_WIRE:
		return holds_agency(dateline, at, len);
	case PART_SOURCE:
		return is_source(dateline, at, len);
	case PART_PERSON:
		return len > 1 && dateline_term(dateline, at, TERM_GIVEN) &&
		       dateline_term(dateline, at, TERM_PLACE) != len;
	case PART_HOUSE:
		return is_house(dateline, at, len);
	case PART_NAME:
		return dateline_term(dateline, at, TERM_PLACE) != len &&
		       !has_small_word(dateline, at, len) && may_report(dateline, at, len);
	default:
		return may_report(dateline, at, len);
	}
}

/* "exclusive", "agencies" in front of a colon. */
static size_t label_words(const struct dateline *dateline, size_t at)
{
	size_t len = dateline_term(dateline, at, TERM_OUTLET | TERM_AGENCY);

	return len && dateline_gap(dateline, at + len).first == ':' ? len : 0;
}

/* --- all of them listed --------------------------------------------------------------------------------------- */

/* A reporter between a place and an agency, set apart on both sides: "Baghdad / Samer Haddad / Anadolu - ...". */
static size_t reporter_words(const struct dateline *dateline, size_t at)
{
	enum { MOST = 4 };
	size_t len = dateline_gap(dateline, at).closer ? words_to(dateline, at, MOST, '!') : 0;

	return len && dateline_term(dateline, at + len, TERM_AGENCY) ? len : 0;
}

/* One of them: a listed name, a day's part, a number; a reporter where no agency is in front. */
static size_t listed_part(const struct dateline *dateline, size_t at, bool has_agency)
{
	bool named;
	size_t len = dateline_term(dateline, at, TERM_AGENCY | TERM_PLACE);

	if (len || at == 0)
		return len;
	len = dateline_term(dateline, at, TERM_CLOCK);
	len = len ? len : day_part(dateline, at, &named);
	len = len ? len : small_words(dateline, at);
	return len || has_agency ? len : reporter_words(dateline, at);
}

/* "Agency - Place - ...": a place that a dash ends, too. */
static bool is_closed_place(const struct dateline *dateline, size_t at)
{
	size_t len = dateline_term(dateline, at, TERM_PLACE);

	return len && at + len < dateline->count && dateline_gap(dateline, at + len).closer;
}

static size_t listed_words(const struct dateline *dateline)
{
	bool agency = false;

	for (size_t at = 0; at < dateline->count && at < LISTED_WORDS;) {
		size_t len = listed_part(dateline, at, agency);
		struct gap end;

		agency |= dateline_term(dateline, at, TERM_AGENCY) > 0;
		at += len;
		if (!len || at >= dateline->count)
			return 0;
		end = dateline_gap(dateline, at);
		if (agency && end.closer && gap_is_separator(end) &&
			!dateline_term(dateline, at, TERM_AGENCY) && !is_closed_place(dateline, at))
			return at;
	}
	return 0;
}

/* --- any of them ---------------------------------------------------------------------------------------------- */

static size_t part_words(
	const struct dateline *dateline, size_t at, enum form_part part, size_t most, char sign)
{
	size_t len;

	switch (part) {
	case PART_PLACE:
		return place_words(dateline, at);
	case PART_SMALL_PLACE:
		return small_place_words(dateline, at);
	case PART_CAPITALS:
		return dateline_term(dateline, at, TERM_MASTHEAD) ? 0 : capital_words(dateline, at);
	case PART_TOWN:
		return town_words(dateline, at, most);
	case PART_SOMEWHERE:
		len = town_words(dateline, at, most);
		return is_somewhere(dateline, at, len) ? len : 0;
	case PART_DAY:
		return day_words(dateline, at);
	case PART_REGION:
		return region_words(dateline, at);
	case PART_AGENCY:
		return dateline_term(dateline, at, TERM_AGENCY);
	case PART_ON_DAY:
		return on_day_words(dateline, at);
	case PART_OUTLET:
		return script_is_arabic(dateline->line, &dateline->words[at])
			       ? dateline_term(dateline, at, TERM_OUTLET)
			       : 0;
	case PART_BY:
		return dateline_term(dateline, at, TERM_BY | TERM_WRITES);
	case PART_SECTION:
		return dateline_term(dateline, at, TERM_SECTION);
	case PART_STATION:
		return dateline_term(dateline, at, TERM_OUTLET | TERM_AGENCY);
	case PART_LABEL:
		return label_words(dateline, at);
	case PART_LISTED:
		return listed_words(dateline);
	default:
		len = words_to(dateline, at, most, sign);
		return len && is_who(dateline, at, len, part) ? len : 0;
	}
}

size_t dateline_part(const struct dateline *dateline, size_t at, const struct form_step *step, char sign)
{
	for (uint32_t left = step->parts; left && at < dateline->count; left &= left - 1) {
		size_t len = part_words(dateline, at, left & -left, step->most, sign);

		if (len && !(step->most && len > step->most))
			return len;
	}
	return 0;
}
