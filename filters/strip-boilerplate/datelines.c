/* SPDX-License-Identifier: MIT
 * datelines.c - the dateline that opens a story, known by its form. */
#include "datelines.h"

#include "script.h"

enum {
	PLACE_WORDS = 3, /* of a place that nobody listed */
	DAY_WORDS = 6,
	REPORTER_WORDS = 4,
};

/* A line being read, and what was found of its dateline. */
struct scan {
	const struct phrases *phrases;
	const struct title *site;
	struct span line;
	const struct word *words;
	size_t count;
	size_t place; /* words */
	bool listed, capitals; /* the place is a listed one, is written in capitals */
	bool dated; /* a day stands behind it */
	size_t at; /* the word behind place and day */
};

/* Who reports, as far as the words tell. */
struct reporter {
	size_t from, to;
	bool agency; /* a listed one is among them */
	bool outlet; /* they are a listed outlet */
	bool named; /* they say what they are ("news agency"), or are the site */
	bool place; /* they are a place */
};

static size_t term_at(const struct scan *scan, size_t at, uint32_t wanted)
{
	uint32_t found;

	return at < scan->count
		       ? phrases_term(scan->phrases, scan->words + at, scan->count - at, wanted, &found)
		       : 0;
}

static bool is_arabic(const struct scan *scan, size_t at)
{
	return script_is_arabic(scan->line, &scan->words[at]);
}

/* "in", a month, a number: up to a bracket. */
static size_t day_words(const struct scan *scan, size_t from)
{
	size_t at = from, numbers = 0;

	while (at < scan->count && at < from + DAY_WORDS) {
		const struct word *word = &scan->words[at];
		size_t len = word->digits ? 1 : term_at(scan, at, TERM_MONTH | TERM_WEEKDAY);

		if (!len || word->before.last == '(' ||
			(at > from && word->before.space && word->before.first == '-'))
			break;
		numbers += word->digits > 0;
		at += len;
	}
	if (numbers == 1 && at == from + 1) /* "MADRID, 12 (Agency)" */
		return at < scan->count && scan->words[at].before.last == '(' ? 1 : 0;
	return numbers ? at - from : 0;
}

static size_t capital_words(const struct scan *scan)
{
	size_t len = 0;

	while (len < scan->count && len < PLACE_WORDS && !(len && scan->words[len].before.first) &&
		script_is_capitals(scan->line, &scan->words[len]))
		len++;
	return len;
}

static size_t unlisted_words(const struct scan *scan)
{
	size_t len = 0;

	while (len < scan->count && len < PLACE_WORDS && !(len && scan->words[len].before.first) &&
		!scan->words[len].digits)
		len++;
	return len < scan->count && scan->words[len].before.first ? len : 0;
}

/* "CITY, Calif. (Agency)": a region between the place and a bracket. */
static size_t region_words(const struct scan *scan)
{
	size_t at = scan->place;

	if (scan->words[at].before.first != ',')
		return 0;
	while (at < scan->count && at < scan->place + PLACE_WORDS && scan->words[at].before.last != '(' &&
		!scan->words[at].digits)
		at++;
	return at < scan->count && scan->words[at].before.last == '(' ? at - scan->place : 0;
}

/* The place, and the day behind it. False when the line opens with neither. */
static bool read_place(struct scan *scan)
{
	bool closed;

	if (scan->count < 3 || scan->words[0].digits || scan->words[0].before.first)
		return false;
	scan->capitals = capital_words(scan);
	scan->place = term_at(scan, 0, TERM_PLACE);
	scan->listed = scan->place;
	if (!scan->place && scan->capitals)
		scan->place = capital_words(scan);
	if (!scan->place)
		scan->place = unlisted_words(scan);
	if (!scan->place || term_at(scan, 0, TERM_MASTHEAD))
		return false;
	closed = scan->place < scan->count && scan->words[scan->place].before.first == '-';
	scan->at = scan->place + (closed ? 0 : day_words(scan, scan->place));
	scan->dated = scan->at > scan->place;
	if (!scan->dated)
		scan->at += region_words(scan);
	return scan->at + 1 < scan->count;
}

static struct reporter reporter_of(const struct scan *scan, size_t from, size_t to)
{
	struct reporter reporter = { .from = from, .to = to };
	size_t len = to - from;

