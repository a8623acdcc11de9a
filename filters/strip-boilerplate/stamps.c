/* SPDX-License-Identifier: MIT
 * stamps.c - when a story was published or updated.
 *
 * Words are taken one part after another, the longest part first; what no part explains makes the whole line
 * body. What the parts add up to decides. */
#include "stamps.h"

enum { STAMP_WORDS = 28 }; /* "published on ... at ..., last update ... at ...", in two calendars, fits */

/* What has been met so far. */
struct tally {
	unsigned numbers, months, weekdays, labels, agos, units, dates, times, years;
	bool issue; /* the word in front, which goes with days, may say that the number of an issue follows */
};

static const uint32_t stamp_terms =
	TERM_MONTH | TERM_WEEKDAY | TERM_CLOCK | TERM_UNIT | TERM_AGO | TERM_LABEL | TERM_GLUE;

static bool joined(const struct word *word, int32_t sign)
{
	return word->before.count == 1 && word->before.first == sign && !word->before.space;
}

static bool touches(const struct word *word)
{
	return word->before.count == 0 && !word->before.space;
}

static bool is_year(const struct word *word)
{
	return word->digits == 4 && word->value >= 1300 && word->value <= 2199;
}

/* Day, month and year in any order: 23/05/2017, 2017-03-30, 5.6.17. */
static bool is_date_of(const struct word *a, const struct word *b, const struct word *c)
{
	bool year_first = is_year(a);
	const struct word *year = year_first ? a : c;
	const struct word *other = year_first ? c : a;

	if (!is_year(year) && year->digits != 2)
		return false;
	if (other->digits > 2 || b->digits > 2 || other->value == 0 || b->value == 0)
		return false;
	return other->value <= 31 && b->value <= 31 && (other->value <= 12 || b->value <= 12);
}

static size_t numeric_date(const struct word *words, size_t count)
{
	int32_t sign;

	if (count < 3 || !words[0].digits || !words[1].digits || !words[2].digits)
		return 0;
	sign = words[1].before.first;
	if ((sign != '/' && sign != '-' && sign != '.') || words[1].before.count != 1 ||
		words[2].before.count != 1 || words[2].before.first != sign)
		return 0;
	return is_date_of(&words[0], &words[1], &words[2]) ? 3 : 0;
}

/* "12.40", behind a day: Germans, Swedes and Finns write so, and some English papers. */
static size_t dotted_time(const struct tally *tally, const struct word *words, size_t count)
{
	bool dated = tally->dates || (tally->months && tally->years);

	return dated && count >= 2 && words[0].digits && words[0].digits <= 2 && words[1].digits == 2 &&
			       joined(&words[1], '.') && words[0].value <= 24 && words[1].value <= 59
		       ? 2
		       : 0;
}

/* 22:08, 22:08:10, 22:08:10.5 */
static size_t clock_time(const struct word *words, size_t count)
{
	size_t len = 2;

	if (count < 2 || !words[0].digits || !words[1].digits || !joined(&words[1], ':') ||
		words[0].value > 24 || words[1].value > 59 || words[1].digits != 2)
		return 0;
	if (len < count && words[len].digits == 2 && joined(&words[len], ':'))
		len++;
	if (len < count && words[len].digits && len == 3 && joined(&words[len], '.'))
		len++;
	return len;
}

/* 14h30 */
static size_t hour_time(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;

	if (count < 2 || words[0].value > 24 || !touches(&words[1]) || words[1].end - words[1].start != 1 ||
		!phrases_term(phrases, words + 1, 1, TERM_UNIT, &found))
		return 0;
	if (count > 2 && words[2].digits == 2 && touches(&words[2]) && words[2].value <= 59)
		return 3;
	return 0;
}

/* 181500 behind the T of ISO 8601's basic format. */
static bool is_basic_time(const struct word *words, size_t at)
{
	return at > 1 && words[at].digits == 6 && touches(&words[at]) && !words[at - 1].digits &&
	       words[at - 2].digits;
}

/* The T and Z of ISO 8601, which touch digits. */
static bool is_iso_letter(const struct word *words, size_t at)
{
	return at > 0 && !words[at].digits && words[at].end - words[at].start == 1 &&
	       words[at - 1].digits && touches(&words[at]);
}

/* 10/11/202106:15, the year and the hour glued: what was a line break or a space is gone. */
static size_t glued_date(const struct word *words, size_t count)
{
	struct word year;

	if (count < 4 || words[2].digits != 6 || !words[3].digits || !joined(&words[3], ':') ||
		words[2].value % 100 > 24 || words[3].value > 59)
		return 0;
	year = words[2];
	year.digits = 4;
	year.value /= 100;
	return words[1].before.first == '/' && words[2].before.first == '/' &&
			       is_date_of(&words[0], &words[1], &year)
		       ? 4
		       : 0;
}

