/* SPDX-License-Identifier: MIT
 * dates.h - a date among words, in ISO 8601.
 *
 * Day, month and year in any order that their values tell apart; names of months in the Gregorian calendar (data/dates.txt,
 * where two may stand for one: "تموز/يوليو"); with a clock time beside it, am or pm, and a zone as a number or UTC.
 * What is not certain is left out: a zone by any other name, a year of another calendar, and 03/04/2021 where nobody says
 * whether the day comes first. Years from 1900 to 2100; two digits are never a year. */
#ifndef GHIRBAL_STRIP_DATES_H
#define GHIRBAL_STRIP_DATES_H

#include "common/buf.h"
#include "common/diag.h"
#include "reader.h"

/* What a word, or several, of a date means. */
struct date_name {
	uint64_t key;
	uint8_t words, value; /* value: a month, or enum date_value */
};

/* Starts as zero bytes, or as a copy of what comes with the program (compiled.h), to which nothing is added. */
struct dates {
	const struct date_name *names; /* in the order of keys */
	struct date_name *own; /* the same; NULL: they are somebody else's */
	size_t count, cap; /* cap: of its own */
};

/* Reads `text`, the content of data/dates.txt. False with `why` on the first line that does not fit. */
bool dates_parse(struct dates *dates, struct reader *reader, struct span text, struct diag *why);

/* Where a date stands among words. */
struct date_found {
	size_t from, to; /* its words, the time and zone among them if there is one */
	char iso[32]; /* NUL-terminated; empty: it cannot be told for certain */
};

/* Finds the first date among the words. `day_first` says that in 03/04/2021 the day comes first. False when there
 * is none. */
bool dates_find(const struct dates *dates, const struct word *words, size_t count, bool day_first,
	struct date_found *found);

void dates_release(struct dates *dates);

#endif
