/* SPDX-License-Identifier: MIT
 * evidence.c - what the rules have to say of one line. */
#include "evidence.h"

#include "addresses.h"
#include "bylines.h"
#include "captions.h"
#include "counters.h"
#include "grammar.h"
#include "leftovers.h"
#include "listed.h"
#include "mastheads.h"
#include "rows.h"
#include "trails.h"
#include "widgets.h"

/* In words unless they say otherwise. Measured on the articles and pages the project is tuned on. */
enum {
	ROW_WORDS = 32, /* of sentences of pages side by side */
	SITE_WORDS = 10, /* the name of a site and its domain */
	SECTION_WORDS = 4, /* the name of a section of a site */
	PLACEHOLDER_WORDS = 14, /* a line that a template left */
	SPACED_SCRIPTS =
		0xE0, /* the first byte of a letter of more than two, as scripts without spaces have */
	TITLE_WORDS = 4, /* copies of a shorter title may be headings amid the body */
};

/* What sets parts of a line apart (parts_at). */
#define PART_SIGNS (SIGN_BIT('|') | SIGN_BIT('*'))

static bool is_out_of_place(const struct known *known, enum zone zone)
{
	return (zone == ZONE_HEAD && known->body) ||
	       ((zone == ZONE_FOOT || zone == ZONE_LAST) && !known->body);
}

