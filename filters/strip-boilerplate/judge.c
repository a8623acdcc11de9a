/* SPDX-License-Identifier: MIT
 * judge.c - which lines and spans of a document are debris. */
#include "judge.h"

#include <stdlib.h>

#include "common/mem.h"
#include "ends.h"
#include "spans.h"

enum {
	LEAD_BYTES = 120, /* the first paragraph is longer */
	ALONE_MOST = 2, /* lines that go for the company of one: a name and a place */
	ITEM_LINES = 12, /* of a list of stories */
	SECOND_WORDS = 4, /* of a title below the name of a site */
	LIST_SHORT = 2, /* items: the last of so few is one of them */
	HEAD_KEPT = 3, /* lines: a title, a subtitle, a name */
	HEADING_WORDS = 5, /* of a section; stories have more */
};

const struct judge_limits judge_limits = {
	.lines = 1 << 17,
	.ahead_lines = 1 << 12,
	.ahead_bytes = 1 << 20,
	.back = 1 << 12,
};

/* --- the verdict on a line ------------------------------------------------------------------------------- */

/* The line at hand goes: so do those in front that waited for company, a name and a place, if they are no list. A window
 * in front has seen to those that are no lines of this one. */
static void settle_last(struct judge *judge, enum zone zone)
{
	size_t alone = judge->known.alone <= ALONE_MOST ? judge->known.alone : 0;
	size_t at = judge->line_count - 1;

	for (; alone > 0 && at > judge->first; alone--) {
		judge->lines[--at].waits = false;
		judge->lines[at].how = HOW_PLAIN;
	}
	judge->known.alone = 0;
	if (zone == ZONE_NEXT)
		judge->known.gone--; /* a list of names is none of bylines */
	else
		judge->known.gone = ALONE_MOST;
}

/* The line at hand goes: so does the one in front, if what stood before that went, and nothing of it is known any more. */
static void drop_enclosed(struct judge *judge)
{
	struct line *line = judge->enclosed ? &judge->lines[judge->enclosed - 1] : NULL;

	if (!line || judge->enclosed + 1 != judge->line_count)
		return;
	judge->known = judge->outside;
	line->rule = line->found = CATEGORY_NAVIGATION;
	line->how = HOW_PLAIN;
	judge->enclosed = 0;
}

static void drop_line(struct judge *judge, struct line *line, struct finding finding)
{
	struct known *known = &judge->known;

	line->rule = line->found = (uint8_t)finding.rule;
	line->how = HOW_PLAIN;
	known->signing = false;
	drop_enclosed(judge);
	settle_last(judge, finding.zone);
	if (finding.rule == CATEGORY_REPEATED) {
		line->found = CATEGORY_NONE;
		line->how = HOW_NOT;
	}
	if (finding.rule == CATEGORY_STAMP || finding.rule == CATEGORY_IDENTIFIER)
		known->stamped = true;
	known->loose_left = 0;
	known->waits = false;
	if (known->body && finding.heading && finding.effect == EFFECT_DROP &&
		(finding.rule == CATEGORY_RELATED || finding.rule == CATEGORY_POPULAR)) {
		known->loose_left = ITEM_LINES + 1;
		known->list_rule = (uint8_t)finding.rule;
	}
	if (finding.effect == EFFECT_LIST && finding.heading) {
		known->list_left = ITEM_LINES + 1;
		judge->items = 0;
		known->list_rule = (uint8_t)finding.rule;
	}
	if (finding.effect == EFFECT_END)
		known->list_left = 0;
	if (finding.effect == EFFECT_TAIL && known->body)
		known->tail_rule = (uint8_t)finding.rule;
}

/* The lines that waited for the foot turn out to be followed by body. */
static void keep_waiting(struct judge *judge)
{
	for (; judge->waiting_from < judge->line_count; judge->waiting_from++) {
		struct line *line = &judge->lines[judge->waiting_from];

		if (line->waits)
			line->rule = CATEGORY_NONE;
		line->waits = false;
	}
}

/* What would be cut of the line, its spans those from `first` on, stays where the user wants it. */
static void keep_spans(struct judge *judge, struct line *line, size_t first)
{
	struct cuts *spans = &judge->spans;
	size_t left = first;

	if (keep_has_span(&judge->keep, &judge->reader, 0, line->keep_from - line->start))
		line->keep_from = line->start;
	if (keep_has_span(
		    &judge->keep, &judge->reader, line->keep_to - line->start, line->end - line->start))
		line->keep_to = line->end;
	for (size_t i = first; i < spans->count; i++)
		if (!keep_has_span(&judge->keep, &judge->reader, spans->items[i].start - line->start,
			    spans->items[i].end - line->start))
			spans->items[left++] = spans->items[i];
	spans->count = left;
}

