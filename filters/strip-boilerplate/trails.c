/* SPDX-License-Identifier: MIT
 * trails.c - menus above a story, and the trail of sections that leads to it. */
#include "trails.h"

#include <utf8proc.h>

#include "common/utf8.h"
#include "script.h"
#include "stamps.h"

enum {
	MENU_WORDS = 40,
	MENU_PARTS = 4,
	PART_WORDS = 4,
	WIDE_PART_WORDS = 3, /* between wide gaps, which people also leave by mistake */
	TRAIL_WORDS = 24,
	GLUED_WORDS = 8,
};

/* --- menus ------------------------------------------------------------------------------------------------ */

static bool is_bar(struct gap gap)
{
	return gap.count == 1 && (gap.first == '|' || gap.first == '*');
}

static bool is_wide(const struct lookup *lookup, const struct word *word)
{
	return !word->before.first && script_is_set_apart(lookup->line, word);
}

/* Wide gaps part the columns of tables, too, behind the body. */
static bool is_row_of_parts(const struct lookup *lookup, const struct word *words, size_t count, bool body)
{
	size_t parts = 1, len = 1;

	for (size_t i = 1; i < count; i++) {
		if (words[i].digits)
			return false;
		if (is_bar(words[i].before) || (!body && is_wide(lookup, &words[i]))) {
			parts++;
			len = 0;
		} else if (!gap_joins_name(words[i].before)) {
			return false;
		}
		if (++len > PART_WORDS)
			return false;
	}
	return parts >= MENU_PARTS;
}

/* Names of sections, one after another without signs; two in three are listed. */
static bool is_row_of_sections(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t listed = 0, others = 0;

	for (size_t at = 0; at < count;) {
		size_t len = lookup_term(lookup, words, at, count, TERM_SECTION | TERM_HOME);

		if (words[at].digits || (at && !gap_joins_name(words[at].before)) ||
			words[at].capital != words[0].capital)
			return false;
		listed += len > 0;
		others += len == 0;
		at += len ? len : 1;
	}
	return listed >= 3 && listed >= 2 * others;
}

bool trail_is_menu(const struct lookup *lookup, const struct word *words, size_t count, bool body)
{
	if (count < MENU_PARTS || count > MENU_WORDS || words[0].before.first || words[0].digits ||
		words[count].before.first)
		return false;
	return is_row_of_parts(lookup, words, count, body) || is_row_of_sections(lookup, words, count);
}

/* --- trails by what sets their parts apart -------------------------------------------------------------------- */

enum stroke { STROKE_NONE, ANGLE, SLASH, DASH, DOUBLE_ANGLE, WIDE, STROKES };

static enum stroke stroke_of(const struct lookup *lookup, const struct word *word)
{
	struct gap gap = word->before;

	if ((!gap.first || gap.first == 0xB0) && script_is_set_apart(lookup->line, word)) /* "85°" */
		return WIDE;
	if (!gap.space)
		return STROKE_NONE;
	if (gap.count == 2)
		return gap.first == '>' && gap.last == '>' ? DOUBLE_ANGLE : STROKE_NONE;
	if (gap.count != 1)
		return STROKE_NONE;
	return gap.first == '>' || gap.first == 0x2192 ? ANGLE
	       : gap.first == '/'                      ? SLASH
	       : gap.first == '-' || gap.first == '*'  ? DASH
						       : STROKE_NONE;
}

/* What the parts of a line are like. */
struct row {
	size_t strokes[STROKES]; /* how many of each */
	size_t kinds; /* of strokes */
	size_t listed; /* parts that are the name of a section */
	bool digits;
};

/* False where a sign other than strokes stands between the words, or a part is long. */
static bool read_row(const struct lookup *lookup, const struct word *words, size_t count, struct row *row)
{
	*row = (struct row){ .digits = words_have_digits(words, count) };
	for (size_t i = 0, len = 1; i < count; i++, len++) {
		enum stroke stroke = i ? stroke_of(lookup, &words[i]) : STROKE_NONE;

		if (i && !stroke && !gap_joins_name(words[i].before))
			return false;
		len = stroke ? 1 : len;
		if (len > PART_WORDS || (row->strokes[WIDE] && len > WIDE_PART_WORDS))
			return false;
		if (stroke)
			row->kinds += !row->strokes[stroke]++;
		row->listed += (i == 0 || stroke) && lookup_term(lookup, words, i, count, TERM_SECTION);
	}
	row->strokes[DASH] += words[count].before.first == '-';
	return true;
}

