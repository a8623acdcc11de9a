/* SPDX-License-Identifier: MIT
 * judge.c - which lines and spans of a document are debris. */
#include "judge.h"

#include <stdlib.h>

#include "bylines.h"
#include "common/mem.h"
#include "stamps.h"
#include "widgets.h"

/* Lengths, in words unless they say otherwise. Measured on the articles and pages the project is tuned on. */
enum {
	BODY_WORDS = 25, /* this long, a line is body however it ends */
	BODY_BYTES = 400, /* the same for scripts that do not space words */
	SENTENCE_WORDS = 8, /* this long and with a full stop, too */
	SENTENCE_BYTES = 120,
	TITLE_WORDS = 34, /* the first line may be longer before it is taken for body */
	RELATED_WORDS = 32, /* what may follow "Read also:" on its line */
	PHRASE_REST = 10, /* what may follow a phrase that asks for no colon */
	SURE_WORDS = 3, /* a phrase this long is no accident, */
	SURE_REST = 24, /* and more may follow it */
	LEAD_BYTES = 120, /* the first paragraph is longer */
	ITEM_WORDS = 20, /* a line of a list of stories */
	ITEM_LINES = 12, /* of such a list */
	SECTION_WORDS = 4, /* the name of a section of a site */
	PLACEHOLDER_WORDS = 14, /* a line that a template left */
	BYLINE_KEPT = 2, /* a byline follows a title and a subtitle at most */
	STAMP_KEPT = 4, /* a date alone is a stamp no farther down than this, or at the foot */
};

/* The line being judged, or what is left of it: words [from, to), bytes [start, end). */
struct rest {
	struct span line;
	struct reader *reader;
	struct word *words; /* the reader's, of the whole line */
	size_t from, to;
	size_t start, end;
	bool whole; /* the line was read to its end */
	uint8_t head_rule, tail_rule;
};

/* What a rule says of a line. */
struct finding {
	enum category rule; /* CATEGORY_NONE: nothing */
	enum effect effect;
	enum zone zone;
	bool heading; /* the phrase is all of the line */
};

static const struct finding nothing = { CATEGORY_NONE, EFFECT_DROP, ZONE_ANY, false };

static struct finding found(enum category rule, enum zone zone)
{
	return (struct finding){ rule, EFFECT_DROP, zone, false };
}

static const struct word *rest_words(const struct rest *rest)
{
	return rest->words + rest->from;
}

static size_t rest_count(const struct rest *rest)
{
	return rest->to - rest->from;
}

static struct span rest_text(const struct rest *rest)
{
	return span_of(rest->line.at + rest->start, rest->end - rest->start);
}

/* --- body or not --------------------------------------------------------------------------------------- */

static bool ends_sentence(const struct rest *rest)
{
	return gap_is_terminal(rest->words[rest->to].before);
}

static bool is_body_like(const struct rest *rest, bool first)
{
	size_t count = rest_count(rest);
	size_t bytes = rest->end - rest->start;

	if (!rest->whole || count >= (size_t)(first ? TITLE_WORDS : BODY_WORDS) || bytes >= BODY_BYTES)
		return true;
	if (!ends_sentence(rest) || (first && rest->words[rest->to].before.first != '.'))
		return false;
	return count >= SENTENCE_WORDS || bytes >= SENTENCE_BYTES;
}

/* A full stop with more behind it: two sentences are no headline. Dots and marks occur in headlines. */
static bool holds_sentence_end(const struct word *words, size_t from, size_t count)
{
	for (size_t i = from; i < count; i++)
		if (words[i].before.first == '.' && words[i].before.count == 1 && words[i].before.space)
			return true;
	return false;
}

static bool is_item(const struct rest *rest)
{
	size_t count = rest_count(rest);
	struct gap end = rest->words[rest->to].before;

	return rest->whole && count <= ITEM_WORDS && rest->end - rest->start < BODY_BYTES &&
	       !(end.last == '.' && (end.count == 1 || count >= SENTENCE_WORDS)) && end.last != ':' &&
	       !holds_sentence_end(rest_words(rest), 1, count);
}

/* --- evidence about a whole line ------------------------------------------------------------------------ */

static struct finding of_phrase(const struct phrase *phrase, size_t count)
{
	return (struct finding){ phrase->category, phrase->effect, phrase->zone, phrase->words == count };
}

