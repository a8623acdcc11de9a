/* SPDX-License-Identifier: MIT
 * verdicts.c - what becomes of a line, by what is said of it and of those in front. */
#include "verdicts.h"

#include "captions.h"
#include "ends.h"
#include "heads.h"
#include "script.h"
#include "sight.h"
#include "spans.h"

enum {
	ALONE_MOST = 2, /* lines that go for the company of one: a name and a place */
	ITEM_LINES = 12, /* of a list of stories */
	LIST_SHORT = 2, /* items: the last of so few is one of them */
	HEADING_WORDS = 5, /* of a section; stories have more */
};

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

/* What goes may head a list, or end the one above it. */
static void note_list(struct judge *judge, struct finding finding)
{
	struct known *known = &judge->known;

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
}

/* What stands below a story rather than between its paragraphs. */
static bool is_of_foot(enum category rule)
{
	return rule == CATEGORY_SHARE || rule == CATEGORY_COMMENTS || rule == CATEGORY_TAGS ||
	       rule == CATEGORY_SOURCE;
}

static void drop_line(struct judge *judge, struct line *line, struct finding finding)
{
	struct known *known = &judge->known;

	line->rule = line->found = (uint8_t)finding.rule;
	line->how = HOW_PLAIN;
	known->signing = false;
	known->left = 0;
	drop_enclosed(judge);
	settle_last(judge, finding.zone);
	if (finding.rule == CATEGORY_REPEATED) {
		line->found = CATEGORY_NONE;
		line->how = HOW_NOT;
	}
	if (finding.rule == CATEGORY_STAMP || finding.rule == CATEGORY_IDENTIFIER)
		known->stamped = true;
	known->foot |= known->stopped && is_of_foot(finding.rule);
	known->loose_left = 0;
	known->waits = false;
	note_list(judge, finding);
	if (finding.effect == EFFECT_TAIL && known->body)
		known->tail_rule = (uint8_t)finding.rule;
}

void verdict_keep_waiting(struct judge *judge)
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
	judge->known.left = finding.zone == ZONE_LAST && (finding.rule == CATEGORY_TAGS ||
								 finding.rule == CATEGORY_RELATED)
				    ? judge->known.left + 1
				    : 0;
	judge->known.gone = 0;
	if (finding.zone == ZONE_BESIDE || finding.zone == ZONE_NEXT)
		judge->known.alone++;
	else
		judge->known.alone = 0;
}

/* The line goes if nothing follows; if it stays, then without what would be cut of it. */
static void wait_last(
	struct judge *judge, struct line *line, const struct rest *rest, struct finding finding)
{
	line_trim(judge, line, rest);
	wait_line(judge, line, finding);
}

/* The line is in Arabic, where links to the next story stand above its headline, and asks nothing. */
static bool may_name_story(const struct rest *rest)
{
	return script_is_arabic(rest->line, rest_words(rest)) &&
	       rest->reader->words[rest->to].before.first != '?';
}

/* Body follows: one line below a link, too long for a heading, is what the link leads to. */
static void take_loose(struct judge *judge)
{
	struct line *line;

	if (judge->known.loose_left != ITEM_LINES || judge->line_count < judge->first + 2 ||
		judge->item_words <= HEADING_WORDS)
		return;
	line = &judge->lines[judge->line_count - 2];
	if (line->waits)
		line->how = HOW_ITEM;
	line->waits = false;
}

