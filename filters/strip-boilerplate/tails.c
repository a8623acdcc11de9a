/* SPDX-License-Identifier: MIT
 * tails.c - what pages put behind the last sentence of a line. */
#include "tails.h"

#include "bylines.h"
#include "captions.h"
#include "closings.h"
#include "persons.h"
#include "script.h"
#include "signatures.h"
#include "writers.h"

enum {
	REQUEST_LEAST = 4, /* words of a request that ends as a sentence does, */
	REQUEST_MOST = 14, /* and is none of the story's own advice */
	COMMENT_WORDS = 4, /* "12 comments", "see 12 comments" */
	GLUED_LEAST = 3, /* bytes of the word that a widget is glued to: initials have fewer */
};

/* "(watch the goals on video)": what a page asks of its reader, and with what. */
static bool asks_for_more(const struct sight *sight, const struct word *words, size_t count)
{
	uint32_t met;
	size_t len = count > PHRASE_REST ? 0 : clitics_term(&sight->lookup, words, count, TERM_ASK, &met);

	for (size_t at = len; len && at < count; at++)
		if (!words[at].before.first && clitics_term(&sight->lookup, words + at, count - at,
						       TERM_THING | TERM_BUTTON, &met))
			return true;
	return false;
}

/* A label of an advertisement or a button, and no more than that. */
static bool is_label(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(sight->phrases, words, count);

	if (!phrase || words[count].before.first || words[0].before.last == '-')
		return false;
	return phrase->category == CATEGORY_ADVERTISEMENT ||
	       (phrase->category == CATEGORY_SHARE && phrase->zone == ZONE_ANY &&
		       script_may_begin(sight->lookup.line, words));
}

/* "... said. Jane Roe, Nairobi", "... said. Harbour 24/ AFP": who reports, and no stop behind. */
static bool is_signed(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LONGEST = 6 };
	struct word alone[LONGEST + 1]; /* the name, without the signs beside it */
	size_t name = 1;
	uint32_t met;

	if (count < 2 || count > LONGEST || words[count].before.first)
		return false;
	if (byline_is_signature(sight->phrases, words, count))
		return true;
	if (sight->known->kept == 0 || words[0].before.last == '-')
		return false; /* a headline goes on with a name; a saying is somebody's */
	while (name < count && words[name].before.first != ',')
		name++;
	memcpy(alone, words, (name + 1) * sizeof *alone);
	alone[0].before = alone[name].before = (struct gap){ 0 };
	return person_is(sight->phrases, alone, name) &&
	       (name == count || phrases_term(sight->phrases, words + name, count - name, TERM_PLACE,
					 &met) == count - name);
}

static bool ends_as_sentence(const struct word *words, size_t count)
{
	struct gap end = words[count].before;

	return (end.first == '.' || end.first == '!') && end.count == 1;
}

/* The words begin with what is asked: other sentences with the same words tell of somebody. */
static bool asks_first(const struct sight *sight, const struct word *words, size_t count)
{
	uint32_t met;

	return clitics_term(&sight->lookup, words, count, TERM_CALL | TERM_ASK, &met) > 0;
}

/* What a page says to its reader may end with a full stop. */
static bool may_be_sentence(
	const struct sight *sight, enum category rule, const struct word *words, size_t count)
{
	if (rule == CATEGORY_COPYRIGHT)
		return true;
	if (count < REQUEST_LEAST || count > REQUEST_MOST)
		return false;
	return rule == CATEGORY_SHARE || (rule == CATEGORY_FOLLOW && asks_first(sight, words, count));
}

/* "Tags: quay, harbour" */
static bool is_labelled(const struct word *words, size_t count)
{
	enum { LABEL_WORDS = 3 };

	for (size_t at = 1; at < count && at <= LABEL_WORDS; at++)
		if (words[at].before.first == ':')
			return true;
	return false;
}

/* Whose the story or the picture in it is, or nothing. */
static enum category owner_rule(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrases *phrases = sight->phrases;
	const struct lookup *lookup = &sight->lookup;
	bool bracketed = words[0].before.last == '(' && words[count].before.first == ')';

	if (bracketed && byline_is_signature(phrases, words, count))
		return CATEGORY_SOURCE;
	if (bracketed && asks_for_more(sight, words, count))
		return CATEGORY_RELATED;
	if (writer_is_desk(lookup, words, count) || signature_is_initials(lookup, words, count) ||
		signature_is_end(lookup, words, count) || closing_is(lookup, words, count))
		return CATEGORY_BYLINE;
	if (byline_is_agency(phrases, words, count) || signature_is_desk(lookup, words, count))
		return CATEGORY_SOURCE;
	if (caption_is_behind(sight, words, count))
		return CATEGORY_CREDIT;
	return is_signed(sight, words, count) ? CATEGORY_BYLINE : CATEGORY_NONE;
}