/* "Share: ..." in front of a sentence is how the sentence begins; headlines end without a full stop. */
static bool opens_sentence(const struct phrase *phrase, const struct word *words, size_t count)
{
	struct gap end = words[count].before;

	return phrase->marked && count - phrase->words >= SENTENCE_WORDS && end.first == '.' &&
	       end.count == 1;
}

/* How many words may follow a phrase on a line that is debris: more, the surer the phrase. */
static size_t phrase_rest(const struct phrase *phrase)
{
	if (phrase->marked)
		return RELATED_WORDS;
	return phrase->words >= SURE_WORDS ? SURE_REST : PHRASE_REST;
}

static struct finding find_prefix(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT)
		return nothing;
	if (count - phrase->words > phrase_rest(phrase) || opens_sentence(phrase, words, count) ||
		holds_sentence_end(words, phrase->words + 1u, count))
		return nothing;
	return of_phrase(phrase, count);
}

static struct finding find_suffix(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_suffix(phrases, words, count);

	if (!phrase || phrase->effect == EFFECT_CUT || count - phrase->words > PHRASE_REST)
		return nothing;
	return of_phrase(phrase, count);
}

static struct finding find_phrase(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_line(phrases, words, count);
	struct finding finding;

	if (phrase)
		return of_phrase(phrase, count);
	finding = find_prefix(phrases, words, count);
	return finding.rule ? finding : find_suffix(phrases, words, count);
}

static struct finding find_grammar(const struct judge *judge, const struct word *words, size_t count)
{
	const struct phrases *phrases = judge->phrases;
	struct byline_place place = { judge->known.kept == 0,
		!judge->known.body && judge->known.kept <= BYLINE_KEPT, judge->known.stamped,
		judge->leads };
	enum stamp stamp = stamp_of(phrases, words, count);

	if (stamp == STAMP_SURE)
		return found(CATEGORY_STAMP, ZONE_ANY);
	if (stamp == STAMP_DATE) /* far down it may be a line of a list or of a poem */
		return found(CATEGORY_STAMP, judge->known.kept <= STAMP_KEPT ? ZONE_EDGE : ZONE_FOOT);
	if (widget_is_counter(phrases, words, count))
		return found(CATEGORY_COUNTER, ZONE_ANY);
	if (widget_is_hashtags(words, count))
		return found(CATEGORY_TAGS, ZONE_ANY);
	if (byline_is(phrases, words, count, place))
		return found(CATEGORY_BYLINE, ZONE_HEAD);
	if (!place.opens &&
		(byline_labelled(phrases, words, count) || byline_is_signature(phrases, words, count)))
		return found(CATEGORY_BYLINE, ZONE_EDGE);
	return nothing;
}

static struct finding find_part(const struct judge *judge, const struct word *words, size_t count)
{
	struct finding finding = find_phrase(judge->phrases, words, count);

	return finding.rule ? finding : find_grammar(judge, words, count);
}

static bool parts_at(struct gap gap)
{
	return gap.first == '|' || gap.first == '*';
}

static size_t part_end(const struct word *words, size_t from, size_t count)
{
	size_t to = from + 1;

	while (to < count && !parts_at(words[to].before))
		to++;
	return to;
}

/* "Cairo - Reuters | 3 May 2021 | 12 comments": debris when each part is, and the zone is the narrowest. At the
 * head the name of a section may stand beside two parts that are. */
static struct finding find_parts(const struct judge *judge, const struct word *words, size_t count)
{
	struct finding all = nothing;
	size_t known = 0, unknown = 0;

	for (size_t from = 0, to; from < count; from = to) {
		struct finding finding;

		to = part_end(words, from, count);
		if (from == 0 && to == count)
			return nothing; /* one part: judged as a line already */
		finding = find_part(judge, words + from, to - from);
		if (finding.effect == EFFECT_TAIL || (!finding.rule && to - from > SECTION_WORDS))
			return nothing;
		known += finding.rule != CATEGORY_NONE;
		unknown += finding.rule == CATEGORY_NONE;
		if (finding.rule && (!all.rule || finding.zone != ZONE_ANY))
			all = finding;
	}
	if (unknown && (unknown > 1 || known < 2 || judge->known.body || judge->known.kept == 0))
		return nothing;
	all.effect = EFFECT_DROP;
	return all;
}

static struct finding find_text(const struct rest *rest)
{
	struct span text = rest_text(rest);

