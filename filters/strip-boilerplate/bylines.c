/* SPDX-License-Identifier: MIT
 * bylines.c - who wrote a story, where, and for which agency. */
#include "bylines.h"

#include "persons.h"
#include "stamps.h"

enum {
	LINE_WORDS = 12, /* no byline is longer */
	LABELLED_WORDS = 9, /* "By" and two names */
	CREDITS_WORDS = 16, /* the same in brackets, for a whole desk */
};

static const uint32_t known_terms =
	TERM_AGENCY | TERM_OUTLET | TERM_PLACE | TERM_MONTH | TERM_WEEKDAY | TERM_CLOCK | TERM_GLUE;

/* What the parts of a line are. */
struct parts {
	unsigned agencies, outlets, places, stamps, names, labels, others;
};

static unsigned parts_known(const struct parts *parts)
{
	return parts->agencies + parts->outlets + parts->places + parts->stamps + parts->labels;
}

static unsigned parts_count(const struct parts *parts)
{
	return parts_known(parts) + parts->names + parts->others;
}

static bool ends_part(struct gap gap)
{
	return gap_is_separator(gap) || gap.first == ',' || gap.first == ')' || gap.first == '-' ||
	       gap.first == '/';
}

static size_t part_len(const struct word *words, size_t count)
{
	size_t len = 1;

	while (len < count && !ends_part(words[len].before))
		len++;
	return len;
}

static void parts_add(
	struct parts *parts, const struct phrases *phrases, const struct word *words, size_t count)
{
	static const uint32_t wanted = TERM_AGENCY | TERM_OUTLET | TERM_PLACE;
	uint32_t found = 0;
	size_t listed = phrases_term(phrases, words, count, wanted, &found);

	if (listed == count)
		*(found & TERM_AGENCY         ? &parts->agencies
			: found & TERM_OUTLET ? &parts->outlets
					      : &parts->places) += 1;
	else if (stamp_of(phrases, words, count) != STAMP_NONE)
		parts->stamps++;
	else if (phrases_term(phrases, words, count, TERM_BY | TERM_WRITES, &found) == count)
		parts->labels++;
	else if (person_may_be(words, count))
		parts->names++;
	else
		parts->others++;
}

/* "العربية.نت", "أ.ف.ب", "22:08 - 3/4": a dot or a colon also holds names and dates together, so the longest
 * listed term is taken before parts are cut at signs. */
static size_t known_len(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t len = phrases_term(phrases, words, count, TERM_AGENCY | TERM_OUTLET | TERM_PLACE, &found);

	if (len && (len == count || ends_part(words[len].before)))
		return len;
	return 0;
}

static struct parts parts_of(const struct phrases *phrases, const struct word *words, size_t count)
{
	struct parts parts = { 0 };

	for (size_t at = 0; at < count;) {
		size_t len = known_len(phrases, words + at, count - at);

		if (!len)
			len = part_len(words + at, count - at);
		parts_add(&parts, phrases, words + at, len);
		at += len;
	}
	return parts;
}

/* A name may follow its label without any sign where the label is used for nothing else ("بقلم"), and
 * in Latin letters when all that follows is capitalised ("By Jane Doe and John Roe"). */
static bool named_after(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t len = phrases_term(phrases, words, count, TERM_WRITES, &found);

	return len && len + 2 <= count && person_may_be(words + len, count - len) &&
	       !gap_is_terminal(words[count].before);
}

/* "...; editing by ...": who did what, one after another. */
static bool second_label(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	for (size_t i = 1; i < count; i++)
		if ((words[i].before.first == ';' || words[i].before.first == '.') &&
			phrases_term(phrases, words + i, count - i, TERM_BY | TERM_WRITES, &found) > 1)
			return true;
	return false;
}

