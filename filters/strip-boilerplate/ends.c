/* SPDX-License-Identifier: MIT
 * ends.c - spans cut off the start or the end of a line. */
#include "ends.h"

#include "bylines.h"
#include "captions.h"
#include "datelines.h"
#include "script.h"
#include "signatures.h"
#include "tags.h"
#include "tails.h"

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

	if (words[0].before.last == '[')
		return next->before.first == ']';
	return !next->before.first &&
	       (next->capital || script_is_ascii(line, words) != script_is_ascii(line, next));
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

/* "(Photo: Jane Roe) The ferry ...": whose the picture above is. */
static bool cut_bracketed_credit(const struct sight *sight, struct rest *rest)
{
	enum { LONGEST = 10 };
	const struct word *words = rest_words(rest);
	size_t len = 1, count = rest_count(rest);

	if (words[0].before.last != '(')
		return false;
	while (len < count && len <= LONGEST && words[len].before.first != ')')
		len++;
	if (len >= count || words[len].before.first != ')' || words[len].before.count > 1 ||
		!caption_is_credit(sight, words, len))
		return false;
	rest_cut_head(rest, words[len].start, CATEGORY_CREDIT);
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

/* "... pic.twitter.com/... — Harbour Post (@harbour) May 2, 2021": what embedding leaves behind a post. */
static bool cut_post(const struct sight *sight, struct rest *rest)
{
	enum { LONGEST = 24 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);

	if (!has_sign(rest, SIGN_BIT('/')))
		return false;
	for (size_t at = count > LONGEST ? count - LONGEST : 1; at < count; at++)
		if (span_has_prefix(
			    span_skip(sight->lookup.line, words[at].start), SPAN("pic.twitter.com/")) &&
			!words_hold_sentence_end(words, at + 3, count)) {
			rest_cut_tail(rest, at, CATEGORY_SOURCE);
			return true;
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
	if (cut_opening(sight, rest) || cut_prefix(sight, rest) || cut_label(sight, rest) ||
		cut_bracketed_credit(sight, rest))
		return true;
	return rest->whole && (cut_suffix(sight, rest) || cut_post(sight, rest) || tail_cut(sight, rest) ||
				      cut_copies(sight, rest));
}

bool ends_cut(const struct phrases *phrases, const struct known *known, struct rest *rest)
{
	struct sight sight = sight_of(phrases, known, rest);

	return cut_one(&sight, rest);
}
