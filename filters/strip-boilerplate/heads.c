/* SPDX-License-Identifier: MIT
 * heads.c - the title, and what stands above it. */
#include "heads.h"

#include "brands.h"
#include "ends.h"
#include "stamps.h"

/* In words. */
enum {
	SECOND_WORDS = 4, /* of a title below the name of a site */
	SITE_WORDS = 2, /* a first line of no more may be that name, if the second one comes again */
};

/* A digit of ASCII or of the blocks of Arabic, U+0660 and U+06F0; what has three bytes and more may be one. */
static bool may_be_digit(const unsigned char *byte, size_t left)
{
	if (byte[0] < 0x80)
		return byte[0] >= '0' && byte[0] <= '9';
	if (byte[0] >= 0xE0)
		return true;
	return left > 1 && ((byte[0] == 0xD9 && byte[1] >= 0xA0 && byte[1] <= 0xA9) ||
				   (byte[0] == 0xDB && byte[1] >= 0xB0 && byte[1] <= 0xB9));
}

/* Most lines have none, and are not read for a stamp. */
static bool may_have_digits(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (may_be_digit((const unsigned char *)text.at + i, text.len - i))
			return true;
	return false;
}

/* Whether all of the short line `text` says when the story was published: it goes, and in a second run there is none. */
static bool is_stamp(struct judge *judge, struct span text)
{
	const struct reader *reader = &judge->reader;

	reader_read(&judge->reader, text);
	return reader->digits && stamp_of(judge->phrases, reader->words, reader->count) == STAMP_SURE;
}

/* Whether one of the first lines of the text is as long as a paragraph. */
static bool has_paragraph(struct span text)
{
	enum { LINES = 4 };

	for (size_t lines = 0; lines < LINES && text.len;) {
		size_t len = span_find(span_head(text, PARAGRAPH_BYTES), '\n');

		if (len == PARAGRAPH_BYTES)
			return true;
		lines += len > 1;
		text = span_skip(text, len + 1);
	}
	return false;
}