static bool labelled(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t len = phrases_term(phrases, words, count, TERM_BY | TERM_WRITES, &found);
	size_t capitals = 0;

	if (!len || len == count || count > CREDITS_WORDS)
		return false;
	if (words[0].before.first == '(' && words[count].before.last == ')')
		return true; /* "(writing by ..., editing by ...)" */
	if (second_label(phrases, words + len, count - len))
		return true;
	if (count > LABELLED_WORDS || gap_is_terminal(words[count].before))
		return false;
	if (gap_is_separator(words[len].before)) /* names are written like the label */
		return !words[0].capital || words[len].capital || words[len].digits;
	if (phrases_term(phrases, words + len, count - len, TERM_AGENCY | TERM_OUTLET, &found) ==
		count - len)
		return true; /* "By AFP" */
	if (count >= len + 2 && words[0].capital && words[len + 1].capital &&
		phrases_term(phrases, words + len, 1, TERM_GIVEN, &found))
		return true; /* "By Jane Roe, special envoy to Sfax" */
	for (size_t i = len; i < count; i++)
		capitals += words[i].capital;
	if (capitals == count - len && len == 1 && (capitals == 2 || capitals == 3))
		return true; /* "by Jane Roe" */
	return capitals >= 2 && capitals + 1 >= count - len && words[0].capital;
}

/* A dash, bar or slash, which set names apart; a colon also introduces what somebody said. */
static bool only_between_names(const struct word *words, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		int32_t sign = words[i].before.first;

		if (sign && sign != '-' && sign != '|' && sign != '/' && sign != '.' && sign != '(' &&
			sign != ')' && sign != '"')
			return false;
	}
	return true;
}

/* Places, agencies and dates one after another, with or without signs: "الرياض 12 شعبان 1439 هـ واس". */
static bool all_known(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t met = 0;

	for (size_t at = 0; at < count;) {
		uint32_t found = 0;
		size_t len = phrases_term(phrases, words + at, count - at, known_terms, &found);

		if (!len && !words[at].digits)
			return false;
		at += len ? len : 1;
		met |= found;
	}
	return met & (TERM_AGENCY | TERM_OUTLET);
}

/* A name or two, nothing known of them, and the agencies behind "with": "Le Port avec AFP". */
static bool with_agencies(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	if (!words[0].capital)
		return false;
	for (size_t at = 1; at + 1 < count && at <= PERSON_WORDS; at++) {
		if (words[at].before.first && words[at].before.first != ',')
			return false;
		if (phrases_term(phrases, words + at, 1, TERM_WITH, &found) && words[at + 1].capital &&
			all_known(phrases, words + at + 1, count - at - 1))
			return true;
	}
	return false;
}

/* Whether a term of these classes may start at one of the words. */
static bool may_hold(const struct word *words, size_t count, uint32_t wanted)
{
	uint32_t opens = 0;

	for (size_t i = 0; i < count; i++)
		opens |= words[i].opens;
	return opens & wanted;
}

bool byline_is_signature(const struct phrases *phrases, const struct word *words, size_t count)
{
	struct parts parts;

	if (count == 0 || count > LINE_WORDS || gap_is_terminal(words[count].before) ||
		!may_hold(words, count, TERM_AGENCY | TERM_OUTLET))
		return false;
	parts = parts_of(phrases, words, count);
	return parts.agencies + parts.outlets &&
	       parts_count(&parts) <= parts.agencies + parts.outlets +
					      (parts.agencies && parts.places == 1 ? parts.places : 0);
}

/* A name and nothing else between the stamp and the first paragraph. */
static bool name_alone(const struct word *words, size_t count, struct byline_place place)
{
	if (!place.stamped || !place.leads || count < 2 || !person_may_be(words, count))
		return false;
	for (size_t i = 0; i <= count; i++)
		if (words[i].before.first)
			return false;
	return true;
}

bool byline_is_agency(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	return phrases_term(phrases, words, count, TERM_AGENCY, &found) == count &&
	       !words[count].before.first;
}

bool byline_is_place(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	return phrases_term(phrases, words, count, TERM_PLACE, &found) == count &&
	       !words[count].before.first;
}

/* How many words stand in front of the place that ends the words, with a small word between. */
static size_t before_place(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	for (size_t at = 2; at + 1 < count && at <= PERSON_WORDS; at++)
		if (phrases_term(phrases, words + at, 1, TERM_FILLER | TERM_GLUE, &found) == 1 &&
			phrases_term(phrases, words + at + 1, count - at - 1, TERM_PLACE, &found) ==
				count - at - 1)
			return at;
	return 0;
}

