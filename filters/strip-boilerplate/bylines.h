/* SPDX-License-Identifier: MIT
 * bylines.h - who wrote a story, where, and for which agency.
 *
 * Lines of their own ("Cairo - Reuters", "بيروت - سامر حداد", "كتب: هدى منصور"); of the dateline that opens the first
 * sentence see datelines.h. Places, agencies and outlets come from data/places.txt and
 * data/agencies.txt; only a listed name is evidence, a name that nobody listed may stand beside one. */
#ifndef GHIRBAL_STRIP_BYLINES_H
#define GHIRBAL_STRIP_BYLINES_H

#include "phrases.h"
#include "titles.h"

/* Where a line stands. */
struct byline_place {
	bool opens; /* nothing has been kept yet: the line would be the title */
	bool head; /* no body line has been kept yet, and no more than a title and a subtitle */
	bool stamped; /* only removed lines, a stamp among them, are between it and the last kept line */
	bool leads; /* the next line is a long one */
};

/* Whether the words are a name behind a label ("By Jane Roe", "إعداد: سامر حداد"), which may stand at the head
 * and at the foot. */
bool byline_labelled(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are nothing but agencies and outlets ("فرانس 24 / أ ف ب"), or an
 * agency and its place, which may sign a story too. */
bool byline_is_signature(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are the name of an agency and nothing else, not even a full stop. */
bool byline_is_agency(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are a place and what writes from there: "Nairobi: The Harbour", or a person and a place, a small
 * word between them: "Jane Roe in Nairobi". */
bool byline_is_from_place(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are the initials of those who wrote and edited, with dots or slashes between them: "ac/jcg". */
bool byline_is_initials(const struct word *words, size_t count);

/* Whether they are initials behind a rule that shares their line: "======= l.kh". */
bool byline_is_ruled_off(const struct word *words, size_t count);

/* Whether the words are who writes and from where, a stroke behind both: "Jane Roe/ Place/". */
bool byline_is_struck(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are one listed place and nothing else. */
bool byline_is_place(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether all of the words are a byline or a dateline as they stand at the head. */
bool byline_is(
	const struct phrases *phrases, const struct word *words, size_t count, struct byline_place place);

#endif
