/* SPDX-License-Identifier: MIT
 * widgets.c - counters and buttons. */
#include "widgets.h"

enum { COUNTER_WORDS = 16, BUTTON_WORDS = 32 };

/* "1.3K": the letter touches the number; or what it counts follows ("1.5 million views"). */
static bool scales_number(const struct phrases *phrases, const struct word *words, size_t at, size_t count)
{
	uint32_t found;

	if (at == 0 || !words[at - 1].digits || words[at].before.count ||
		phrases_term(phrases, words + at, 1, TERM_SCALE, &found) != 1)
		return false;
	return !words[at].before.space || (at + 1 < count && phrases_term(phrases, words + at + 1,
								     count - at - 1, TERM_COUNTED, &found));
}

/* Money, shares, degrees, "about": what is measured is no counter. Currencies have a block of their own. */
static bool measures(int32_t sign)
{
	static const int32_t signs[] = { '$', '%', '~', '=', '&', '#', 0xA2, 0xA3, 0xA4, 0xA5, 0xB0, 0xB1,
		0x066A, 0x2248, 0xFDFC };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (sign == signs[i])
			return true;
	return sign >= 0x20A0 && sign <= 0x20CF;
}

static bool is_measured(const struct word *word)
{
	return measures(word->before.last) || measures(word[1].before.first);
}

static bool reads_as_number(const struct word *word)
{
	return word->digits && word->before.count <= 3 && !is_measured(word);
}

bool widget_is_counter(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t numbers = 0, counted = 0, scales = 0;

	if (count > COUNTER_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found;
		size_t len = phrases_term(phrases, words + at, count - at, TERM_COUNTED, &found);

		if (len)
			counted++;
		else if (scales_number(phrases, words, at, count))
			scales++, len = 1;
		else if (reads_as_number(&words[at]))
			numbers++, len = 1;
		else
			return false;
		at += len;
	}
	return numbers && (counted || scales);
}

bool widget_is_scaled_number(const struct word *words, size_t count)
{
	enum { LONGEST = 3 }; /* "1.3K", "8K60" */
	size_t letters = 0;

	for (size_t i = 0; i < count && i < LONGEST; i++)
		letters += !words[i].digits && words[i].end - words[i].start == 1;
	return count <= LONGEST && letters == 1;
}

bool widget_is_buttons(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t buttons = 0, first = 0;

	if (count > BUTTON_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found;
		size_t len = phrases_term(phrases, words + at, count - at, TERM_BUTTON, &found);

		if ((!len && !words[at].digits) || words[at].before.count > 3)
			return false;
		if (len && buttons == 1 && words[at].key == words[first].key)
			return false; /* 3" x 4" x 5" */
		first = len && !buttons ? at : first;
		buttons += len > 0;
		at += len ? len : 1;
	}
	return buttons >= 2;
}

bool widget_is_listing(const struct word *words, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (words[i].before.first == ',')
			return true;
	return false;
}

bool widget_is_lone_number(const struct word *words, size_t count)
{
	bool year = count && words[0].digits == 4 && words[0].value >= 1300 && words[0].value <= 2199;

	return count == 1 && words[0].digits && words[0].digits <= 4 && !year && !words[0].before.first &&
	       !words[1].before.first;
}

bool widget_is_place_in_row(const struct word *words, size_t count)
{
	return count == 2 && words[0].digits && words[0].digits <= 2 && words[1].digits &&
	       words[1].digits <= 3 && words[1].before.first == '/' && words[1].before.count == 1 &&
	       !words[0].before.first && !words[2].before.first && words[0].value <= words[1].value;
}

bool widget_is_notice(struct span text)
{
	if (span_has_prefix(text, SPAN("\u00A9")))
		return true;
	return text.len > 5 && text.at[0] == '(' && strncasecmp(text.at, "(c) ", 4) == 0 &&
	       text.at[4] >= '1' && text.at[4] <= '2';
}
