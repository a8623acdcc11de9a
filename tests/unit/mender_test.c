/* SPDX-License-Identifier: MIT
 * mender_test.c - mojibake is mended line by line, whatever ends the lines, and what was mended rests. */
#include <string.h>

#include "tests/unit/check.h"

#include "common/utf8.h"
#include "filters/normalize/normalize.h"
#include "tests/unit/drive.h"

static void check_cleaned(const char *text, const char *expected)
{
	struct driven driven;

	assert_string_equal(drive_text(&driven, &normalize, NULL, text), expected);
	driven_release(&driven);
}

TEST(each_line_is_judged_by_itself_whatever_ends_it)
{
	static const char *const ends[] = { "\n", "\r", "\r\n", "\u2028", "\u2029" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct buf text = BUF_INIT;

		buf_addf(&text, "É%sÃ©%sط§%sL’été est là%s", ends[i], ends[i], ends[i], ends[i]);
		check_cleaned(buf_string(&text), "É\né\nا\nL’été est là\n");
		buf_release(&text);
	}
}

TEST(an_empty_line_behind_a_cr_stays)
{
	check_cleaned("Ã©\r\nÃ©\r\n\r\nÃ©\r\r\nÃ©\n", "é\né\n\né\n\né\n");
}

/* Garbled words, good ones, and whatever ends lines, now or once it has been cleaned. */
static void make_text(struct buf *text, uint32_t *seed)
{
	static const char *const parts[] = { "Ã©", "Ã ", "â€™", "ط§ظ„", "é", "&Atilde;&copy;", "&#13;",
		"&#10;", "\r", "\u2028", "\u2029", "\n", "\r\n", "قال", "the ", "ÇáãÊÍÏË", "ÇáãÊÍÏË ÈÇÓã",
		"Ãƒ", "Å“", "œ", " ", "½", "Ø§", "\xC2\x85", "é ", "\u200B", "\uFFFD", "?", " à ", "É", "ط",
		"§", "Î", "±", "\x01", "\x1B[1m", "\u061C", "\u180E", "\uFEFF", "\u202B", "\u0640",
		"\u064E", "&#1;", "&#1591;", "&#167;", "&shy;", "´", "™" };

	for (uint32_t count = 2 + check_random(seed) % 12; count; count--)
		buf_add(text, span_from(parts[check_random(seed) % (sizeof(parts) / sizeof(parts[0]))]));
	buf_add_byte(text, '\0');
}

TEST(what_was_mended_is_not_mended_again)
{
	static const char *const options[][3] = { { NULL }, { "--preset=search", NULL },
		{ "--preset=display", NULL }, { "--preset=none", "--fix-mojibake", NULL } };
	struct buf text = BUF_INIT;
	uint32_t seed = 9;

	for (int i = 0; i < 5000; i++)
		make_text(&text, &seed);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		struct driven once = drive(
			&normalize, options[i], FRAMING_ZERO, buf_span(&text), (struct cutting){ 0, 0 });
		struct driven twice = drive(&normalize, options[i], FRAMING_ZERO, buf_span(&once.text),
			(struct cutting){ 0, 0 });

		assert_true(span_equal(buf_span(&once.text), buf_span(&twice.text)));
		driven_release(&once);
		driven_release(&twice);
	}
	buf_release(&text);
}

/* "ï»¿" is a byte order mark, which shows only once its reference is known. */
TEST(a_mended_byte_order_mark_at_the_start_goes_whatever_was_tried_before)
{
	static const char *const options[] = { "--preset=none", "--fix-mojibake", "--entities",
		"--strip-bom", NULL };
	struct driven driven;

	assert_string_equal(
		drive_text(&driven, &normalize, options, "&#xEF;»¿Ð¸\nï»¿Ð¸\n"), "и\n\uFEFFи\n");
	driven_release(&driven);
}

TEST(mojibake_that_shows_when_what_stands_between_goes_is_mended)
{
	check_cleaned("ط\u061C§ظ„ x\n", "ال x\n");
	check_cleaned("ط\u180E§ظ„ x\n", "ال x\n");
	check_cleaned("ط\x01§ظ„ x\n", "ال x\n");
	check_cleaned("ط\x1B[1m§ظ„ x\n", "ال x\n");
	check_cleaned("&#1591;&shy;&#167;ظ„ x\n", "ال x\n");
}

TEST(windows_of_a_long_line_are_judged_until_they_rest)
{
	static const char *const none[] = { NULL };
	struct buf text = BUF_INIT;
	struct driven once, twice;
	uint32_t seed = 3;

	for (int i = 0; i < 40000; i++)
		buf_add(&text,
			check_random(&seed) % 3 ? SPAN("Ø§Ù„Ø³Ù„Ø§Ù… ") : SPAN("ظ\u061C„&nbsp;سÃ©a "));
	once = drive(&normalize, none, FRAMING_TEXT, buf_span(&text), (struct cutting){ 0, 0 });
	twice = drive(&normalize, none, FRAMING_TEXT, buf_span(&once.text), (struct cutting){ 0, 0 });
	assert_true(once.text.len > 4 * 64 * 1024);
	assert_true(span_equal(buf_span(&once.text), buf_span(&twice.text)));
	driven_release(&once);
	driven_release(&twice);
	buf_release(&text);
}

TEST(the_verdict_on_a_line_does_not_hang_on_the_lines_before)
{
	check_cleaned("ab\u00A0cdefgh ijkl Ã\u00A0\nÐ° x'Ã\n", "ab cdefgh ijkl à\nÐ° x'Ã\n");
	check_cleaned("Ð° x'Ã\n", "Ð° x'Ã\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(each_line_is_judged_by_itself_whatever_ends_it),
		IT(an_empty_line_behind_a_cr_stays),
		IT(what_was_mended_is_not_mended_again),
		IT(a_mended_byte_order_mark_at_the_start_goes_whatever_was_tried_before),
		IT(mojibake_that_shows_when_what_stands_between_goes_is_mended),
		IT(windows_of_a_long_line_are_judged_until_they_rest),
		IT(the_verdict_on_a_line_does_not_hang_on_the_lines_before),
	};

	return cmocka_run_group_tests_name("mender", tests, NULL, NULL);
}