	if (widget_is_identifier(text))
		return found(CATEGORY_IDENTIFIER, ZONE_ANY);
	if (widget_is_address(text))
		return found(CATEGORY_ADDRESS, ZONE_EDGE);
	if (rest_count(rest) <= PLACEHOLDER_WORDS && widget_has_placeholder(text))
		return found(CATEGORY_TEMPLATE, ZONE_ANY);
	return nothing;
}

static struct finding find_line(const struct judge *judge, const struct rest *rest)
{
	const struct word *words = rest_words(rest);
	size_t count = rest_count(rest);
	struct finding finding;

	if (!rest->whole || rest->end - rest->start > 4 * BODY_BYTES)
		return nothing;
	if (count == 0)
		return widget_is_rule(rest_text(rest)) ? found(CATEGORY_SEPARATOR, ZONE_ANY) : nothing;
	if (title_again(&judge->known.title, words, count))
		return found(CATEGORY_TITLE, ZONE_ANY);
	finding = find_part(judge, words, count);
	if (!finding.rule)
		finding = find_parts(judge, words, count);
	return finding.rule ? finding : find_text(rest);
}

/* --- spans --------------------------------------------------------------------------------------------- */

static void rest_cut_head(struct rest *rest, size_t start, enum category rule)
{
	rest->start = start;
	while (rest->from < rest->to && rest->words[rest->from].start < start)
		rest->from++;
	rest->head_rule = (uint8_t)rule;
	rest->words[rest->from].before = reader_gap(
		rest->reader, span_of(rest->line.at + start, rest->words[rest->from].start - start));
}

/* Keeps the words in front of `to`. */
static void rest_cut_tail(struct rest *rest, size_t to, enum category rule)
{
	rest->to = to;
	rest->end = reader_skip_stop(rest->line, rest->words[to - 1].end);
	rest->tail_rule = (uint8_t)rule;
	rest->words[to].before = reader_gap(rest->reader,
		span_of(rest->line.at + rest->words[to - 1].end, rest->end - rest->words[to - 1].end));
}

static bool cut_opening(const struct judge *judge, struct rest *rest)
{
	size_t start;

	if (judge->known.body || !is_body_like(rest, judge->known.kept == 0))
		return false;
	start = byline_opening(judge->phrases, rest->line, rest_words(rest), rest_count(rest));
	if (start)
		rest_cut_head(rest, start, CATEGORY_BYLINE);
	return start;
}

static bool cut_prefix(const struct judge *judge, struct rest *rest)
{
	const struct phrase *phrase = phrases_prefix(judge->phrases, rest_words(rest), rest_count(rest));

	if (!phrase || phrase->effect != EFFECT_CUT || phrase->words == rest_count(rest))
		return false;
	rest_cut_head(rest, reader_skip_closer(rest->line, rest->words[rest->from + phrase->words - 1].end),
		phrase->category);
	return true;
}

static bool cut_suffix(const struct judge *judge, struct rest *rest)
{
	size_t count = rest_count(rest);
	size_t tags = widget_trailing_hashtags(rest_words(rest), count);
	const struct phrase *phrase = phrases_suffix(judge->phrases, rest_words(rest), count);

	if (tags) {
		rest_cut_tail(rest, rest->to - tags, CATEGORY_TAGS);
		return true;
	}
	if (!phrase || phrase->effect != EFFECT_CUT || phrase->words == count)
		return false;
	if (!rest->words[rest->to - phrase->words].before.first)
		return false; /* with no sign in front it may be how the sentence ends */
	rest_cut_tail(rest, rest->to - phrase->words, phrase->category);
	return true;
}

static bool cut_copies(const struct judge *judge, struct rest *rest)
{
	size_t copy = judge->known.body ? 0 : title_repeated(rest_words(rest), rest_count(rest));

	if (copy)
		rest_cut_tail(rest, rest->from + copy, CATEGORY_TITLE);
	return copy;
}

/* Cuts one span off the start or the end; false when there is none. */
static bool cut_one(const struct judge *judge, struct rest *rest)
{
	if (rest_count(rest) == 0)
		return false;
	if (cut_opening(judge, rest) || cut_prefix(judge, rest))
		return true;
	return rest->whole && (cut_suffix(judge, rest) || cut_copies(judge, rest));
}

static bool is_set_apart(struct gap gap)
{
	return gap_is_terminal(gap) || gap_is_separator(gap);
}

