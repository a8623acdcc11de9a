/* SPDX-License-Identifier: MIT
 * ends.c - spans cut off the start or the end of a line. */
#include "ends.h"

#include "bylines.h"
#include "closings.h"
#include "datelines.h"
#include "signatures.h"
#include "tags.h"

enum {
	REQUEST_LEAST = 4, /* words of a request that ends as a sentence does */
	GLUED_LEAST = 3, /* bytes of the word that a widget is glued to: initials have fewer */
};

/* "Harbour Post - The ferry ...", below "Harbour Post" and a title: the first line is the site, and it opens the text. */
static bool opens_with_name(const struct sight *sight, const struct word *words, size_t count)
{
	const struct known *known = sight->known;
	size_t len = known->title.words;

	return known->titled && len < count && words[len].before.first == '-' && words[len].before.space &&
	       title_is_name(&known->title, words, len);
}

static bool cut_opening(const struct sight *sight, struct rest *rest)
{
	size_t start;

	if (rest->head_rule || !rest_is_body_like(rest, sight->known->kept == 0))
		return false;
	if (!sight->known->body && opens_with_name(sight, rest_words(rest), rest_count(rest))) {
		rest_cut_head(rest,
			reader_skip_closer(rest->line, rest_words(rest)[sight->known->title.words - 1].end),
			CATEGORY_BYLINE);
		return true;
	}
	start = dateline_end(sight->phrases,
		(struct dateline_known){ &sight->known->site, sight->known->around, !sight->known->body },
		rest->line, rest_words(rest), rest_count(rest));
	if (start)
		rest_cut_head(rest, start, CATEGORY_BYLINE);
	return start;
}

static bool cut_prefix(const struct sight *sight, struct rest *rest)
{
	const struct phrase *phrase = phrases_prefix(sight->phrases, rest_words(rest), rest_count(rest));

	if (!phrase || phrase->effect != EFFECT_CUT || phrase->words == rest_count(rest))
		return false;
	rest_cut_head(rest,
		reader_skip_closer(rest->line, rest->reader->words[rest->from + phrase->words - 1].end),
		phrase->category);
	return true;
}

/* "[Ad] The ferry ...", "Advertisement The ferry ...": a label stands in brackets, or what follows begins a sentence. */
static bool is_label_of(const struct phrase *phrase, const struct word *words, struct span line)
{
	const struct word *next = &words[phrase->words];
	bool ascii = (unsigned char)line.at[words[0].start] < 0x80;

	if (words[0].before.last == '[')
		return next->before.first == ']';
	return !next->before.first &&
	       (next->capital || ascii != ((unsigned char)line.at[next->start] < 0x80));
}

static bool cut_label(const struct sight *sight, struct rest *rest)
{
	const struct word *words = rest_words(rest);
	const struct phrase *phrase = phrases_span(sight->phrases, words, rest_count(rest));

	if (!phrase || phrase->zone != ZONE_HEAD || phrase->words == rest_count(rest) ||
		!is_label_of(phrase, words, rest->line))
		return false;
	rest_cut_head(rest, words[phrase->words].start, phrase->category);
	return true;
}

/* The run of hashtags at the end; not where the sentence says that they are some. */
static size_t tags_at_end(const struct sight *sight, const struct word *words, size_t count)
{
	size_t tags = tag_tail_behind_stop(words, count);
	uint32_t found;

	if (tags)
		return tags;
	tags = tag_tail(words, count);
	if (!tags || phrases_term(sight->phrases, words + count - tags - 1, 1, TERM_HASHTAG, &found))
		return 0;
	return tags;
}

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

/* A label of an advertisement, and no more than that. */
static bool is_label(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(sight->phrases, words, count);

	return phrase && phrase->category == CATEGORY_ADVERTISEMENT && !words[count].before.first;
}