/* One angle tells; a stroke or dash does where a section is listed; of what else parts lines there must be more. */
static bool is_row(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LEAST_SLASHES = 3, LEAST = 2, MOST_LISTED = 3 };
	struct row row;
	size_t strokes;

	if (!read_row(lookup, words, count, &row))
		return false;
	if (row.strokes[WIDE])
		return row.kinds == 1 && row.strokes[WIDE] >= LEAST;
	if (row.strokes[DOUBLE_ANGLE])
		return row.kinds == 1 && row.strokes[DOUBLE_ANGLE] >= LEAST && !row.digits;
	if (row.strokes[ANGLE])
		return true;
	strokes = row.strokes[SLASH] + row.strokes[DASH];
	if (strokes && strokes <= MOST_LISTED && row.listed && count <= (size_t)2 * PART_WORDS)
		return true;
	return row.kinds == 1 && row.strokes[SLASH] >= LEAST_SLASHES && !row.digits;
}

/* "Politics and Economy | Germany" */
static bool is_section_and_place(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t first = words_to_sign(words, 0, count);
	uint32_t found;

	if (first == count || words[first].before.first != '|' || words[count].before.first ||
		words_to_sign(words, first, count) != count - first)
		return false;
	return clitics_term(lookup, words, first, TERM_SECTION, &found) &&
	       lookup_term(lookup, words, first, count, TERM_PLACE | TERM_SECTION) == count - first;
}

/* --- "home" ----------------------------------------------------------------------------------------------- */

/* "Home Economy Banks Gold prices" */
static bool is_home_and_sections(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t home = lookup_term(lookup, words, 0, count, TERM_HOME);

	return home && home < count && words[0].capital == words[home].capital &&
	       words_to_sign(words, 0, count) == count && !words[count].before.first &&
	       lookup_term(lookup, words, home, count, TERM_SECTION);
}

/* Whether something new starts at byte `at` of the word: a capital, or a letter of a script that has none. */
static bool starts_anew(struct span word, size_t at)
{
	utf8proc_category_t category;

	if ((unsigned char)word.at[at] < 0x80)
		return word.at[at] >= 'A' && word.at[at] <= 'Z';
	category = utf8proc_category(utf8_first(span_skip(word, at)).value);
	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LO;
}

/* "HomeNewsHarbour" */
static bool is_glued_home(const struct lookup *lookup, const struct word *words)
{
	enum { LEAST = 4, LONGEST = 14 }; /* letters of "home" */
	int32_t letters[LONGEST];
	struct span word = span_of(lookup->line.at + words[0].start, words[0].end - words[0].start);

	for (size_t at = utf8_first(word).len, len = 1; at < word.len && len < LONGEST; len++) {
		struct word home = { .opens = UINT32_MAX };

		if (len >= LEAST && starts_anew(word, at)) {
			len = reader_letters(lookup->reader, span_head(word, at), letters, LONGEST);
			home.key = reader_letters_key(letters, len);
			if (lookup_term(lookup, &home, 0, 1, TERM_HOME))
				return true;
		}
		at += utf8_first(span_skip(word, at)).len;
	}
	return false;
}

/* --- all of them ------------------------------------------------------------------------------------------- */

static bool ends_bare(const struct word *words, size_t count)
{
	return !words[count].before.first || words[count].before.first == '|' ||
	       words[count].before.first == '-' || words[count].before.first == '>';
}

bool trail_is(const struct lookup *lookup, const struct word *words, size_t count)
{
	if (count == 0 || count > TRAIL_WORDS)
		return false;
	if (count <= GLUED_WORDS && !words[0].digits && !words[count].before.first &&
		is_glued_home(lookup, words))
		return true;
	if (count < 2 || words[0].before.first || !ends_bare(words, count))
		return false;
	return is_row(lookup, words, count) ||
	       (count <= (size_t)2 * PART_WORDS && (is_section_and_place(lookup, words, count) ||
							   is_home_and_sections(lookup, words, count)));
}

bool trail_is_dated(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t len = lookup_term(lookup, words, 0, count, TERM_SECTION);

	return len && len + 2 < count && !words[0].before.first && !words[count].before.first &&
	       stamp_of(lookup->phrases, words + len, count - len) != STAMP_NONE;
}

/* --- in the text, where guillemets that close quotes are angles, too ------------------------------------------- */

static bool holds(struct span text, struct span what)
{
	return memmem(text.at, text.len, what.at, what.len);
}

bool trail_is_text(struct span text)
{
	static const struct span angles[] = { SPAN(" \u00BB "), SPAN(" \u203A "), SPAN(" > "), SPAN(" >> "),
		SPAN(" \u2192 ") };
	enum { MOST = 200 }; /* bytes */

	if (text.len > MOST || holds(text, SPAN("\u00AB")) || holds(text, SPAN("\u2039")) ||
		holds(text, SPAN(". ")))
		return false;
	for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
		const char *first = memmem(text.at, text.len, angles[i].at, angles[i].len);
		size_t behind = first ? (size_t)(first - text.at) + angles[i].len : 0;

		if (first && holds(span_skip(text, behind), angles[i]))
			return true;
	}
	return false;
}
