/* SPDX-License-Identifier: MIT
 * authors.c - lines that say who wrote the story. */
#include "authors.h"

#include "bylines.h"
#include "closings.h"
#include "persons.h"
#include "script.h"
#include "signatures.h"
#include "stamps.h"
#include "writers.h"

/* Measured on the articles and pages the project is tuned on. */
enum {
	BYLINE_KEPT = 2, /* lines: a byline follows a title and a subtitle at most */
	NAME_KEPT = 4, /* lines: a name beside other debris stands no farther down */
};

/* Beside a stamp between the title, which is too long for a name, and the first paragraph. One word below the stamp may head
 * that. */
static bool is_beside_stamp(const struct known *known, size_t count)
{
	enum { TITLE_LEAST = 5 };

	return !known->body && !known->section && known->title.words >= TITLE_LEAST &&
	       (known->in_head || (known->stamped && known->near_title && count > 1));
}

/* "Harbour Post -": a dateline whose sentence begins on the next line. */
static bool is_unfinished(const struct word *words, size_t count)
{
	enum { LONGEST = 4 };

	return count <= LONGEST && words[count].before.first == '-' && words[count].before.count == 1 &&
	       !words[0].before.first && words_to_sign(words, 0, count) == count &&
	       !words_have_digits(words, count);
}

/* "Nairobi: Jane Roe" */
static bool is_person_of_place(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t place = lookup_term(lookup, words, 0, count, TERM_PLACE);

	return place && place + 1 < count && words[place].before.first == ':' &&
	       !words[count].before.first &&
	       person_is_written(lookup->phrases, words + place, count - place);
}