	for (size_t at = from; at < to; at++)
		reporter.agency |= term_at(scan, at, TERM_AGENCY) > 0;
	reporter.outlet = !reporter.agency && term_at(scan, from, TERM_OUTLET) == len;
	reporter.named = term_at(scan, from, TERM_MASTHEAD) || term_at(scan, to - 1, TERM_MASTHEAD) == 1 ||
			 title_is_site(scan->site, scan->words + from, len);
	reporter.place = term_at(scan, from, TERM_PLACE) == len;
	return reporter;
}

/* The words up to a gap that starts with `close`; false where it does not come soon. */
static bool read_reporter(const struct scan *scan, int32_t close, struct reporter *reporter)
{
	for (size_t to = scan->at + 1; to < scan->count && to <= scan->at + REPORTER_WORDS; to++) {
		if (scan->words[to - 1].digits)
			return false;
		if (scan->words[to].before.first != close)
			continue;
		*reporter = reporter_of(scan, scan->at, to);
		return true;
	}
	return false;
}

/* "exclusive", "agencies" between the bracket and the colon. */
static size_t behind_label(const struct scan *scan, size_t at)
{
	size_t len = term_at(scan, at, TERM_OUTLET | TERM_AGENCY);

	return len && at + len < scan->count && scan->words[at + len].before.first == ':' ? at + len : at;
}

/* "NAIROBI, Oct 9 (Harbour Wire) - ...". A broadcaster's own name in brackets stays, as the labelled articles have it. */
static size_t in_brackets(const struct scan *scan, bool first)
{
	struct reporter reporter;
	size_t end;

	if (scan->words[scan->at].before.last != '(' || !read_reporter(scan, ')', &reporter))
		return 0;
	if (!first && !reporter.agency)
		return 0;
	if (reporter.outlet && !reporter.named && !is_arabic(scan, reporter.from))
		return 0;
	if (scan->words[scan->place].before.first == ',' && !scan->dated && !reporter.agency)
		return 0;
	end = behind_label(scan, reporter.to);
	if (!scan->words[end].before.closer)
		return scan->listed && (reporter.agency || reporter.named || reporter.outlet ||
					       scan->words[scan->at].before.first == '-')
			       ? end
			       : 0;
	if ((scan->listed && !scan->capitals) || scan->dated || reporter.agency || reporter.named)
		return end;
	return is_arabic(scan, 0) && scan->place < PLACE_WORDS ? end : 0;
}

/* "Place, 6 August. /Agency/. ..." */
static size_t in_slashes(const struct scan *scan, bool first)
{
	struct reporter reporter;

	if (scan->words[scan->at].before.last != '/' || !read_reporter(scan, '/', &reporter))
		return 0;
	if ((!first && !reporter.agency) || reporter.place)
		return 0;
	if (!reporter.agency && !scan->listed && !scan->capitals)
		return 0;
	return scan->words[reporter.to].before.space ? reporter.to : 0;
}

/* "بغداد/ مدار نيوز: ..." */
static size_t in_front_of_colon(const struct scan *scan)
{
	struct reporter reporter;

	return read_reporter(scan, ':', &reporter) && !reporter.place &&
			       !term_at(scan, reporter.from, TERM_GIVEN)
		       ? reporter.to
		       : 0;
}

/* "لندن/ رويترز ...": the sentence follows without a sign. */
static size_t behind_slash(const struct scan *scan, bool first)
{
	struct gap gap = scan->words[scan->at].before;
	size_t len = gap.first == '/' && gap.count == 1 ? term_at(scan, scan->at, TERM_AGENCY) : 0;
	size_t end = scan->at + len;

	if (!len && first && scan->listed && gap.first == '/' && gap.count == 1)
		return in_front_of_colon(scan);
	if (!len || end >= scan->count || (!scan->listed && (scan->place > 2 || scan->dated)))
		return 0;
	return !scan->words[end].before.first || scan->words[end].before.closer ? end : 0;
}

/* "ال" in front of a word. */
static bool has_article(const struct scan *scan, size_t at)
{
	struct span text = span_skip(scan->line, scan->words[at].start);

	return span_has_prefix(text, SPAN("\u0627\u0644"));
}

/* A single word in front of a colon is what the site calls itself; with an article it is who speaks ("الوزير: ..."). */
static bool is_outlet_word(const struct scan *scan, const struct reporter *reporter)
{
	return scan->listed && reporter->to - reporter->from == 1 && !reporter->place &&
	       scan->words[reporter->to].before.last == ':' && !has_article(scan, reporter->from) &&
	       !term_at(scan, reporter->from, TERM_GIVEN);
}

