/* SPDX-License-Identifier: MIT
 * evidence.c - what the rules have to say of one line. */
#include "evidence.h"

#include "bylines.h"
#include "calls.h"
#include "closings.h"
#include "counters.h"
#include "frame.h"
#include "fronts.h"
#include "rows.h"
#include "signatures.h"
#include "stamps.h"
#include "widgets.h"

/* In words unless they say otherwise. Measured on the articles and pages the project is tuned on. */
enum {
	RELATED_WORDS = 32, /* what may follow "Read also:" on its line */
	PHRASE_REST = 10, /* what may follow a phrase that asks for no colon */
	SURE_WORDS = 3, /* a phrase this long is no accident, */
	SURE_REST = 24, /* and more may follow it */
	NOTICE_REST = 40, /* notices run on */
	SOURCE_REST = 6, /* the names of sources */
	CAPTION_WORDS = 24,
	RIGHTS_WORDS = 14, /* who holds the rights, and since when */
	SITE_WORDS = 10, /* the name of a site and its domain */
	SECTION_WORDS = 4, /* the name of a section of a site */
	PLACEHOLDER_WORDS = 14, /* a line that a template left */
	TITLE_WORDS = 4, /* copies of a shorter title may be headings amid the body */
	BYLINE_KEPT = 2, /* lines: a byline follows a title and a subtitle at most */
	NAME_KEPT = 4, /* lines: a name beside other debris stands no farther down */
	STAMP_KEPT = 4, /* lines: a date alone is a stamp no farther down than this, or at the foot */
};

/* What sentences end with, and what sets parts of a line apart (parts_at). */
#define STOPS      (SIGN_BIT('.') | SIGN_BIT('?') | SIGN_BIT('!'))
#define PART_SIGNS (SIGN_BIT('|') | SIGN_BIT('*'))

/* Whether one of the signs may stand in the line, of which all was read: most lines have none that a rule is about. */
static bool has_sign(const struct rest *rest, uint64_t signs)
{
	return rest->reader->signs & signs;
}

/* What can be met among words: rules about what cannot are not asked. There are many rules, and most lines have no numbers
 * and few words of any class. */
struct gist {
	uint32_t opens; /* what one of the words may be the start of */
	bool digits;
};

static struct gist gist_of(const struct word *words, size_t count)
{
	struct gist gist = { 0, false };

	for (size_t i = 0; i < count; i++) {
		gist.opens |= words[i].opens;
		gist.digits |= words[i].digits > 0;
	}
	return gist;
}

/* Where a line is judged. */
struct view {
	const struct phrases *phrases;
	const struct known *known;
	struct lookup lookup;
	struct gist gist; /* of the words that find_form looks at */
};

static struct view view_of(
	const struct phrases *phrases, const struct known *known, const struct rest *rest)
{
	return (struct view){ phrases, known, { phrases, rest->reader, rest->line }, { 0, false } };
}

static const struct finding nothing = { CATEGORY_NONE, EFFECT_DROP, ZONE_ANY, false };

static struct finding found(enum category rule, enum zone zone)
{
	return (struct finding){ rule, EFFECT_DROP, zone, false };
}

/* --- a whole line --------------------------------------------------------------------------------------- */

/* One word that also heads the parts of a text or stands in its tables ("Sources", "Category", "Instagram"): debris
 * among debris. A request or an advertisement's label is debris anywhere. */
static bool needs_company(const struct phrase *phrase, size_t count)
{
	static const uint32_t ambiguous = 1U << CATEGORY_NAVIGATION | 1U << CATEGORY_COMMENTS |
					  1U << CATEGORY_TAGS | 1U << CATEGORY_SOURCE |
					  1U << CATEGORY_CREDIT;

	return count == 1 && phrase->words == 1 && phrase->kind == KIND_LINE &&
	       phrase->effect == EFFECT_DROP && phrase->zone == ZONE_ANY &&
	       ambiguous >> phrase->category & 1;
}

static struct finding of_phrase(const struct phrase *phrase, size_t count)
{
	enum zone zone = needs_company(phrase, count) ? ZONE_BESIDE : phrase->zone;

	return (struct finding){ phrase->category, phrase->effect, zone, phrase->words == count };
}

/* "Share: ..." in front of a sentence is how the sentence begins; headlines end without a full stop. One or two
 * words without a sign behind them begin any sentence ("Source water for the town comes ..."). */
static bool opens_sentence(const struct phrase *phrase, const struct word *words, size_t count)
{
	struct gap end = words[count].before;
	bool stop = (end.first == '.' && end.count == 1) ||
		    (end.first == '"' && end.last == '.' && end.count == 2);

	if (!stop || phrase->words == count)
		return false;
	if (phrase->marked || phrase->words >= SURE_WORDS)
		return count - phrase->words >= SENTENCE_WORDS && phrase->category != CATEGORY_FOLLOW;
	return phrase->category != CATEGORY_COPYRIGHT; /* "© Harbour Ltd." */
}

/* Notices that sites write in whole sentences: three words of one are no accident. */
static bool is_notice(const struct phrase *phrase)
{
	return phrase->words >= SURE_WORDS && !phrase->marked &&
	       (phrase->category == CATEGORY_CONSENT || phrase->category == CATEGORY_COMMENTS ||
		       phrase->category == CATEGORY_COPYRIGHT);
}

