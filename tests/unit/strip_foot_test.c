/* SPDX-License-Identifier: MIT
 * strip_foot_test.c - what stands behind the last sentence of a story. */
#include "tests/unit/strip.h"

/* Five paragraphs that end as sentences do. */
#define STORY                                                                                                                                                \
	TITLE BODY MORE BODY_3                                                                                                                               \
		"وينقل المركب في كل رحلة ستين راكبا وعشرين سيارة إلى الضفة الأخرى من الخليج.\n" \
		"ولم يعلن الميناء بعد موعد الرحلة الليلية التي يطالب بها التجار منذ سنوات طويلة.\n"
#define BODY_3 "وكان الإصلاح قد بدأ في الربيع الماضي بعد عطل في المحرك الرئيسي للعبّارة القديمة.\n"

TEST(lines_that_end_without_a_stop_behind_the_last_sentence_go)
{
	becomes(STORY "ضبط ثلاثة مراكب صيد مخالفة قرب الجزيرة\n", STORY);
	becomes(STORY "الموانئ الصغيرة رحلات بحرية تجار\nسوق السمك يفتح أبوابه فجرا\n", STORY);
}

TEST(they_stay_where_a_sentence_follows)
{
	static const char more[] = STORY "متى يعود التجار إلى السوق القديم\n" MORE BODY;

	becomes(more, more);
}

TEST(they_stay_below_a_story_that_has_many_of_them)
{
	static const char list[] = TITLE BODY "الرحلة الأولى\n" MORE "الرحلة الثانية من الصباح\n" BODY_3
					      "الرحلة الثالثة بعد الظهر\nالرحلة الرابعة عند المغيب\n";

	becomes(list, list);
}

TEST(the_end_of_a_parted_sentence_stays)
{
	static const char parted[] = STORY "و.. ماذا عن موعد الرحلة الليلية التي ينتظرها التجار\n";

	static const char and[] = STORY "و ماذا عن موعد الرحلة الليلية التي ينتظرها التجار\n";

	becomes(parted, parted);
	becomes(and, and);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(lines_that_end_without_a_stop_behind_the_last_sentence_go),
		IT(they_stay_where_a_sentence_follows),
		IT(they_stay_below_a_story_that_has_many_of_them),
		IT(the_end_of_a_parted_sentence_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
