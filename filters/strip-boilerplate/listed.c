/* SPDX-License-Identifier: MIT
 * listed.c - what the lexicons say of words: a phrase is all of them, or begins or ends them. */
#include "listed.h"

#include "script.h"

/* In words. Measured on the articles and pages the project is tuned on. */
enum {
	RELATED_WORDS = 32, /* what may follow "Read also:" on its line */
	SURE_WORDS = 3, /* a phrase this long is no accident, */
	SURE_REST = 24, /* and more may follow it */
	NOTICE_REST = 40, /* notices run on, */
	TOLD_WORDS = 5, /* and those that begin with so many known words */
	TOLD_REST = 160, /* say all they have to on one line */
	SOURCE_REST = 6, /* the names of sources */
};

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

/* Notices and requests that sites write in whole sentences: three words of the ones and more of the others are no accident. */
static bool is_notice(const struct phrase *phrase)
{
	static const uint32_t notices = 1U << CATEGORY_CONSENT | 1U << CATEGORY_COMMENTS |
					1U << CATEGORY_COPYRIGHT,
			      requests = 1U << CATEGORY_SHARE | 1U << CATEGORY_FOLLOW;

	return !phrase->marked &&
	       ((phrase->words >= SURE_WORDS && notices >> phrase->category & 1) ||
		       (phrase->words >= TOLD_WORDS && requests >> phrase->category & 1));
}

/* What follows "FILE PHOTO:" is a caption, of whatever sentences, and what follows "Image caption,". */
static bool is_caption(const struct phrase *phrase, const struct word *words, size_t count)
{
	int32_t sign = words[phrase->words].before.first;

	return phrase->category == CATEGORY_CREDIT && phrase->words > 1 && phrase->words < count &&
	       (phrase->marked || sign == ',' || sign == ':');
}

/* How many words may follow a phrase on a line that is debris: more, the surer the phrase. */
static size_t phrase_rest(const struct phrase *phrase, const struct word *words, size_t count)
{
	if (is_notice(phrase))
		return phrase->words < TOLD_WORDS || phrase->category == CATEGORY_COMMENTS ? NOTICE_REST
											   : TOLD_REST;
	if (phrase->marked || is_caption(phrase, words, count))
		return RELATED_WORDS;
	if (phrase->category == CATEGORY_SOURCE && phrase->words < SURE_WORDS)
		return SOURCE_REST;
	return phrase->words >= SURE_WORDS ? SURE_REST : PHRASE_REST;
}

/* "Video: ..." and the like also begin titles; the first line of a document is one. */
static bool heads_title(const struct sight *sight, const struct phrase *phrase, size_t count)
{
	return sight->known->kept == 0 && phrase->marked && phrase->words == 1 && count > phrase->words;
}

static struct finding find_prefix(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(sight->phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT ||
		count - phrase->words > phrase_rest(phrase, words, count))
		return nothing;
	if (heads_title(sight, phrase, count))
		return nothing;
	if (!is_notice(phrase) && !is_caption(phrase, words, count) &&
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

/* "See also Ferry returns to the harbour": a link to a story whose sign was lost. Where there are capitals, what follows
 * begins with one. */
static struct finding find_flat_link(const struct sight *sight, const struct word *words, size_t count)
{
	enum { LEAST = 3, MOST = 20 }; /* words of a headline */
	const struct phrase *phrase = phrases_part(sight->phrases, words, count);
	const struct word *next;

	if (!phrase || phrase->category != CATEGORY_RELATED || phrase->words < 2 ||
		count < phrase->words + (size_t)LEAST || count > phrase->words + (size_t)MOST)
		return nothing;
	next = &words[phrase->words];
	if (next->before.first || words[count].before.first == '.' ||
		words_hold_sentence_end(words, phrase->words + 1u, count) ||
		!script_may_begin(sight->lookup.line, next))
		return nothing;
	return found(CATEGORY_RELATED, ZONE_ANY);
}

struct finding listed_find(const struct sight *sight, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(sight->phrases, words, count);
	struct finding finding;

	if (phrase) {
		finding = of_phrase(phrase, count);
		if (finding.rule == CATEGORY_RELATED && finding.effect == EFFECT_DROP &&
			words[count].before.last == ':')
			finding.effect = EFFECT_LIST; /* "Read more:" */
		return finding;
	}
	finding = find_prefix(sight, words, count);
	if (!finding.rule)
		finding = find_suffix(sight->phrases, words, count);
	return finding.rule ? finding : find_flat_link(sight, words, count);
}
