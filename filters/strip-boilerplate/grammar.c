/* SPDX-License-Identifier: MIT
 * grammar.c - what grammars say of words: rows, counters, stamps, bylines. */
#include "grammar.h"

#include "authors.h"
#include "bylines.h"
#include "calls.h"
#include "closings.h"
#include "counters.h"
#include "mastheads.h"
#include "rows.h"
#include "stamps.h"
#include "tags.h"
#include "trails.h"
#include "widgets.h"

/* In words unless they say otherwise. Measured on the articles and pages the project is tuned on. */
enum {
	STAMP_KEPT = 4, /* lines: a date alone is a stamp no farther down than this, or at the foot */
};

/* A word or two below the title, and a line went just above: a place, a section, a job nobody listed, if one goes below,
 * too. */
static bool is_enclosed(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LONGEST = 4, TITLE_LEAST = 4 }; /* the title is longer: this is none */
	const struct known *known = sight->known;

	if (known->body || known->kept != 1 || !known->gone || known->alone || count > LONGEST ||
		known->title.words < TITLE_LEAST)
		return false;
	for (size_t i = 0; i <= count; i++)
		if (words[i].before.first || (i < count && words[i].digits))
			return false;
	return true;
}

/* A few words, half of them the title's and no fewer than two, or set apart by signs: keywords, if nothing follows. */
static bool is_of_title(const struct known *known, const struct word *words, size_t count)
{
	enum { LEAST = 3, MOST = 10 };
	size_t shared = 0, parts = 0;

	if (count < LEAST || count > MOST || known->below || !known->topics[0] ||
		words[count].before.first ||
		words[0].capital) /* where there are capitals, a heading repeats words of the title */
		return false;
	for (size_t i = 0; i < count; i++) {
		struct gap gap = words[i].before;

		if (words[i].digits > 2 ||
			(gap.first && (gap.count > 1 || !gap.space || !sign_is_one_of(gap.first, ",-|/"))))
			return false;
		parts += i && gap.first;
		for (size_t k = 0; k < TITLE_TOPICS && known->topics[k]; k++)
			if (words[i].key == known->topics[k]) {
				shared++;
				break;
			}
	}
	return (shared >= 2 && 2 * shared >= count) || (shared && parts >= 2 && count <= 3 * (parts + 1));
}

/* Nothing but a title, too long for a heading, was kept. */
static bool is_below_title(const struct known *known)
{
	enum { TITLE_LEAST = 4 };

	return known->kept == 1 && !known->body && known->title.words >= TITLE_LEAST;
}

/* Where a line goes that is the name of a section: next to what goes, below the story, or between it and its title. */
static enum zone section_zone(const struct known *known)
{
	if (known->body)
		return ZONE_FOOT;
	return known->before_body && is_below_title(known) ? ZONE_HEAD : ZONE_NEXT;
}

/* Words that the title or the story says, without a sentence among them. */
static bool is_keywords(const struct sight *sight, const struct word *words, size_t count)
{
	const struct known *known = sight->known;

	return is_of_title(known, words, count) ||
	       (!known->below && (tag_is_of_story(&sight->lookup, known->above, words, count) ||
					 tag_is_enumeration(&sight->lookup, known->above, words, count)));
}

/* Up to three words below the last sentence, without any sign: a tag, a section, a name. Hardly a story ends so: of a
 * thousand articles and pages five did, with links. */
static bool is_left_over(const struct known *known, const struct word *words, size_t count)
{
	enum { LONGEST = 3 };

	if (!known_may_leave(known) || count > LONGEST)
		return false;
	for (size_t i = 0; i <= count; i++)
		if (words[i].before.first || (i < count && !words[i].digits != !words[0].digits))
			return false; /* numbers alone, or none */
	return true;
}

/* One of the words says what the site is. */
static bool words_name_site(const struct lookup *lookup, const struct word *words, size_t count)
{
	uint32_t met;

	for (size_t at = 0; at < count; at++)
		if (phrases_term(lookup->phrases, words + at, 1, TERM_MASTHEAD, &met))
			return true;
	return false;
}

/* Names and trails above the story, where a title may yet come or stands. */
static struct finding find_front(const struct sight *sight, const struct word *words, size_t count)
{
	const struct lookup *lookup = &sight->lookup;