bool byline_is_from_place(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t place = phrases_term(phrases, words, count, TERM_PLACE, &found);
	size_t person;

	if (count > LINE_WORDS || words[count].before.first)
		return false;
	if (place && place < count && words[place].before.first == ':')
		return person_is_written(phrases, words + place, count - place) ||
		       (count - place <= 2 && person_may_be(words + place, count - place));
	person = before_place(phrases, words, count);
	return person && person_may_be(words, person) && !words[1].before.first &&
	       phrases_term(phrases, words, 1, TERM_GIVEN, &found);
}

bool byline_is_initials(const struct word *words, size_t count)
{
	enum { MOST_WORDS = 8, LETTERS = 5 };
	bool dots = true, slashes = true;

	if (count < 2 || count > MOST_WORDS || (words[0].before.first && words[0].before.first != '('))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t bytes = words[i].end - words[i].start;

		if (words[i].digits || (i && (words[i].before.count != 1 || words[i].before.space)))
			return false;
		dots &= bytes <= 2 && !words[i].capital &&
			(i == 0 || sign_is_one_of(words[i].before.first, "./"));
		slashes &=
			bytes <= LETTERS && !words[i].capital && (i == 0 || words[i].before.first == '/');
	}
	return dots || slashes;
}

bool byline_is_ruled_off(const struct word *words, size_t count)
{
	enum { RULE = 5, MOST = 3, LETTERS = 4 }; /* signs; words; bytes of a word */
	int32_t sign = words[0].before.first;

	if (count == 0 || count > MOST || words[0].before.count < RULE || words[0].before.last != sign ||
		(sign != '=' && sign != '-' && sign != '_' && sign != '*'))
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits || words[i].end - words[i].start > LETTERS)
			return false;
	return true;
}

/* "Nairobi - by: Jane Roe": up to three words, a dash, and a name behind its label. */
static bool is_labelled_behind(const struct phrases *phrases, const struct word *words, size_t count)
{
	enum { PLACE_WORDS = 3 };
	size_t place = count < 3 ? 0 : words_to_sign(words, 0, count);

	return place && place < count && place <= PLACE_WORDS && person_may_be(words, place) &&
	       !words[0].before.first && sign_is_one_of(words[place].before.first, "-/|") &&
	       labelled(phrases, words + place, count - place);
}

bool byline_is_struck(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t name = count < 2 ? 0 : words_to_sign(words, 0, count);
	uint32_t found;

	return name && name < count && name <= PERSON_WORDS && !words[0].before.first &&
	       words[name].before.first == '/' && words[count].before.first == '/' &&
	       words[count].before.count == 1 &&
	       phrases_term(phrases, words + name, count - name, TERM_PLACE, &found) == count - name;
}

bool byline_labelled(const struct phrases *phrases, const struct word *words, size_t count)
{
	return count > 0 && labelled(phrases, words, count);
}

bool byline_is(
	const struct phrases *phrases, const struct word *words, size_t count, struct byline_place place)
{
	struct parts parts;

	if (count == 0 || !place.head || count > LINE_WORDS || gap_is_terminal(words[count].before))
		return false;
	if (!place.opens &&
		(is_labelled_behind(phrases, words, count) || named_after(phrases, words, count) ||
			all_known(phrases, words, count) || with_agencies(phrases, words, count) ||
			name_alone(words, count, place)))
		return true;
	parts = parts_of(phrases, words, count);
	if (parts.others || parts.names > (place.stamped ? 3 : 1))
		return false;
	if (parts.agencies + parts.outlets)
		return parts.agencies || !place.opens;
	if (place.opens || !only_between_names(words, count))
		return false;
	if (parts_count(&parts) == 1)
		return place.stamped && parts.places;
	if (parts.names == 2 && !parts_known(&parts))
		return count >= 3 && count <= 6 && place.leads;
	return parts.names && parts.names < 3 && parts_known(&parts);
}
