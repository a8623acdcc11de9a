/* SPDX-License-Identifier: MIT
 * word_break_test.c - word boundaries in news text, on hostile text, and against the rules of UAX #29 taken
 * literally. */
#include "tests/unit/check.h"

#include <string.h>
#include <time.h>

#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"

/* The segments of `text`, a bar behind each. */
static void check_segments(const char *text, const char *expected)
{
	struct buf got = BUF_INIT;

	for (struct span rest = span_from(text); rest.len;) {
		size_t len = word_break_next(rest);

		buf_add(&got, span_head(rest, len));
		buf_add_byte(&got, '|');
		rest = span_skip(rest, len);
	}
	check_buf(&got, expected);
	buf_release(&got);
}

TEST(news_text_falls_into_words)
{
	check_segments("قال: «لن نعود».", "قال|:| |«|لن| |نعود|»|.|");
	check_segments("بلغ 3.5% في 2023/10/7", "بلغ| |3.5|%| |في| |2023|/|10|/|7|");
	check_segments("العـــراق مُحَمَّدٌ", "العـــراق| |مُحَمَّدٌ|");
	check_segments("١٢٬٣٤٥٫٦ دينار", "١٢٬٣٤٥٫٦| |دينار|");
	check_segments("The U.N. didn't say.", "The| |U.N|.| |didn't| |say|.|");
	check_segments("צה\"ל ארה״ב", "צה\"ל| |ארה״ב|");
	check_segments("ה' ב", "ה'| |ב|");
	check_segments("東京カタカナ", "東|京|カタカナ|");
	check_segments("a  b\r\n\nc", "a|  |b|\r\n|\n|c|");
	check_segments("🇪🇬🇸🇦🇯🇴 👩‍👩‍👧",
		"🇪🇬|🇸🇦|🇯🇴| |👩‍👩‍👧|");
	check_segments("snake_case x_1 ab:cd a.1", "snake_case| |x_1| |ab:cd| |a|.|1|");
}

TEST(a_word_holds_a_letter_a_number_or_an_ideograph)
{
	assert_true(word_break_is_word(SPAN("قال")));
	assert_true(word_break_is_word(SPAN("3.5")));
	assert_true(word_break_is_word(SPAN("京")));
	assert_true(word_break_is_word(SPAN("\u0651\u0628")));
	assert_false(word_break_is_word(SPAN("،")));
	assert_false(word_break_is_word(SPAN("  ")));
	assert_false(word_break_is_word(SPAN("\u064E\u0651")));
	assert_false(word_break_is_word(SPAN("🇪🇬")));
	assert_false(word_break_is_word(SPAN("")));
}

/* The oracle: the rules one by one, on an array of classes, each boundary by itself. */
enum { RUNES = 12 };

struct classes {
	enum wb of[RUNES];
	bool pictographic[RUNES];
	size_t count;
};

static bool in(enum wb class, enum wb a, enum wb b, enum wb c)
{
	return class == a || class == b || class == c;
}

static bool is_line_end(enum wb class)
{
	return in(class, WB_CR, WB_LF, WB_NEWLINE);
}

static bool is_ignored(const struct classes *c, size_t i)
{
	return in(c->of[i], WB_EXTEND, WB_FORMAT, WB_ZWJ);
}

static bool is_letter(enum wb class)
{
	return class == WB_ALETTER || class == WB_HEBREW_LETTER;
}

static bool is_quote(enum wb class)
{
	return class == WB_MIDNUMLET || class == WB_SINGLE_QUOTE;
}

/* WB4: marks count as part of what they follow, unless that is a line's end or the start of text. */
static struct classes without_ignored(const struct classes *c, size_t at, size_t *new_at)
{
	struct classes short_c = { .count = 0 };

	for (size_t i = 0; i < c->count; i++) {
		if (i == at)
			*new_at = short_c.count;
		if (is_ignored(c, i) && i > 0 && !is_line_end(c->of[i - 1]))
			continue;
		short_c.of[short_c.count++] = c->of[i];
	}
	return short_c;
}

static bool rules_5_to_13(enum wb a2, enum wb a, enum wb b, enum wb b2)
{
	bool letter_mid = b == WB_MIDLETTER || is_quote(b), mid_letter = a == WB_MIDLETTER || is_quote(a);

	if (is_letter(a) && is_letter(b))
		return true; /* WB5 */
	if (is_letter(a) && letter_mid && is_letter(b2))
		return true; /* WB6 */
	if (is_letter(a2) && mid_letter && is_letter(b))
		return true; /* WB7 */
	if (a == WB_HEBREW_LETTER && b == WB_SINGLE_QUOTE)
		return true; /* WB7a */
	if (a == WB_HEBREW_LETTER && b == WB_DOUBLE_QUOTE && b2 == WB_HEBREW_LETTER)
		return true; /* WB7b */
	if (a2 == WB_HEBREW_LETTER && a == WB_DOUBLE_QUOTE && b == WB_HEBREW_LETTER)
		return true; /* WB7c */
	if ((a == WB_NUMERIC || is_letter(a)) && (b == WB_NUMERIC || is_letter(b)))
		return true; /* WB8 to WB10 */
	if (a2 == WB_NUMERIC && (a == WB_MIDNUM || is_quote(a)) && b == WB_NUMERIC)
		return true; /* WB11 */
	if (a == WB_NUMERIC && (b == WB_MIDNUM || is_quote(b)) && b2 == WB_NUMERIC)
		return true; /* WB12 */
	if (a == WB_KATAKANA && b == WB_KATAKANA)
		return true; /* WB13 */
	if ((is_letter(a) || in(a, WB_NUMERIC, WB_KATAKANA, WB_EXTENDNUMLET)) && b == WB_EXTENDNUMLET)
		return true; /* WB13a */
	return a == WB_EXTENDNUMLET && (is_letter(b) || b == WB_NUMERIC || b == WB_KATAKANA); /* WB13b */
}