/* What is said of the words behind the end of a sentence: a widget that was glued to the line. */
static enum category tail_rule(const struct sight *sight, const struct word *words, size_t count)
{
	struct finding part = evidence_part(sight, words, count);
	enum category rule =
		part.zone == ZONE_EDGE && part.rule == CATEGORY_COPYRIGHT ? CATEGORY_NONE : part.rule;
	bool bracketed = words[0].before.last == '(' && words[count].before.first == ')';
	struct gap end = words[count].before;
	static const uint32_t follows_body = 1U << CATEGORY_RELATED | 1U << CATEGORY_COUNTER |
					     1U << CATEGORY_SHARE | 1U << CATEGORY_FOLLOW |
					     1U << CATEGORY_COPYRIGHT | 1U << CATEGORY_TEMPLATE |
					     1U << CATEGORY_ADVERTISEMENT;

	if (bracketed && byline_is_signature(sight->phrases, words, count))
		return CATEGORY_SOURCE;
	if (bracketed && asks_for_more(sight, words, count))
		return CATEGORY_RELATED;
	if (signature_is_initials(&sight->lookup, words, count) ||
		signature_is_end(&sight->lookup, words, count) || closing_is(&sight->lookup, words, count))
		return CATEGORY_BYLINE;
	if (byline_is_agency(sight->phrases, words, count))
		return CATEGORY_SOURCE;
	if (rule == CATEGORY_SOURCE || rule == CATEGORY_CREDIT)
		return count <= PHRASE_REST &&
				       (bracketed || (count > 1 && gap_is_separator(words[1].before)))
			       ? rule
			       : CATEGORY_NONE;
	if (is_label(sight, words, count))
		return CATEGORY_ADVERTISEMENT;
	if (count < 2 ||
		((end.first == '.' || end.first == '!') && end.count == 1 && rule != CATEGORY_COPYRIGHT &&
			!(rule == CATEGORY_FOLLOW && count >= REQUEST_LEAST)) ||
		(rule == CATEGORY_COPYRIGHT && count > RIGHTS_WORDS))
		return CATEGORY_NONE;
	return follows_body >> rule & 1 ? rule : CATEGORY_NONE;
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
	bool ascii = (unsigned char)line.at[next->start] < 0x80;

	if (last->end - last->start < GLUED_LEAST || (last->digits && next->digits))
		return false;
	return next->digits || !ascii || (next->capital && line.at[last->end - 1] >= 'a');
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
static bool cut_tail(const struct sight *sight, struct rest *rest)
{
	enum { TAIL_WORDS = 32 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	size_t at = count > TAIL_WORDS ? count - TAIL_WORDS : 0;

	if (!has_sign(rest, STOPS))
		return false;
	for (at = at < SENTENCE_WORDS ? SENTENCE_WORDS : at; at < count; at++) {
		enum category rule;

		if (!opens_tail(sight, words, at))
			continue;
		rule = sign_rule(words, at, count);
		rule = rule ? rule : tail_rule(sight, words + at, count - at);
		if (rule) {
			rest_cut_tail(rest, at, rule);
			return true;
		}
	}
	return false;
}

static bool cut_suffix(const struct sight *sight, struct rest *rest)
{
	size_t count = rest_count(rest);
	size_t tags = tags_at_end(sight, rest_words(rest), count);
	const struct phrase *phrase = phrases_suffix(sight->phrases, rest_words(rest), count);

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

static bool cut_copies(const struct sight *sight, struct rest *rest)
{
	size_t copy = sight->known->body ? 0 : title_repeated(rest_words(rest), rest_count(rest));

	if (copy)
		rest_cut_tail(rest, copy, CATEGORY_TITLE);
	return copy;
}

/* Cuts one span off the start or the end; false when there is none. */
static bool cut_one(const struct sight *sight, struct rest *rest)
{
	if (rest_count(rest) == 0)
		return false;
	if (cut_opening(sight, rest) || cut_prefix(sight, rest) || cut_label(sight, rest))
		return true;
	return rest->whole && (cut_suffix(sight, rest) || cut_tail(sight, rest) || cut_copies(sight, rest));
}

bool ends_cut(const struct phrases *phrases, const struct known *known, struct rest *rest)
{
	struct sight sight = sight_of(phrases, known, rest);

	return cut_one(&sight, rest);
}
