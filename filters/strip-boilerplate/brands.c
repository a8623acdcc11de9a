/* SPDX-License-Identifier: MIT
 * brands.c - the name of a site behind a title. */
#include "brands.h"

#include "addresses.h"
#include "script.h"
#include "titles.h"

enum {
	SITE_WORDS = 5,
	SECTION_WORDS = 3, /* of a section nobody listed */
	TITLE_LEAST = 3, /* words in front; */
	SECTIONED_LEAST = 4, /* where there is a section */
};

/* A listed outlet, behind a bar an agency, too, perhaps with a language or country in another script: "Harbour Post عربي". */
static bool is_outlet(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	uint32_t wanted = TERM_OUTLET | (words[from].before.last == '|' ? TERM_AGENCY : 0);
	size_t end = from + lookup_term(lookup, words, from, count, wanted);

	if (end == count)
		return true;
	return end > from && end + 1 == count &&
	       script_is_ascii(lookup->line, &words[from]) != script_is_ascii(lookup->line, &words[end]);
}

static bool is_address(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	size_t start = words[from].start;

	return address_is(span_of(lookup->line.at + start, words[count - 1].end - start));
}

/* A word at its start or end says what the site is. */
static bool is_masthead(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	return count - from >= 2 && (lookup_term(lookup, words, from, count, TERM_MASTHEAD) ||
					    lookup_term(lookup, words, count - 1, count, TERM_MASTHEAD));
}

static bool is_site(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	bool barred = words[from].before.last == '|';

	if (is_outlet(lookup, words, from, count) || is_address(lookup, words, from, count))
		return true;
	return barred && !words_have_digits(words + from, count - from) &&
	       is_masthead(lookup, words, from, count);
}

static bool is_section(const struct lookup *lookup, const struct word *words, size_t from, size_t to)
{
	if (words_have_digits(words + from, to - from))
		return false;
	return to - from <= SECTION_WORDS ||
	       from + lookup_term(lookup, words, from, to, TERM_SECTION) == to;
}

/* Where the part of the title starts that ends in front of word `to`; 0: there is none but the first. */
static size_t part_start(const struct word *words, size_t to)
{
	while (to > 0 && !title_is_set_apart(words[--to].before))
		;
	return to;
}

size_t brand_start(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t start = count ? part_start(words, count) : 0, before;

	if (start < TITLE_LEAST || count - start > SITE_WORDS || !is_site(lookup, words, start, count))
		return 0;
	while ((before = part_start(words, start)) >= SECTIONED_LEAST &&
		is_section(lookup, words, before, start))
		start = before;
	return start;
}