/* What follows "FILE PHOTO:" is a caption, of whatever sentences. */
static bool is_caption(const struct phrase *phrase)
{
	return phrase->category == CATEGORY_CREDIT && phrase->marked && phrase->words > 1;
}

/* How many words may follow a phrase on a line that is debris: more, the surer the phrase. */
static size_t phrase_rest(const struct phrase *phrase)
{
	if (is_notice(phrase))
		return NOTICE_REST;
	if (phrase->marked)
		return RELATED_WORDS;
	if (phrase->category == CATEGORY_SOURCE && phrase->words < SURE_WORDS)
		return SOURCE_REST;
	return phrase->words >= SURE_WORDS ? SURE_REST : PHRASE_REST;
}

/* "Video: ..." and the like also begin titles; the first line of a document is one. */
static bool heads_title(const struct view *view, const struct phrase *phrase, size_t count)
{
	return view->known->kept == 0 && phrase->marked && phrase->words == 1 && count > phrase->words;
}

static struct finding find_prefix(const struct view *view, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(view->phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT || count - phrase->words > phrase_rest(phrase))
		return nothing;
	if (heads_title(view, phrase, count))
		return nothing;
	if (!is_notice(phrase) && !is_caption(phrase) &&
		(opens_sentence(phrase, words, count) ||
			words_hold_sentence_end(words, phrase->words + 1u, count)))
		return nothing;
	return of_phrase(phrase, count);
}

static struct finding find_suffix(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_suffix(phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT || count - phrase->words > PHRASE_REST)
		return nothing;
	return of_phrase(phrase, count);
}

static struct finding find_phrase(const struct view *view, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(view->phrases, words, count);
	struct finding finding;

	if (phrase)
		return of_phrase(phrase, count);
	finding = find_prefix(view, words, count);
	return finding.rule ? finding : find_suffix(view->phrases, words, count);
}

/* A word or two below the title, and a line went just above: a place, a section, a job nobody listed, if one goes below,
 * too. */
