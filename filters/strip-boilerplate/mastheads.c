/* SPDX-License-Identifier: MIT
 * mastheads.c - the name of a site above a story. */
#include "mastheads.h"

#include "script.h"

enum {
	MASTHEAD_WORDS = 8,
	NAME_WORDS = 4,
	ICON = 0x2300, /* pictographs are above the planes that scripts use */
};

/* --- by a noun -------------------------------------------------------------------------------------------- */

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

static bool says_kind(const struct lookup *lookup, const struct word *words, size_t at)
{
	return lookup_term(lookup, words, at, at + 1, TERM_MASTHEAD) || ends_in_kind(lookup, &words[at]);
}

/* The kinds that are little else than outlets, and stand in front of a name or behind it. */
bool masthead_is(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t signs = 0;
	bool kind = false;

	if (count < 2 || count > MASTHEAD_WORDS || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool comma = i && words[i].before.first == ',';
		bool parts = i && parts_name(words[i].before);
		bool last = i + 1 == count || parts_name(words[i + 1].before);

		if (i && !parts && !gap_joins_name(words[i].before) && !(signs && comma))
			return false;
		signs += parts;
		kind |= (i == 0 || parts || last) && says_kind(lookup, words, i);
		kind |= comma && lookup_term(lookup, words, i, i + 1, TERM_SECTION);
	}
	return kind && (signs == 1 || (!signs && count <= NAME_WORDS));
}

/* --- by signs --------------------------------------------------------------------------------------------- */

/* "- Harbour News -" */
static bool is_between_dashes(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct gap front = words[0].before, end = words[count].before;

	if (count > NAME_WORDS || front.first != '-' || front.count != 1 || end.first != '-' ||
		end.count != 1 || words_to_sign(words, 0, count) != count)
		return false;
	return lookup_term(lookup, words, 0, 1, TERM_MASTHEAD) ||
	       lookup_term(lookup, words, count - 1, count, TERM_MASTHEAD);
}

/* "المرسى | Al Marsa" */
static bool is_two_scripts(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t own = words_to_sign(words, 0, count);

	if (own == count || own > NAME_WORDS || count - own > NAME_WORDS || words[0].before.first ||
		words[own].before.first != '|' || words[count].before.first ||
		words_to_sign(words, own, count) != count - own)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!(i < own ? script_is_arabic : script_is_latin)(lookup->line, &words[i]))
			return false;
	return true;
}

/* "موقع «المرسى»" */
static bool is_quoted(const struct lookup *lookup, const struct word *words, size_t count)
{
	return count <= NAME_WORDS + 1 && !words[0].before.first && words[1].before.first == '"' &&
	       words[count].before.first == '"' && words[count].before.count == 1 &&
	       words_to_sign(words, 1, count) == count - 1 &&
	       lookup_term(lookup, words, 0, 1, TERM_MASTHEAD);
}

/* "☕ Morning Cup - the Harbour newsletter" */
static bool is_slogan(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t name = words_to_sign(words, 0, count);

	return words[0].before.first >= ICON && name < count && name <= NAME_WORDS &&
	       words[name].before.first == '-' && !words[count].before.first &&
	       lookup_term(lookup, words, name, name + 1, TERM_MASTHEAD);
}

bool masthead_is_by_signs(const struct lookup *lookup, const struct word *words, size_t count)
{
	if (count < 2 || count > MASTHEAD_WORDS || words_have_digits(words, count))
		return false;
	return is_between_dashes(lookup, words, count) || is_two_scripts(lookup, words, count) ||
	       is_quoted(lookup, words, count) || is_slogan(lookup, words, count);
}