/* What stays of the line if it is kept. */
static void line_trim(struct judge *judge, struct line *line, const struct rest *rest)
{
	size_t spans = judge->spans.count;

	line->keep_from = line->start + (uint32_t)rest->start;
	line->keep_to = line->start + (uint32_t)rest->end;
	line->head_rule = rest->head_rule;
	line->tail_rule = rest->tail_rule;
	spans_cut(judge->phrases, rest, line->start, &judge->spans);
	if (judge->keep.count)
		keep_spans(judge, line, spans);
}

/* A line of a list goes, but the last one may turn out to be none. */
static void take_item(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	line_trim(judge, line, rest);
	line->rule = line->found = known->list_rule;
	line->how = HOW_ITEM;
	known->gone = known->alone = 0;
	known->list_left--;
	judge->last_item = judge->line_count;
	judge->items++;
	judge->item_words = rest_count(rest);
}

/* The line at hand waits, for the foot or for company. */
static void wait_line(struct judge *judge, struct line *line, struct finding finding)
{
	line->rule = line->found = (uint8_t)finding.rule;
	line->how = HOW_EDGE;
	line->waits = judge->known.waits = true;
	if (finding.zone == ZONE_LAST) {
		line->found = CATEGORY_NONE;
		line->how = HOW_NOT;
	}
	judge->known.signing = finding.rule == CATEGORY_BYLINE;
	judge->known.gone = 0;
	if (finding.zone == ZONE_BESIDE || finding.zone == ZONE_NEXT)
		judge->known.alone++;
	else
		judge->known.alone = 0;
}

/* A short line below a link such as "read more" goes if no body follows. */
static void wait_item(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	line_trim(judge, line, rest);
	wait_line(judge, line, (struct finding){ known->list_rule, EFFECT_DROP, ZONE_FOOT, false });
	known->loose_left--;
}

/* Body follows a list: its last line may be the heading of what follows, if it is not the only one. Asked only
 * amid the body, where a line more that is kept changes nothing for the lines behind it. */
static void list_end(struct judge *judge)
{
	if (judge->known.body && judge->known.list_left && judge->items > LIST_SHORT && judge->last_item &&
		judge->item_words <= HEADING_WORDS)
		judge->lines[judge->last_item - 1].rule = CATEGORY_NONE;
	judge->items = 0;
}

/* Whether a line below the name of a site may be the title. Shorter lines recur in poems, and short lines that differ in
 * their numbers alone in programmes and tables. */
static bool may_be_title(const struct rest *rest)
{
	enum { NUMBERED_WORDS = 7 };
	size_t least = SECOND_WORDS;

	for (size_t i = 0; i < rest_count(rest); i++)
		if (rest_words(rest)[i].digits)
			least = NUMBERED_WORDS;
	return rest_count(rest) >= least;
}

/* Whether the line has a word of the name that the first line may be. */
static bool speaks_of(const struct known *known, const struct rest *rest)
{
	struct title title = { 0 };
	size_t count;

	title_set(&title, rest_words(rest), rest_count(rest));
	count = title.bare.words ? title.bare.words
				 : rest_count(rest); /* the site's name behind a bar does not count */
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < FRAME_NAMES; k++)
			if (known->names[k] && rest_words(rest)[i].key == known->names[k])
				return true;
	return false;
}

/* The first line may be the name of a section, and the second the title below it. */
static void note_section(struct judge *judge, const struct line *line, const struct rest *rest)
{
	enum { LEAST = 4 }; /* words of a title */
	struct known *known = &judge->known;
	uint64_t others[FRAME_NAMES];

	if (known->kept == 0 && !known->body && !line->is_protected) {
		judge->opening = judge->line_count;
		known->section = evidence_is_section(judge->phrases, rest) ||
				 evidence_is_masthead(judge->phrases, rest, known->names);
	} else if (known->section && !known->body) {
		known->section = !speaks_of(known, rest);
	}
	if (known->kept == 1) {
		known->framed = evidence_is_masthead(judge->phrases, rest, others);
		known->titled = !known->body && rest_count(rest) >= LEAST && !known->framed;
	}
}

/* Whether a line between the first two that stay may stay, too: then that one would be the first. */
static bool waits_above(const struct judge *judge)
{
	for (size_t i = judge->opening; i + 1 < judge->below; i++)
		if (judge->lines[i].waits || !judge->lines[i].rule)
			return true;
	return false;
}

/* The body begins, and there is a title without the name of the section above it. */
static void drop_section(struct judge *judge)
{
	struct known *known = &judge->known;

	if (!known->body && known->section && known->titled && judge->opening && !waits_above(judge)) {
		judge->lines[judge->opening - 1].rule = judge->lines[judge->opening - 1].found =
			CATEGORY_NAVIGATION;
		judge->lines[judge->opening - 1].how = HOW_PLAIN;
		known->title = known->second; /* its topics are not known: nothing is taken for keywords */
		known->second = known->third;
		known->section = false;
		known->kept--;
	}
}

