/* SPDX-License-Identifier: MIT
 * strip_heads_test.c - where the head of a story ends, and what its lines are for one another. */
#include <stdio.h>

#include "tests/unit/strip.h"

#define SUBTITLE "تعود العبّارة بعد عام كامل من الإصلاح في حوض الميناء القديم. فمن يركبها اليوم؟\n"

TEST(a_name_below_a_subtitle_as_long_as_a_paragraph_goes_above_a_stamp)
{
	becomes("Die Fähre kehrt zurück\n"
		"Ein Jahr lang lag die Fähre im alten Hafen im Dock, jetzt fährt sie wieder. Wer steigt noch ein?\n"
		"Von Hadburga Quast\n"
		"3. Dezember 2020, 16:52 Uhr\n"
		"Um sechs Uhr früh war es am Kai noch still, nur der Motor der alten, gelben Fähre lief da schon seit einer guten Stunde.\n",
		"Die Fähre kehrt zurück\n"
		"Ein Jahr lang lag die Fähre im alten Hafen im Dock, jetzt fährt sie wieder. Wer steigt noch ein?\n"
		"Um sechs Uhr früh war es am Kai noch still, nur der Motor der alten, gelben Fähre lief da schon seit einer guten Stunde.\n");
	becomes(TITLE SUBTITLE "بقلم جابر الوكيلي\nالخميس 15 ديسمبر 2022 17:21\n" BODY MORE,
		TITLE SUBTITLE BODY MORE);
}

TEST(no_stamp_amid_the_story_makes_a_head_of_what_stands_above)
{
	static const char story[] =
		TITLE BODY MORE SUBTITLE "من يشكو من الأجرة\nوقال الركاب إن الأجرة زادت.\n";

	becomes(TITLE BODY MORE SUBTITLE
		"من يشكو من الأجرة\nالخميس 15 ديسمبر 2022 17:21\nوقال الركاب إن الأجرة زادت.\n",
		story);
}

TEST(a_title_that_was_the_second_line_loses_the_site_behind_it_at_once)
{
	static const char above[] = "عنوان\n{{title}}\nhttps://example.org/x?y=1\n";
	static const char title[] = "عودة العبّارة القديمة إلى الميناء بعد عام";
	char input[1024], output[512];

	snprintf(input, sizeof input, "%s%s | أخبار المرفأ\n" BODY MORE, above, title);
	snprintf(output, sizeof output, "%s\n" BODY MORE, title);
	becomes(input, output);
	becomes(output, output);
}

/* A title loses what stands behind it, in front of a body that does not say it. */
static void loses(const char *title, const char *behind)
{
	char input[1024], output[1024];

	snprintf(input, sizeof input, "%s%s\n" BODY MORE, title, behind);
	snprintf(output, sizeof output, "%s\n" BODY MORE, title);
	becomes(input, output);
}

TEST(the_name_of_a_listed_site_goes_behind_a_title)
{
	loses("عودة العبّارة القديمة إلى الميناء", " - الجزيرة نت");
	loses("عودة العبّارة القديمة إلى الميناء", " | سكاي نيوز عربية");
	loses("Old ferry returns to the harbour after a year", " - BBC News");
	loses("Old ferry returns to the harbour after a year", " | harbourpost.com");
	loses("عودة العبّارة القديمة إلى الميناء", " | رويترز");
	loses("عودة العبّارة القديمة إلى الميناء - رويترز", "");
	loses("Old ferry returns to the harbour - harbour master", "");
}

TEST(so_do_the_sections_in_front_of_it)
{
	loses("عودة العبّارة القديمة إلى الميناء", " - أهل البحر - حوادث وقضايا - البيان");
	loses("Old ferry returns to the harbour", " | Local News | harbourpost.com");
	loses("كأس الميناء - الدور الثاني", " - الجزيرة نت");
	loses("Old ferry returns to the harbour - part 2", " - BBC News");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_name_below_a_subtitle_as_long_as_a_paragraph_goes_above_a_stamp),
		IT(no_stamp_amid_the_story_makes_a_head_of_what_stands_above),
		IT(a_title_that_was_the_second_line_loses_the_site_behind_it_at_once),
		IT(the_name_of_a_listed_site_goes_behind_a_title),
		IT(so_do_the_sections_in_front_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
