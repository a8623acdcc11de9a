/* SPDX-License-Identifier: MIT
 * dates.c - a date among words, in ISO 8601. */
#include "dates.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"

enum date_value { DATE_NONE, DATE_AM = 13, DATE_PM, DATE_UTC, DATE_OF }; /* 1 to 12: months */
enum { NAME_WORDS = 4 };

/* --- what words mean -------------------------------------------------------------------------------------- */

static int value_of(struct span label)
{
	static const struct {
		struct span name;
		int value;
	} names[] = { { { "am", 2 }, DATE_AM }, { { "pm", 2 }, DATE_PM }, { { "utc", 3 }, DATE_UTC },
		{ { "of", 2 }, DATE_OF } };
	int month = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_equal(label, names[i].name))
			return names[i].value;
	for (size_t i = 0; i < label.len; i++)
		if (label.at[i] < '0' || label.at[i] > '9' || (month = month * 10 + label.at[i] - '0') > 12)
			return DATE_NONE;
	return month;
}

static bool add_name(struct dates *dates, struct reader *reader, struct span text, int value)
{
	reader_read(reader, text);
	if (reader->count == 0 || reader->count > NAME_WORDS)
		return false;
	if (dates->count == dates->cap) {
		dates->cap = dates->cap ? dates->cap * 2 : 1024;
		dates->names = dates->own = mem_resize(dates->own, dates->cap, sizeof(*dates->own));
	}
	dates->own[dates->count++] = (struct date_name){ .key = reader_key(reader, 0, reader->count),
		.words = (uint8_t)reader->count,
		.value = (uint8_t)value };
	return true;
}

static bool add_line(struct dates *dates, struct reader *reader, struct span line)
{
	size_t colon = span_find(line, ':');
	int value = value_of(span_head(line, colon));

	if (line.len == 0 || line.at[0] == '#')
		return true;
	if (value == DATE_NONE)
		return false;
	for (struct span rest = span_skip(line, colon + 1); rest.len;) {
		struct span name = span_head(rest, span_find(rest, ','));

		if (!add_name(dates, reader, name, value))
			return false;
		rest = span_skip(rest, name.len + 1);
	}
	return true;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct date_name *)a)->key, y = ((const struct date_name *)b)->key;

	return (x > y) - (x < y);
}

bool dates_parse(struct dates *dates, struct reader *reader, struct span text, struct diag *why)
{
	for (size_t number = 1; text.len; number++) {
		struct span line = span_head(text, span_find(text, '\n'));

		if (!add_line(dates, reader, line)) {
			diag_set(why, "dates: line %zu: not a value, a colon and names", number);
			return false;
		}
		text = span_skip(text, line.len + 1);
	}
	if (dates->count)
		qsort(dates->own, dates->count, sizeof(*dates->own), by_key);
	return true;
}

void dates_release(struct dates *dates)
{
	free(dates->own);
	*dates = (struct dates){ .count = 0 };
}

/* --- parts of a date -------------------------------------------------------------------------------------- */

/* Words being looked at, and what was found among them. */
struct look {
	const struct dates *dates;
	const struct word *words;
	size_t count;
	bool day_first;
	unsigned year, month, day; /* month 0: it cannot be told for certain */
	unsigned hour, minute, second;
	bool has_time, has_second, has_zone;
	char zone_sign;
	unsigned zone_hour, zone_minute; /* 0 and 0: UTC */
};

/* The longest name that starts at `at`; returns how many words it takes, 0: there is none. */
static size_t name_at(const struct look *look, size_t at, int *value)
{
	struct date_name wanted = { .key = KEY_START };
	size_t longest = 0;

	if (at >= look->count || look->words[at].digits)
		return 0;
	for (size_t i = 0; i < NAME_WORDS && at + i < look->count; i++) {
		const struct date_name *name;

		wanted.key = key_step(wanted.key, look->words[at + i].key);
		name = bsearch(&wanted, look->dates->names, look->dates->count, sizeof(wanted), by_key);
		if (name && name->words == i + 1) {
			longest = i + 1;
			*value = name->value;
		}
	}
	return longest;
}

static bool is_number(const struct look *look, size_t at, unsigned digits, unsigned most)
{
	return at < look->count && look->words[at].digits && look->words[at].digits <= digits &&
	       look->words[at].value >= 1 && look->words[at].value <= most;
}

/* A year of any calendar. */
static bool is_year(const struct look *look, size_t at)
{
	return at < look->count && look->words[at].digits == 4 && look->words[at].value >= 1300 &&
	       look->words[at].value <= 2199;
}