/* A copy of the title without the name of the site: the first one goes without it, too. */
static void trim_title(struct judge *judge, struct title *title, size_t at, const struct rest *rest)
{
	const struct title_part *part =
		title_without_site(title, rest_words(rest), rest_count(rest), &judge->known.site);
	struct line *line = part && at ? &judge->lines[at - 1] : NULL;

	if (!line || line->is_protected || judge->known.body)
		return;
	if (part == &title->rest) {
		line->keep_from = line->start + part->start;
		line->head_rule = CATEGORY_BRAND;
	} else {
		line->keep_to = line->start + part->end;
		line->tail_rule = CATEGORY_BRAND;
	}
	*title = (struct title){ .key = part->key, .words = part->words };
}

/* A copy of the title may name the site. A copy of the second line at the head tells that that is the title, and a first
 * line of a word or two is a name above it. */
static void note_copy(struct judge *judge, struct finding finding, const struct rest *rest)
{
	enum { NAME_WORDS = 2 };
	struct known *known = &judge->known;

	if (finding.rule != CATEGORY_TITLE)
		return;
	trim_title(judge, &known->title, judge->opening, rest);
	trim_title(judge, &known->second, judge->below, rest);
	title_find_site(&known->title, rest_words(rest), rest_count(rest), &known->site);
	if (!known->body && known->title.words <= NAME_WORDS && !known->framed &&
		title_again(&known->second, rest_words(rest), rest_count(rest))) {
		known->section = known->titled = true;
		drop_section(judge);
	}
}

static void note_topics(struct known *known, const struct rest *rest)
{
	enum { LEAST = 6 }; /* bytes: three letters of Arabic */
	const struct word *words = rest_words(rest);
	size_t topics = 0;

	memset(known->topics, 0, sizeof known->topics);
	for (size_t i = 0; i < rest_count(rest) && topics < TITLE_TOPICS; i++)
		if (!words[i].digits && words[i].end - words[i].start >= LEAST)
			known->topics[topics++] = words[i].key;
}

/* The line may be the title; and where it would begin and end without the name of a site. */
static void note_title(struct title *title, const struct rest *rest)
{
	title_set(title, rest_words(rest), rest_count(rest));
	title->rest.start = (uint32_t)reader_skip_closer(rest->line, title->front.end);
	title->bare.end = (uint32_t)reader_skip_stop(rest->line, title->bare.end);
}

/* The first line that stays is the title, as far as is known, or the one below it, or that below both. */
static void note_titles(struct judge *judge, const struct rest *rest)
{
	struct known *known = &judge->known;

	if (known->kept == 0) {
		note_title(&known->title, rest);
		note_topics(known, rest);
		return;
	}
	if (known->kept > 2 || known->body || !may_be_title(rest))
		return;
	if (known->kept == 1) {
		judge->below = judge->line_count;
		note_title(&known->second, rest);
	} else if (known->section) {
		note_title(&known->third, rest);
	}
}

/* A name in front of a line that stays signs nothing. */
static void unsign_last(struct judge *judge)
{
	size_t last = judge->line_count - 1;

	judge->known.signing = false;
	if (last > judge->first && judge->lines[last - 1].waits) {
		judge->lines[last - 1].waits = false;
		judge->lines[last - 1].rule = CATEGORY_NONE;
	}
}

static void keep_line(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	if (!line->is_protected)
		line_trim(judge, line, rest);
	known->stamped = false;
	if (known->signing)
		unsign_last(judge);
	known->below = known->kept > 0;
	if (rest_is_body_like(rest, known->kept == 0 || (known->kept == 1 && known->section))) {
		known->below = false;
		list_end(judge);
		known->section = known->section && !speaks_of(known, rest);
		if (rest->head_rule == CATEGORY_BYLINE &&
			title_is_name(&known->title, rest->reader->words, rest->from))
			known->section = true; /* "Harbour Post", and the text begins "Harbour Post - " */
		drop_section(judge);
		known->third = (struct title){ 0 };
		known->body = true;
		keep_waiting(judge);
	}
	note_section(judge, line, rest);
	known->list_left = known->loose_left = 0;
	known->gone = known->alone = 0;
	known->waits = false;
	note_titles(judge, rest);
	known->kept++;
}

/* A line that goes for its repetition is an item of the list it stands in, or ends the list, as if it stayed. */
static void pass_list(struct known *known, const struct rest *rest)
{
	if (known->list_left > 1 && rest_is_headline(rest))
		known->list_left--;
	else
		known->list_left = 0;
}

