/* SPDX-License-Identifier: MIT
 * dateline_story.c - what tells that a story begins behind a place: the parts of a dateline that have no words. */
#include "compiled.h"
#include "dateline_parts.h"
#include "towns.h"

/* "place - the minister: ..." */
static bool is_said(const struct dateline *dateline, size_t at)
{
	enum { SPEAKER_WORDS = 4 };

	for (size_t to = at + 1; to < dateline->count && to <= at + SPEAKER_WORDS; to++)
		if (dateline_gap(dateline, to).first == ':')
			return true;
	return false;
}

/* Two ends of a road, or a place and what is in it, have a place or an article behind the dash. */
static bool is_story(const struct dateline *dateline, size_t at)
{
	struct gap gap = dateline_gap(dateline, at);

	if (gap.count != 1 || !gap.space || dateline_has_digits(dateline, at) ||
		dateline_has_article(dateline, at) || is_said(dateline, at))
		return false;
	return gap.first == ':' || !dateline_term(dateline, at, TERM_PLACE);
}

static bool is_lead(const struct dateline *dateline, size_t at)
{
	return dateline_forms_has_lead(&compiled_datelines, dateline->words[at].key) &&
	       (!dateline_gap(dateline, at).first || is_story(dateline, at));
}

/* "The town - a small one - ...": a second dash ends what the first began. */
static bool is_aside(const struct dateline *dateline, size_t at)
{
	enum { MOST = 16 };

	for (size_t to = at + 1; to < dateline->count && to < at + MOST; to++)
		if (dateline_sign_fits('-', dateline_gap(dateline, to)))
			return true;
	return false;
}

static bool is_told(const struct dateline *dateline, size_t at, struct span text)
{
	uint32_t from = dateline->words[0].start, to = dateline->words[at - 1].end;

	return dateline->words[at].capital == dateline->words[0].capital && !is_aside(dateline, at) &&
	       town_is_told(&compiled_datelines, text, span_of(dateline->line.at + from, to - from));
}

bool dateline_holds(const struct dateline *dateline, size_t at, uint32_t part)
{
	struct span around = dateline->around;

	if (at == 0 || at >= dateline->count)
		return false;
	switch (part) {
	case PART_LEAD:
		return is_lead(dateline, at);
	case PART_TOLD:
		return is_told(dateline, at, around);
	case PART_TITLED:
		return around.len &&
		       is_told(dateline, at, span_head(around, (size_t)(dateline->line.at - around.at)));
	default:
		return is_story(dateline, at);
	}
}