/* What grammar says counts too where the phrase does not hold: "Published in:" may head tags, or a date. */
struct finding evidence_part(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding finding = listed_find(sight, words, count), grammar;
	struct sight form = *sight;

	if (finding.rule && !is_out_of_place(sight->known, finding.zone))
		return finding;
	form.gist = is_all_of(sight->lookup.reader, words, count) ? gist_of_line(sight->lookup.reader)
								  : gist_of(words, count);
	grammar = grammar_find(&form, words, count);
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
static struct finding find_parts(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding all = nothing;
	size_t known = 0, unknown = 0, anywhere = 0, longest = 0;

	for (size_t from = 0, to; from < count; from = to) {
		struct finding finding;

		to = part_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* one part: judged as a line already */
		finding = evidence_part(sight, words + from, to - from);
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
	if (unknown && (longest > SECTION_WORDS || unknown > 1 || known < 2 || sight->known->body ||
			       sight->known->kept == 0))
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
static struct finding find_sentences(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding all = nothing;

	for (size_t from = 0, to; count <= ROW_WORDS && from < count; from = to) {
		struct finding finding;

		to = sentence_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* judged as a line already */
		finding = evidence_part(sight, words + from, to - from);
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
	return known->body && (known->below || known->left) && span_has_prefix(text, SPAN("http"));
}

/* A short link, which sites give out and posts leave behind: a host and one name of a few letters. */
static bool is_link(struct span text)
{
	enum { LONGEST = 40 }; /* bytes */
	const char *slash = memrchr(text.at, '/', text.len);

	return text.len <= LONGEST && slash && slash + 1 < text.at + text.len && slash > text.at &&
	       slash[-1] != '/' && !memchr(slash, '.', (size_t)(text.at + text.len - slash));
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

/* "Harbour Post © 2025": a few words, the sign of copyright and a year. */
static bool is_dated_right(const struct rest *rest)
{
	enum { LONGEST = 8 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);

	for (size_t i = 1; i < count && count <= LONGEST; i++)
		if (words[i].digits == 4 &&
			span_has_prefix(span_skip(rest->line, words[i - 1].start), SPAN("\u00A9")))
			return !gap_is_terminal(words[count].before);
	return false;
}

static bool is_contact(const struct sight *sight, const struct rest *rest)
{
	const struct reader *reader = rest->reader;

	return (reader->digits || reader->opens & TERM_CONTACT || has_sign(rest, SIGN_BIT('@'))) &&
	       row_is_contact(sight->phrases, rest_text(rest), rest_words(rest), rest_count(rest));
}

static struct finding find_text(const struct sight *sight, const struct rest *rest)
{
	struct span text = rest_text(rest);
	bool dotted = has_sign(rest, SIGN_BIT('.'));

	if (leftover_is_identifier(text))
		return found(CATEGORY_IDENTIFIER, ZONE_ANY);
	if (leftover_is_code(text))
		return found(CATEGORY_TEMPLATE, ZONE_ANY);
	if (widget_is_notice(text) && rest_count(rest) <= RIGHTS_WORDS)
		return found(CATEGORY_COPYRIGHT, ZONE_ANY);
	if (dotted && sight->known->kept > 0 && rest_count(rest) <= SITE_WORDS && address_ends(text))
		return found(CATEGORY_BRAND, ZONE_EDGE);
	if (sight->known->kept > 0 && is_dated_right(rest))
		return found(CATEGORY_COPYRIGHT, ZONE_EDGE);
	if (may_be_trail(sight->known, rest) && trail_is_text(text))
		return found(CATEGORY_NAVIGATION, ZONE_HEAD);
	if (sight->known->kept > 0 && rest_count(rest) <= RIGHTS_WORDS && counter_is_file(text))
		return found(CATEGORY_CREDIT, sight->known->body ? ZONE_BESIDE : ZONE_HEAD);
	if ((dotted || has_sign(rest, SIGN_BIT(':'))) && address_is(text))
		return is_reference(sight->known, text)
			       ? nothing
			       : found(CATEGORY_ADDRESS, is_link(text) ? ZONE_ANY : ZONE_EDGE);
	if (is_contact(sight, rest))
		return found(CATEGORY_ADDRESS, ZONE_EDGE);
	if (rest_count(rest) <= PLACEHOLDER_WORDS && has_sign(rest, PLACEHOLDER_SIGNS) &&
		leftover_has_placeholder(text))
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

/* Three underscores, which agencies put below a story, or dots may part sections elsewhere. */
static struct finding find_rule(struct span text)
{
	static const struct span lone[] = { SPAN("___"), SPAN("..."), SPAN(".."), SPAN("\u2026"),
		SPAN("\u2022 \u2022 \u2022") };

	if (leftover_is_rule(text))
		return found(CATEGORY_SEPARATOR, ZONE_ANY);
	for (size_t i = 0; i < sizeof lone / sizeof *lone; i++)
		if (span_equal(text, lone[i]))
			return found(CATEGORY_SEPARATOR, ZONE_FOOT);
	return nothing;
}

/* How many words may follow the sign that sets a line below the story apart; 0: there is none. Behind a dash only a name
 * stands. */
static size_t author_words(struct span text)
{
	enum { NOTE_WORDS = 12, NAME_WORDS = 4 };
	static const struct span stars[] = { SPAN("*"), SPAN("(*)") };
	static const struct span dashes[] = { SPAN("- "), SPAN("\u2013 "), SPAN("\u0640 ") };

	if (span_has_prefix(text, SPAN("**")))
		return 0; /* a note about the figures */
	for (size_t i = 0; i < sizeof stars / sizeof *stars; i++)
		if (span_has_prefix(text, stars[i]))
			return NOTE_WORDS;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (span_has_prefix(text, dashes[i]))
			return NAME_WORDS;
	return 0;
}

/* A note about who wrote the story, set apart below the last paragraph; several are a list. */
static struct finding find_author(const struct sight *sight, const struct rest *rest)
{
	const struct known *known = sight->known;
	size_t count = rest_count(rest);

	if (!known->body || known->below || known->signing || known->left || count < 2 ||
		words_have_digits(rest_words(rest), count) || rest_words(rest)[count].before.first ||
		count > author_words(rest_text(rest)))
		return nothing;
	return found(CATEGORY_BYLINE, ZONE_FOOT);
}

static bool says_title(const struct known *known, const struct word *words, size_t count)
{
	return title_again(&known->title, words, count) || title_again(&known->second, words, count) ||
	       title_again(&known->third, words, count);
}

/* A phrase, "« 1 2 3 »", an agency: in quotes as well. */
static bool is_quoted_widget(const struct sight *sight, const struct word *words, size_t count)
{
	enum zone zone;

	return phrases_line(sight->phrases, words, count) ||
	       row_of_phrases(sight->phrases, words, count, &zone) == CATEGORY_NAVIGATION ||
	       byline_is_signature(sight->phrases, words, count);
}

static struct finding find_line(const struct sight *sight, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	struct finding finding, text;

	if (!rest->whole || rest_is_long(rest))
		return nothing;
	if (count == 0)
		return find_rule(rest_text(rest));
	if (says_title(sight->known, words, count))
		return found(CATEGORY_TITLE, count < TITLE_WORDS ? ZONE_BESIDE : ZONE_ANY);
	if (sight->known->kept > 0 && is_quoted(words, count) && !is_quoted_widget(sight, words, count))
		return nothing;
	finding = evidence_part(sight, words, count);
	if (is_out_of_place(sight->known, finding.zone))
		finding = nothing;
	if (!finding.rule && (title_is_site(&sight->known->site, words, count) ||
				     title_names_site(&sight->known->title, words, count)))
		finding = found(CATEGORY_BRAND, ZONE_EDGE);
	if (!finding.rule && has_sign(rest, PART_SIGNS))
		finding = find_parts(sight, words, count);
	if (!finding.rule && sight->known->kept > 0 && has_sign(rest, STOPS))
		finding = find_sentences(sight, words, count);
	if (!finding.rule && sight->known->kept > 0 && count <= CAPTION_WORDS)
		finding = caption_find(sight, rest);
	if (!finding.rule)
		finding = find_author(sight, rest);
	if (finding.rule && (finding.zone == ZONE_ANY || finding.zone == ZONE_BESIDE))
		return finding;
	text = find_text(sight, rest);
	return text.rule && (!finding.rule || text.zone == ZONE_ANY) ? text : finding;
}

/* Names of sections and places with bars, slashes or angles between them, or one of them. Between angles, single ones being
 * quotes to the reader, one listed name speaks for the others. */
static bool is_row_of_sections(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LONGEST = 6, PART = 2 }; /* words */
	size_t listed = 0, others = 0;

	if (count > LONGEST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t at = 0, len; at < count; at += len) {
		uint32_t met;

		len = clitics_term(
			lookup, words + at, count - at, TERM_SECTION | TERM_PLACE | TERM_HOME, &met);
		listed += len > 0;
		others += !len;
		len = len ? len : words_to_sign(words, at, count);
		if (words[at].digits || len > PART + (size_t)(listed > 0) ||
			(at && (words[at].before.count != 1 ||
				       !sign_is_one_of(words[at].before.first, others ? ">\"" : "/|>\""))))
			return false;
	}
	return listed && (!others || words_to_sign(words, 0, count) < count);
}

bool evidence_is_section(const struct phrases *phrases, const struct rest *rest)
{
	enum { LONGEST = 5 }; /* words of a trail that lost its signs */
	const struct word *words = rest_words(rest);
	struct lookup lookup = { phrases, rest->reader, rest->line };
	size_t count = rest_count(rest), home;

	if (!count || !rest->whole)
		return false;
	home = lookup_term(&lookup, words, 0, count, TERM_HOME);
	return row_is_section(&lookup, words, count) || is_row_of_sections(&lookup, words, count) ||
	       (home && home < count && count <= LONGEST && !words[count].before.first);
}

/* The words that a title below must not have in common with the name: not what the site is, nor where. */
static void note_names(
	const struct phrases *phrases, const struct word *words, size_t count, uint64_t names[FRAME_NAMES])
{
	uint32_t found_terms;

	memset(names, 0, FRAME_NAMES * sizeof *names);
	for (size_t i = 0; i < count && i < FRAME_NAMES; i++)
		if (!words[i].digits && !phrases_term(phrases, words + i, 1,
						TERM_MASTHEAD | TERM_PLACE | TERM_FILLER, &found_terms))
			names[i] = words[i].key;
}

bool evidence_is_masthead(
	const struct phrases *phrases, const struct rest *rest, uint64_t names[FRAME_NAMES])
{
	struct lookup lookup = { phrases, rest->reader, rest->line };

	if (!rest->whole || !masthead_is(&lookup, rest_words(rest), rest_count(rest)))
		return false;
	note_names(phrases, rest_words(rest), rest_count(rest), names);
	return true;
}

bool evidence_is_short(const struct phrases *phrases, const struct rest *rest, uint64_t names[FRAME_NAMES])
{
	enum { PART = 2, PARTS = 2 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest), parts = 1, len = 0;

	if (!rest->whole || !count || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++, len++) {
		bool bar = i && words[i].before.first == '|' && words[i].before.count == 1;

		if ((i && !bar && !gap_joins_name(words[i].before)) ||
			(unsigned char)rest->line.at[words[i].start] >= SPACED_SCRIPTS ||
			(!i && words[i].digits))
			return false;
		parts += bar;
		len = bar ? 0 : len;
		if (len == PART || parts > PARTS)
			return false;
	}
	note_names(phrases, words, count, names);
	return true;
}

struct finding evidence_line(
	const struct phrases *phrases, const struct known *known, const struct rest *rest)
{
	struct sight sight = sight_of(phrases, known, rest);
	struct finding finding = find_line(&sight, rest);

	if (known->kept == 0 && finding.effect == EFFECT_LIST)
		finding.effect = EFFECT_DROP; /* the next line may be the title */
	return finding;
}