/* 03.08.20233 August 2023: the same day twice, the second time in words and glued to the year in front. */
static size_t doubled_date(const struct phrases *phrases, const struct word *words, size_t count)
{
	struct word year;
	uint32_t found;

	if (count < 5 || words[2].digits < 5 || words[2].digits > 6 || !joined(&words[2], '.') ||
		!joined(&words[1], '.') || words[4].digits != 4)
		return 0;
	year = words[2];
	year.digits = 4;
	year.value /= words[2].digits == 5 ? 10 : 100;
	return is_date_of(&words[0], &words[1], &year) && year.value == words[4].value &&
			       phrases_term(phrases, words + 3, 1, TERM_MONTH, &found)
		       ? 5
		       : 0;
}

static size_t take_number(
	struct tally *tally, const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t len = numeric_date(words, count);

	if (len) {
		tally->dates++;
		return len;
	}
	len = doubled_date(phrases, words, count);
	if (len) {
		tally->dates++;
		return len;
	}
	len = glued_date(words, count);
	if (len) {
		tally->dates++;
		tally->times++;
		return len;
	}
	len = clock_time(words, count);
	len = len ? len : hour_time(phrases, words, count);
	len = len ? len : dotted_time(tally, words, count);
	if (len) {
		tally->times++;
		return len;
	}
	if (words[0].digits > (tally->months || tally->dates || tally->issue ? 6 : 4)) /* of an issue */
		return 0;
	tally->numbers++;
	tally->years += is_year(words);
	return 1;
}

static void tally_term(struct tally *tally, uint32_t found)
{
	if (found & TERM_AGO) { /* also a Spanish August, but not here */
		tally->agos++;
		return;
	}
	tally->months += (found & TERM_MONTH) != 0;
	tally->weekdays += (found & TERM_WEEKDAY) != 0;
	tally->labels += (found & TERM_LABEL) != 0;
	tally->units += (found & TERM_UNIT) != 0;
}

static size_t take_part(struct tally *tally, const struct phrases *phrases, const struct word *words,
	size_t at, size_t count)
{
	uint32_t found = 0;
	size_t len;

	if (is_basic_time(words, at)) {
		tally->times++;
		return 1;
	}
	if (words[at].digits)
		return take_number(tally, phrases, words + at, count - at);
	if (is_iso_letter(words, at))
		return 1;
	len = phrases_term(phrases, words + at, count - at, stamp_terms, &found);
	if (len)
		tally_term(tally, found);
	tally->issue = (found & TERM_GLUE) && at + len < count && !words[at + len].before.first;
	return len;
}

static enum stamp tally_sum(const struct tally *tally)
{
	bool dated = tally->dates || (tally->months && tally->numbers &&
					     (tally->years || tally->weekdays || tally->times ||
						     tally->labels || tally->numbers == 1));
	bool ago = tally->agos && (tally->units || tally->times || tally->dates || tally->labels);

	if (ago && !tally->months)
		return STAMP_SURE;
	if (dated && (tally->times || tally->labels))
		return STAMP_SURE;
	if (tally->labels && tally->times)
		return STAMP_SURE;
	if (dated || tally->times)
		return STAMP_DATE;
	return STAMP_NONE;
}

/* "Published in The Harbour Post on 18-07-2013": a label, a few words that name a paper, and a day with the small word in
 * front of it. Returns how many words that is in front of the day; 0 when it is not so. */
static size_t label_and_paper(const struct phrases *phrases, const struct word *words, size_t count)
{
	enum { LONGEST = 5 };
	uint32_t found;
	size_t label = phrases_term(phrases, words, count, TERM_LABEL, &found);

	if (!label)
		return 0;
	for (size_t at = label + 1; at + 3 < count && at <= label + LONGEST; at++) {
		if (words[at - 1].digits || words[at - 1].before.first)
			return 0;
		if (words[at + 1].digits && phrases_term(phrases, words + at, 1, TERM_GLUE, &found) &&
			numeric_date(words + at + 1, count - at - 1) == count - at - 1)
			return at;
	}
	return 0;
}

/* How many words stand in front of a counter that ends the words, "Views: 731"; all where there is none. */
static size_t before_counter(const struct phrases *phrases, const struct word *words, size_t count)
{
	enum { LONGEST = 4 }; /* words */
	uint32_t found;

	if (count == 0 || !words[count - 1].digits)
		return count;
	for (size_t at = count - 1; at-- > 3 && count - at <= LONGEST;)
		if (phrases_term(phrases, words + at, count - at, TERM_COUNTED, &found) == count - 1 - at)
			return at;
	return count;
}

enum stamp stamp_of(const struct phrases *phrases, const struct word *words, size_t count)
{
	struct tally tally = { 0 };

	if (count == 0 || count > STAMP_WORDS)
		return STAMP_NONE;
	if (label_and_paper(phrases, words, count))
		return STAMP_SURE;
	count = before_counter(phrases, words, count);
	for (size_t at = 0; at < count;) {
		size_t len = take_part(&tally, phrases, words, at, count);

		if (!len)
			return STAMP_NONE;
		at += len;
	}
	return tally_sum(&tally);
}