/* A name, who it is and where, between the title and the body. */
static struct finding find_name(
	const struct sight *sight, const struct word *words, size_t count, bool head)
{
	const struct phrases *phrases = sight->phrases;
	const struct known *known = sight->known;
	bool person = person_is(phrases, words, count) ||
		      (words[0].opens & OPENS_LINE && signature_is_titled(&sight->lookup, words, count));

	person |= head && known->before_body && is_person_of_place(&sight->lookup, words, count);
	if (signature_is_dateline(&sight->lookup, words, count) || (person && known->before_body) ||
		person_has_account(words, count) || person_is_starred(words, count) ||
		(known->before_body && is_unfinished(words, count)))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (person_is_initialed(words, count) || person_is_at_outlet(phrases, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (depth_of(known) > NAME_KEPT)
		return nothing;
	if (person || signature_is_by_origin(&sight->lookup, words, count) ||
		signature_is_pair(&sight->lookup, words, count) ||
		signature_is_presented(&sight->lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (head && (byline_is_place(phrases, words, count) || byline_is_from_place(phrases, words, count)))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (known->signing && known->alone == 1 && signature_may_describe(words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	return nothing;
}

/* "Jane Roe/ Tunis", "Jane Roe, harbour reporter" */
static bool is_person_and_what(const struct sight *sight, const struct word *words, size_t count)
{
	enum { NAME_WORDS = 4, MOST = 9 };
	size_t name = count && count <= MOST ? words_to_sign(words, 0, count) : 0;

	return name >= 2 && name <= NAME_WORDS && name < count &&
	       words_to_sign(words, name, count) == count - name &&
	       sign_is_one_of(words[name].before.first, ",/|-") && !words_have_digits(words, count) &&
	       !words[0].before.first && lookup_term(&sight->lookup, words, 0, 1, TERM_GIVEN);
}

/* Who wrote it and from where or when, below a title and perhaps a subtitle that is as long as a paragraph. */
static struct finding find_writer(const struct sight *sight, const struct word *words, size_t count)
{
	const struct lookup *lookup = &sight->lookup;

	if (writer_is_of_agency(lookup, words, count))
		return found(CATEGORY_CREDIT, ZONE_ANY);
	if (sight->gist.digits && sight->gist.opens & (TERM_BY | TERM_WRITES) &&
		writer_is_dated(lookup, words, count))
		return found(CATEGORY_BYLINE, sight->known->near_title ? ZONE_ANY : ZONE_EDGE);
	if (sight->known->near_title && writer_is_somewhere(lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_ANY);
	return nothing;
}

/* One name behind the last sentence; several are a list. */
static struct finding find_signature(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LONGEST = 3 };
	const struct known *known = sight->known;

	if (known->signing || known->below || words[count].before.first)
		return nothing;
	if ((count <= LONGEST && person_is(sight->phrases, words, count)) ||
		signature_is_titled(&sight->lookup, words, count) ||
		is_person_and_what(sight, words, count))
		return found(CATEGORY_BYLINE, ZONE_LAST);
	return nothing;
}

/* "Jane Roe Madrid Updated Sunday, 27 February 2022 - 00:42": who wrote it and when, side by side above the story. */
static bool is_dated_name(const struct sight *sight, const struct word *words, size_t count)
{
	enum { NAME_WORDS = 5, BYLINE_WORDS = 14 };
	uint32_t met;
	size_t most = phrases_term(sight->phrases, words, count, TERM_BY | TERM_WRITES, &met) ? BYLINE_WORDS
											      : NAME_WORDS;
	bool named = most == BYLINE_WORDS, capitals = true;

	for (size_t name = 1; name < count && name <= most; name++) {
		enum stamp stamp;

		capitals = capitals && words[name - 1].capital;
		if (words[name - 1].digits && !named)
			return false;
		stamp = stamp_of(sight->phrases, words + name, count - name);
		if (stamp != STAMP_NONE)
			return named || person_is(sight->phrases, words, name) ||
			       (name >= 2 && stamp == STAMP_SURE &&
				       (capitals || script_is_arabic(sight->lookup.line, words)));
	}
	return false;
}

/* Signs and initials that are a signature wherever they may stand at all. */
static bool is_signed_off(const struct sight *sight, const struct word *words, size_t count)
{
	const struct lookup *lookup = &sight->lookup;

	return byline_is_initials(words, count) || byline_is_ruled_off(words, count) ||
	       (sight->gist.opens & TERM_AGENCY && signature_is_desk(lookup, words, count)) ||
	       signature_is_end(lookup, words, count) || closing_is(lookup, words, count);
}

/* A name and a day, between title and body; below a paragraph only behind a label. */
static bool is_dated(const struct sight *sight, const struct word *words, size_t count)
{
	const struct known *known = sight->known;

	if (!sight->gist.digits || depth_of(known) > NAME_KEPT ||
		(known->body && !(known->near_title && lookup_term(&sight->lookup, words, 0, count,
							       TERM_BY | TERM_WRITES))))
		return false;
	return is_dated_name(sight, words, count);
}

/* Behind a label, or an agency alone. */
static bool is_told(const struct sight *sight, const struct word *words, size_t count)
{
	if (sight->gist.opens & (TERM_BY | TERM_WRITES) && byline_labelled(sight->phrases, words, count))
		return true;
	return byline_is_signature(sight->phrases, words, count);
}

/* Above or below the story, or between title and body. */
static struct finding find_hand(const struct sight *sight, const struct word *words, size_t count)
{
	const struct lookup *lookup = &sight->lookup;
	bool body = sight->known->body;

	if (is_dated(sight, words, count))
		return found(CATEGORY_BYLINE, ZONE_ANY);
	if (body && !sight->known->below && writer_is_desk(lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_LAST);
	if (is_beside_stamp(sight->known, count) && writer_may_be(lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (closing_is_dated(lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_EDGE);
	if (!body && closing_is_two_scripts(lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (is_told(sight, words, count))
		return found(CATEGORY_BYLINE, known_is_near_top(sight->known) ? ZONE_ANY : ZONE_EDGE);
	return nothing;
}

struct finding author_find(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrases *phrases = sight->phrases;
	struct byline_place place = { sight->known->kept == 0,
		!sight->known->body && depth_of(sight->known) <= BYLINE_KEPT, sight->known->stamped,
		sight->known->leads };
	struct finding finding;

	if (!sight->known->body && (byline_is(phrases, words, count, place) ||
					   (sight->gist.opens & OPENS_LINE &&
						   signature_is_role(&sight->lookup, words, count))))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (signature_is_initials(&sight->lookup, words, count))
		return found(CATEGORY_BYLINE, place.head && !place.opens ? ZONE_HEAD : ZONE_FOOT);
	if (is_signed_off(sight, words, count))
		return found(CATEGORY_BYLINE, ZONE_FOOT);
	if (place.opens)
		return nothing;
	finding = find_writer(sight, words, count);
	if (!finding.rule)
		finding = find_hand(sight, words, count);
	if (finding.rule)
		return finding;
	return sight->known->body ? find_signature(sight, words, count)
				  : find_name(sight, words, count, place.head);
}
