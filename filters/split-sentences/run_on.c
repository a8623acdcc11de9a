/* SPDX-License-Identifier: MIT
 * run_on.c - items of run-on lists. */
#include "filters/split-sentences/run_on.h"

#include "common/utf8.h"
#include "filters/split-sentences/characters.h"

/* A number, or a small letter, with what stands around it. */
struct item {
	size_t start; /* with its bullet */
	bool bullet, letter;
	bool begins; /* a line, a sentence, what a colon announces */
	unsigned number;
	struct span word; /* before it, on its line */
};

/* The value of a digit that lists are counted with, or -1. */
static int digit_of(int32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return cp - '0';
	if (cp >= 0x660 && cp <= 0x669)
		return cp - 0x660;
	return cp >= 0x6F0 && cp <= 0x6F9 ? cp - 0x6F0 : -1;
}

static struct span drop_last(struct span text)
{
	return span_head(text, text.len - utf8_last(text).len);
}

static struct span drop_spaces(struct span text)
{
	while (text.len && is_space(utf8_last(text).value))
		text = drop_last(text);
	return text;
}

/* The letters that `text` ends in. */
static struct span last_word(struct span text)
{
	struct span rest = text;

	while (rest.len && kinds_of(utf8_last(rest).value) & (KIND_LOOK | KIND_IGNORED))
		rest = drop_last(rest);
	return span_skip(text, rest.len);
}

/* Reads the one or two digits, or the small letter, that `text` ends in. */
static struct span read_number(struct span text, struct item *item)
{
	unsigned scale = 1;

	item->number = 0;
	item->letter = text.len && utf8_last(text).value >= 'a' && utf8_last(text).value <= 'z';
	if (item->letter) {
		item->number = (unsigned)utf8_last(text).value;
		return drop_last(text);
	}
	for (; text.len && scale < 100 && digit_of(utf8_last(text).value) >= 0; scale *= 10) {
		item->number += scale * (unsigned)digit_of(utf8_last(text).value);
		text = drop_last(text);
	}
	return text;
}

/* Reads the item that begins at the end of `text`; false when there is none. */
static bool read_item(struct span text, struct item *item)
{
	struct span rest = read_number(text, item), bare = drop_spaces(rest);

	if (item->number == 0)
		return false;
	item->bullet = bare.len && is_bullet(utf8_last(bare).value);
	if (item->bullet)
		rest = drop_last(bare);
	item->start = rest.len;
	if (rest.len && !(kinds_of(utf8_last(rest).value) & (KIND_SPACE | KIND_LINE_END)))
		return false;
	rest = drop_spaces(rest);
	item->word = last_word(rest);
	item->begins = rest.len == 0 || utf8_last(rest).value == ':' ||
		       kinds_of(utf8_last(rest).value) & (KIND_LINE_END | KIND_TERMINATOR);
	return item->begins || item->word.len;
}

/* "Figure 2.", "Chapter 2." number no list. */
static bool is_numbered_thing(const struct item *item)
{
	return !item->bullet && item->word.len && look_of(utf8_first(item->word).value) == LOOK_UPPER;
}

/* The end of `text` up to the full stop of the item before this one, looked for backwards; 0 where there is none, or
 * another terminator stands between, or the line ends. */
static size_t previous_stop(struct span text)
{
	while (text.len) {
		struct rune last = utf8_last(text);

		if (last.value == '.')
			return text.len - 1;
		if (kinds_of(last.value) & (KIND_TERMINATOR | KIND_LINE_END))
			return 0;
		text = drop_last(text);
	}
	return 0;
}

/* Most words are no number and no single letter. */
static bool may_be_item(struct span left)
{
	int32_t last = left.len ? utf8_last(left).value : 0;

	if (last >= 'a' && last <= 'z')
		return left.len > 1 && look_of(utf8_last(drop_last(left)).value) == LOOK_NONE;
	return look_of(last) == LOOK_DIGIT;
}

size_t run_on_item(struct span left, bool whole_line)
{
	struct item item, before;
	unsigned chain = 0;
	size_t start;

	if (!may_be_item(left) || !read_item(left, &item) || item.begins || is_numbered_thing(&item))
		return 0;
	start = item.start;
	for (;;) {
		size_t stop = previous_stop(span_head(left, item.start));

		if (stop == 0 || !read_item(span_head(left, stop), &before))
			break;
		if (before.letter != item.letter || before.bullet != item.bullet ||
			before.number + 1 != item.number || is_numbered_thing(&before))
			break;
		chain++;
		if (before.begins && (whole_line || before.start > 0))
			return start;
		item = before;
	}
	return chain > 1 ? start : 0;
}