/* Cuts the span phrases that stand apart within what is kept of a line. */
static void cut_spans(struct judge *judge, const struct rest *rest, size_t line_start)
{
	for (size_t i = rest->from + 1; i < rest->to; i++) {
		const struct phrase *phrase = phrases_span(judge->phrases, rest->words + i, rest->to - i);
		size_t end;

		if (!phrase || !is_set_apart(rest->words[i].before))
			continue;
		end = i + phrase->words;
		if (end < rest->to && !is_set_apart(rest->words[end].before))
			continue;
		cuts_add(&judge->spans,
			(struct cut){ line_start + rest->words[i].start,
				line_start + (end < rest->to ? rest->words[end].start : rest->end),
				phrase->category, false });
		i = end - 1;
	}
}

/* --- the verdict on a line ------------------------------------------------------------------------------- */

static void drop_line(struct judge *judge, struct line *line, struct finding finding)
{
	struct known *known = &judge->known;

	line->rule = (uint8_t)finding.rule;
	if (finding.rule == CATEGORY_STAMP || finding.rule == CATEGORY_IDENTIFIER)
		known->stamped = true;
	if (finding.effect == EFFECT_LIST && finding.heading) {
		known->list_left = ITEM_LINES + 1;
		judge->items = 0;
		known->list_rule = (uint8_t)finding.rule;
	}
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

/* What stays of the line if it is kept. */
static void line_trim(struct judge *judge, struct line *line, const struct rest *rest)
{
	line->keep_from = line->start + (uint32_t)rest->start;
	line->keep_to = line->start + (uint32_t)rest->end;
	line->head_rule = rest->head_rule;
	line->tail_rule = rest->tail_rule;
	cut_spans(judge, rest, line->start);
}

/* A line of a list goes, but the last one may turn out to be none. */
static void take_item(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	line_trim(judge, line, rest);
	line->rule = known->list_rule;
	known->list_left--;
	judge->last_item = judge->line_count;
	judge->items++;
}

/* Body follows a list: its last line may be the heading of what follows, if it is not the only one. Asked only
 * amid the body, where a line more that is kept changes nothing for the lines behind it. */
static void list_end(struct judge *judge)
{
	if (judge->known.body && judge->known.list_left && judge->items > 1)
		judge->lines[judge->last_item - 1].rule = CATEGORY_NONE;
	judge->items = 0;
}

static void keep_line(struct judge *judge, struct line *line, const struct rest *rest)
{
	struct known *known = &judge->known;

	line_trim(judge, line, rest);
	known->stamped = false;
	if (is_body_like(rest, known->kept == 0)) {
		list_end(judge);
		known->body = true;
		keep_waiting(judge);
	}
	known->list_left = 0;
	if (known->kept++ == 0)
		title_set(&known->title, rest_words(rest), rest_count(rest));
}

static bool must_wait(const struct known *known, enum zone zone)
{
	return zone == ZONE_FOOT || (zone == ZONE_EDGE && known->body);
}

static bool is_elsewhere(const struct known *known, enum zone zone)
{
	return (zone == ZONE_HEAD && known->body) || (zone == ZONE_FOOT && !known->body);
}

/* What the rules say of what is left of the line, cutting spans off it until one says that it goes or
 * none has anything to say. */
static struct finding examine(const struct judge *judge, struct rest *rest)
{
	for (;;) {
		struct finding finding = find_line(judge, rest);

		if (finding.rule && !is_elsewhere(&judge->known, finding.zone))
			return finding;
		if (!cut_one(judge, rest))
			return nothing;
		if (rest_count(rest) == 0)
			return found(rest->head_rule ? rest->head_rule : rest->tail_rule, ZONE_ANY);
	}
}

static void judge_line(struct judge *judge, struct span window, struct line *line)
{
	struct known *known = &judge->known;
	struct rest rest = { .line = span_of(window.at + line->start, line->end - line->start),
		.reader = &judge->reader,
		.words = judge->reader.words,
		.to = judge->reader.count,
		.end = line->end - line->start };
	struct finding finding;

	rest.whole = rest.line.len <= READER_WHOLE;
	line->keep_from = line->start;
	line->keep_to = line->end;
	if (known->tail_rule) {
		line->rule = known->tail_rule;
		return;
	}
	finding = examine(judge, &rest);
	if (finding.rule && must_wait(known, finding.zone)) {
		line->rule = (uint8_t)finding.rule;
		line->waits = true;
		return;
	}
	if (!finding.rule && known->list_left > 1 && is_item(&rest))
		take_item(judge, line, &rest);
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
	return span_find(span_head(window, LEAD_BYTES), '\n') == LEAD_BYTES;
}

/* Reads the line [start, end); true when it is not blank, and then it has been judged. */
static bool take_line(struct judge *judge, struct span window, size_t start, size_t end)
{
	struct span text = span_of(window.at + start, end - start);
	struct line *line;

	if (text.len && text.at[text.len - 1] == '\r')
		text.len--;
	if (text.len == 0)
		return false;
	reader_read(&judge->reader, text);
	if (judge->reader.blank && text.len <= READER_WHOLE)
		return false;
	line = line_new(judge);
	line->start = (uint32_t)start;
	line->end = (uint32_t)(start + text.len);
	judge->line_count++;
	judge->leads = judge->known.stamped && leads_to_body(window, end);
	judge_line(judge, window, line);
	return true;
}

/* Judges line after line. Returns where the first line starts that was not judged; blank lines behind the last
 * line that is not are judged only if the window is the last. */
static size_t take_lines(struct judge *judge, struct span window, bool last)
{
	size_t judged = 0, at = 0;

	while (at < window.len && judge->line_count < JUDGE_LINES) {
		size_t end = at + span_find(span_skip(window, at), '\n');
		size_t next = end < window.len ? end + 1 : end;

		if (end == window.len && !last && at > 0)
			break; /* the line goes on behind the window */
		if (take_line(judge, window, at, end))
			judged = next;
		at = next;
	}
	return judge->line_count == 0 || (last && at == window.len) ? at : judged;
}

static void lines_link(struct judge *judge, size_t judged)
{
	for (size_t i = judge->line_count; i-- > 0;)
		judge->lines[i].next =
			i + 1 < judge->line_count ? judge->lines[i + 1].start : (uint32_t)judged;
}

/* --- from verdicts to cuts ------------------------------------------------------------------------------- */

static void cut_whole(struct judge *judge, size_t start, size_t end, enum category rule)
{
	cuts_add(&judge->cuts, (struct cut){ start, end, (uint8_t)rule, true });
}

static void cut_span(struct judge *judge, size_t start, size_t end, enum category rule)
{
	cuts_add(&judge->cuts, (struct cut){ start, end, (uint8_t)rule, false });
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

	while (i > 0 && judge->lines[i - 1].rule)
		i--;
	return i;
}

static void cuts_make(struct judge *judge, struct span window, size_t judged, bool last)
{
	size_t kept_to = last_kept(judge); /* lines behind it are all removed */
	size_t first = judge->line_count ? judge->lines[0].start : judged;
	size_t span = 0;

	if (judge->known.dropping || (last && kept_to == 0))
		cut_whole(judge, 0, first, CATEGORY_BLANK);
	for (size_t i = 0; i < judge->line_count; i++) {
		const struct line *line = &judge->lines[i];

		if (line->rule) {
			while (span < judge->spans.count && judge->spans.items[span].start < line->end)
				span++;
			cut_whole(judge, line->start, line->next, line->rule);
			continue;
		}
		cut_kept(judge, line, &span);
		if (last && i + 1 == kept_to)
			cut_whole(judge, line_limit(line, window), line->next, CATEGORY_BLANK);
	}
	if (judge->line_count)
		judge->known.dropping = judge->lines[judge->line_count - 1].rule;
}

void judge_begin(struct judge *judge)
{
	judge->known = (struct known){ .dropping = true };
}

size_t judge_window(struct judge *judge, struct span window, bool last)
{
	size_t judged;

	judge->line_count = 0;
	judge->waiting_from = 0;
	judge->items = 0;
	cuts_clear(&judge->spans);
	cuts_clear(&judge->cuts);
	judged = take_lines(judge, window, last);
	last = last && judged == window.len;
	if (!last)
		keep_waiting(judge); /* a window's end is no foot */
	lines_link(judge, judged);
	cuts_make(judge, window, judged, last);
	return judged;
}

void judge_release(struct judge *judge)
{
	reader_release(&judge->reader);
	free(judge->lines);
	cuts_release(&judge->spans);
	cuts_release(&judge->cuts);
}
