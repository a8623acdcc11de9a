/* SPDX-License-Identifier: MIT
 * frame.c - what a site prints above a story. */
#include "frame.h"

#include <utf8proc.h>

#include "common/utf8.h"

enum {
	MENU_WORDS = 40,
	MENU_PARTS = 4,
	PART_WORDS = 4,
	TRAIL_WORDS = 14,
	MASTHEAD_WORDS = 8,
	GLUED_WORDS = 8,
};

static size_t term_at(const struct lookup *lookup, const struct word *words, size_t count, uint32_t wanted)
{
	uint32_t found;

	return phrases_term(lookup->phrases, words, count, wanted, &found);
}

/* Two spaces or a tab in front of the word. */
static bool is_wide(const struct lookup *lookup, const struct word *word)
{
	const char *text = lookup->line.at;

	return !word->before.first && word->start >= 2 &&
	       (text[word->start - 1] == '\t' ||
		       (text[word->start - 1] == ' ' && text[word->start - 2] == ' '));
}

/* Signs that belong to a name: "What's On", "Arts & Books". */
static bool joins_name(struct gap gap)
{
	return !gap.first || (gap.count == 1 && (gap.first == '&' || gap.first == '"' ||
							(gap.first == '-' && !gap.space)));
}

static bool ends_bare(const struct word *words, size_t count)
{
	return !words[count].before.first || words[count].before.first == '|' ||
	       words[count].before.first == '-' || words[count].before.first == '>';
}

static bool is_bar(struct gap gap)
{
	return gap.count == 1 && (gap.first == '|' || gap.first == '*');
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
		} else if (!joins_name(words[i].before)) {
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
		size_t len = term_at(lookup, words + at, count - at, TERM_SECTION | TERM_HOME);

		if (words[at].digits || (at && !joins_name(words[at].before)) ||
			words[at].capital != words[0].capital)
			return false;
		listed += len > 0;
		others += len == 0;
		at += len ? len : 1;
	}
	return listed >= 3 && listed >= 2 * others;
}

bool frame_is_menu(const struct lookup *lookup, const struct word *words, size_t count, bool body)
{
	if (count < MENU_PARTS || count > MENU_WORDS || words[0].before.first || words[0].digits ||
		words[count].before.first)
		return false;
	return is_row_of_parts(lookup, words, count, body) || is_row_of_sections(lookup, words, count);
}

static bool is_angle(struct gap gap)
{
	return gap.space && gap.count == 1 && (gap.first == '>' || gap.first == 0x2192);
}

bool frame_is_trail(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t angles = 0, strokes = 0, len = 1, listed = 0;

	if (count < 2 || count > TRAIL_WORDS || words[0].before.first || !ends_bare(words, count))
		return false;
	for (size_t i = 0; i < count; i++, len++) {
		struct gap gap = words[i].before;
		bool angle = i && is_angle(gap);
		bool stroke = i && gap.count == 1 && gap.space &&
			      (gap.first == '/' || gap.first == '-' || gap.first == '*');

		if (i && !angle && !stroke && !joins_name(gap))
			return false;
		angles += angle;
		strokes += stroke;
		len = angle || stroke ? 1 : len;
		if (len > PART_WORDS)
			return false;
		listed +=
			(i == 0 || angle || stroke) && term_at(lookup, words + i, count - i, TERM_SECTION);
	}
	strokes += words[count].before.first == '-';
	return angles || (strokes && listed && angles + strokes <= 3 && count <= (size_t)2 * PART_WORDS);
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

bool frame_is_glued_home(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LEAST = 4, LONGEST = 14 }; /* letters of "home" */
	int32_t letters[LONGEST];
	struct span word;

	if (count == 0 || count > GLUED_WORDS || words[0].digits || words[count].before.first)
		return false;
	word = span_of(lookup->line.at + words[0].start, words[0].end - words[0].start);
	for (size_t at = utf8_first(word).len, len = 1; at < word.len && len < LONGEST; len++) {
		struct word home = { .opens = UINT32_MAX };

		if (len >= LEAST && starts_anew(word, at)) {
			len = reader_letters(lookup->reader, span_head(word, at), letters, LONGEST);
			home.key = reader_letters_key(letters, len);
			if (term_at(lookup, &home, 1, TERM_HOME))
				return true;
		}
		at += utf8_first(span_skip(word, at)).len;
	}
	return false;
}

static bool parts_name(struct gap gap)
{
	return gap.first == '|' || (gap.first == '-' && gap.space) || (gap.first == '/' && gap.space) ||
	       (gap.first == '.' && gap.count == 2);
}

/* A name written together with "news", which ends it. */
static bool ends_in_kind(const struct lookup *lookup, const struct word *word)
{
	static const struct span kinds[] = { SPAN("\u0646\u064A\u0648\u0632"), SPAN("\u0628\u0631\u0633"),
		SPAN("news"), SPAN("News"), SPAN("NEWS") };
	struct span text = span_of(lookup->line.at + word->start, word->end - word->start);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text.len > kinds[i].len + 3 &&
			span_equal(span_skip(text, text.len - kinds[i].len), kinds[i]))
			return true;
	return false;
}

/* The kinds that are little else than outlets, and stand in front of a name or behind it. */
bool frame_is_masthead(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t signs = 0;
	bool kind = false;

	if (count < 2 || count > MASTHEAD_WORDS || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool parts = i && parts_name(words[i].before);
		bool last = i + 1 == count || parts_name(words[i + 1].before);

		if (i && !parts && !joins_name(words[i].before) && !(signs && words[i].before.first == ','))
			return false;
		signs += parts;
		kind |= (i == 0 || parts || last) &&
			(term_at(lookup, words + i, 1, TERM_MASTHEAD) || ends_in_kind(lookup, &words[i]));
		kind |= i && words[i].before.first == ',' && term_at(lookup, words + i, 1, TERM_SECTION);
	}
	return kind && (signs == 1 || (!signs && count <= PART_WORDS));
}