bool head_goes_on(struct judge *judge, struct span window, size_t end, struct span text)
{
	enum { TITLES = 4, LINES = 4, LONGEST = 160 }; /* lines that stay; behind this one; bytes */
	bool stamped = false, asked = false;

	if (judge->known.body || judge->known.flat || !judge->known.kept || judge->known.kept >= TITLES)
		return false;
	for (size_t lines = 0; lines < LINES && end < window.len && !stamped;) {
		struct span next = span_head(span_skip(window, end), LONGEST + 1);
		size_t len = span_find(next, '\n');

		if (len > LONGEST)
			break;
		lines += len > 1;
		if (may_have_digits(span_head(next, len))) {
			stamped = is_stamp(judge, span_head(next, len));
			asked = true;
		}
		end += len + 1;
	}
	if (asked)
		reader_read(&judge->reader, text);
	return stamped && end < window.len && has_paragraph(span_skip(window, end));
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
		known->named = !known->section && evidence_is_short(judge->phrases, rest, known->names);
		known->section = known->section || known->named;
	} else if (known->section && !known->body) {
		known->section = !speaks_of(known, rest) &&
				 !title_again(&known->unsure, rest_words(rest), rest_count(rest));
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

/* Whether a line above the body goes for what it says. */
static bool has_debris(const struct judge *judge)
{
	for (size_t i = judge->first; i < judge->line_count; i++)
		if (judge->lines[i].rule && !judge->lines[i].waits && judge->lines[i].how == HOW_PLAIN)
			return true;
	return false;
}

/* Only this part of the title stays. */
static void keep_part(struct judge *judge, struct title *title, size_t at, const struct title_part *part)
{
	struct line *line = at ? &judge->lines[at - 1] : NULL;

	if (!line || line->is_protected)
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

/* The name of a site goes that stands behind the title. */
static void keep_unbranded(struct judge *judge, size_t at)
{
	struct title *title = &judge->known.title;

	if (title->is_branded)
		keep_part(judge, title, at, &title->bare);
}

/* The body begins, and there is a title without the name of the section above it. */
static void drop_section(struct judge *judge)
{
	struct known *known = &judge->known;

	if (!known->body && known->section && known->titled && judge->opening && !waits_above(judge) &&
		(!known->named || has_debris(judge))) {
		judge->lines[judge->opening - 1].rule = judge->lines[judge->opening - 1].found =
			CATEGORY_NAVIGATION;
		judge->lines[judge->opening - 1].how = HOW_PLAIN;
		known->title = known->second.words ? known->second : known->unsure;
		memcpy(known->topics, known->next_topics, sizeof known->topics);
		keep_unbranded(judge, judge->below);
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

	if (part && !judge->known.body)
		keep_part(judge, title, at, part);
}

/* What a site says of itself, not of whom it has a story from. One word may be met in requests by chance, and an
 * address may hold all of a title. */
static bool is_of_site(enum category rule, size_t name_words)
{
	return rule == CATEGORY_COPYRIGHT || rule == CATEGORY_BRAND ||
	       (name_words > 1 && rule == CATEGORY_FOLLOW);
}

/* A line that goes names what stands behind the title, beside other words, and so says what that is: alone it may be the
 * second half of a title that stands on two lines. */
static void note_site(struct judge *judge, enum category rule, const struct rest *rest)
{
	struct title *title = &judge->known.title;

	if (is_of_site(rule, title->behind.words) && rest_count(rest) > title->behind.words &&
		title_is_said(&title->behind, rest_words(rest), rest_count(rest)))
		keep_part(judge, title, judge->opening, &title->bare);
}

void head_note_copy(struct judge *judge, struct finding finding, const struct rest *rest)
{
	struct known *known = &judge->known;

	note_site(judge, finding.rule, rest);
	if (finding.rule != CATEGORY_TITLE)
		return;
	trim_title(judge, &known->title, judge->opening, rest);
	trim_title(judge, &known->second, judge->below, rest);
	title_find_site(&known->title, rest_words(rest), rest_count(rest), &known->site);
	if (!known->body && known->title.words <= SITE_WORDS && !known->framed &&
		title_again(&known->second, rest_words(rest), rest_count(rest))) {
		known->section = known->titled = true;
		drop_section(judge);
	}
}

static void note_topics(uint64_t topics[TITLE_TOPICS], const struct rest *rest)
{
	enum { LEAST = 6 }; /* bytes: three letters of Arabic */
	const struct word *words = rest_words(rest);
	size_t noted = 0;

	memset(topics, 0, TITLE_TOPICS * sizeof *topics);
	for (size_t i = 0; i < rest_count(rest) && noted < TITLE_TOPICS; i++)
		if (!words[i].digits && words[i].end - words[i].start >= LEAST)
			topics[noted++] = words[i].key;
}

/* Whether a part of the line would go, or a part of that, if it were the title. */
static bool goes_alone(struct judge *judge, const struct rest *rest, const struct title_part *part)
{
	static const struct known start;
	struct span line = rest->line, text = span_of(line.at + part->start, part->end - part->start);
	struct rest left;
	bool goes;

	reader_read(&judge->reader, text);
	left = rest_of(&judge->reader, text);
	goes = evidence_line(judge->phrases, &start, &left).rule || ends_cut(judge->phrases, &start, &left);
	reader_read(&judge->reader, line); /* `rest` speaks of its words */
	return goes;
}

/* The line may be the title; and where it would begin and end without the name of a site. */
static void note_title(struct judge *judge, struct title *title, const struct rest *rest)
{
	struct lookup lookup = { judge->phrases, rest->reader, rest->line };
	size_t brand = brand_start(&lookup, rest_words(rest), rest_count(rest));

	title_set(title, rest_words(rest), rest_count(rest));
	if (brand)
		title_set_bare(title, rest_words(rest), brand, rest_count(rest));
	title->rest.start = (uint32_t)reader_skip_closer(rest->line, title->front.end);
	title->bare.end = (uint32_t)reader_skip_stop(rest->line, title->bare.end);
	if (title->rest.words && goes_alone(judge, rest, &title->rest))
		title->rest = title->front = (struct title_part){ 0 };
	if (title->bare.words && goes_alone(judge, rest, &title->bare))
		title->bare = title->behind = (struct title_part){ 0 };
	title->is_branded = brand && title->bare.words;
}

/* The first line that stays is the title, as far as is known, or the one below it, or that below both. */
static void note_titles(struct judge *judge, const struct rest *rest)
{
	struct known *known = &judge->known;

	if (known->kept == 0) {
		note_title(judge, &known->title, rest);
		keep_unbranded(judge, judge->line_count);
		note_topics(known->topics, rest);
		return;
	}
	if (known->kept > 2 || known->body)
		return;
	if (known->kept == 1) {
		judge->below = judge->line_count;
		note_topics(known->next_topics, rest);
		note_title(judge, may_be_title(rest) ? &known->second : &known->unsure, rest);
	} else if ((known->section || known->title.words <= SITE_WORDS) && may_be_title(rest)) {
		note_title(judge, &known->third, rest);
	}
}

void head_note_kept(struct judge *judge, const struct line *line, const struct rest *rest)
{
	note_section(judge, line, rest);
	note_titles(judge, rest);
	judge->known.kept++;
}

void head_end(struct judge *judge, const struct rest *rest)
{
	struct known *known = &judge->known;

	known->section = known->section && !speaks_of(known, rest) &&
			 !title_again(&known->unsure, rest_words(rest), rest_count(rest));
	if (rest->head_rule == CATEGORY_BYLINE &&
		title_is_name(&known->title, rest->reader->words, rest->from))
		known->section = true; /* "Harbour Post", and the text begins "Harbour Post - " */
	drop_section(judge);
	known->third = (struct title){ 0 };
	known->body = true;
}