	if (sight->known->body || (sight->known->kept == 0 && !sight->known->untitled))
		return nothing;
	if (masthead_is_by_signs(lookup, words, count) ||
		(closing_is_two_scripts(lookup, words, count) && words_name_site(lookup, words, count)))
		return found(CATEGORY_BRAND, ZONE_HEAD);
	if (trail_is(lookup, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_HEAD);
	if (trail_is_dated(lookup, words, count))
		return found(CATEGORY_STAMP, ZONE_HEAD);
	if (sight->known->kept > 0 && counter_is_icon_row(words, count))
		return found(CATEGORY_SHARE, ZONE_HEAD);
	return byline_is_struck(lookup->phrases, words, count) ? found(CATEGORY_BYLINE, ZONE_HEAD)
							       : nothing;
}

static struct finding find_call(const struct sight *sight, const struct word *words, size_t count)
{
	switch (call_of(&sight->lookup, words, count)) {
	case CALL_REQUEST:
		return found(CATEGORY_FOLLOW, ZONE_ANY);
	case CALL_NOTICE:
		return found(CATEGORY_COPYRIGHT, ZONE_ANY);
	case CALL_WEAK_NOTICE:
		return found(CATEGORY_COPYRIGHT, ZONE_EDGE);
	default:
		return nothing;
	}
}

static struct finding find_masthead(const struct sight *sight, const struct word *words, size_t count)
{
	if (sight->gist.opens & TERM_MASTHEAD && row_is_masthead(sight->phrases, words, count))
		return found(CATEGORY_BRAND, ZONE_EDGE);
	if (!sight->known->body && sight->known->gone && masthead_is(&sight->lookup, words, count))
		return found(CATEGORY_BRAND, ZONE_NEXT);
	return nothing;
}

static struct finding find_row(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding finding;
	enum zone zone;
	enum category category = row_of_phrases(sight->phrases, words, count, &zone);

	if (category)
		return found(category, zone);
	if ((sight->known->untitled || sight->known->kept > 0) &&
		trail_is_menu(&sight->lookup, words, count, sight->known->body))
		return found(CATEGORY_NAVIGATION, sight->known->kept ? ZONE_EDGE : ZONE_HEAD);
	finding = find_front(sight, words, count);
	if (finding.rule)
		return finding;
	if (sight->known->kept ==
		0) /* a title may read like the others, but is no notice of several words */
		return call_of(&sight->lookup, words, count) == CALL_NOTICE
			       ? found(CATEGORY_CONSENT, ZONE_HEAD)
			       : nothing;
	if (row_is_request(&sight->lookup, words, count))
		return found(CATEGORY_FOLLOW, ZONE_ANY);
	if (sight->gist.digits && row_is_count(&sight->lookup, words, count))
		return found(CATEGORY_COUNTER, ZONE_ANY);
	if (sight->lookup.reader->signs & SIGN_BIT(':') && row_is_labelled(&sight->lookup, words, count))
		return found(CATEGORY_TAGS, ZONE_EDGE);
	finding = find_masthead(sight, words, count);
	if (finding.rule)
		return finding;
	if (sight->known->body && is_keywords(sight, words, count))
		return found(CATEGORY_TAGS, ZONE_LAST);
	if (row_is_section(&sight->lookup, words, count))
		return found(CATEGORY_NAVIGATION, section_zone(sight->known));
	finding = find_call(sight, words, count);
	if (!finding.rule && is_enclosed(sight, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_BETWEEN);
	if (!finding.rule && sight->known->body && is_left_over(sight->known, words, count))
		return found(CATEGORY_TAGS, ZONE_LAST);
	return finding;
}

static struct finding find_counter(const struct sight *sight, const struct word *words, size_t count)
{
	const struct known *known = sight->known;

	if (known->kept == 0)
		return nothing;
	if (sight->gist.digits && counter_is_icons(&sight->lookup, words, count))
		return found(CATEGORY_COUNTER, ZONE_EDGE);
	if (sight->gist.digits && counter_is_facts(words, count))
		return found(CATEGORY_COUNTER, known->body ? ZONE_FOOT : ZONE_HEAD);
	if (counter_is_rating(words, count))
		return found(CATEGORY_COMMENTS, ZONE_EDGE);
	if (sight->gist.digits && counter_is_player(words, count))
		return found(CATEGORY_SHARE, ZONE_EDGE);
	if (counter_is_neighbour(&sight->lookup, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_EDGE);
	if (!known->body)
		return nothing;
	if (counter_is_pages(words, count) ||
		(!known->below && counter_may_be_neighbour(&sight->lookup, words, count)))
		return found(CATEGORY_NAVIGATION, ZONE_LAST);
	if (known->gone && counter_is_timed(words, count))
		return found(CATEGORY_RELATED, ZONE_LAST);
	return nothing;
}

/* How many words stand in front of the sign that ends a name: "Harbourpost.com -" goes on behind its stop. */
static size_t name_before_sign(const struct word *words, size_t count)
{
	size_t at = words_to_sign(words, 0, count);

	while (at < count && words[at].before.first == '.' && words[at].before.count == 1 &&
		!words[at].before.space)
		at += words_to_sign(words + at, 0, count - at);
	return at;
}

static bool is_at_head(const struct known *known)
{
	return known->kept > 0 && (!known->body || known_is_near_top(known));
}

/* "Teruel - 12 Mar 2025": a place nobody listed, or an outlet, in front of a day, between title and body. */
static bool is_day_behind_place(const struct sight *sight, const struct word *words, size_t count)
{
	enum { PLACE_WORDS = 4 };
	size_t place;
	int32_t sign;

	if (!count || !is_at_head(sight->known) || words[0].before.first)
		return false;
	place = name_before_sign(words, count);
	if (place < count && place <= PLACE_WORDS && words[place].before.first == '(') /* its province */
		place += words_to_sign(words + place, 0, count - place);
	sign = words[place].before.first == ')' ? words[place].before.last : words[place].before.first;
	if (place > (size_t)2 * PLACE_WORDS || place == count || words_have_digits(words, place) || !sign ||
		!sign_is_one_of(sign, "-,|/"))
		return false;
	return stamp_of(sight->phrases, words + place, count - place) != STAMP_NONE;
}

/* "12 Mar 2025, 14:30 IST - Teruel", "12 Mar 2025 14:30 | Harbour Post": up to three words behind it, in the same place. */
static bool is_place_behind_stamp(const struct sight *sight, const struct word *words, size_t count)
{
	enum { PLACE_WORDS = 3 };

	for (size_t at = count; is_at_head(sight->known) && at-- > 1 && count - at <= PLACE_WORDS;) {
		if (words[at].digits)
			return false;
		if (words[at].before.first && sign_is_one_of(words[at].before.last, "-|(,"))
			return stamp_of(sight->phrases, words, at) == STAMP_SURE;
	}
	return false;
}

static struct finding find_stamp(const struct sight *sight, const struct word *words, size_t count)
{
	enum stamp stamp = STAMP_NONE;

	if (sight->gist.digits && words[0].before.first == '-' &&
		closing_is_embed(&sight->lookup, words, count))
		return found(CATEGORY_STAMP, ZONE_ANY);
	if (sight->gist.digits || sight->gist.opens & TERM_AGO)
		stamp = stamp_of(sight->phrases, words, count);
	if (stamp == STAMP_SURE)
		return found(CATEGORY_STAMP, ZONE_ANY);
	if (stamp == STAMP_DATE) /* far down it may be a line of a list or of a poem */
		return found(CATEGORY_STAMP, depth_of(sight->known) <= STAMP_KEPT ? ZONE_EDGE : ZONE_FOOT);
	if (sight->gist.digits &&
		(is_day_behind_place(sight, words, count) || is_place_behind_stamp(sight, words, count)))
		return found(CATEGORY_STAMP, sight->known->body ? ZONE_ANY : ZONE_HEAD);
	return nothing;
}

static struct finding find_hashtags(const struct word *words, size_t count)
{
	if (tag_is_run(words, count))
		return found(CATEGORY_TAGS, ZONE_ANY);
	if (count <= 2 && words[0].before.last == '#' && tag_is_one(words, count))
		return found(CATEGORY_TAGS, ZONE_FOOT);
	return nothing;
}

/* Of which little is known but that they are numbers. */
static struct finding find_numbers(const struct sight *sight, const struct word *words, size_t count)
{
	const struct known *known = sight->known;
	bool digits = sight->gist.digits;

	if (digits && counter_is_weather(&sight->lookup, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_EDGE);
	if (digits && widget_is_place_in_row(words, count))
		return found(CATEGORY_COUNTER, ZONE_EDGE);
	if ((known->gone || known->waits || is_below_title(known)) &&
		(widget_is_lone_number(words, count) || (digits && counter_is_numbers(words, count))))
		return found(CATEGORY_COUNTER, known->body ? ZONE_FOOT : ZONE_NEXT);
	return nothing;
}

static struct finding find_grammar(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrases *phrases = sight->phrases;
	struct gist gist = sight->gist;
	struct finding finding = find_stamp(sight, words, count);

	if (finding.rule)
		return finding;
	if (gist.digits && widget_is_counter(phrases, words, count))
		return found(
			CATEGORY_COUNTER, widget_is_scaled_number(words, count) ? ZONE_BESIDE : ZONE_ANY);
	if (gist.opens & TERM_BUTTON && widget_is_buttons(phrases, words, count))
		return found(CATEGORY_SHARE, widget_is_listing(words, count) ? ZONE_BESIDE : ZONE_ANY);
	finding = find_hashtags(words, count);
	if (finding.rule)
		return finding;
	finding = find_numbers(sight, words, count);
	if (finding.rule)
		return finding;
	if (sight->known->body && (tag_is_row(words, count) || tag_is_list(words, count)))
		return found(CATEGORY_TAGS, ZONE_FOOT);
	if (gist.opens & TERM_HOME && row_is_trail(phrases, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_ANY);
	return find_counter(sight, words, count);
}

/* What the grammars say, the surest first. */
struct finding grammar_find(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding finding = find_grammar(sight, words, count);

	if (!finding.rule)
		finding = author_find(sight, words, count);
	return finding.rule ? finding : find_row(sight, words, count);
}
