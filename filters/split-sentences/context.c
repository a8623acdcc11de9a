/* SPDX-License-Identifier: MIT
 * context.c - reading the words around a terminator. */
#include "filters/split-sentences/context.h"

#include "common/unicode.h"
#include "common/utf8.h"

enum { TATWEEL = 0x640 };

/* --- words --------------------------------------------------------------------------------------------- */

static void word_count(struct word *word, unsigned kinds, int32_t cp, unsigned *part)
{
	enum look look = (enum look)(kinds & KIND_LOOK);

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

/* Counts the characters and makes the key in one go. */
static void word_read_characters(struct word *word, struct span text)
{
	unsigned part = 0;
	bool fits = true;

	while (text.len) {
		struct rune rune = utf8_first(text);
		unsigned kinds = kinds_of(rune.value);

		text = span_skip(text, rune.len);
		if (!(kinds & KIND_IGNORED) && rune.value != TATWEEL)
			word_count(word, kinds, rune.value, &part);
		fits = fits && word_key_add(&word->key, rune.value);
	}
	if (!fits)
		word->key.len = 0;
}

static void word_read(struct word *word, struct span text)
{
	int32_t first = text.len ? utf8_first(text).value : 0;

	word->look = look_of(first);
	word->letters = word->digits = word->stops = 0;
	word->all_upper = word->spelled = true;
	word->ends_lower = word->caseless = false;
	word->classes = 0;
	word->ideographic = first >= 0x80 && unicode_is_ideographic(first);
	word_key_begin(&word->key, first);
	word_read_characters(word, text);
	word->all_upper &= word->letters > 0;
	word->spelled &= word->letters > 0;
	if (word->look == LOOK_DIGIT && word->letters)
		word_key_make(&word->key, skip_digits(text));
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

		if (!(kinds_of(rune.value) & (KIND_SPACE | KIND_IGNORED)))
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

		if (rune.value != '.' && !(kinds_of(rune.value) & (KIND_IGNORED | KIND_LOOK)))
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

/* Of ש"ח or ש״ח, what stands before the last letter. */
static bool is_gershayim(struct span text)
{
	struct rune last = text.len ? utf8_last(text) : (struct rune){ 0, 0 };

	if ((last.value != '"' && last.value != 0x5F3 && last.value != 0x5F4) || text.len == last.len)
		return false;
	return unicode_script(utf8_last(drop_last(text, last)).value) == SCRIPT_HEBREW;
}

static void before_note_neighbour(struct before *before, struct span text)
{
	struct rune last = text.len ? utf8_last(text) : (struct rune){ 0, 0 };
	struct span rest = drop_spaces(text);
	int32_t cp = last.value;

	before->after_apostrophe = cp == '\'' || cp == 0x2019 || is_gershayim(text);
	before->after_slash = cp == '/';
	before->after_address = cp == '@' || cp == '/' || cp == '_' || cp == '=' || cp == '&' || cp == '#';
	if (is_dash(cp) && text.len > last.len)
		before->after_hyphen = look_of(utf8_last(drop_last(text, last)).value) != LOOK_NONE;
	if ((is_dash(cp) || cp == ':' || cp == '/' || cp == ',') && text.len > last.len)
		before->after_joint = look_of(utf8_last(drop_last(text, last)).value) == LOOK_DIGIT;
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

		if (!(kinds_of(rune.value) & (KIND_IGNORED | KIND_LOOK)))
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
