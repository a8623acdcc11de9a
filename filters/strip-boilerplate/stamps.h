/* SPDX-License-Identifier: MIT
 * stamps.h - when a story was published or updated, as sites write it.
 *
 * RFC 2822 ("Sun, 14 Mar 2021 09:32:00 +0200"), ISO 8601, all-number dates in any order, dates with month names of
 * any listed language and calendar (data/calendar.txt), clock times, "three hours ago", with labels such as
 * "last update". A stamp is recognised by all of its words belonging to it; where a date alone could be
 * body (a heading in a chronology), only a stamp that also holds a time or a label counts. */
#ifndef GHIRBAL_STRIP_STAMPS_H
#define GHIRBAL_STRIP_STAMPS_H

#include "phrases.h"

enum stamp {
	STAMP_NONE,
	STAMP_DATE, /* a date or a time alone: a stamp where stamps are expected */
	STAMP_SURE, /* date and time, or a label, or "ago": a stamp wherever it stands */
};

/* What all of the `count` words together are. */
enum stamp stamp_of(const struct phrases *phrases, const struct word *words, size_t count);

#endif
