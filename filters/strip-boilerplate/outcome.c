/* SPDX-License-Identifier: MIT
 * outcome.c - from verdicts on lines to cuts. */
#include "outcome.h"

static void cut_whole(struct judge *judge, size_t start, size_t end, enum category rule, uint16_t score)
{
	cuts_add(&judge->cuts, (struct cut){ start, end, (uint8_t)rule, true, score });
}

static void cut_span(struct judge *judge, size_t start, size_t end, enum category rule)
{
	cuts_add(&judge->cuts, (struct cut){ start, end, (uint8_t)rule, false, CUT_SURE });
}

/* A kept line gives up its start, spans within, and its end. `span` walks over judge->spans. */
static void cut_kept(struct judge *judge, const struct line *line, size_t *span)
{
	cut_span(judge, line->start, line->keep_from, line->head_rule);
	for (; *span < judge->spans.count && judge->spans.items[*span].start < line->end; ++*span)
		cuts_add(&judge->cuts, judge->spans.items[*span]);
	cut_span(judge, line->keep_to, line->end, line->tail_rule);
}

/* The start of the blank lines that end the output, if `line` is the last that is kept. */
static size_t line_limit(const struct line *line, struct span window)
{
	size_t at = line->end;

	while (at < line->next && window.at[at] != '\n')
		at++;
	return at < line->next ? at + 1 : at;
}

static size_t last_kept(const struct judge *judge)
{
	size_t i = judge->line_count;

	while (i > judge->first && judge->lines[i - 1].rule)
		i--;
	return i;
}

void outcome_cut(struct judge *judge, struct span window, size_t judged, bool last)
{
	bool is_empty = judge->line_count == judge->first;
	size_t kept_to = last_kept(judge); /* lines behind it are all removed */
	size_t first = is_empty ? judged : judge->lines[judge->first].start;
	size_t span = 0;

	if (judge->known.dropping || (last && kept_to == judge->first))
		cut_whole(judge, 0, first, CATEGORY_BLANK, CUT_SURE);
	for (size_t i = judge->first; i < judge->line_count; i++) {
		const struct line *line = &judge->lines[i];

		if (line->rule) {
			while (span < judge->spans.count && judge->spans.items[span].start < line->end)
				span++;
			cut_whole(judge, line->start, line->next, line->rule, line->score);
			continue;
		}
		cut_kept(judge, line, &span);
		if (last && i + 1 == kept_to)
			cut_whole(judge, line_limit(line, window), line->next, CATEGORY_BLANK, CUT_SURE);
	}
	if (!is_empty)
		judge->known.dropping = judge->lines[judge->line_count - 1].rule;
}
