/* SPDX-License-Identifier: MIT
 * judge.c - which lines and spans of a document are debris. */
#include "judge.h"

#include <stdlib.h>

#include "common/mem.h"
#include "heads.h"
#include "outcome.h"
#include "verdicts.h"

enum {
	HEAD_KEPT = 3, /* lines: a title, a subtitle, a name */
	SUBTITLE_KEPT = 2,
};

const struct judge_limits judge_limits = {
	.lines = 1 << 17,
	.ahead_lines = 1 << 12,
	.ahead_bytes = 1 << 20,
	.back = 1 << 12,
};

/* --- lines of a window ---------------------------------------------------------------------------------- */

static struct line *line_new(struct judge *judge)
{
	if (judge->line_count == judge->line_cap) {
		judge->line_cap = judge->line_cap ? judge->line_cap * 2 : 256;
		judge->lines = mem_resize(judge->lines, judge->line_cap, sizeof *judge->lines);
		judge->traits = mem_resize(judge->traits, judge->line_cap, sizeof *judge->traits);
	}
	judge->lines[judge->line_count] = (struct line){ 0 };
	return &judge->lines[judge->line_count];
}

/* Whether the next line that is not empty, which starts behind `end`, is long. */
static bool leads_to_body(struct span window, size_t end)
{
	while (end < window.len && (window.at[end] == '\n' || window.at[end] == '\r'))
		end++;
	window = span_skip(window, end);
	if (window.len &&
		(window.at[0] == '-' || window.at[0] == '*' || span_has_prefix(window, SPAN("\u2022"))))
		return false; /* an item of a list, which has a heading */
	return span_find(span_head(window, PARAGRAPH_BYTES), '\n') == PARAGRAPH_BYTES;
}

/* The same of the next line or, if that is short, of the one behind it: a day may stand below a name. */
static bool leads_soon_to_body(struct span window, size_t end)
{
	if (leads_to_body(window, end))
		return true;
	while (end < window.len && (window.at[end] == '\n' || window.at[end] == '\r'))
		end++;
	end += span_find(span_head(span_skip(window, end), PARAGRAPH_BYTES), '\n');
	return leads_to_body(window, end);
}

/* Whether one of the next lines is as long as titles are and has as many words. */
static bool leads_to_title(struct span window, size_t end)
{
	enum { LINES = 8, LEAST = 24, MOST = 300, SPACES = 3 }; /* bytes */

	for (size_t lines = 0; lines < LINES && end < window.len; lines++) {
		struct span line = span_head(span_skip(window, end), MOST + 1);
		size_t len = span_find(line, '\n'), spaces = 0;

		if (len > MOST)
			return false;
		for (size_t i = 0; i < len; i++)
			spaces += line.at[i] == ' ';
		if (len >= LEAST && spaces >= SPACES && !memchr(line.at, '|', len) &&
			!memchr(line.at, '>', len))
			return true;
		end += len + 1;
	}
	return false;
}

/* The next window starts with the line at byte `start` if what is known by then suffices; `settled` is the end of the
 * line in front of it. Blank lines at the start of a window are settled without a line. */
static void mark_line(struct judge *judge, size_t start, size_t settled)
{
	judge->mark = (struct mark){
		.is_set = true,
		.known = judge->known,
		.items = judge->items,
		.item_words = judge->item_words,
		.line = judge->line_count,
		.at = judge->line_count == judge->first ? start : settled,
	};
}

static bool is_at_mark(const struct judge *judge, size_t bytes_left, bool last)
{
	if (judge->mark.is_set)
		return false;
	return judge->line_count == judge->limits->lines - judge->limits->ahead_lines ||
	       (!last && bytes_left <= judge->limits->ahead_bytes);
}

/* Whether the line [start, end) is blank; else it is now in the reader, and `*text` is without its line end. */
static bool is_blank(struct judge *judge, struct span *text)
{
	if (text->len && text->at[text->len - 1] == '\r')
		text->len--;
	if (text->len == 0)
		return true;
	reader_read(&judge->reader, *text);
	return judge->reader.blank && text->len <= READER_WHOLE;
}

/* The text in which a name at the beginning of the body may be told to be a town: the title, the body's first paragraphs. */
static struct span text_around(struct span window, const struct line *line)
{
	enum { BEFORE = 1 << 11, BEHIND = 1 << 13 }; /* bytes */
	size_t from = line->start > BEFORE ? line->start - BEFORE : 0;

	return span_head(span_skip(window, from), line->end - from + BEHIND);
}

/* Judges the line `text`, which the reader has read. */
static void take_line(struct judge *judge, struct span window, struct span text)
{
	struct line *line = line_new(judge);

	line->start = (uint32_t)(text.at - window.at);
	line->end = (uint32_t)(line->start + text.len);
	line->score = CUT_SURE;
	if (judge->dump.level != LEVEL_CAREFUL)
		judge->traits[judge->line_count] =
			trait_of(&judge->reader, text, judge->functions, &judge->topics);
	judge->line_count++;
	judge->known.above = span_head(window, line->start);
	judge->known.leads = judge->known.stamped && leads_to_body(window, line->end);
	judge->known.before_body = !judge->known.body && judge->known.kept > 0 &&
				   depth_of(&judge->known) <= HEAD_KEPT && leads_to_body(window, line->end);
	judge->known.near_title = judge->known.kept > 0 && judge->known.kept <= SUBTITLE_KEPT &&
				  !judge->known.below && leads_soon_to_body(window, line->end);
	judge->known.around = judge->known.body ? SPAN("") : text_around(window, line);
	judge->known.untitled = judge->known.kept == 0 && leads_to_title(window, line->end);
	judge->known.in_head = head_goes_on(judge, window, line->end, text);
	verdict_on(judge, window, line);
}