/* Sources and credits of one word stand in brackets, or have a sign behind them. */
static bool is_told_source(const struct word *words, size_t count)
{
	bool bracketed = words[0].before.last == '(' && words[count].before.first == ')';

	return count <= PHRASE_REST && (bracketed || (count > 1 && gap_is_separator(words[1].before)));
}

/* Whether a widget of that kind may be glued to a sentence, as the words are. */
static bool may_follow(
	const struct sight *sight, enum category rule, const struct word *words, size_t count)
{
	static const uint32_t follows_body = 1U << CATEGORY_RELATED | 1U << CATEGORY_COUNTER |
					     1U << CATEGORY_SHARE | 1U << CATEGORY_FOLLOW |
					     1U << CATEGORY_COPYRIGHT | 1U << CATEGORY_TEMPLATE |
					     1U << CATEGORY_ADVERTISEMENT;

	if (count < 2 || (ends_as_sentence(words, count) && !may_be_sentence(sight, rule, words, count)) ||
		(rule == CATEGORY_COPYRIGHT && count > RIGHTS_WORDS))
		return false;
	if (rule == CATEGORY_COMMENTS)
		return count <= COMMENT_WORDS && gist_of(words, count).digits;
	return follows_body >> rule & 1 || (rule == CATEGORY_TAGS && is_labelled(words, count));
}

/* What is said of the words behind the end of a sentence: who signs, or a widget that was glued to the line. */
static enum category tail_rule(const struct sight *sight, const struct word *words, size_t count)
{
	enum category rule = owner_rule(sight, words, count);
	struct finding part;

	if (rule)
		return rule;
	if (is_label(sight, words, count))
		return CATEGORY_ADVERTISEMENT;
	part = evidence_part(sight, words, count);
	rule = part.zone == ZONE_EDGE && part.rule == CATEGORY_COPYRIGHT ? CATEGORY_NONE : part.rule;
	if (rule == CATEGORY_SOURCE || rule == CATEGORY_CREDIT)
		return is_told_source(words, count) ? rule : CATEGORY_NONE;
	return may_follow(sight, rule, words, count) ? rule : CATEGORY_NONE;
}

/* A camera, behind the end of a sentence. */
static bool shows_picture(const struct word *word)
{
	int32_t sign = word->before.last;

	return word->before.count >= 2 && (sign == 0x1F4F7 || sign == 0x1F4F8 || sign == 0x1F3A5) &&
	       (word->before.first == '.' || word->before.first == '"');
}

/* Whether a widget may be glued to the sentence in front of the word: not within a number, a domain or initials. */
static bool opens_glued(const struct sight *sight, const struct word *words, size_t at)
{
	const struct word *last = &words[at - 1], *next = &words[at];
	struct span line = sight->lookup.line;

	if (last->end - last->start < GLUED_LEAST || (last->digits && next->digits))
		return false;
	return next->digits || !script_is_ascii(line, next) ||
	       (next->capital && line.at[last->end - 1] >= 'a');
}

/* Whether what stands from the word on is said behind the end of a sentence. */
static bool opens_tail(const struct sight *sight, const struct word *words, size_t at)
{
	if (!gap_is_terminal(words[at].before))
		return shows_picture(&words[at]);
	return words[at].before.space || opens_glued(sight, words, at);
}

/* "... he said. 📷 Instagram", "... he said. 6,482": whose the picture is, and how many looked. */
static enum category sign_rule(const struct word *words, size_t at, size_t count)
{
	enum { NAME_WORDS = 4 };

	if (shows_picture(&words[at]) && count - at <= NAME_WORDS && !words[count].before.first)
		return CATEGORY_CREDIT;
	if (count - at == 2 && words[at].digits && words[at].digits <= 3 && words[at + 1].digits == 3 &&
		words[at].before.count == 1 && words[at + 1].before.first == ',' &&
		!words[at + 1].before.space && !words[count].before.first)
		return CATEGORY_COUNTER;
	return CATEGORY_NONE;
}

/* What is no part of a line, however short the sentence in front. */
static bool is_told_anywhere(enum category rule)
{
	return rule == CATEGORY_SOURCE || rule == CATEGORY_BYLINE || rule == CATEGORY_COUNTER;
}

bool tail_cut(const struct sight *sight, struct rest *rest)
{
	enum { TAIL_WORDS = 32, SHORT_SENTENCE = 3 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	size_t at = count > TAIL_WORDS ? count - TAIL_WORDS : 0;

	if (!has_sign(rest, STOPS))
		return false;
	for (at = at < SHORT_SENTENCE ? SHORT_SENTENCE : at; at < count; at++) {
		enum category rule;

		if (!opens_tail(sight, words, at))
			continue;
		rule = sign_rule(words, at, count);
		rule = rule ? rule : tail_rule(sight, words + at, count - at);
		if (rule && (at >= SENTENCE_WORDS || is_told_anywhere(rule))) {
			rest_cut_tail(rest, at, rule);
			return true;
		}
	}
	return false;
}
