/* SPDX-License-Identifier: MIT
 * captions.c - what a picture shows, and whose it is. */
#include "captions.h"

#include "bylines.h"
#include "compiled.h"
#include "dateline_forms.h"
#include "listed.h"
#include "script.h"

bool caption_is_credit(const struct sight *sight, const struct word *words, size_t count)
{
	enum { OWNER_WORDS = 6 };
	const struct phrase *phrase = phrases_prefix(sight->phrases, words, count);

	if (!phrase || phrase->category != CATEGORY_CREDIT || phrase->words == count ||
		count - phrase->words > OWNER_WORDS || gap_is_terminal(words[count].before))
		return false;
	return phrase->marked || words[phrase->words].before.first == ',' ||
	       (phrase->words > 1 && words[phrase->words].capital);
}

bool caption_is_behind(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LONGEST = 20 };

	if (count > LONGEST)
		return false;
	for (size_t at = 0; at + 1 < count; at++) {
		if (at && gap_is_terminal(words[at].before))
			return false;
		if ((!at || script_may_begin(sight->lookup.line, &words[at])) &&
			caption_is_credit(sight, words + at, count - at))
			return true;
	}
	return false;
}

bool caption_is_in_front(const struct sight *sight, const struct rest *rest)
{
	enum { LONGEST = 45 };
	const struct word *credit = rest->reader->words + rest->to;
	size_t count = rest->reader->count - rest->to;

	return rest->tail_rule == CATEGORY_CREDIT && !rest->head_rule && count &&
	       rest_count(rest) <= LONGEST &&
	       (caption_is_credit(sight, credit, count) || !caption_is_behind(sight, credit, count));
}

/* How many words say that whose the picture is follows: a label of credits, or of those who write with a name behind it. */
static size_t credit_label(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(sight->phrases, words, count);
	size_t len;

	if (phrase && phrase->category == CATEGORY_CREDIT && phrase->effect == EFFECT_DROP)
		return phrase->words;
	len = lookup_term(&sight->lookup, words, 0, count, TERM_BY);
	if (!len || words[0].before.first == '.' || len + 2 > count)
		return 0;
	for (size_t i = len; i < count; i++)
		if (words[i].before.first || words[i].digits ||
			lookup_term(&sight->lookup, words, i, count, TERM_FILLER | TERM_GLUE))
			return 0; /* no name */
	return len;
}

/* An agency or outlet, perhaps with a name beside it: "Harbour Post", "Harbour Post/Jane Roe", "Jane Roe/Reuters". */
static bool is_owner(const struct sight *sight, const struct word *words, size_t count)
{
	static const uint32_t who = TERM_AGENCY | TERM_OUTLET;
	size_t first = lookup_term(&sight->lookup, words, 0, count, who), sign;

	if (words_have_digits(words, count))
		return false;
	if (first)
		return first == count || (words[first].before.first && words[first].before.count == 1);
	sign = words_to_sign(words, 0, count);
	return sign < count && sign_is_one_of(words[sign].before.first, "/-") &&
	       sign + lookup_term(&sight->lookup, words, sign, count, who) == count;
}

/* Whether the words of a line from `at` on, which stand in brackets at its end, say whose the picture is. A paragraph may also
 * end with whom it is from: it is longer than a caption, or begins as stories do. */
static bool is_credit_in_brackets(
	const struct sight *sight, const struct word *words, size_t at, size_t count)
{
	enum { MOST = 14, HEAD_MOST = 10 }; /* a subtitle may have the credit of the picture behind it */

	if (listed_find(sight, words + at, count - at).rule == CATEGORY_CREDIT)
		return true;
	if (credit_label(sight, words + at, count - at) && count - at > 1)
		return at <= MOST;
	return at <= (size_t)(sight->known->body ? MOST : HEAD_MOST) &&
	       !dateline_forms_has_lead(&compiled_datelines, words[0].key) &&
	       is_owner(sight, words + at, count - at);
}