/* Judges line after line. Returns where the first line starts that was not judged; blank lines behind the last
 * line that is not are judged only if the window is the last. */
static size_t take_lines(struct judge *judge, struct span window, bool last)
{
	size_t judged = 0, at = 0;

	while (at < window.len && judge->line_count < judge->limits->lines) {
		size_t end = at + span_find(span_skip(window, at), '\n');
		struct span text = span_of(window.at + at, end - at);

		if (end == window.len && !last && at > 0)
			break; /* the line goes on behind the window */
		if (!is_blank(judge, &text)) {
			if (is_at_mark(judge, window.len - at, last))
				mark_line(judge, at, judged);
			take_line(judge, window, text);
			judged = end < window.len ? end + 1 : end;
		}
		at = end < window.len ? end + 1 : end;
	}
	judge->is_full = at < window.len && judge->line_count == judge->limits->lines;
	return judge->line_count == judge->first || (last && at == window.len) ? at : judged;
}

static void lines_link(struct judge *judge, size_t judged)
{
	for (size_t i = judge->line_count; i-- > judge->first;)
		judge->lines[i].next =
			i + 1 < judge->line_count ? judge->lines[i + 1].start : (uint32_t)judged;
}

/* --- windows ---------------------------------------------------------------------------------------------- */

void judge_begin(struct judge *judge)
{
	judge->known = (struct known){ .dropping = true };
	judge->dump.regime = REGIME_UNKNOWN;
	judge->line_count = 0;
	judge->items = 0;
	if (!judge->limits)
		judge->limits = &judge_limits;
}

/* The last lines of the window before stand in front of the next one, as they were before the model saw them. Only in a
 * dump somebody looks at them. */
static void keep_context(struct judge *judge)
{
	size_t count = judge->line_count, most = judge->limits->back;
	size_t from = judge->dump.regime != REGIME_DUMP ? count : count > most ? count - most : 0;
	uint32_t topic = from < count ? judge->traits[from].topics.from : 0;
	struct topic_range last =
		from < count ? judge->traits[count - 1].topics : (struct topic_range){ 0 };

	judge->first = judge->line_count = count - from;
	topics_keep(&judge->topics, topic, last.from + last.count);
	for (size_t i = 0; i < judge->first; i++) {
		judge->lines[i] = judge->lines[from + i];
		if (judge->lines[i].is_scored)
			judge->lines[i].rule = judge->lines[i].unscored;
		judge->traits[i] = judge->traits[from + i];
		judge->traits[i].topics.from -= topic;
	}
}

static void begin_window(struct judge *judge)
{
	judge->reader.openings = judge->phrases->marks ? judge->phrases->marks->first : NULL;
	judge->reader.ahead = (const char *)judge->phrases->openers;
	judge->reader.ahead_mask = judge->phrases->opener_slots - 1;
	keep_context(judge);
	judge->waiting_from = judge->first;
	judge->last_item = judge->opening = judge->enclosed = judge->below = 0;
	judge->mark.is_set = false;
	cuts_clear(&judge->spans);
	cuts_clear(&judge->cuts);
}

/* Takes back what was judged behind the mark, once it has served those in front of it. Returns the byte of the mark. */
static size_t return_to_mark(struct judge *judge)
{
	judge->known = judge->mark.known;
	judge->items = judge->mark.items;
	judge->item_words = judge->mark.item_words;
	judge->line_count = judge->mark.line;
	return judge->mark.at;
}

static size_t look_at(struct judge *judge, struct span window, bool last)
{
	begin_window(judge);
	repeats_look(&judge->repeats, &judge->reader, window, judge->limits->lines - judge->first);
	return take_lines(judge, window, last);
}

/* Looks at the window. Where a stamp made a head of long lines, but no paragraph behind it stayed, it is looked at once more: they
 * are the body, as they would be without the stamp. */
static size_t look_at_head(struct judge *judge, struct span window, bool last)
{
	struct known before = judge->known;
	size_t judged = look_at(judge, window, last);

	if (before.kept > 0 || judge->known.body || !judge->known.subtitled)
		return judged;
	judge->known = before;
	judge->known.flat = true;
	judge->line_count = judge->first; /* as a document begins */
	return look_at(judge, window, last);
}

size_t judge_window(struct judge *judge, struct span window, bool last)
{
	size_t judged = look_at_head(judge, window, last);

	last = last && judged == window.len;
	if (!last || !judge->known.body)
		verdict_keep_waiting(judge); /* a window's end is no foot, nor is that of a list */
	dump_judge(&judge->dump, judge->lines, judge->traits, &judge->topics, judge->line_count);
	if (!last && judge->mark.is_set)
		judged = return_to_mark(judge);
	repeats_advance(&judge->repeats, judged);
	lines_link(judge, judged);
	outcome_cut(judge, window, judged, last);
	return judged;
}

void judge_release(struct judge *judge)
{
	reader_release(&judge->reader);
	dump_release(&judge->dump);
	repeats_release(&judge->repeats);
	keep_release(&judge->keep);
	free(judge->lines);
	free(judge->traits);
	topics_release(&judge->topics);
	cuts_release(&judge->spans);
	cuts_release(&judge->cuts);
}