/* "CAIRO - 12 May 2024: ...", "ANKARA - Agency ...", "CITY, 12 May - Agency. ..." */
static size_t behind_dash_alone(const struct scan *scan, bool first)
{
	size_t day = first ? day_words(scan, scan->at) : 0, agency = term_at(scan, scan->at, TERM_AGENCY);
	size_t end = scan->at + (day ? day : agency);

	if (end >= scan->count || (!scan->listed && !scan->capitals))
		return 0;
	if (day)
		return scan->words[end].before.first == ':' ? end : 0;
	return agency && (!scan->words[end].before.first ||
				 (scan->dated && scan->words[end].before.first == '.'))
		       ? end
		       : 0;
}

/* "دبي – مباشر: ...", "Place - Agency - ..." */
static size_t behind_dash(const struct scan *scan, bool first)
{
	struct gap gap = scan->words[scan->at].before;
	struct reporter reporter;

	if (gap.first != '-' || !gap.space || gap.last != '-')
		return 0;
	if (behind_dash_alone(scan, first))
		return behind_dash_alone(scan, first);
	if (!read_reporter(scan, ':', &reporter) && !read_reporter(scan, '-', &reporter))
		return 0;
	if (!scan->words[reporter.to].before.space || term_at(scan, scan->at, TERM_PLACE))
		return 0;
	if (reporter.agency && term_at(scan, reporter.from, TERM_AGENCY) == reporter.to - reporter.from)
		return reporter.to;
	if (!first || !scan->listed)
		return 0;
	if (reporter.named || reporter.outlet || is_outlet_word(scan, &reporter))
		return reporter.to;
	return 0;
}

/* "place - the minister: ..." */
static bool is_said(const struct scan *scan, size_t from)
{
	for (size_t at = from + 1; at < scan->count && at <= from + REPORTER_WORDS; at++)
		if (scan->words[at].before.first == ':')
			return true;
	return false;
}

/* "بيروت - أقفلت ...", "طنجة: انطلقت ...": a verb or a name follows, no other place and nothing with an article, which two
 * ends of a road have. In other scripts papers open body lines so, says the labelled text. */
static size_t place_alone(const struct scan *scan)
{
	struct gap gap = scan->words[scan->place].before;
	bool colon = gap.first == ':';

	if (!scan->listed || !is_arabic(scan, 0) || scan->dated || gap.count != 1 || !gap.space)
		return 0;
	if (!colon && gap.first != '-')
		return 0;
	if (scan->words[scan->place].digits || has_article(scan, scan->place) ||
		(!colon && term_at(scan, scan->place, TERM_PLACE)) || is_said(scan, scan->place))
		return 0;
	return is_arabic(scan, scan->place) ? scan->place : 0;
}

/* "(مدار) - ...", "خاص مدار: ...": who reports, in brackets or behind "exclusive", without a place. */
static size_t labelled(const struct scan *scan)
{
	struct scan from = *scan;
	struct reporter reporter;
	bool bracket = scan->count > 2 && scan->words[0].before.last == '(';
	size_t label = bracket ? 0 : term_at(scan, 0, TERM_OUTLET);

	from.at = label;
	if ((!bracket && (label != 1 || !is_arabic(scan, 0))) || scan->count < 4 ||
		scan->words[label].digits)
		return 0;
	if (!read_reporter(&from, bracket ? ')' : ':', &reporter) ||
		(reporter.outlet && !is_arabic(scan, 0)))
		return 0;
	if (!bracket && scan->words[label].before.first)
		return 0;
	return scan->words[reporter.to].before.closer ? reporter.to : 0;
}

size_t dateline_form(const struct phrases *phrases, const struct title *site, struct span line,
	const struct word *words, size_t count, bool first)
{
	struct scan scan = {
		.phrases = phrases, .site = site, .line = line, .words = words, .count = count
	};
	size_t len;

	if (first && (len = labelled(&scan)))
		return len;
	if (!read_place(&scan))
		return 0;
	len = in_brackets(&scan, first);
	len = len ? len : in_slashes(&scan, first);
	len = len ? len : behind_slash(&scan, first);
	len = len ? len : behind_dash(&scan, first);
	return len || !first ? len : place_alone(&scan);
}
