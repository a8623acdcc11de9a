/* SPDX-License-Identifier: MIT
 * towns.c - whether a text speaks of a name as of a town. */
#include "towns.h"

enum {
	SHORTEST = 4, /* bytes of a name */
	ENDING = 4, /* bytes of a case behind it: "в Мурманске" */
	ENOUGH = 64, /* times that it is met: the cost of a text is bounded */
};

/* White space and the signs of ASCII; those of other blocks are rare beside a name. */
static bool ends_word(char byte)
{
	return (unsigned char)byte <= '/' || (byte >= ':' && byte <= '?');
}

/* The word that ends in front of byte `at`. */
static struct span word_before(struct span text, size_t at)
{
	size_t from = at;

	while (from > 0 && !ends_word(text.at[from - 1]))
		from--;
	return span_of(text.at + from, at - from);
}

static size_t word_len(struct span text)
{
	size_t len = 0;

	while (len < text.len && !ends_word(text.at[len]))
		len++;
	return len;
}

static bool holds(struct form_words list, struct span word)
{
	for (size_t i = 0; i < list.count; i++)
		if (span_equal(list.items[i], word))
			return true;
	return false;
}

/* "in NAME", or what is written together with it. */
static bool is_led(const struct forms *forms, struct span text, size_t at, size_t end)
{
	struct span glued = word_before(text, at);

	if (word_len(span_skip(text, end)) > ENDING)
		return false;
	if (glued.len)
		return holds(forms->glued, glued);
	return at > 0 && text.at[at - 1] == ' ' && holds(forms->before, word_before(text, at - 1));
}

/* "NAME میں", "NAME'de". */
static bool is_followed(const struct forms *forms, struct span text, size_t end)
{
	struct span rest = span_skip(text, end);

	if (rest.len && (rest.at[0] == ' ' || rest.at[0] == '\''))
		rest = span_skip(rest, 1);
	else if (span_has_prefix(rest, SPAN("\u2019")))
		rest = span_skip(rest, SPAN("\u2019").len);
	else
		return false;
	return holds(forms->behind, span_head(rest, word_len(rest)));
}

bool town_is_told(const struct forms *forms, struct span text, struct span name)
{
	size_t told = 0, others = 0;
	const char *found;

	if (name.len < SHORTEST || !text.len)
		return false;
	for (size_t from = 0; told + others < ENOUGH &&
			      (found = memmem(text.at + from, text.len - from, name.at, name.len));) {
		size_t at = (size_t)(found - text.at), end = at + name.len;

		from = end;
		if (found == name.at)
			continue;
		if (is_led(forms, text, at, end) || is_followed(forms, text, end))
			told++;
		else
			others++;
	}
	return told && told >= others;
}
