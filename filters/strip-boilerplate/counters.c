/* SPDX-License-Identifier: MIT
 * counters.c - numbers that a page shows. Blocks of icons are those of Unicode 15.0 (Miscellaneous Technical to Dingbats,
 * Miscellaneous Symbols and Arrows, and the pictographs from U+1F000 on). */
#include "counters.h"

enum {
	ICON_WORDS = 10,
	FACT_WORDS = 18,
	PLAYER_WORDS = 12,
	NEIGHBOUR_WORDS = 26,
	TIMED_WORDS = 20,
};

static bool is_icon(int32_t sign)
{
	return (sign >= 0x2300 && sign <= 0x24FF) || (sign >= 0x25A0 && sign <= 0x27BF) ||
	       (sign >= 0x2B00 && sign <= 0x2BFF) || (sign >= 0x1F000 && sign <= 0x1FAFF);
}

static bool is_drawn_arrow(int32_t sign)
{
	return (sign >= 0x2190 && sign <= 0x21FF) || (sign >= 0x27F0 && sign <= 0x27FF) ||
	       (sign >= 0x2900 && sign <= 0x297F);
}

static bool is_arrow(int32_t sign)
{
	return is_drawn_arrow(sign) || sign == 0x25C4 || sign == 0x25B8 || sign == '>' || sign == '<';
}

static bool has_arrow(struct gap gap)
{
	return gap.first && (is_arrow(gap.first) || is_arrow(gap.last));
}

static bool has_icon(struct gap gap)
{
	return gap.first && (is_icon(gap.first) || is_icon(gap.last));
}

bool counter_is_icons(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t numbers = 0, icons = 0, units = 0, other = 0;

	if (count == 0 || count > ICON_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		size_t len =
			words[at].digits
				? 1
				: lookup_term(lookup, words, at, count,
					  TERM_COUNTED | TERM_SCALE | TERM_UNIT | TERM_GLUE | TERM_LABEL);

		icons += has_icon(words[at].before);
		numbers += words[at].digits > 0;
		if (!len && !(units && at + 1 == count))
			return false; /* "one minute", in languages that say so behind it */
		units += !words[at].digits && lookup_term(lookup, words, at, count, TERM_UNIT);
		other += words[at].before.first && !has_icon(words[at].before);
		at += len ? len : 1;
	}
	icons += has_icon(words[count].before);
	return (icons && numbers) || (numbers >= 2 && units == 1 && !other && !words[count].before.first &&
					     words[0].digits && words[1].digits);
}

/* "2,188" */
static bool groups_thousands(const struct word *words, size_t at)
{
	return at > 0 && words[at].digits == 3 && words[at - 1].digits && words[at - 1].digits <= 3 &&
	       words[at].before.count == 1 && !words[at].before.space;
}

bool counter_is_facts(const struct word *words, size_t count)
{
	enum { PART = 4 };
	size_t icons = 0, numbers = 0, len = 0;

	if (count < 2 || count > FACT_WORDS || gap_is_terminal(words[count].before) ||
		!has_icon(words[0].before))
		return false;
	for (size_t i = 0; i <= count; i++) {
		if (words[i].before.first == '%' || words[i].before.first == '&')
			return false;
		icons += has_icon(words[i].before);
		numbers += i < count && words[i].digits;
		len = words[i].before.first ? 1 : len + (i < count);
		if (len > PART || (!groups_thousands(words, i) &&
					  (words[i].before.first == '.' || words[i].before.first == ',')))
			return false;
	}
	return icons >= 2 && numbers;
}

bool counter_is_icon_row(const struct word *words, size_t count)
{
	enum { MOST = 8, PART = 4 };
	size_t icons = 0, len = 0;

	if (count == 0 || count > MOST)
		return false;
	for (size_t i = 0; i <= count; i++) {
		bool icon = has_icon(words[i].before);

		if ((words[i].before.first && !icon) || (i < count && words[i].digits))
			return false;
		icons += icon;
		len = icon ? 1 : len + (i < count);
		if (len > PART)
			return false;
	}
	return icons >= 2;
}

bool counter_is_rating(const struct word *words, size_t count)
{
	enum { MOST = 8, STARS = 3 };
	size_t at = count && words[count - 1].digits ? count - 1 : count;
	bool asks = false;
	struct gap gap;

	if (at == 0 || at > MOST)
		return false;
	for (size_t i = 1; i < at; i++)
		asks |= words[i].before.first == '!' || words[i].before.first == '?';
	if (!asks)
		return false; /* what others gave, in a list */
	gap = words[at].before;
	return gap.count >= STARS && (gap.first == 0x2B50 || gap.first == 0x2605 || gap.first == 0x2606) &&
	       (at < count || gap.last == gap.first);
}

static bool is_clock(const struct word *words, size_t at)
{
	return words[at].digits && words[at].digits <= 2 && words[at + 1].digits == 2 &&
	       words[at + 1].before.first == ':' && words[at + 1].before.count == 1 &&
	       !words[at + 1].before.space;
}