/* A short line below a link such as "read more" goes if no body follows. */
static void wait_item(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	line_trim(judge, line, rest);
	wait_line(judge, line, (struct finding){ known->list_rule, EFFECT_DROP, ZONE_FOOT, false });
	known->loose_left--;
	judge->item_words = may_name_story(rest) ? rest_count(rest) : 0;
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

/* A name in front of a line that stays signs nothing, and short lines there head it or are entries of the same list. */
static void unsign_last(struct judge *judge)
{
	size_t last = judge->line_count - 1, signs = judge->known.signing;

	signs += judge->known.left;
	judge->known.signing = false;
	judge->known.left = 0;
	for (; signs > 0 && last > judge->first && judge->lines[last - 1].waits; signs--) {
		judge->lines[--last].waits = false;
		judge->lines[last].rule = CATEGORY_NONE;
	}
}

/* A colon ends the line: what follows is a list, or said by somebody. */
static bool announces(const struct rest *rest)
{
	return rest->reader->words[rest->to].before.last == ':';
}

/* Too short for body by itself, but no entry of a list: it belongs to what stands in front. */
static bool is_short_sentence(const struct rest *rest)
{
	enum { LEAST = 3 };
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	struct gap end = words[count].before;

	return count >= LEAST && !words[0].digits &&
	       (!words[0].before.first || words[0].before.first == '"') &&
	       (end.first == '.' || (end.first == '"' && end.last == '.'));
}

/* A credit behind a sentence goes alone, for it may have been glued to a paragraph. In dumps it mostly ends a caption, of which
 * the model is told. */
static void note_caption(const struct judge *judge, struct line *line, const struct rest *rest)
{
	struct sight sight = sight_of(judge->phrases, &judge->known, rest);

	if (!caption_is_in_front(&sight, rest))
		return;
	line->found = CATEGORY_CREDIT;
	line->how = HOW_EDGE;
}

static void keep_line(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	if (!line->is_protected)
		line_trim(judge, line, rest);
	note_caption(judge, line, rest);
	known->stamped = false;
	if (known->signing || known->left)
		unsign_last(judge);
	known->below = known->kept > 0 && (known->below || !is_short_sentence(rest));
	known->stopped = is_short_sentence(rest);
	known->foot = false;
	if (known->kept > 0)
		*(gap_is_terminal(rest->reader->words[rest->to].before) ? &known->ended
									: &known->unended) += 1;
	if (rest_is_body_like(rest, known->kept == 0 || (known->kept == 1 && known->section))) {
		known->below = announces(rest);
		known->stopped = gap_is_terminal(rest->reader->words[rest->to].before);
		list_end(judge);
		take_loose(judge);
		known->subtitled |= known->in_head;
		if (!known->in_head) {
			head_end(judge, rest);
			verdict_keep_waiting(judge);
		}
	}
	known->list_left = known->loose_left = 0;
	known->gone = known->alone = 0;
	known->waits = false;
	head_note_kept(judge, line, rest);
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
			return nothing;
		if (rest_count(rest) == 0)
			return (struct finding){ rest->head_rule ? rest->head_rule : rest->tail_rule,
				EFFECT_DROP, ZONE_ANY, false };
	}
}

/* The lines of the story end as sentences do. Of 500 stories of pages and articles with so few others, five ended with a line
 * that does not. */
static bool is_of_sentences(const struct known *known)
{
	enum { LEAST = 5, SHARE = 5 };

	return known->stopped && known->ended >= LEAST &&
	       known->unended * SHARE <= known->ended + known->unended;
}

/* No sentence, not even glued to what follows, nor the end of one that was parted. */
static bool is_left_below(const struct rest *rest)
{
	enum { LEAST = 2, MOST = 14, LETTER = 2 }; /* words; bytes of one letter of Arabic: "and" */
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);

	if (count < LEAST || count > MOST || words[count].before.first ||
		(script_is_arabic(rest->line, words) && words[0].end - words[0].start == LETTER))
		return false;
	for (size_t i = 1; i < count; i++)
		if (words[i].before.first == '.')
			return false;
	return true;
}

/* A headline of another story, behind what stands below this one, or behind the last sentence of a story of sentences. */
static bool is_of_another_story(const struct known *known, const struct rest *rest)
{
	enum { LEAST = 5, MOST = 18 };
	size_t count = rest_count(rest);
	struct gap end = rest->reader->words[rest->to].before;

	if (!known_may_leave(known) || !rest_is_headline(rest))
		return false;
	if (is_of_sentences(known) && is_left_below(rest))
		return true;
	return known->foot && count >= LEAST && count <= MOST &&
	       (!end.first || end.first == '"' || end.first == '?');
}

/* What the rules say of the line, and what its repetition does where they say nothing that holds here. */
static struct finding find(struct judge *judge, const struct line *line, struct rest *rest)
{
	struct finding finding = examine(judge, rest);

	if (finding.rule && !must_wait(&judge->known, finding.zone))
		return finding;
	if (repeats_has(&judge->repeats, line->start, judge->known.kept == 0))
		return (struct finding){ CATEGORY_REPEATED, EFFECT_DROP, ZONE_ANY, false };
	if (!finding.rule && is_of_another_story(&judge->known, rest))
		return (struct finding){ CATEGORY_RELATED, EFFECT_DROP, ZONE_LAST, false };
	return finding;
}

/* The line stays until the next one goes. */
static void enclose_line(struct judge *judge, struct line *line, const struct rest *rest)
{
	judge->outside = judge->known;
	judge->enclosed = judge->line_count;
	keep_line(judge, line, rest);
}

void verdict_on(struct judge *judge, struct span window, struct line *line)
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
	head_note_copy(judge, finding, &rest);
	line->seen = (uint8_t)repeats_seen(&judge->repeats, line->start);
	if (finding.rule == CATEGORY_REPEATED) {
		line->score = repeats_share(&judge->repeats);
		pass_list(known, &rest);
	}
	if (finding.rule && finding.zone == ZONE_BETWEEN)
		enclose_line(judge, line, &rest);
	else if (finding.rule && finding.zone == ZONE_LAST)
		wait_last(judge, line, &rest, finding);
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
