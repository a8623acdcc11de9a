/* SPDX-License-Identifier: MIT
 * metadata.c - what the lines around a story say of it. */
#include "metadata.h"

#include "common/json_string.h"
#include "stamps.h"

enum {
	LINE_MOST = 1600, /* bytes: no line that tells is longer */
	NAME_WORDS = 6,
	SOURCE_WORDS = 8,
	BEFORE = 12,
	BEHIND = 3, /* lines around the first that stays, which tell in a dump */
};

static const char *const field_names[] = {
	[METADATA_TITLE] = "title",
	[METADATA_DATE] = "date",
	[METADATA_DATE_ISO] = "date_iso",
	[METADATA_BYLINE] = "byline",
	[METADATA_PLACE] = "place",
	[METADATA_SOURCE] = "source",
};

static bool is_known(const struct metadata *metadata, enum metadata_field field)
{
	return metadata->fields[field].len > 0;
}

/* The first that is met counts. */
static void set(struct metadata *metadata, enum metadata_field field, struct span text)
{
	if (!is_known(metadata, field))
		buf_add(&metadata->fields[field], text);
}

/* --- one line --------------------------------------------------------------------------------------------- */

/* A line that goes, or the part of one, read. */
struct piece {
	const struct phrases *phrases;
	struct span text;
	const struct word *words;
	size_t count;
};

static struct span text_of(const struct piece *piece, size_t from, size_t to)
{
	size_t start = piece->words[from].start;

	return span_of(piece->text.at + start, piece->words[to - 1].end - start);
}

/* Letters of scripts beyond Latin and Greek: those who write them put the day first. */
static bool puts_day_first(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0xD0)
			return true;
	return false;
}

static void take_date(struct metadata *metadata, const struct piece *piece)
{
	bool day_first = metadata->day_first || puts_day_first(piece->text) ||
			 puts_day_first(buf_span(&metadata->fields[METADATA_TITLE]));
	struct date_found found;

	if (is_known(metadata, METADATA_DATE) ||
		!dates_find(&metadata->dates, piece->words, piece->count, day_first, &found))
		return;
	set(metadata, METADATA_DATE, text_of(piece, found.from, found.to));
	set(metadata, METADATA_DATE_ISO, span_from(found.iso));
}

static bool ends_part(struct gap gap)
{
	return gap_is_separator(gap) || gap.first == ',' || gap.first == ')' || gap.first == '-' ||
	       gap.first == '/';
}

static size_t part_end(const struct piece *piece, size_t at)
{
	size_t end = at + 1;

	while (end < piece->count && !ends_part(piece->words[end].before))
		end++;
	return end;
}

/* The place, agency or outlet that is all of the part at `at`; returns the word behind it. */
static size_t take_listed(struct metadata *metadata, const struct piece *piece, size_t at)
{
	uint32_t found = 0;
	size_t end = at + phrases_term(piece->phrases, piece->words + at, piece->count - at,
				  TERM_AGENCY | TERM_OUTLET | TERM_PLACE, &found);

	if (end == at || (end < piece->count && !ends_part(piece->words[end].before)))
		return at;
	set(metadata, found & TERM_PLACE ? METADATA_PLACE : METADATA_SOURCE, text_of(piece, at, end));
	return end;
}

static bool has_number(const struct piece *piece, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (piece->words[i].digits)
			return true;
	return false;
}

/* A name, perhaps behind its label ("By Jane Roe"). */
static void take_name(struct metadata *metadata, const struct piece *piece, size_t from, size_t to)
{
	uint32_t found;

	from += phrases_term(piece->phrases, piece->words + from, to - from, TERM_BY | TERM_WRITES, &found);
	if (to - from < (metadata->in_dump ? 2 : 1) || to - from > NAME_WORDS ||
		has_number(piece, from, to) ||
		stamp_of(piece->phrases, piece->words + from, to - from) != STAMP_NONE)
		return;
	set(metadata, METADATA_BYLINE, text_of(piece, from, to));
}

/* "Beirut - Samir Haddad | 3 May 2021" */
static void take_byline(struct metadata *metadata, const struct piece *piece)
{
	for (size_t at = 0; at < piece->count;) {
		size_t end = take_listed(metadata, piece, at);

		if (end == at) {
			end = part_end(piece, at);
			take_name(metadata, piece, at, end);
		}
		at = end;
	}
}

/* "ROTTERDAM (Reuters) -" */
static void take_dateline(struct metadata *metadata, const struct piece *piece)
{
	for (size_t at = 0; at < piece->count;) {
		size_t end = take_listed(metadata, piece, at);

		if (end == at) {
			end = part_end(piece, at);
			if (at == 0 && !has_number(piece, at, end) && end < piece->count)
				set(metadata, METADATA_PLACE, text_of(piece, at, end));
		}
		at = end;
	}
}