static bool must_wait(const struct known *known, enum zone zone)
{
	if (zone == ZONE_LAST)
		return true;
	if (zone == ZONE_NEXT)
		return !known->gone;
	if (zone == ZONE_BESIDE)
		return known->body && !known->gone && !known->alone;
	return zone == ZONE_FOOT || (zone == ZONE_EDGE && known->body);
}

static bool is_elsewhere(const struct known *known, enum zone zone)
{
	return (zone == ZONE_HEAD && known->body) ||
	       ((zone == ZONE_FOOT || zone == ZONE_LAST) && !known->body);
}

/* What the rules say of what is left of the line, cutting spans off it until one says that it goes or
 * none has anything to say. */
static struct finding examine(const struct judge *judge, struct rest *rest)
{
	for (;;) {
		struct finding finding = evidence_line(judge->phrases, &judge->known, rest);

		if (finding.rule && !is_elsewhere(&judge->known, finding.zone))
			return finding;
		if (!ends_cut(judge->phrases, &judge->known, rest))
			return (struct finding){ CATEGORY_NONE, EFFECT_DROP, ZONE_ANY, false };
		if (rest_count(rest) == 0)
			return (struct finding){ rest->head_rule ? rest->head_rule : rest->tail_rule,
				EFFECT_DROP, ZONE_ANY, false };
	}
}

/* What the rules say of the line, and what its repetition does where they say nothing that holds here. */
static struct finding find(struct judge *judge, const struct line *line, struct rest *rest)
{
	struct finding finding = examine(judge, rest);

	if (finding.rule && !must_wait(&judge->known, finding.zone))
		return finding;
	if (repeats_has(&judge->repeats, line->start, judge->known.kept == 0))
		return (struct finding){ CATEGORY_REPEATED, EFFECT_DROP, ZONE_ANY, false };
	return finding;
}

/* The line stays until the next one goes. */
static void enclose_line(struct judge *judge, struct line *line, const struct rest *rest)
{
	judge->outside = judge->known;
	judge->enclosed = judge->line_count;
	keep_line(judge, line, rest);
}

static void judge_line(struct judge *judge, struct span window, struct line *line)
{
	struct known *known = &judge->known;
	struct rest rest =
		rest_of(&judge->reader, span_of(window.at + line->start, line->end - line->start));
	struct finding finding;

	line->keep_from = line->start;
	line->keep_to = line->end;
	if (keep_has(&judge->keep, &judge->reader)) {
		line->is_protected = true;
		keep_line(judge, line, &rest);
		return;
	}
	if (known->tail_rule) {
		line->rule = line->found = known->tail_rule;
		line->how = HOW_TAIL;
		return;
	}
	finding = find(judge, line, &rest);
	note_copy(judge, finding, &rest);
	line->seen = (uint8_t)repeats_seen(&judge->repeats, line->start);
	if (finding.rule == CATEGORY_REPEATED) {
		line->score = repeats_share(&judge->repeats);
		pass_list(known, &rest);
	}
	if (finding.rule && finding.zone == ZONE_BETWEEN)
		enclose_line(judge, line, &rest);
	else if (finding.rule && must_wait(known, finding.zone))
		wait_line(judge, line, finding);
	else if (!finding.rule && known->list_left > 1 && rest_is_headline(&rest))
		take_item(judge, line, &rest);
	else if (!finding.rule && known->loose_left > 1 && rest_is_headline(&rest))
		wait_item(judge, line, &rest);
	else if (finding.rule)
		drop_line(judge, line, finding);
	else
		keep_line(judge, line, &rest);
}

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
	return span_find(span_head(window, LEAD_BYTES), '\n') == LEAD_BYTES;
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
	judge->known.leads = judge->known.stamped && leads_to_body(window, line->end);
	judge->known.before_body = !judge->known.body && judge->known.kept > 0 &&
				   judge->known.kept <= HEAD_KEPT && leads_to_body(window, line->end);
	judge->known.untitled = judge->known.kept == 0 && leads_to_title(window, line->end);
	judge_line(judge, window, line);
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

/* --- from verdicts to cuts ------------------------------------------------------------------------------- */

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

static void cuts_make(struct judge *judge, struct span window, size_t judged, bool last)
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

size_t judge_window(struct judge *judge, struct span window, bool last)
{
	size_t judged;

	begin_window(judge);
	repeats_look(&judge->repeats, &judge->reader, window, judge->limits->lines - judge->first);
	judged = take_lines(judge, window, last);
	last = last && judged == window.len;
	if (!last || !judge->known.body)
		keep_waiting(judge); /* a window's end is no foot, nor is that of a list */
	dump_judge(&judge->dump, judge->lines, judge->traits, &judge->topics, judge->line_count);
	if (!last && judge->mark.is_set)
		judged = return_to_mark(judge);
	repeats_advance(&judge->repeats, judged);
	lines_link(judge, judged);
	cuts_make(judge, window, judged, last);
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