static bool rules_15_and_16(const struct classes *c, size_t at)
{
	size_t before = 0;

	while (before < at && c->of[at - 1 - before] == WB_REGIONAL_INDICATOR)
		before++;
	return before % 2 == 1 && c->of[at] == WB_REGIONAL_INDICATOR;
}

static bool slow_joined(const struct classes *c, size_t at)
{
	enum wb a = c->of[at - 1], b = c->of[at];
	struct classes s;
	size_t i = 0;

	if (a == WB_CR && b == WB_LF)
		return true; /* WB3 */
	if (is_line_end(a) || is_line_end(b))
		return false; /* WB3a, WB3b */
	if (a == WB_ZWJ && c->pictographic[at])
		return true; /* WB3c */
	if (a == WB_WSEGSPACE && b == WB_WSEGSPACE)
		return true; /* WB3d */
	if (is_ignored(c, at))
		return true; /* WB4 */
	s = without_ignored(c, at, &i);
	return rules_15_and_16(&s, i) || rules_5_to_13(i > 1 ? s.of[i - 2] : WB_OTHER, s.of[i - 1], s.of[i],
						 i + 1 < s.count ? s.of[i + 1] : WB_OTHER);
}

static int32_t random_rune(uint32_t *seed)
{
	static const int32_t one_of_each[] = { '!', '\r', '\n', 0x85, 0x300, 0x200D, 0x1F1E6, 0xAD, 0x30AB,
		0x5D0, 'a', '\'', '"', '.', ':', ',', '7', '_', ' ', 0x1F600, 0x24C2, 0x628, 0x64B,
		0x3000 };

	return one_of_each[check_random(seed) % (sizeof(one_of_each) / sizeof(one_of_each[0]))];
}

static void check_against_rules(uint32_t *seed)
{
	struct buf text = BUF_INIT;
	struct classes c = { .count = 1 + check_random(seed) % RUNES };
	size_t ends[RUNES];

	for (size_t i = 0; i < c.count; i++) {
		int32_t cp = random_rune(seed);

		c.of[i] = unicode_word_break(cp);
		c.pictographic[i] = unicode_is_extended_pictographic(cp);
		utf8_add(&text, cp);
		ends[i] = text.len;
	}
	for (size_t at = 0, start = 0; at < c.count; start = ends[at++]) {
		size_t len = word_break_next(span_skip(buf_span(&text), start));

		while (at + 1 < c.count && slow_joined(&c, at + 1))
			at++;
		assert_int_equal(start + len, ends[at]);
	}
	buf_release(&text);
}

TEST(agrees_with_the_rules_taken_literally)
{
	uint32_t seed = 8;

	for (int round = 0; round < 400000; round++)
		check_against_rules(&seed);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* CPU seconds to break `head` and then `part` again and again, some megabytes in all. */
static double seconds_for(const char *head, const char *part)
{
	struct buf text = BUF_INIT;
	double start;

	buf_add(&text, span_from(head));
	while (text.len < 4 << 20)
		buf_add(&text, span_from(part));
	start = seconds();
	for (struct span rest = buf_span(&text); rest.len;)
		rest = span_skip(rest, word_break_next(rest));
	buf_release(&text);
	return seconds() - start;
}

TEST(hostile_text_takes_linear_time)
{
	assert_true(seconds_for("", "\u0301") < 3);
	assert_true(seconds_for("a:", "\u0301") < 3); /* the look-ahead finds nothing, far away */
	assert_true(seconds_for("", "a:\u0301\u0301\u0301\u0301\u0301\u0301.") < 3);
	assert_true(seconds_for("", "a:") < 3);
	assert_true(seconds_for("1", ",\u200D") < 3);
	assert_true(seconds_for("", "\U0001F1E6") < 3);
	assert_true(seconds_for("\u05D0", "\"") < 3);
	assert_true(seconds_for("", "\U0001F469\u200D") < 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(news_text_falls_into_words),
		IT(a_word_holds_a_letter_a_number_or_an_ideograph),
		IT(agrees_with_the_rules_taken_literally),
		IT(hostile_text_takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
