/* SPDX-License-Identifier: MIT
 * spans.c - spans within a line. */
#include "spans.h"

static bool is_set_apart(struct gap gap)
{
	return gap_is_terminal(gap) || gap_is_separator(gap);
}

/* Where the bracket opens or closes that touches word `at` of the line, with the spaces around it that would be
 * left over. */
static size_t bracket_start(const struct rest *rest, size_t at)
{
	size_t start = rest->reader->words[at].start;

	while (start > rest->start && !strchr("([", rest->line.at[start]))
		start--;
	return start;
}

static size_t bracket_end(const struct rest *rest, size_t at)
{
	size_t end = rest->reader->words[at].end;

	while (end < rest->end && !strchr(")]", rest->line.at[end]))
		end++;
	end += end < rest->end;
	while (end < rest->end && rest->line.at[end] == ' ')
		end++;
	return end;
}

/* How many words stand in the brackets that open in front of word `at`; 0 when they do not close soon. */
static size_t bracketed_len(const struct rest *rest, size_t at)
{
	enum { LONGEST = 24 };
	const struct word *words = rest->reader->words;
	int32_t close = words[at].before.last == '(' ? ')' : ']';

	for (size_t to = at + 1; to <= rest->to && to <= at + LONGEST; to++)
		if (words[to].before.first == close)
			return to - at;
	return 0;
}

/* A link to another story, or an advertisement's label, in brackets within a sentence. */
static enum category bracketed_rule(const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_prefix(phrases, words, count);

	if (phrase && phrase->category == CATEGORY_RELATED && phrase->marked &&
		count >= phrase->words + 2u && words[0].before.last == '(')
		return CATEGORY_RELATED;
	phrase = words[0].before.last == '[' ? phrases_line(phrases, words, count) : NULL;
	return phrase && phrase->category == CATEGORY_ADVERTISEMENT ? CATEGORY_ADVERTISEMENT
								    : CATEGORY_NONE;
}

/* Cuts the brackets that open in front of word `at`; returns the word behind, `at` when they stay. */
static size_t cut_brackets(const struct phrases *phrases, const struct rest *rest, size_t at,
	size_t line_start, struct cuts *cuts)
{
	const struct word *words = rest->reader->words;
	size_t len;
	enum category rule;

	if (words[at].before.last != '(' && words[at].before.last != '[')
		return at;
	len = bracketed_len(rest, at);
	rule = len ? bracketed_rule(phrases, words + at, len) : CATEGORY_NONE;
	if (!rule)
		return at;
	cuts_add(cuts,
		(struct cut){ line_start + bracket_start(rest, at),
			line_start + bracket_end(rest, at + len - 1), (uint8_t)rule, false, CUT_SURE });
	return at + len;
}

/* The span phrase that stands apart at word `at`; those of the head of a line are seen to where lines are trimmed. */
static const struct phrase *span_at(const struct phrases *phrases, const struct rest *rest, size_t at)
{
	const struct word *words = rest->reader->words;
	const struct phrase *phrase = phrases_span(phrases, words + at, rest->to - at);
	size_t end = phrase ? at + phrase->words : at;

	return phrase && phrase->zone != ZONE_HEAD && (end == rest->to || is_set_apart(words[end].before))
		       ? phrase
		       : NULL;
}

void spans_cut(const struct phrases *phrases, const struct rest *rest, size_t line_start, struct cuts *cuts)
{
	const struct word *words = rest->reader->words;

	if (!rest->reader->signs)
		return;
	for (size_t i = rest->from + 1; i < rest->to; i++) {
		const struct phrase *phrase;
		size_t end;

		if (!words[i].before.first || !is_set_apart(words[i].before))
			continue;
		end = cut_brackets(phrases, rest, i, line_start, cuts);
		if (end > i) {
			i = end - 1;
			continue;
		}
		phrase = span_at(phrases, rest, i);
		if (!phrase)
			continue;
		end = i + phrase->words;
		cuts_add(cuts, (struct cut){ line_start + words[i].start,
				       line_start + (end < rest->to ? words[end].start : rest->end),
				       phrase->category, false, CUT_SURE });
		i = end - 1;
	}
}