/* "The quay at noon (Photo: ...)", "(Reuters)": what is in the brackets that end a line says that it is a caption. */
static struct finding find_bracketed(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LONGEST = 8, IN_BRACKETS = 3 }; /* words in the brackets */
	size_t at = count;

	if (words[count].before.first != ')')
		return nothing;
	if (!sight->known->body && count <= IN_BRACKETS && words[0].before.last == '(')
		return found(CATEGORY_CREDIT, ZONE_HEAD); /* "(Harbour Post)", below a title */
	while (at > 1 && words[at].before.last != '(' && count - at <= LONGEST)
		at--;
	if (words[at].before.last != '(' || count - at > LONGEST || gap_is_terminal(words[at].before) ||
		words_hold_sentence_end(words, 1, at))
		return nothing;
	return is_credit_in_brackets(sight, words, at, count) ? found(CATEGORY_CREDIT, ZONE_ANY) : nothing;
}

/* "The quay at noon - Photo: Jane Roe": a sign, a label, and a name up to the end of the line. */
static struct finding find_credited(const struct sight *sight, const struct word *words, size_t count)
{
	enum { CAPTION_LEAST = 3, NAMES = 5, LABEL = 3 };
	struct gap end = words[count].before;

	if (gap_is_terminal(end) || (end.first && end.first != ')'))
		return nothing;
	for (size_t at = count - 1; at >= CAPTION_LEAST && count - at <= NAMES + LABEL; at--) {
		struct gap sign = words[at].before;
		size_t label;

		if (!sign.first || (!sign.space && sign.last != '(') ||
			!sign_is_one_of(sign.first, "-|./("))
			continue;
		if (gap_is_terminal(sign) && at >= SENTENCE_WORDS)
			return nothing; /* a sentence, and a credit behind it */
		label = credit_label(sight, words + at, count - at);
		if (label && at + label < count && count - at - label <= NAMES)
			return found(CATEGORY_CREDIT, ZONE_ANY);
	}
	return nothing;
}

/* "The quay at noon. © Jane Roe": whose the picture is, behind what it shows. */
static struct finding find_owner(const struct sight *sight, const struct word *words, size_t count)
{
	enum { OWNER_WORDS = 6 };
	struct span line = sight->lookup.line;

	if (gap_is_terminal(words[count].before))
		return nothing;
	for (size_t at = count; at-- > 1 && count - at <= OWNER_WORDS + 1;)
		if (line.at[words[at].start] == '\xC2' && /* most begin otherwise */
			span_has_prefix(span_skip(line, words[at].start), SPAN("\u00A9")) &&
			words[at].before.space && at + 1 < count && !words[at + 1].digits)
			return found(CATEGORY_CREDIT, ZONE_ANY);
	return nothing;
}

/* "Photo: Jane Roe": a colon, and what begins as a name does. */
static bool credits_name(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(sight->phrases, words, count);
	size_t at = phrase ? phrase->words : count;

	return at + 1 < count && words[at].before.first == ':' && words[at].capital &&
	       words[at + 1].capital && caption_is_credit(sight, words, count);
}

/* "The quay at noon Photo: Jane Roe": no sign in front, but a colon behind. */
static struct finding find_captioned(const struct sight *sight, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);

	if (!has_sign(rest, SIGN_BIT(':')) || gap_is_terminal(words[count].before))
		return nothing;
	for (size_t at = 1; at + 1 < count && !gap_is_terminal(words[at].before); at++)
		if (credits_name(sight, words + at, count - at))
			return found(CATEGORY_CREDIT, ZONE_ANY);
	return nothing;
}

struct finding caption_find(const struct sight *sight, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	struct finding finding;

	if (words[count].before.last == ':')
		return nothing; /* what follows is said by somebody */
	finding = find_bracketed(sight, words, count);
	if (!finding.rule)
		finding = find_owner(sight, words, count);
	if (!finding.rule)
		finding = find_credited(sight, words, count);
	return finding.rule ? finding : find_captioned(sight, rest);
}
