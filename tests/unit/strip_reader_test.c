/* SPDX-License-Identifier: MIT
 * strip_reader_test.c - what counts as the same word, and what stands between words. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/reader.h"

/* Keys of two lines, each read by itself. */
static bool same_words(const char *a, const char *b)
{
	struct reader reader = { 0 };
	uint64_t keys[2];

	reader_read(&reader, span_from(a));
	keys[0] = reader_key(&reader, 0, reader.count);
	reader_read(&reader, span_from(b));
	keys[1] = reader_key(&reader, 0, reader.count);
	reader_release(&reader);
	return keys[0] == keys[1];
}

TEST(spelling_habits_do_not_make_a_new_word)
{
	assert_true(same_words("اقرأ أيضا", "إقرا ايضاً"));
	assert_true(same_words("مكتبة", "مكتبه"));
	assert_true(same_words("HABERİN BAŞLIĞI", "haberin başlığı"));
	assert_true(same_words("مستشفى", "مستشفي"));
	assert_true(same_words("کتاب ایران", "كتاب ايران"));
	assert_true(same_words("شـــارك", "شارك"));
	assert_true(same_words("كَتَبَ", "كتب"));
	assert_true(same_words("Ça Été", "ca ete"));
	assert_true(same_words("READ MORE", "Read more"));
}

TEST(other_words_stay_other_words)
{
	assert_false(same_words("كتب", "كتاب"));
	assert_false(same_words("شارك الخبر", "الخبر شارك"));
	assert_false(same_words("share", "shares"));
	assert_false(same_words("", "share"));
}

TEST(signs_and_spaces_do_not_count)
{
	assert_true(same_words("المصدر :\xC2\xA0رويترز", "المصدر: رويترز"));
	assert_true(same_words("» Read-more…", "read more"));
	assert_true(same_words("\xE2\x80\x8Fشارك\xE2\x80\x8B", "شارك"));
}

TEST(any_number_is_the_same_number)
{
	assert_true(same_words("12 تعليقا", "٣ تعليقا"));
	assert_true(same_words("۷ نظر", "100 نظر"));
	assert_false(same_words("تعليقا", "3 تعليقا"));
}

TEST(letters_and_digits_part_where_they_touch)
{
	struct reader reader = { 0 };

	reader_read(&reader, SPAN("30T10"));
	assert_int_equal(reader.count, 3);
	assert_int_equal(reader.words[0].value, 30);
	assert_int_equal(reader.words[2].value, 10);
	assert_int_equal(reader.words[1].before.count, 0);
	reader_release(&reader);
}

TEST(a_gap_remembers_its_signs)
{
	struct reader reader = { 0 };

	reader_read(&reader, SPAN("دبي ـ وكالات: «خبر»…"));
	assert_int_equal(reader.count, 3);
	assert_int_equal(reader.words[1].before.first, '-'); /* a tatweel on its own is a dash */
	assert_true(reader.words[1].before.space);
	assert_int_equal(reader.words[2].before.first, ':');
	assert_true(reader.words[2].before.closer);
	assert_int_equal(reader.words[3].before.last, '.');
	assert_true(gap_is_terminal(reader.words[3].before));
	reader_release(&reader);
}

TEST(a_dash_within_a_word_separates_nothing)
{
	struct reader reader = { 0 };

	reader_read(&reader, SPAN("Jean-Pierre - Lyon"));
	assert_false(gap_is_separator(reader.words[1].before));
	assert_true(gap_is_separator(reader.words[2].before));
	reader_release(&reader);
}

TEST(only_white_space_and_format_characters_are_blank)
{
	struct reader reader = { 0 };

	reader_read(&reader, SPAN(" \t\xC2\xA0\xE2\x80\x8F"));
	assert_true(reader.blank);
	reader_read(&reader, SPAN("\xD9\x8B"));
	assert_false(reader.blank);
	reader_read(&reader, SPAN("*"));
	assert_false(reader.blank);
	reader_release(&reader);
}

TEST(closing_signs_belong_to_the_label_and_opening_ones_to_the_text)
{
	struct span line = SPAN("(رويترز) - \"قال");
	size_t at = strlen("(رويترز");

	assert_int_equal(reader_skip_closer(line, at), strlen("(رويترز) - "));
	line = SPAN("انتهى الخبر». اقرأ");
	assert_int_equal(reader_skip_stop(line, strlen("انتهى الخبر")), strlen("انتهى الخبر»."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(spelling_habits_do_not_make_a_new_word),
		IT(other_words_stay_other_words),
		IT(signs_and_spaces_do_not_count),
		IT(any_number_is_the_same_number),
		IT(letters_and_digits_part_where_they_touch),
		IT(a_gap_remembers_its_signs),
		IT(a_dash_within_a_word_separates_nothing),
		IT(only_white_space_and_format_characters_are_blank),
		IT(closing_signs_belong_to_the_label_and_opening_ones_to_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
