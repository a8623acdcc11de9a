/* SPDX-License-Identifier: MIT
 * fronts.c - names and trails above a story. */
#include "fronts.h"

#include "script.h"
#include "stamps.h"

enum {
	NAME_WORDS = 4,
	PART_WORDS = 4,
	TRAIL_WORDS = 24,
	PLACE_WORDS = 3,
	LINE_WORDS = 8,
};

static bool has_digits(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].digits)
			return true;
	return false;
}

/* Words up to the next sign. */
static size_t part_len(const struct word *words, size_t from, size_t count)
{
	size_t at = from + 1;

	while (at < count && !words[at].before.first)
		at++;
	return at - from;
}

/* "- Harbour News -" */
static bool is_between_dashes(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct gap front = words[0].before, end = words[count].before;

	if (count < 2 || front.first != '-' || front.count != 1 || end.first != '-' || end.count != 1 ||
		part_len(words, 0, count) != count)
		return false;
	return lookup_term(lookup, words, 0, 1, TERM_MASTHEAD) ||
	       lookup_term(lookup, words, count - 1, count, TERM_MASTHEAD);
}

static bool is_latin(const struct lookup *lookup, const struct word *word)
{
	return word->capital && (unsigned char)lookup->line.at[word->start] < 0xD0;
}

/* "المرسى | Al Marsa" */
static bool is_two_scripts(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t own = part_len(words, 0, count);

	if (own == count || own > NAME_WORDS || count - own > NAME_WORDS || words[0].before.first ||
		words[own].before.first != '|' || words[count].before.first ||
		part_len(words, own, count) != count - own)
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits || !(i < own ? script_is_arabic(lookup->line, &words[i])
						 : is_latin(lookup, &words[i])))
			return false;
	return true;
}

/* "موقع «المرسى»" */
static bool is_quoted(const struct lookup *lookup, const struct word *words, size_t count)
{
	return count >= 2 && count <= NAME_WORDS + 1 && !words[0].before.first &&
	       words[1].before.first == '"' && words[count].before.first == '"' &&
	       words[count].before.count == 1 && part_len(words, 1, count) == count - 1 &&
	       lookup_term(lookup, words, 0, 1, TERM_MASTHEAD);
}

/* "☕ Morning Cup - the Harbour newsletter": pictographs are above the planes that scripts use. */
static bool is_slogan(const struct lookup *lookup, const struct word *words, size_t count)
{
	int32_t icon = words[0].before.first;
	size_t name = part_len(words, 0, count);

	if (icon < 0x2300 || name == count || name > NAME_WORDS || count > LINE_WORDS ||
		words[name].before.first != '-' || words[count].before.first)
		return false;
	return lookup_term(lookup, words, name, name + 1, TERM_MASTHEAD);
}

bool front_is_name(const struct lookup *lookup, const struct word *words, size_t count)
{
	if (count < 2 || count > LINE_WORDS || has_digits(words, count))
		return false;
	return (count <= NAME_WORDS && is_between_dashes(lookup, words, count)) ||
	       is_two_scripts(lookup, words, count) || is_quoted(lookup, words, count) ||
	       is_slogan(lookup, words, count);
}

static bool is_wide(const struct lookup *lookup, const struct word *word)
{
	const char *text = lookup->line.at;

	return word->start >= 2 && text[word->start - 1] == ' ' && text[word->start - 2] == ' ';
}

/* What sets the parts apart: '/', '>' for two angles, ' ' for a wide gap, 0 for nothing. */
static int32_t stroke_of(const struct lookup *lookup, const struct word *word)
{
	struct gap gap = word->before;

	if (gap.space && gap.first == '/' && gap.count == 1)
		return '/';
	if (gap.space && gap.first == '>' && gap.last == '>' && gap.count == 2)
		return '>';
	return (!gap.first || gap.first == 0xB0) && is_wide(lookup, word) ? ' ' : 0; /* "85°" */
}

/* Short parts, the same stroke between all of them: two angles thrice, a wide gap twice, a stroke four times. */
static bool is_row(const struct lookup *lookup, const struct word *words, size_t count)
{
	int32_t sign = 0;
	size_t parts = 1, len = 1;

	for (size_t i = 1; i < count; i++, len++) {
		int32_t stroke = stroke_of(lookup, &words[i]);

		if (stroke && (!sign || stroke == sign)) {
			sign = stroke;
			parts++;
			len = 0;
		} else if (stroke || (words[i].before.first && words[i].before.first != '&')) {
			return false;
		}
		if (len >= (sign == ' ' ? PART_WORDS - 1 : PART_WORDS))
			return false;
	}
	if (has_digits(words, count) && sign != ' ')
		return false;
	return parts >= (sign == '/' ? 4U : 3U);
}

/* "Politics and Economy | Germany" */
static bool is_section_and_place(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t first = part_len(words, 0, count);
	uint32_t found;

	if (first == count || count > LINE_WORDS || words[0].before.first ||
		words[first].before.first != '|' || words[count].before.first ||
		part_len(words, first, count) != count - first)
		return false;
	return clitics_term(lookup, words, first, TERM_SECTION, &found) &&
	       lookup_term(lookup, words, first, count, TERM_PLACE | TERM_SECTION) == count - first;
}

/* "Home Economy Banks Gold prices" */
static bool is_home_and_sections(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t home = lookup_term(lookup, words, 0, count, TERM_HOME);

	return home && home < count && count <= LINE_WORDS && words[0].capital == words[home].capital &&
	       part_len(words, 0, count) == count && !words[count].before.first &&
	       lookup_term(lookup, words, home, count, TERM_SECTION);
}

bool front_is_trail(const struct lookup *lookup, const struct word *words, size_t count)
{
	if (count < 2 || count > TRAIL_WORDS || words[0].before.first || words[count].before.first)
		return false;
	return is_section_and_place(lookup, words, count) || is_row(lookup, words, count) ||
	       is_home_and_sections(lookup, words, count);
}

bool front_is_dated_section(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t len = lookup_term(lookup, words, 0, count, TERM_SECTION);

	return len && len + 2 < count && !words[0].before.first && !words[count].before.first &&
	       stamp_of(lookup->phrases, words + len, count - len) != STAMP_NONE;
}

bool front_is_struck(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t name = count < 2 ? 0 : part_len(words, 0, count);

	if (!name || name == count || name > NAME_WORDS || count - name > PLACE_WORDS ||
		words[0].before.first)
		return false;
	return words[name].before.first == '/' && words[count].before.first == '/' &&
	       words[count].before.count == 1 &&
	       lookup_term(lookup, words, name, count, TERM_PLACE) == count - name;
}