static bool is_enclosed(const struct view *view, const struct word *words, size_t count)
{
	enum { LONGEST = 4, TITLE_LEAST = 4 }; /* the title is longer: this is none */
	const struct known *known = view->known;

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

		if (words[i].digits ||
			(gap.first && (gap.count > 1 || !gap.space || !strchr(",-|/", gap.first & 0x7F))))
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

/* A menu or a trail above the story; below it, or as long as a title may yet come. */
static bool is_frame(const struct view *view, const struct word *words, size_t count)
{
	return frame_is_menu(&view->lookup, words, count, view->known->body) ||
	       (!view->known->body && (frame_is_trail(&view->lookup, words, count) ||
					      frame_is_glued_home(&view->lookup, words, count)));
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
static struct finding find_front(const struct view *view, const struct word *words, size_t count)
{
	const struct lookup *lookup = &view->lookup;

	if (view->known->body || (view->known->kept == 0 && !view->known->untitled))
		return nothing;
	if (front_is_name(lookup, words, count) ||
		(closing_is_two_scripts(lookup, words, count) && words_name_site(lookup, words, count)))
		return found(CATEGORY_BRAND, ZONE_HEAD);
	if (front_is_trail(lookup, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_HEAD);
	if (front_is_dated_section(lookup, words, count))
		return found(CATEGORY_STAMP, ZONE_HEAD);
	if (view->known->kept > 0 && counter_is_icon_row(words, count))
		return found(CATEGORY_SHARE, ZONE_HEAD);
	return front_is_struck(lookup, words, count) ? found(CATEGORY_BYLINE, ZONE_HEAD) : nothing;
}

static struct finding find_call(const struct view *view, const struct word *words, size_t count)
{
	switch (call_of(&view->lookup, words, count)) {
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

static struct finding find_row(const struct view *view, const struct word *words, size_t count)
{
	struct finding finding;
	enum zone zone;
	enum category category = row_of_phrases(view->phrases, words, count, &zone);

	if (category)
		return found(category, zone);
	if ((view->known->untitled || view->known->kept > 0) && is_frame(view, words, count))
		return found(CATEGORY_NAVIGATION, view->known->kept ? ZONE_EDGE : ZONE_HEAD);
	finding = find_front(view, words, count);
	if (finding.rule)
		return finding;
	if (view->known->kept ==
		0) /* a title may read like any of these, but it is no notice of several words */
		return call_of(&view->lookup, words, count) == CALL_NOTICE
			       ? found(CATEGORY_CONSENT, ZONE_HEAD)
			       : nothing;
	if (row_is_request(&view->lookup, words, count))
		return found(CATEGORY_FOLLOW, ZONE_ANY);
	if (view->gist.digits && row_is_count(&view->lookup, words, count))
		return found(CATEGORY_COUNTER, ZONE_ANY);
	if (view->lookup.reader->signs & SIGN_BIT(':') && row_is_labelled(&view->lookup, words, count))
		return found(CATEGORY_TAGS, ZONE_EDGE);
	if (view->gist.opens & TERM_MASTHEAD && row_is_masthead(view->phrases, words, count))
		return found(CATEGORY_BRAND, ZONE_EDGE);
	if (!view->known->body && view->known->gone && frame_is_masthead(&view->lookup, words, count))
		return found(CATEGORY_BRAND, ZONE_NEXT);
	if (view->known->body && is_of_title(view->known, words, count))
		return found(CATEGORY_TAGS, ZONE_LAST);
	if (row_is_section(&view->lookup, words, count))
		return found(CATEGORY_NAVIGATION, view->known->body ? ZONE_FOOT : ZONE_NEXT);
	finding = find_call(view, words, count);
	if (!finding.rule && is_enclosed(view, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_BETWEEN);
	return finding;
}

static struct finding find_counter(const struct view *view, const struct word *words, size_t count)
{
	const struct known *known = view->known;

	if (known->kept == 0)
		return nothing;
	if (view->gist.digits && counter_is_icons(&view->lookup, words, count))
		return found(CATEGORY_COUNTER, ZONE_EDGE);
	if (view->gist.digits && counter_is_facts(words, count))
		return found(CATEGORY_COUNTER, known->body ? ZONE_FOOT : ZONE_HEAD);
	if (counter_is_rating(words, count))
		return found(CATEGORY_COMMENTS, ZONE_EDGE);
	if (view->gist.digits && counter_is_player(words, count))
		return found(CATEGORY_SHARE, ZONE_EDGE);
	if (counter_is_neighbour(&view->lookup, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_EDGE);
	if (!known->body)
		return nothing;
	if (counter_is_pages(words, count) ||
		(!known->below && counter_may_be_neighbour(&view->lookup, words, count)))
		return found(CATEGORY_NAVIGATION, ZONE_LAST);
	if (known->gone && counter_is_timed(words, count))
		return found(CATEGORY_RELATED, ZONE_LAST);
	return nothing;
}

static struct finding find_grammar(const struct view *view, const struct word *words, size_t count)
{
	const struct phrases *phrases = view->phrases;
	struct gist gist = view->gist;
	enum stamp stamp =
		gist.digits || gist.opens & TERM_AGO ? stamp_of(phrases, words, count) : STAMP_NONE;

	if (stamp == STAMP_SURE)
		return found(CATEGORY_STAMP, ZONE_ANY);
	if (stamp == STAMP_DATE) /* far down it may be a line of a list or of a poem */
		return found(CATEGORY_STAMP, view->known->kept <= STAMP_KEPT ? ZONE_EDGE : ZONE_FOOT);
	if (gist.digits && widget_is_counter(phrases, words, count))
		return found(
			CATEGORY_COUNTER, widget_is_scaled_number(words, count) ? ZONE_BESIDE : ZONE_ANY);
	if (gist.opens & TERM_BUTTON && widget_is_buttons(phrases, words, count))
		return found(CATEGORY_SHARE, widget_is_listing(words, count) ? ZONE_BESIDE : ZONE_ANY);
	if (widget_is_hashtags(words, count))
		return found(CATEGORY_TAGS, ZONE_ANY);
	if (count <= 2 && words[0].before.last == '#' && widget_is_hashtag(words, count))
		return found(CATEGORY_TAGS, ZONE_FOOT);
	if (gist.digits && widget_is_place_in_row(words, count))
		return found(CATEGORY_COUNTER, ZONE_EDGE);
	if ((view->known->gone || view->known->waits) && widget_is_lone_number(words, count))
		return found(CATEGORY_COUNTER, view->known->body ? ZONE_FOOT : ZONE_NEXT);
	if (view->known->body && (widget_is_tags(words, count) || widget_is_glued_list(words, count)))
		return found(CATEGORY_TAGS, ZONE_FOOT);
	if (gist.opens & TERM_HOME && row_is_trail(phrases, words, count))
		return found(CATEGORY_NAVIGATION, ZONE_ANY);
	return find_counter(view, words, count);
}

/* A name, who it is and where, between the title and the body. */
static struct finding find_name(const struct view *view, const struct word *words, size_t count, bool head)
{
	const struct phrases *phrases = view->phrases;
	const struct known *known = view->known;
	bool person = byline_is_person(phrases, words, count);

	if (signature_is_dateline(&view->lookup, words, count) || (person && known->before_body))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (byline_is_initialed(words, count) || byline_is_at_outlet(phrases, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (known->kept > NAME_KEPT)
		return nothing;
	if (person || signature_is_pair(&view->lookup, words, count) ||
		signature_is_presented(&view->lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (head && (byline_is_place(phrases, words, count) || byline_is_from_place(phrases, words, count)))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if (known->signing && known->alone == 1 && signature_may_describe(words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	return nothing;
}

/* One name behind the last sentence; several are a list. */
static struct finding find_signature(const struct view *view, const struct word *words, size_t count)
{
	enum { LONGEST = 3 };
	const struct known *known = view->known;

	if (known->signing || known->below || count > LONGEST || words[count].before.first)
		return nothing;
	return byline_is_person(view->phrases, words, count) ? found(CATEGORY_BYLINE, ZONE_LAST) : nothing;
}

static struct finding find_byline(const struct view *view, const struct word *words, size_t count)
{
	const struct phrases *phrases = view->phrases;
	struct byline_place place = { view->known->kept == 0,
		!view->known->body && view->known->kept <= BYLINE_KEPT, view->known->stamped,
		view->known->leads };

	if (byline_is(phrases, words, count, place))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (signature_is_initials(&view->lookup, words, count))
		return found(CATEGORY_BYLINE, place.head && !place.opens ? ZONE_HEAD : ZONE_FOOT);
	if (byline_is_initials(words, count) || byline_is_ruled_off(words, count) ||
		signature_is_end(&view->lookup, words, count) || closing_is(&view->lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_FOOT);
	if (place.opens)
		return nothing;
	if (closing_is_dated(&view->lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_EDGE);
	if (!view->known->body && closing_is_two_scripts(&view->lookup, words, count))
		return found(CATEGORY_BYLINE, ZONE_NEXT);
	if ((view->gist.opens & (TERM_BY | TERM_WRITES) && byline_labelled(phrases, words, count)) ||
		byline_is_signature(phrases, words, count))
		return found(CATEGORY_BYLINE, ZONE_EDGE);
	return view->known->body ? find_signature(view, words, count)
				 : find_name(view, words, count, place.head);
}

/* What the grammars say, the surest first. */
static struct finding find_form(const struct view *view, const struct word *words, size_t count)
{
	struct finding finding = find_grammar(view, words, count);

	if (!finding.rule)
		finding = find_byline(view, words, count);
	return finding.rule ? finding : find_row(view, words, count);
}

static bool is_out_of_place(const struct known *known, enum zone zone)
{
	return (zone == ZONE_HEAD && known->body) ||
	       ((zone == ZONE_FOOT || zone == ZONE_LAST) && !known->body);
}

/* What grammar says counts too where the phrase does not hold: "Published in:" may head tags, or a date. */
static struct finding find_part(const struct view *view, const struct word *words, size_t count)
{
	struct finding finding = find_phrase(view, words, count), grammar;
	struct view form = *view;

	if (finding.rule && !is_out_of_place(view->known, finding.zone))
		return finding;
	form.gist = gist_of(words, count);
	grammar = find_form(&form, words, count);
	return grammar.rule ? grammar : finding;
}

static bool parts_at(struct gap gap)
{
	return gap.first == '|' || gap.last == '|' || gap.first == '*';
}

static size_t part_end(const struct word *words, size_t from, size_t count)
{
	size_t to = from + 1;

	while (to < count && !parts_at(words[to].before))
		to++;
	return to;
}

/* "Cairo - Reuters | 3 May 2021 | 12 comments": debris when each part is, and the zone is the narrowest. At the
 * head the name of a section may stand beside two parts that are. */
static struct finding find_parts(const struct view *view, const struct word *words, size_t count)
{
	struct finding all = nothing;
	size_t known = 0, unknown = 0, anywhere = 0, longest = 0;

	for (size_t from = 0, to; from < count; from = to) {
		struct finding finding;

		to = part_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* one part: judged as a line already */
		finding = find_part(view, words + from, to - from);
		if (to == count && finding.rule == CATEGORY_CREDIT && count <= CAPTION_WORDS)
			return finding; /* "The quay at noon | Photo: ..." */
		if (finding.effect == EFFECT_TAIL)
			return nothing;
		longest = !finding.rule && to - from > longest ? to - from : longest;
		known += finding.rule != CATEGORY_NONE;
		unknown += finding.rule == CATEGORY_NONE;
		anywhere += finding.rule && finding.zone == ZONE_ANY;
		if (finding.rule && (!all.rule || finding.zone != ZONE_ANY))
			all = finding;
	}
	if (unknown && (longest > SECTION_WORDS || unknown > 1 || known < 2 || view->known->body ||
			       view->known->kept == 0))
		return nothing;
	all.effect = EFFECT_DROP;
	if (anywhere >= 2 && !unknown)
		all.zone = ZONE_ANY;
	return all;
}

/* What pages say in sentences that stand side by side on a line. */
static bool is_said_by_pages(enum category rule)
{
	static const uint32_t said = 1U << CATEGORY_RELATED | 1U << CATEGORY_SHARE |
				     1U << CATEGORY_COMMENTS | 1U << CATEGORY_FOLLOW |
				     1U << CATEGORY_CONSENT | 1U << CATEGORY_NAVIGATION |
				     1U << CATEGORY_COPYRIGHT | 1U << CATEGORY_COUNTER |
				     1U << CATEGORY_TEMPLATE | 1U << CATEGORY_ADVERTISEMENT;

	return said >> rule & 1;
}

static size_t sentence_end(const struct word *words, size_t from, size_t count)
{
	size_t to = from + 1;

	while (to < count && !(words[to].before.space && gap_is_terminal(words[to].before)))
		to++;
	return to;
}

/* "Join the discussion! 3 comments": debris when each of the sentences is. */
static struct finding find_sentences(const struct view *view, const struct word *words, size_t count)
{
	struct finding all = nothing;

	for (size_t from = 0, to; count <= RELATED_WORDS && from < count; from = to) {
		struct finding finding;

		to = sentence_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* judged as a line already */
		finding = find_part(view, words + from, to - from);
		if (!is_said_by_pages(finding.rule) || finding.effect == EFFECT_TAIL)
			return nothing;
		if (!all.rule || (all.zone == ZONE_BESIDE && finding.zone != ZONE_BESIDE))
			all = finding;
	}
	all.effect = EFFECT_DROP;
	return all;
}

/* A full URL below the entry of a list is where that entry leads: a bibliography, a shopping list. */
static bool is_reference(const struct known *known, struct span text)
{
	return known->body && known->below && span_has_prefix(text, SPAN("http"));
}

/* What the words tell of a trail, which is looked for in the text: signs with spaces between short names, at the head. */
static bool may_be_trail(const struct known *known, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest), signs = 0;

	if (known->kept == 0 || known->body || count < 3 || count > RIGHTS_WORDS)
		return false;
	for (size_t i = 1; i < count; i++)
		signs += words[i].before.first && words[i].before.space;
	return signs >= 2;
}

static struct finding find_text(const struct view *view, const struct rest *rest)
{
	struct span text = rest_text(rest);
	bool dotted = has_sign(rest, SIGN_BIT('.'));

	if (widget_is_identifier(text))
		return found(CATEGORY_IDENTIFIER, ZONE_ANY);
	if (widget_is_leftover(text))
		return found(CATEGORY_TEMPLATE, ZONE_ANY);
	if (widget_is_notice(text) && rest_count(rest) <= RIGHTS_WORDS)
		return found(CATEGORY_COPYRIGHT, ZONE_ANY);
	if (dotted && view->known->kept > 0 && rest_count(rest) <= SITE_WORDS &&
		widget_ends_in_domain(text))
		return found(CATEGORY_BRAND, ZONE_EDGE);
	if (may_be_trail(view->known, rest) && widget_is_trail(text))
		return found(CATEGORY_NAVIGATION, ZONE_HEAD);
	if (dotted && view->known->kept > 0 && counter_is_file(text))
		return found(CATEGORY_CREDIT, view->known->body ? ZONE_BESIDE : ZONE_HEAD);
	if ((dotted || has_sign(rest, SIGN_BIT(':'))) && widget_is_address(text))
		return is_reference(view->known, text) ? nothing : found(CATEGORY_ADDRESS, ZONE_EDGE);
	if (row_is_contact(view->phrases, text, rest_words(rest), rest_count(rest)))
		return found(CATEGORY_ADDRESS, ZONE_EDGE);
	if (rest_count(rest) <= PLACEHOLDER_WORDS && has_sign(rest, PLACEHOLDER_SIGNS) &&
		widget_has_placeholder(text))
		return found(CATEGORY_TEMPLATE, ZONE_ANY);
	return nothing;
}

/* All of the line is in quotes: somebody said it, or a part of the story is headed so, unless it is a heading of a
 * site's or an agency as a whole. */
static bool is_quoted(const struct word *words, size_t count)
{
	struct gap end = words[count].before;

	return words[0].before.first == '"' && (end.first == '"' || end.last == '"');
}

/* "The quay at noon (Photo: ...)", "(Reuters)": what is in the brackets that end a line says that it is a caption. */
static struct finding find_caption(const struct view *view, const struct word *words, size_t count)
{
	enum { LONGEST = 8 }; /* words in the brackets */
	size_t at = count, len;
	struct finding finding;

	if (view->known->kept == 0 || count > CAPTION_WORDS || words[count].before.first != ')')
		return nothing;
	while (at > 1 && words[at].before.first != '(' && count - at <= LONGEST)
		at--;
	len = count - at;
	if (words[at].before.first != '(' || len > LONGEST)
		return nothing;
	finding = find_phrase(view, words + at, len);
	if (finding.rule == CATEGORY_CREDIT)
		return found(CATEGORY_CREDIT, view->known->body ? ZONE_BESIDE : ZONE_HEAD);
	return !view->known->body && byline_is_agency_in_brackets(view->phrases, words + at, len)
		       ? found(CATEGORY_CREDIT, ZONE_HEAD)
		       : nothing;
}

/* "The quay at noon. © Jane Roe": whose the picture is, behind what it shows. */
static struct finding find_owner(const struct view *view, const struct word *words, size_t count)
{
	enum { OWNER_WORDS = 6 };
	struct span line = view->lookup.line;

	if (view->known->kept == 0 || count > CAPTION_WORDS || gap_is_terminal(words[count].before))
		return nothing;
	for (size_t at = count; at-- > 1 && count - at <= OWNER_WORDS + 1;)
		if (span_has_prefix(span_skip(line, words[at].start), SPAN("\u00A9")) &&
			words[at].before.space && at + 1 < count && !words[at + 1].digits)
			return found(CATEGORY_CREDIT, ZONE_ANY);
	return nothing;
}

/* Three underscores, which agencies put below a story, may part sections elsewhere. */
static struct finding find_rule(struct span text)
{
	if (widget_is_rule(text))
		return found(CATEGORY_SEPARATOR, ZONE_ANY);
	return span_equal(text, SPAN("___")) ? found(CATEGORY_SEPARATOR, ZONE_FOOT) : nothing;
}

/* A note about who wrote the story, behind a star, below the last paragraph; several are a list. */
static struct finding find_author(const struct view *view, const struct rest *rest)
{
	enum { NOTE_WORDS = 12 };
	const struct known *known = view->known;
	size_t count = rest_count(rest);

	if (!known->body || known->below || known->signing || count < 2 || count > NOTE_WORDS ||
		rest_words(rest)[count].before.first || !span_has_prefix(rest_text(rest), SPAN("* ")))
		return nothing;
	return found(CATEGORY_BYLINE, ZONE_FOOT);
}

static struct finding find_line(const struct view *view, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	enum zone zone;
	struct finding finding, text;

	if (!rest->whole || rest_is_long(rest))
		return nothing;
	if (count == 0)
		return find_rule(rest_text(rest));
	if (title_again(&view->known->title, words, count) ||
		title_again(&view->known->second, words, count) ||
		title_again(&view->known->third, words, count))
		return found(CATEGORY_TITLE, count < TITLE_WORDS ? ZONE_BESIDE : ZONE_ANY);
	if (view->known->kept > 0 && is_quoted(words, count) &&
		!phrases_line(view->phrases, words, count) &&
		row_of_phrases(view->phrases, words, count, &zone) != CATEGORY_NAVIGATION && /* « 1 2 3 » */
		!byline_is_signature(view->phrases, words, count))
		return nothing;
	finding = find_part(view, words, count);
	if (!finding.rule && (title_is_site(&view->known->site, words, count) ||
				     title_names_site(&view->known->title, words, count)))
		finding = found(CATEGORY_BRAND, ZONE_EDGE);
	if (!finding.rule && has_sign(rest, PART_SIGNS))
		finding = find_parts(view, words, count);
	if (!finding.rule)
		finding = find_caption(view, words, count);
	if (!finding.rule && view->known->kept > 0 && has_sign(rest, STOPS))
		finding = find_sentences(view, words, count);
	if (!finding.rule)
		finding = find_owner(view, words, count);
	if (!finding.rule)
		finding = find_author(view, rest);
	if (finding.rule && (finding.zone == ZONE_ANY || finding.zone == ZONE_BESIDE))
		return finding;
	text = find_text(view, rest);
	return text.rule && (!finding.rule || text.zone == ZONE_ANY) ? text : finding;
}

bool evidence_is_section(const struct phrases *phrases, const struct rest *rest)
{
	enum { LONGEST = 5 }; /* words of a trail that lost its signs */
	const struct word *words = rest_words(rest);
	struct lookup lookup = { phrases, rest->reader, rest->line };
	size_t count = rest_count(rest), home;
	uint32_t found_terms;

	if (!count || !rest->whole)
		return false;
	home = phrases_term(phrases, words, count, TERM_HOME, &found_terms);
	return row_is_section(&lookup, words, count) ||
	       (home && home < count && count <= LONGEST && !words[count].before.first);
}

bool evidence_is_masthead(
	const struct phrases *phrases, const struct rest *rest, uint64_t names[FRAME_NAMES])
{
	const struct word *words = rest_words(rest);
	struct lookup lookup = { phrases, rest->reader, rest->line };
	size_t count = rest_count(rest);
	uint32_t found_terms;

	if (!rest->whole || !frame_is_masthead(&lookup, words, count))
		return false;
	memset(names, 0, FRAME_NAMES * sizeof *names);
	for (size_t i = 0; i < count && i < FRAME_NAMES; i++)
		if (!words[i].digits && !phrases_term(phrases, words + i, 1,
						TERM_MASTHEAD | TERM_PLACE | TERM_FILLER, &found_terms))
			names[i] = words[i].key;
	return true;
}

struct finding evidence_line(
	const struct phrases *phrases, const struct known *known, const struct rest *rest)
{
	struct view view = view_of(phrases, known, rest);

	return find_line(&view, rest);
}

/* --- spans --------------------------------------------------------------------------------------------- */

/* "Harbour Post - The ferry ...", below "Harbour Post" and a title: the first line is the site, and it opens the text. */
static bool opens_with_name(const struct view *view, const struct word *words, size_t count)
{
	const struct known *known = view->known;
	size_t len = known->title.words;

	return known->titled && len < count && words[len].before.first == '-' && words[len].before.space &&
	       title_is_name(&known->title, words, len);
}

static bool cut_opening(const struct view *view, struct rest *rest)
{
	size_t start;

	if (rest->head_rule || !rest_is_body_like(rest, view->known->kept == 0))
		return false;
	if (!view->known->body && opens_with_name(view, rest_words(rest), rest_count(rest))) {
		rest_cut_head(rest,
			reader_skip_closer(rest->line, rest_words(rest)[view->known->title.words - 1].end),
			CATEGORY_BYLINE);
		return true;
	}
	start = (view->known->body ? byline_opening_amid : byline_opening)(
		view->phrases, &view->known->site, rest->line, rest_words(rest), rest_count(rest));
	if (start)
		rest_cut_head(rest, start, CATEGORY_BYLINE);
	return start;
}

static bool cut_prefix(const struct view *view, struct rest *rest)
{
	const struct phrase *phrase = phrases_prefix(view->phrases, rest_words(rest), rest_count(rest));

	if (!phrase || phrase->effect != EFFECT_CUT || phrase->words == rest_count(rest))
		return false;
	rest_cut_head(rest,
		reader_skip_closer(rest->line, rest->reader->words[rest->from + phrase->words - 1].end),
		phrase->category);
	return true;
}

/* The run of hashtags at the end; not where the sentence says that they are some. */
static size_t tags_at_end(const struct view *view, const struct word *words, size_t count)
{
	size_t tags = widget_trailing_hashtags(words, count);
	uint32_t found;

	if (tags)
		return tags;
	tags = widget_hashtag_tail(words, count);
	if (!tags || phrases_term(view->phrases, words + count - tags - 1, 1, TERM_HASHTAG, &found))
		return 0;
	return tags;
}

/* "(watch the goals on video)": what a page asks of its reader, and with what. */
static bool asks_for_more(const struct view *view, const struct word *words, size_t count)
{
	uint32_t met;
	size_t len = count > PHRASE_REST ? 0 : clitics_term(&view->lookup, words, count, TERM_ASK, &met);

	for (size_t at = len; len && at < count; at++)
		if (!words[at].before.first &&
			clitics_term(&view->lookup, words + at, count - at, TERM_THING | TERM_BUTTON, &met))
			return true;
	return false;
}

/* What is said of the words behind the end of a sentence: a widget that was glued to the line. */
static enum category tail_rule(const struct view *view, const struct word *words, size_t count)
{
	struct finding part = find_part(view, words, count);
	enum category rule =
		part.zone == ZONE_EDGE && part.rule == CATEGORY_COPYRIGHT ? CATEGORY_NONE : part.rule;
	bool bracketed = words[0].before.last == '(' && words[count].before.first == ')';
	struct gap end = words[count].before;

	if (bracketed && byline_is_signature(view->phrases, words, count))
		return CATEGORY_SOURCE;
	if (bracketed && asks_for_more(view, words, count))
		return CATEGORY_RELATED;
	if (signature_is_initials(&view->lookup, words, count) ||
		signature_is_end(&view->lookup, words, count))
		return CATEGORY_BYLINE;
	if (byline_is_agency(view->phrases, words, count))
		return CATEGORY_SOURCE;
	if (rule == CATEGORY_SOURCE || rule == CATEGORY_CREDIT)
		return count <= PHRASE_REST &&
				       (bracketed || (count > 1 && gap_is_separator(words[1].before)))
			       ? rule
			       : CATEGORY_NONE;
	if (count < 2 ||
		((end.first == '.' || end.first == '!') && end.count == 1 && rule != CATEGORY_COPYRIGHT) ||
		(rule == CATEGORY_COPYRIGHT && count > RIGHTS_WORDS))
		return CATEGORY_NONE;
	return rule == CATEGORY_RELATED || rule == CATEGORY_COUNTER || rule == CATEGORY_SHARE ||
			       rule == CATEGORY_FOLLOW || rule == CATEGORY_COPYRIGHT
		       ? rule
		       : CATEGORY_NONE;
}

/* A camera, behind the end of a sentence. */
static bool shows_picture(const struct word *word)
{
	int32_t sign = word->before.last;

	return word->before.count >= 2 && (sign == 0x1F4F7 || sign == 0x1F4F8 || sign == 0x1F3A5) &&
	       (word->before.first == '.' || word->before.first == '"');
}

/* "... he said. 📷 Instagram", "... he said. 6,482": whose the picture is, and how many looked. */
static enum category sign_rule(const struct word *words, size_t at, size_t count)
{
	enum { OWNER_WORDS = 4 };

	if (shows_picture(&words[at]) && count - at <= OWNER_WORDS && !words[count].before.first)
		return CATEGORY_CREDIT;
	if (count - at == 2 && words[at].digits && words[at].digits <= 3 && words[at + 1].digits == 3 &&
		words[at].before.count == 1 && words[at + 1].before.first == ',' &&
		!words[at + 1].before.space && !words[count].before.first)
		return CATEGORY_COUNTER;
	return CATEGORY_NONE;
}

/* Cuts what follows a sentence on its line: "... he said. Read also: ...", "... he said. 12 comments". */
static bool cut_tail(const struct view *view, struct rest *rest)
{
	enum { TAIL_WORDS = 32 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	size_t at = count > TAIL_WORDS ? count - TAIL_WORDS : 0;

	if (!has_sign(rest, STOPS))
		return false;
	for (at = at < SENTENCE_WORDS ? SENTENCE_WORDS : at; at < count; at++) {
		enum category rule;

		if (!words[at].before.space ||
			!(gap_is_terminal(words[at].before) || shows_picture(&words[at])))
			continue;
		rule = sign_rule(words, at, count);
		rule = rule ? rule : tail_rule(view, words + at, count - at);
		if (rule) {
			rest_cut_tail(rest, at, rule);
			return true;
		}
	}
	return false;
}

static bool cut_suffix(const struct view *view, struct rest *rest)
{
	size_t count = rest_count(rest);
	size_t tags = tags_at_end(view, rest_words(rest), count);
	const struct phrase *phrase = phrases_suffix(view->phrases, rest_words(rest), count);

	if (tags) {
		rest_cut_tail(rest, count - tags, CATEGORY_TAGS);
		return true;
	}
	if (!phrase || phrase->effect != EFFECT_CUT || phrase->words == count)
		return false;
	if (!rest->reader->words[rest->to - phrase->words].before.first)
		return false; /* with no sign in front it may be how the sentence ends */
	rest_cut_tail(rest, count - phrase->words, phrase->category);
	return true;
}

static bool cut_copies(const struct view *view, struct rest *rest)
{
	size_t copy = view->known->body ? 0 : title_repeated(rest_words(rest), rest_count(rest));

	if (copy)
		rest_cut_tail(rest, copy, CATEGORY_TITLE);
	return copy;
}

/* Cuts one span off the start or the end; false when there is none. */
static bool cut_one(const struct view *view, struct rest *rest)
{
	if (rest_count(rest) == 0)
		return false;
	if (cut_opening(view, rest) || cut_prefix(view, rest))
		return true;
	return rest->whole && (cut_suffix(view, rest) || cut_tail(view, rest) || cut_copies(view, rest));
}

bool evidence_cut(const struct phrases *phrases, const struct known *known, struct rest *rest)
{
	struct view view = view_of(phrases, known, rest);

	return cut_one(&view, rest);
}

static bool is_set_apart(struct gap gap)
{
	return gap_is_terminal(gap) || gap_is_separator(gap);
}

/* Where the bracket opens or closes that touches word `at` of the line, with the spaces around it that would be
 * left over. */
static size_t bracket_start(const struct rest *rest, size_t at)
{
	size_t start = rest->reader->words[at].start;

	while (start > rest->start && !strchr("([", rest->line.at[start]))
		start--;
	return start;
}

static size_t bracket_end(const struct rest *rest, size_t at)
{
	size_t end = rest->reader->words[at].end;

	while (end < rest->end && !strchr(")]", rest->line.at[end]))
		end++;
	end += end < rest->end;
	while (end < rest->end && rest->line.at[end] == ' ')
		end++;
	return end;
}

/* How many words stand in the brackets that open in front of word `at`; 0 when they do not close soon. */
static size_t bracketed_len(const struct rest *rest, size_t at)
{
	enum { LONGEST = 24 };
	const struct word *words = rest->reader->words;
	int32_t close = words[at].before.last == '(' ? ')' : ']';

	for (size_t to = at + 1; to <= rest->to && to <= at + LONGEST; to++)
		if (words[to].before.first == close)
			return to - at;
	return 0;
}

/* A link to another story, or an advertisement's label, in brackets within a sentence. */
static enum category bracketed_rule(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(phrases, words, count);

	if (phrase && phrase->category == CATEGORY_RELATED && phrase->marked &&
		count >= phrase->words + 2u && words[0].before.last == '(')
		return CATEGORY_RELATED;
	phrase = words[0].before.last == '[' ? phrases_line(phrases, words, count) : NULL;
	return phrase && phrase->category == CATEGORY_ADVERTISEMENT ? CATEGORY_ADVERTISEMENT
								    : CATEGORY_NONE;
}

/* Cuts the brackets that open in front of word `at`; returns the word behind, `at` when they stay. */
static size_t cut_brackets(const struct phrases *phrases, const struct rest *rest, size_t at,
	size_t line_start, struct cuts *cuts)
{
	const struct word *words = rest->reader->words;
	size_t len;
	enum category rule;

	if (words[at].before.last != '(' && words[at].before.last != '[')
		return at;
	len = bracketed_len(rest, at);
	rule = len ? bracketed_rule(phrases, words + at, len) : CATEGORY_NONE;
	if (!rule)
		return at;
	cuts_add(cuts,
		(struct cut){ line_start + bracket_start(rest, at),
			line_start + bracket_end(rest, at + len - 1), (uint8_t)rule, false, CUT_SURE });
	return at + len;
}

/* The span phrase that stands apart at word `at`. */
static const struct phrase *span_at(const struct phrases *phrases, const struct rest *rest, size_t at)
{
	const struct word *words = rest->reader->words;
	const struct phrase *phrase = phrases_span(phrases, words + at, rest->to - at);
	size_t end = phrase ? at + phrase->words : at;

	return phrase && (end == rest->to || is_set_apart(words[end].before)) ? phrase : NULL;
}

void evidence_spans(
	const struct phrases *phrases, const struct rest *rest, size_t line_start, struct cuts *cuts)
{
	const struct word *words = rest->reader->words;

	if (!rest->reader->signs)
		return;
	for (size_t i = rest->from + 1; i < rest->to; i++) {
		const struct phrase *phrase;
		size_t end;

		if (!words[i].before.first || !is_set_apart(words[i].before))
			continue;
		end = cut_brackets(phrases, rest, i, line_start, cuts);
		if (end > i) {
			i = end - 1;
			continue;
		}
		phrase = span_at(phrases, rest, i);
		if (!phrase)
			continue;
		end = i + phrase->words;
		cuts_add(cuts, (struct cut){ line_start + words[i].start,
				       line_start + (end < rest->to ? words[end].start : rest->end),
				       phrase->category, false, CUT_SURE });
		i = end - 1;
	}
}
