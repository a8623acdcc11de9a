/* SPDX-License-Identifier: MIT
 * evidence.c - what the rules have to say of one line. */
#include "evidence.h"

#include "bylines.h"
#include "stamps.h"
#include "widgets.h"

/* In words unless they say otherwise. Measured on the articles and pages the project is tuned on. */
enum {
	RELATED_WORDS = 32, /* what may follow "Read also:" on its line */
	PHRASE_REST = 10, /* what may follow a phrase that asks for no colon */
	SURE_WORDS = 3, /* a phrase this long is no accident, */
	SURE_REST = 24, /* and more may follow it */
	NOTICE_REST = 40, /* notices run on */
	SECTION_WORDS = 4, /* the name of a section of a site */
	PLACEHOLDER_WORDS = 14, /* a line that a template left */
	BYLINE_KEPT = 2, /* lines: a byline follows a title and a subtitle at most */
	STAMP_KEPT = 4, /* lines: a date alone is a stamp no farther down than this, or at the foot */
};

/* Where a line is judged. */
struct view {
	const struct phrases *phrases;
	const struct known *known;
};

static const struct finding nothing = { CATEGORY_NONE, EFFECT_DROP, ZONE_ANY, false };

static struct finding found(enum category rule, enum zone zone)
{
	return (struct finding){ rule, EFFECT_DROP, zone, false };
}

/* --- a whole line --------------------------------------------------------------------------------------- */

static struct finding of_phrase(const struct phrase *phrase, size_t count)
{
	return (struct finding){ phrase->category, phrase->effect, phrase->zone, phrase->words == count };
}

/* "Share: ..." in front of a sentence is how the sentence begins; headlines end without a full stop. */
static bool opens_sentence(const struct phrase *phrase, const struct word *words, size_t count)
{
	struct gap end = words[count].before;

	return phrase->marked && count - phrase->words >= SENTENCE_WORDS && end.first == '.' &&
	       end.count == 1;
}

/* Notices that sites write in whole sentences: three words of one are no accident. */
static bool is_notice(const struct phrase *phrase)
{
	return phrase->words >= SURE_WORDS && !phrase->marked &&
	       (phrase->category == CATEGORY_CONSENT || phrase->category == CATEGORY_COMMENTS ||
		       phrase->category == CATEGORY_COPYRIGHT);
}

/* How many words may follow a phrase on a line that is debris: more, the surer the phrase. */
static size_t phrase_rest(const struct phrase *phrase)
{
	if (is_notice(phrase))
		return NOTICE_REST;
	if (phrase->marked)
		return RELATED_WORDS;
	return phrase->words >= SURE_WORDS ? SURE_REST : PHRASE_REST;
}