static bool is_day(const struct look *look, size_t at)
{
	return is_number(look, at, 2, 31);
}

/* "of", "من شهر": two words at most. */
static size_t skip_of(const struct look *look, size_t at)
{
	for (int i = 0; i < 2; i++) {
		int value = DATE_NONE;
		size_t len = name_at(look, at, &value);

		at += value == DATE_OF ? len : 0;
	}
	return at;
}

/* "th" of 12th: letters that touch the day. */
static size_t skip_ordinal(const struct look *look, size_t at)
{
	const struct word *word = &look->words[at];

	if (at < look->count && !word->digits && word->end - word->start <= 2 && !word->before.count &&
		!word->before.space)
		return at + 1;
	return at;
}

/* The month's name at `at`, perhaps said in two calendars. Returns the word behind it; 0: there is none. */
static size_t take_month(struct look *look, size_t at)
{
	int value = DATE_NONE, again = DATE_NONE;
	size_t len = name_at(look, at, &value), more;

	if (!len || value > 12)
		return 0;
	look->month = (unsigned)value;
	at += len;
	more = name_at(look, at, &again);
	if (more && again == value)
		at += more;
	return at;
}

/* 12 May 2024, 12th of May, 2024. Returns the word behind it; 0: it is none. */
static size_t take_day_month_year(struct look *look, size_t at)
{
	size_t year;

	if (!is_day(look, at))
		return 0;
	year = take_month(look, skip_of(look, skip_ordinal(look, at + 1)));
	if (!year)
		return 0;
	year = skip_of(look, year);
	if (!is_year(look, year))
		return 0;
	look->day = look->words[at].value;
	look->year = look->words[year].value;
	return year + 1;
}

/* May 12, 2024 */
static size_t take_month_day_year(struct look *look, size_t at)
{
	size_t day = take_month(look, at), year;

	if (!day || !is_day(look, day))
		return 0;
	year = skip_ordinal(look, day + 1);
	if (!is_year(look, year))
		return 0;
	look->day = look->words[day].value;
	look->year = look->words[year].value;
	return year + 1;
}

/* Which of two numbers is the day. Month 0 where nothing tells. */
static void settle(struct look *look, unsigned first, unsigned second, bool day_first)
{
	look->day = first;
	look->month = second;
	if (second > 12) {
		look->day = second;
		look->month = first;
	} else if (first <= 12 && first != second && !day_first) {
		look->month = 0;
	}
}

/* 2024-05-12, 12/05/2024, 12.5.2024 */
static size_t take_numbers(struct look *look, size_t at)
{
	const struct word *words = look->words + at;
	int32_t sign;

	if (at + 3 > look->count || !words[0].digits || !words[1].digits || !words[2].digits)
		return 0;
	sign = words[1].before.first;
	if ((sign != '/' && sign != '-' && sign != '.') || words[1].before.count != 1 ||
		words[2].before.count != 1 || words[2].before.first != sign)
		return 0;
	if (is_year(look, at) && is_number(look, at + 1, 2, 12) && is_day(look, at + 2)) {
		look->year = words[0].value;
		look->month = words[1].value;
		look->day = words[2].value;
		return at + 3;
	}
	if (!is_day(look, at) || !is_day(look, at + 1) || !is_year(look, at + 2) ||
		(words[0].value > 12 && words[1].value > 12))
		return 0;
	look->year = words[2].value;
	settle(look, words[0].value, words[1].value, look->day_first || sign == '.');
	return at + 3;
}

static size_t take_date(struct look *look, size_t at)
{
	size_t end = take_numbers(look, at);

	if (!end)
		end = take_day_month_year(look, at);
	return end ? end : take_month_day_year(look, at);
}

/* --- the time beside it ----------------------------------------------------------------------------------- */

static bool is_joined(const struct look *look, size_t at, int32_t sign)
{
	return at < look->count && look->words[at].before.count == 1 &&
	       look->words[at].before.first == sign && !look->words[at].before.space;
}

static bool is_two_digits(const struct look *look, size_t at, unsigned most)
{
	return at < look->count && look->words[at].digits == 2 && look->words[at].value <= most;
}

/* Zones lie whole quarters of an hour from UTC, 14 hours at most. */
static bool set_zone(struct look *look, size_t at, unsigned hour, unsigned minute)
{
	int32_t sign = look->words[at].before.last;

	if ((sign != '+' && sign != '-') || hour > 14 || minute > 59 || minute % 15)
		return false;
	look->has_zone = true;
	look->zone_sign = (char)sign;
	look->zone_hour = hour;
	look->zone_minute = minute;
	return true;
}