/* "Source: Reuters" */
static void take_source(struct metadata *metadata, const struct piece *piece)
{
	const struct phrase *phrase = phrases_prefix(piece->phrases, piece->words, piece->count);
	size_t from = phrase ? phrase->words : 0;

	if (from < piece->count && piece->count - from <= SOURCE_WORDS)
		set(metadata, METADATA_SOURCE, text_of(piece, from, piece->count));
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static struct piece read_piece(
	struct metadata *metadata, const struct judge *judge, struct span window, size_t from, size_t to)
{
	struct span text = span_of(window.at + from, to - from);

	reader_read(&metadata->reader, text);
	return (struct piece){ judge->phrases, text, metadata->reader.words, metadata->reader.count };
}

static void take_removed(
	struct metadata *metadata, const struct judge *judge, struct span window, const struct line *line)
{
	struct piece piece;

	if (line->end - line->start > LINE_MOST ||
		(line->rule != CATEGORY_STAMP && line->rule != CATEGORY_BYLINE &&
			line->rule != CATEGORY_SOURCE))
		return;
	piece = read_piece(metadata, judge, window, line->start, line->end);
	if (line->rule == CATEGORY_SOURCE)
		take_source(metadata, &piece);
	else
		take_date(metadata, &piece);
	if (line->rule == CATEGORY_BYLINE)
		take_byline(metadata, &piece);
}

/* The line, as far as it stays, if it looks like a title. */
static void take_title(
	struct metadata *metadata, const struct judge *judge, struct span window, const struct line *line)
{
	struct piece piece;
	struct rest rest;

	if (line->keep_to - line->keep_from > LINE_MOST)
		return;
	piece = read_piece(metadata, judge, window, line->keep_from, line->keep_to);
	rest = rest_of(&metadata->reader, piece.text);
	if (piece.count && !rest_is_body_like(&rest, true))
		set(metadata, METADATA_TITLE,
			span_of(piece.text.at,
				reader_skip_stop(piece.text, piece.words[piece.count - 1].end)));
}

static void take_kept(struct metadata *metadata, const struct judge *judge, struct span window,
	const struct line *line, bool first)
{
	struct piece piece;

	if (line->head_rule == CATEGORY_BYLINE && line->keep_from - line->start <= LINE_MOST) {
		piece = read_piece(metadata, judge, window, line->start, line->keep_from);
		take_date(metadata, &piece);
		take_dateline(metadata, &piece);
	}
	if (first)
		take_title(metadata, judge, window, line);
}

/* What the models of a dump take for its headline. */
static void take_headline(struct metadata *metadata, const struct judge *judge, struct span window)
{
	for (size_t i = 0; i < judge->line_count; i++)
		if (judge->lines[i].is_headline)
			take_title(metadata, judge, window, &judge->lines[i]);
}

static size_t first_kept(const struct judge *judge)
{
	size_t i = 0;

	while (i < judge->line_count && judge->lines[i].rule != CATEGORY_NONE)
		i++;
	return i;
}

/* Whether the model judged: the document is the dump of a page. */
static bool is_dump(const struct judge *judge)
{
	for (size_t i = 0; i < judge->line_count; i++)
		if (judge->lines[i].rule == CATEGORY_MODEL)
			return true;
	return false;
}

/* Lists of other stories in a dump have stamps and bylines of their own, and what stays first is often no title there (30
 * of 100 were): the headline is asked for instead, and only what stands close to the text is its own. */
void metadata_look(struct metadata *metadata, const struct judge *judge, struct span window)
{
	size_t first = first_kept(judge), from = 0, to = judge->line_count;

	metadata->in_dump = is_dump(judge);
	if (metadata->in_dump) {
		take_headline(metadata, judge, window);
		from = first > BEFORE ? first - BEFORE : 0;
		to = first + BEHIND < to ? first + BEHIND : to;
	}
	if (first < judge->line_count)
		take_kept(metadata, judge, window, &judge->lines[first], !metadata->in_dump);
	for (size_t i = from; i < to; i++) {
		const struct line *line = &judge->lines[i];

		if (line->rule != CATEGORY_NONE)
			take_removed(metadata, judge, window, line);
		else if (i != first && line->head_rule)
			take_kept(metadata, judge, window, line, false);
	}
}

/* --- what is known ---------------------------------------------------------------------------------------- */

void metadata_begin(struct metadata *metadata)
{
	for (int i = 0; i < METADATA_FIELDS; i++)
		buf_clear(&metadata->fields[i]);
}

/* A value stands on one line: white space in it is a space. */
static void add_value(struct buf *into, struct span value)
{
	size_t start = into->len;

	buf_add(into, value);
	for (size_t i = start; i < into->len; i++)
		if (strchr("\t\r\v\f", into->at[i]))
			into->at[i] = ' ';
}

void metadata_header(const struct metadata *metadata, struct buf *into)
{
	size_t start = into->len;

	for (enum metadata_field i = 0; i < METADATA_FIELDS; i++) {
		if (!is_known(metadata, i))
			continue;
		buf_addf(into, "%s: ", field_names[i]);
		add_value(into, buf_span(&metadata->fields[i]));
		buf_add_byte(into, '\n');
	}
	if (into->len > start)
		buf_add_byte(into, '\n');
}

void metadata_json(const struct metadata *metadata, struct buf *into)
{
	const char *before = "\"metadata\":{";

	for (enum metadata_field i = 0; i < METADATA_FIELDS; i++) {
		if (!is_known(metadata, i))
			continue;
		buf_addf(into, "%s\"%s\":\"", before, field_names[i]);
		json_escape(into, buf_span(&metadata->fields[i]), metadata->cpu);
		buf_add_byte(into, '"');
		before = ",";
	}
	if (*before == ',')
		buf_add_byte(into, '}');
}

void metadata_release(struct metadata *metadata)
{
	dates_release(&metadata->dates);
	reader_release(&metadata->reader);
	for (int i = 0; i < METADATA_FIELDS; i++)
		buf_release(&metadata->fields[i]);
}