bool counter_is_player(const struct word *words, size_t count)
{
	enum { LAST = 4 }; /* words of two times */

	if (count < LAST || count > PLAYER_WORDS || words[count].before.first)
		return false;
	for (size_t i = 0; i + LAST < count; i++)
		if (words[i].digits)
			return false;
	return is_clock(words, count - LAST) && is_clock(words, count - 2) &&
	       words[count - 2].before.first == '/';
}

bool counter_is_neighbour(const struct lookup *lookup, const struct word *words, size_t count)
{
	const struct phrase *phrase;

	if (count < 2 || count > NEIGHBOUR_WORDS ||
		!(has_arrow(words[1].before) || (count > 2 && has_arrow(words[2].before))) ||
		gap_is_terminal(words[count].before))
		return false;
	phrase = phrases_part(lookup->phrases, words, count);
	return phrase && phrase->words <= 2 && phrase->words < count &&
	       phrase->category == CATEGORY_NAVIGATION && has_arrow(words[phrase->words].before);
}

bool counter_may_be_neighbour(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LEAST = 3, HEADLINE = 6 };
	const struct phrase *phrase;

	if (count < LEAST || count > NEIGHBOUR_WORDS || gap_is_terminal(words[count].before))
		return false;
	if (is_drawn_arrow(words[0].before.first) || is_drawn_arrow(words[count].before.last))
		return true;
	phrase = phrases_part(lookup->phrases, words, count);
	return phrase && !words[phrase->words - 1].digits && phrase->category == CATEGORY_NAVIGATION &&
	       phrase->words + (size_t)LEAST <= count &&
	       (phrase->words >= 2 || (count >= HEADLINE && !words[0].capital) ||
		       words[phrase->words].before.first == ':');
}

bool counter_is_weather(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { MOST = 6, DEGREE = 0xB0 };
	size_t numbers = 0, degrees = 0, places = 0;

	for (size_t at = 0, len; at < count && count <= MOST; at += len) {
		uint32_t found = 0;

		len = words[at].digits ? 1
				       : clitics_term(lookup, words + at, count - at,
						 TERM_PLACE | TERM_SECTION | TERM_SCALE, &found);
		if (!len)
			len = at + 1 == count && degrees; /* "C" */
		if (!len)
			return false;
		numbers += words[at].digits > 0;
		places += found != 0;
		degrees += words[at + len].before.first == DEGREE;
	}
	return numbers && numbers <= 2 && degrees && places;
}

bool counter_is_numbers(const struct word *words, size_t count)
{
	enum { MOST = 3 };

	if (count < 2 || count > MOST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!words[i].digits || (i && words[i].before.first))
			return false;
	return true;
}

bool counter_is_pages(const struct word *words, size_t count)
{
	enum { LEAST = 3, MOST = 16 };

	if (count < LEAST || count > MOST || words[0].before.first || words[0].value != 1)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!words[i].digits || words[i].digits > 4 ||
			(i && words[i].value <= words[i - 1].value) ||
			(words[i].before.first && words[i].before.first != '.'))
			return false;
	return words[1].value == 2;
}

/* "quay-1024x683": what is left of the name of a picture without its ending. */
static bool ends_in_size(struct span text)
{
	enum { LEAST = 2, MOST = 4 }; /* digits of each side */
	size_t at = text.len;

	for (size_t side = 0; side < 2; side++) {
		size_t digits = 0;

		for (; at > 0 && text.at[at - 1] >= '0' && text.at[at - 1] <= '9'; at--)
			digits++;
		if (digits < LEAST || digits > MOST || at < 2 || text.at[--at] != (side ? '-' : 'x'))
			return false;
	}
	return true;
}

bool counter_is_file(struct span text)
{
	static const struct span endings[] = { SPAN(".jpg"), SPAN(".jpeg"), SPAN(".png"), SPAN(".webp"),
		SPAN(".gif"), SPAN(".avif"), SPAN(".bmp"), SPAN(".mp4"), SPAN(".mp3"), SPAN(".m4a") };

	enum { DOT_MOST = 5 }; /* bytes from the dot to the end */

	if (text.len > 200 || text.len < DOT_MOST || memchr(text.at, ' ', text.len) ||
		memchr(text.at, '/', text.len))
		return false;
	if (ends_in_size(text))
		return true;
	if (!memchr(text.at + text.len - DOT_MOST, '.', DOT_MOST))
		return false;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (text.len > endings[i].len + 2 && strncasecmp(text.at + text.len - endings[i].len,
							     endings[i].at, endings[i].len) == 0)
			return true;
	return false;
}

bool counter_is_timed(const struct word *words, size_t count)
{
	return count >= 5 && count <= TIMED_WORDS && is_clock(words, 0) && !words[0].before.first &&
	       words[0].value < 24 && words[1].value < 60 && !words[2].digits &&
	       !gap_is_terminal(words[count].before) && words[2].before.space;
}
