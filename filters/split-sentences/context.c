/* SPDX-License-Identifier: MIT
 * context.c - reading the words around a terminator. Properties are Unicode's (common/unicode.h; brackets
 * and quotes by general category, from utf8proc). */
#include "filters/split-sentences/context.h"

#include <utf8proc.h>

#include "common/unicode.h"
#include "common/utf8.h"

/* --- kinds of characters ------------------------------------------------------------------------------- */

enum { ELLIPSIS = 0x2026 };

bool is_terminator(int32_t cp)
{
	enum sb sb;

	if (cp < 0x80)
		return cp == '.' || cp == '!' || cp == '?';
	sb = unicode_sentence_break(cp);
	return sb == SB_STERM || sb == SB_ATERM || cp == ELLIPSIS;
}

bool is_line_end(int32_t cp)
{
	return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

bool is_space(int32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || cp == '\t' || cp == '\v' || cp == '\f';
	return unicode_is_white_space(cp) && !is_line_end(cp);
}

bool is_ignored(int32_t cp)
{
	enum sb sb;

	if (cp < 0x300 || (cp >= 0x620 && cp < 0x64B))
		return cp == 0xAD;
	sb = unicode_sentence_break(cp);
	return sb == SB_EXTEND || sb == SB_FORMAT;
}

/* From Arabic to Lao there is neither bracket nor quote nor dash, and most of what is asked for is Arabic. */
static utf8proc_category_t category(int32_t cp)
{
	if (cp >= 0x600 && cp < 0xF00)
		return UTF8PROC_CATEGORY_LO;
	return utf8proc_category(cp);
}

/* Quotes of the low-9 kind are Ps: they open. */
static bool is_low_quote(int32_t cp)
{
	return cp == 0x201A || cp == 0x201E || cp == 0x2E42;
}

bool is_opening_bracket(int32_t cp)
{
	if (cp < 0x80)
		return cp == '(' || cp == '[' || cp == '{';
	return category(cp) == UTF8PROC_CATEGORY_PS && !is_low_quote(cp);
}

bool is_closing_bracket(int32_t cp)
{
	if (cp < 0x80)
		return cp == ')' || cp == ']' || cp == '}';
	return category(cp) == UTF8PROC_CATEGORY_PE;
}

bool is_quote(int32_t cp)
{
	utf8proc_category_t gc;

	if (cp < 0x80)
		return cp == '"' || cp == '\'' || cp == '`';
	gc = category(cp);
	return gc == UTF8PROC_CATEGORY_PI || gc == UTF8PROC_CATEGORY_PF || is_low_quote(cp) ||
	       cp == 0xFF02 || cp == 0xFF07;
}

bool is_dash(int32_t cp)
{
	return cp == '-' || (cp >= 0x80 && category(cp) == UTF8PROC_CATEGORY_PD);
}

bool is_bullet(int32_t cp)
{
	return cp == 0x2022 || cp == 0x2023 || cp == 0x2043 || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6;
}

/* --- words --------------------------------------------------------------------------------------------- */

static enum look look_by_property(int32_t cp)
{
	const struct unicode_record *record = unicode_of(cp);

	switch (record->sentence_break) {
	case SB_LOWER:
		return LOOK_LOWER;
	case SB_UPPER:
		return LOOK_UPPER;
	case SB_OLETTER:
		return LOOK_CASELESS;
	case SB_NUMERIC:
		return LOOK_DIGIT;
	default:
		/* Thousands of numbers and letters are none of these: superscripts, Roman numerals. */
		return record->category == GC_LETTER   ? LOOK_CASELESS
		       : record->category == GC_NUMBER ? LOOK_DIGIT
						       : LOOK_NONE;
	}
}

/* Most of what is asked for is ASCII or an Arabic letter. */
static inline enum look look_of(int32_t cp)
{
	if (cp >= 0x620 && cp < 0x64B)
		return LOOK_CASELESS;
	if (cp >= 0x80)
		return look_by_property(cp);
	if (cp >= 'a' && cp <= 'z')
		return LOOK_LOWER;
	if (cp >= 'A' && cp <= 'Z')
		return LOOK_UPPER;
	return cp >= '0' && cp <= '9' ? LOOK_DIGIT : LOOK_NONE;
}

static void word_count(struct word *word, int32_t cp, unsigned *part)
{
	enum look look = look_of(cp);

	if (cp == '.') {
		word->stops++;
		*part = 0;
		return;
	}
	if (look == LOOK_NONE)
		return;
	word->digits += look == LOOK_DIGIT;
	word->letters += look != LOOK_DIGIT;
	word->all_upper &= look == LOOK_UPPER || look == LOOK_DIGIT;
	word->ends_lower = look == LOOK_LOWER;
	word->caseless = look == LOOK_CASELESS || (look == LOOK_DIGIT && word->caseless);
	word->spelled &= look != LOOK_DIGIT && ++*part == 1;
}

/* `text` behind its last full stop. */
static struct span last_part(struct span text)
{
	size_t start = text.len;

	while (start > 0 && text.at[start - 1] != '.')
		start--;
	return span_skip(text, start);
}

static struct span skip_digits(struct span text)
{
	while (text.len && look_of(utf8_first(text).value) == LOOK_DIGIT)
		text = span_skip(text, utf8_first(text).len);
	return text;
}

static void word_read(struct word *word, struct span text)
{
	unsigned part = 0;

	word->letters = word->digits = word->stops = 0;
	word->all_upper = word->spelled = true;
	word->ends_lower = word->caseless = false;
	word->classes = 0;
	word->ideographic = text.len && unicode_is_ideographic(utf8_first(text).value);
	word->look = text.len ? look_of(utf8_first(text).value) : LOOK_NONE;
	for (struct span rest = text; rest.len;) {
		struct rune rune = utf8_first(rest);

		rest = span_skip(rest, rune.len);
		if (!is_ignored(rune.value) && rune.value != 0x0640)
			word_count(word, rune.value, &part);
	}
	word->all_upper &= word->letters > 0;
	word->spelled &= word->letters > 0;
	word_key_make(&word->key, word->letters ? skip_digits(text) : text);
	word->part = word->stops ? last_part(text) : text;
}

/* --- before -------------------------------------------------------------------------------------------- */

static struct span drop_last(struct span text, struct rune rune)
{
	return span_of(text.at, text.len - rune.len);
}

static struct span drop_spaces(struct span text)
{
	while (text.len) {
		struct rune rune = utf8_last(text);

		if (!is_space(rune.value) && !is_ignored(rune.value))
			break;
		text = drop_last(text, rune);
	}
	return text;
}

/* Length of `text` up to where its last word starts. */
static size_t word_start(struct span text)
{
	while (text.len) {
		struct rune rune = utf8_last(text);

		if (rune.value != '.' && !is_ignored(rune.value) && look_of(rune.value) == LOOK_NONE)
			break;
		text = drop_last(text, rune);
	}
	return text.len;
}

/* Whether nothing stands on the line of which `rest` is the start, or only what items of lists begin with. */
static bool is_line_start(struct span rest)
{
	int32_t cp = rest.len ? utf8_last(rest).value : '\n';

	if (is_bullet(cp) || is_dash(cp) || cp == '*')
		rest = drop_spaces(drop_last(rest, utf8_last(rest)));
	return rest.len == 0 || is_line_end(utf8_last(rest).value);
}

/* Of "At 5:30", the end of `rest`, whether the word before the number begins with a capital. */
static bool capital_before_number(struct span rest)
{
	struct rune rune;
	size_t start;

	while (rest.len && (rune = utf8_last(rest), look_of(rune.value) == LOOK_DIGIT ||
							    rune.value == ':' || rune.value == '.'))
		rest = drop_last(rest, rune);
	rest = drop_spaces(rest);
	start = word_start(rest);
	return start < rest.len && look_of(utf8_first(span_skip(rest, start)).value) == LOOK_UPPER;
}

static bool ends_in_number_sign(struct span text)
{
	enum { DEGREE = 0xB0 };
	struct rune last = text.len ? utf8_last(text) : (struct rune){ 0, 0 };

	if (last.value != DEGREE || text.len == last.len)
		return false;
	last = utf8_last(drop_last(text, last));
	return last.value == 'N' || last.value == 'n';
}

static void before_note_neighbour(struct before *before, struct span text)
{
	struct rune last = text.len ? utf8_last(text) : (struct rune){ 0, 0 };
	struct span rest = drop_spaces(text);
	int32_t cp = last.value;

	before->after_apostrophe = cp == '\'' || cp == 0x2019;
	before->after_address = cp == '@' || cp == '/' || cp == '_' || cp == '=' || cp == '&' || cp == '#';
	if (is_dash(cp) && text.len > last.len)
		before->after_hyphen = look_of(utf8_last(drop_last(text, last)).value) != LOOK_NONE;
	cp = rest.len ? utf8_last(rest).value : '\n';
	before->line_start = is_line_start(rest);
	before->after_colon = cp == ':';
	before->after_bullet = is_bullet(cp);
	before->after_stop = is_terminator(cp);
	before->after_number = look_of(cp) == LOOK_DIGIT;
	before->opens_phrase = before->after_number && capital_before_number(rest);
	if (before->word.look == LOOK_DIGIT && before->word.letters)
		before->after_number = true;
	if (before->after_stop)
		rest = drop_last(rest, utf8_last(rest));
	before->previous = rest;
}

struct span before_previous(const struct before *before)
{
	return span_skip(before->previous, word_start(before->previous));
}

void before_read(struct before *before, struct span text)
{
	struct span end = drop_spaces(text);
	size_t start = word_start(end);
	int32_t last = text.len ? utf8_last(text).value : 0;

	*before = (struct before){ .spaced = end.len < text.len && is_space(last) };
	word_read(&before->word, span_skip(end, start));
	before_note_neighbour(before, span_head(end, start));
	/* Where a full window begins, nobody knows whether a line does. */
	if (start == 0 && text.len > CONTEXT_MAX - 4)
		before->line_start = false;
	before->number_sign = before->word.look == LOOK_NONE && ends_in_number_sign(text);
	before->after_close = is_quote(last) || is_closing_bracket(last);
}

/* --- after --------------------------------------------------------------------------------------------- */

/* Skips what may open a sentence in front of its first word. */
static struct span skip_openers(struct after *after, struct span text)
{
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (is_quote(rune.value))
			after->quoted = true;
		else if (is_opening_bracket(rune.value))
			after->bracketed = true;
		else if (is_dash(rune.value) || rune.value == 0x2022)
			after->dashed = true;
		else if (!is_ignored(rune.value) && rune.value != 0xBF && rune.value != 0xA1 &&
			 !(after->dashed && is_space(rune.value)))
			break;
		text = span_skip(text, rune.len);
	}
	return text;
}

static size_t word_end(struct span text)
{
	struct span rest = text;

	while (rest.len) {
		struct rune rune = utf8_first(rest);

		if (!is_ignored(rune.value) && look_of(rune.value) == LOOK_NONE)
			break;
		rest = span_skip(rest, rune.len);
	}
	return text.len - rest.len;
}

/* The first character, 0 where the line is over. */
static int32_t on_this_line(struct span text)
{
	int32_t cp = text.len ? utf8_first(text).value : 0;

	return is_line_end(cp) ? 0 : cp;
}

void after_read(struct after *after, struct span text)
{
	struct span rest;
	size_t len;

	*after = (struct after){ .first = text.len ? utf8_first(text).value : 0 };
	rest = skip_openers(after, text);
	len = word_end(rest);
	word_read(&after->word, span_head(rest, len));
	rest = span_skip(rest, len);
	after->next = on_this_line(rest);
	if (after->next)
		after->second = on_this_line(span_skip(rest, utf8_first(rest).len));
}