/* +0300, +03:00, Z, UTC */
static size_t take_zone(struct look *look, size_t at)
{
	int value = DATE_NONE;
	size_t len = name_at(look, at, &value);

	if (value == DATE_UTC) {
		look->has_zone = true;
		look->zone_hour = look->zone_minute = 0;
		return at + len;
	}
	if (at < look->count && look->words[at].digits == 4 &&
		set_zone(look, at, look->words[at].value / 100, look->words[at].value % 100))
		return at + 1;
	if (is_two_digits(look, at, 14) && is_two_digits(look, at + 1, 59) &&
		is_joined(look, at + 1, ':') &&
		set_zone(look, at, look->words[at].value, look->words[at + 1].value))
		return at + 2;
	return at;
}

/* am and pm, with which the hour goes to twelve. */
static size_t take_half(struct look *look, size_t at)
{
	int value = DATE_NONE;
	size_t len = name_at(look, at, &value);

	if ((value != DATE_AM && value != DATE_PM) || look->hour > 12)
		return at;
	look->hour = look->hour % 12 + (value == DATE_PM ? 12 : 0);
	return at + len;
}

/* Returns the word behind the time; `at` itself: there is none. */
static size_t take_time(struct look *look, size_t at)
{
	size_t end = at + 2;

	if (at >= look->count || !look->words[at].digits || look->words[at].digits > 2 ||
		look->words[at].value > 23 || !is_two_digits(look, at + 1, 59) ||
		!is_joined(look, at + 1, ':'))
		return at;
	look->has_time = true;
	look->hour = look->words[at].value;
	look->minute = look->words[at + 1].value;
	if (is_two_digits(look, end, 59) && is_joined(look, end, ':')) {
		look->has_second = true;
		look->second = look->words[end++].value;
		if (end < look->count && look->words[end].digits && is_joined(look, end, '.'))
			end++;
	}
	return take_zone(look, take_half(look, end));
}

/* The time in front of the date, or behind it with a word or two between ("T", "at", "الساعة"). */
static void take_time_near(struct look *look, struct date_found *found)
{
	enum { BETWEEN = 2, LONGEST = 8 };

	for (size_t at = found->to; at <= found->to + BETWEEN && at < look->count; at++) {
		size_t end = take_time(look, at);

		if (end > at) {
			found->to = end;
			return;
		}
	}
	for (size_t at = found->from > LONGEST ? found->from - LONGEST : 0; at < found->from; at++) {
		size_t end = take_time(look, at);

		if (end > at && end <= found->from) {
			found->from = at;
			return;
		}
		look->has_time = look->has_second = look->has_zone = false;
	}
}

/* --- all of it -------------------------------------------------------------------------------------------- */

static unsigned days_of(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static void spell(const struct look *look, struct date_found *found)
{
	size_t len;

	found->iso[0] = '\0';
	if (look->year < 1900 || look->year > 2100 || look->month == 0 ||
		look->day > days_of(look->year, look->month))
		return;
	len = (size_t)snprintf(found->iso, sizeof(found->iso), "%04u-%02u-%02u", look->year % 10000,
		look->month % 100, look->day % 100);
	if (!look->has_time)
		return;
	len += (size_t)snprintf(found->iso + len, sizeof(found->iso) - len, "T%02u:%02u", look->hour % 100,
		look->minute % 100);
	if (look->has_second)
		len += (size_t)snprintf(
			found->iso + len, sizeof(found->iso) - len, ":%02u", look->second % 100);
	if (look->has_zone && (look->zone_hour || look->zone_minute))
		snprintf(found->iso + len, sizeof(found->iso) - len, "%c%02u:%02u", look->zone_sign,
			look->zone_hour % 100, look->zone_minute % 100);
	else if (look->has_zone)
		snprintf(found->iso + len, sizeof(found->iso) - len, "Z");
}

bool dates_find(const struct dates *dates, const struct word *words, size_t count, bool day_first,
	struct date_found *found)
{
	for (size_t at = 0; at < count; at++) {
		struct look look = {
			.dates = dates, .words = words, .count = count, .day_first = day_first
		};
		size_t end = take_date(&look, at);

		if (!end)
			continue;
		found->from = at;
		found->to = end;
		take_time_near(&look, found);
		spell(&look, found);
		return true;
	}
	return false;
}