static struct finding find_prefix(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT || count - phrase->words > phrase_rest(phrase))
		return nothing;
	if (!is_notice(phrase) && (opens_sentence(phrase, words, count) ||
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

static struct finding find_phrase(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(phrases, words, count);
	struct finding finding;

	if (phrase)
		return of_phrase(phrase, count);
	finding = find_prefix(phrases, words, count);
	return finding.rule ? finding : find_suffix(phrases, words, count);
}

static struct finding find_grammar(const struct view *view, const struct word *words, size_t count)
{
	const struct phrases *phrases = view->phrases;
	struct byline_place place = { view->known->kept == 0,
		!view->known->body && view->known->kept <= BYLINE_KEPT, view->known->stamped,
		view->known->leads };
	enum stamp stamp = stamp_of(phrases, words, count);

	if (stamp == STAMP_SURE)
		return found(CATEGORY_STAMP, ZONE_ANY);
	if (stamp == STAMP_DATE) /* far down it may be a line of a list or of a poem */
		return found(CATEGORY_STAMP, view->known->kept <= STAMP_KEPT ? ZONE_EDGE : ZONE_FOOT);
	if (widget_is_counter(phrases, words, count))
		return found(CATEGORY_COUNTER, ZONE_ANY);
	if (widget_is_buttons(phrases, words, count))
		return found(CATEGORY_SHARE, ZONE_ANY);
	if (widget_is_hashtags(words, count))
		return found(CATEGORY_TAGS, ZONE_ANY);
	if (byline_is(phrases, words, count, place))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (!place.opens &&
		(byline_labelled(phrases, words, count) || byline_is_signature(phrases, words, count)))
		return found(CATEGORY_BYLINE, ZONE_EDGE);
	return nothing;
}

static struct finding find_part(const struct view *view, const struct word *words, size_t count)
{
	struct finding finding = find_phrase(view->phrases, words, count);

	return finding.rule ? finding : find_grammar(view, words, count);
}

static bool parts_at(struct gap gap)
{
	return gap.first == '|' || gap.first == '*';
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
	size_t known = 0, unknown = 0;

	for (size_t from = 0, to; from < count; from = to) {
		struct finding finding;

		to = part_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* one part: judged as a line already */
		finding = find_part(view, words + from, to - from);
		if (finding.effect == EFFECT_TAIL || (!finding.rule && to - from > SECTION_WORDS))
			return nothing;
		known += finding.rule != CATEGORY_NONE;
		unknown += finding.rule == CATEGORY_NONE;
		if (finding.rule && (!all.rule || finding.zone != ZONE_ANY))
			all = finding;
	}
	if (unknown && (unknown > 1 || known < 2 || view->known->body || view->known->kept == 0))
		return nothing;
	all.effect = EFFECT_DROP;
	return all;
}

static struct finding find_text(const struct rest *rest)
{
	struct span text = rest_text(rest);

	if (widget_is_identifier(text))
		return found(CATEGORY_IDENTIFIER, ZONE_ANY);
	if (widget_is_address(text))
		return found(CATEGORY_ADDRESS, ZONE_EDGE);
	if (rest_count(rest) <= PLACEHOLDER_WORDS && widget_has_placeholder(text))
		return found(CATEGORY_TEMPLATE, ZONE_ANY);
	return nothing;
}

static struct finding find_line(const struct view *view, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	struct finding finding;

	if (!rest->whole || rest_is_long(rest))
		return nothing;
	if (count == 0)
		return widget_is_rule(rest_text(rest)) ? found(CATEGORY_SEPARATOR, ZONE_ANY) : nothing;
	if (title_again(&view->known->title, words, count))
		return found(CATEGORY_TITLE, ZONE_ANY);
	finding = find_part(view, words, count);
	if (!finding.rule)
		finding = find_parts(view, words, count);
	return finding.rule ? finding : find_text(rest);
}

struct finding evidence_line(
	const struct phrases *phrases, const struct known *known, const struct rest *rest)
{
	struct view view = { phrases, known };

	return find_line(&view, rest);
}

/* --- spans --------------------------------------------------------------------------------------------- */

static bool cut_opening(const struct view *view, struct rest *rest)
{
	size_t start;

	if (view->known->body || !rest_is_body_like(rest, view->known->kept == 0))
		return false;
	start = byline_opening(view->phrases, rest->line, rest_words(rest), rest_count(rest));
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

static bool cut_suffix(const struct view *view, struct rest *rest)
{
	size_t count = rest_count(rest);
	size_t tags = widget_trailing_hashtags(rest_words(rest), count);
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
	return rest->whole && (cut_suffix(view, rest) || cut_copies(view, rest));
}

bool evidence_cut(const struct phrases *phrases, const struct known *known, struct rest *rest)
{
	struct view view = { phrases, known };

	return cut_one(&view, rest);
}

static bool is_set_apart(struct gap gap)
{
	return gap_is_terminal(gap) || gap_is_separator(gap);
}

void evidence_spans(
	const struct phrases *phrases, const struct rest *rest, size_t line_start, struct cuts *cuts)
{
	for (size_t i = rest->from + 1; i < rest->to; i++) {
		const struct phrase *phrase = phrases_span(phrases, rest->reader->words + i, rest->to - i);
		size_t end;

		if (!phrase || !is_set_apart(rest->reader->words[i].before))
			continue;
		end = i + phrase->words;
		if (end < rest->to && !is_set_apart(rest->reader->words[end].before))
			continue;
		cuts_add(cuts,
			(struct cut){ line_start + rest->reader->words[i].start,
				line_start + (end < rest->to ? rest->reader->words[end].start : rest->end),
				phrase->category, false, CUT_SURE });
		i = end - 1;
	}
}
