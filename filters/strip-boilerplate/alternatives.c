/* SPDX-License-Identifier: MIT
 * alternatives.c - one line of a lexicon that stands for many phrases. */
#include "alternatives.h"

static size_t bars_of(struct span text)
{
	size_t bars = 0;

	for (size_t i = 0; i < text.len; i++)
		bars += text.at[i] == '|';
	return bars;
}

static void add_group(struct alternatives *made, size_t start, size_t end)
{
	size_t bars = bars_of(span_of(made->line.at + start, end - start));

	if (!bars)
		return;
	if (made->count == ALTERNATIVES_GROUPS || (bars + 1) * made->total > ALTERNATIVES_MOST) {
		made->total = 0;
		return;
	}
	made->groups[made->count].start = start;
	made->groups[made->count].end = end;
	made->groups[made->count++].count = bars + 1;
	made->total *= bars + 1;
}

struct alternatives alternatives_of(struct span line)
{
	struct alternatives made = { .line = line, .total = 1 };
	size_t start = span_find(line, '{') + 1;

	while (start < line.len && made.total) {
		size_t end = start + span_find(span_skip(line, start), '}');

		if (end < line.len)
			add_group(&made, start, end);
		start = end + span_find(span_skip(line, end), '{') + 1;
	}
	return made;
}

static struct span alternative(struct span group, size_t at)
{
	for (; at > 0; at--)
		group = span_skip(group, span_find(group, '|') + 1);
	return span_head(group, span_find(group, '|'));
}

void alternatives_write(const struct alternatives *of, size_t at, struct buf *text)
{
	size_t from = 0;

	buf_clear(text);
	for (size_t i = 0; i < of->count; i++) {
		size_t start = of->groups[i].start, end = of->groups[i].end;

		buf_add(text, span_of(of->line.at + from, start - 1 - from));
		buf_add(text,
			alternative(span_of(of->line.at + start, end - start), at % of->groups[i].count));
		at /= of->groups[i].count;
		from = end + 1;
	}
	buf_add(text, span_skip(of->line, from));
}
