/* SPDX-License-Identifier: MIT
 * cuts.c - what is taken out of a text. */
#include "cuts.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "phrases.h"

void cuts_add(struct cuts *cuts, struct cut cut)
{
	struct cut *last = cuts->count ? &cuts->items[cuts->count - 1] : NULL;

	if (cut.start == cut.end)
		return;
	assert(cut.start < cut.end && (!last || last->end <= cut.start));
	if (last && last->end == cut.start && last->rule == cut.rule && !last->whole_line &&
		!cut.whole_line) {
		last->end = cut.end;
		return;
	}
	if (cuts->count == cuts->cap) {
		cuts->cap = cuts->cap ? cuts->cap * 2 : 64;
		cuts->items = mem_resize(cuts->items, cuts->cap, sizeof *cuts->items);
	}
	cuts->items[cuts->count++] = cut;
}

size_t cuts_size(const struct cuts *cuts)
{
	size_t size = 0;

	for (size_t i = 0; i < cuts->count; i++)
		size += cuts->items[i].end - cuts->items[i].start;
	return size;
}

void cuts_clear(struct cuts *cuts)
{
	cuts->count = 0;
}

void cuts_release(struct cuts *cuts)
{
	free(cuts->items);
	*cuts = (struct cuts){ NULL, 0, 0 };
}

enum flow cut_drop(uint8_t rule, bool whole_line, uint16_t score, struct span text, struct sink out)
{
	struct decision decision;

	if (!out.drop)
		return FLOW_MORE;
	decision = (struct decision){
		.action = whole_line ? "drop" : "cut",
		.rule = category_name((enum category)rule).at,
		.score = score / (double)CUT_SURE,
	};

	return sink_drop(out, text, &decision);
}

enum flow cuts_apply(const struct cuts *cuts, struct span text, struct sink out)
{
	size_t at = 0;

	for (size_t i = 0; i < cuts->count; i++) {
		const struct cut *cut = &cuts->items[i];
		struct span left_out = span_of(text.at + cut->start, cut->end - cut->start);
		enum flow flow = sink_put(out, span_of(text.at + at, cut->start - at));

		if (flow == FLOW_MORE)
			flow = cut_drop(cut->rule, cut->whole_line, cut->score, left_out, out);
		if (flow != FLOW_MORE)
			return flow;
		at = cut->end;
	}
	return sink_put(out, span_skip(text, at));
}
