/* SPDX-License-Identifier: MIT
 * openings.h - datelines whose parts stand in other orders: who reports in front of the place, the day behind the agency,
 * a place that nobody listed.
 *
 * Known by their signs and by one part that is listed. Sources: the house styles of agencies and papers in Arabic,
 * Persian, Turkish and French, as they print them. */
#ifndef GHIRBAL_STRIP_OPENINGS_H
#define GHIRBAL_STRIP_OPENINGS_H

#include "phrases.h"
#include "reader.h"
#include "titles.h"

/* How many of the words that open the first paragraph are such a dateline; 0 when they are none. */
size_t opening_form(const struct phrases *phrases, const struct title *site, struct span line,
	const struct word *words, size_t count);

/* How many words more the name of a reporter takes behind a dateline of `len` words, where a dash ends it ("KARS (AA) -
 * JANE ROE - The ..."); 0 when there is none. */
size_t opening_name(const struct phrases *phrases, struct span line, const struct word *words, size_t len,
	size_t count);

#endif
