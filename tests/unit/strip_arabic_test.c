/* SPDX-License-Identifier: MIT
 * strip_arabic_test.c - what Arabic papers, agencies and portals leave around a story, in whole documents, and lines of
 * stories that look like it. */
#include <stdio.h>

#include "tests/unit/strip.h"

static void goes_at_head(const char *line)
{
	char input[2048];

	(void)snprintf(input, sizeof input, TITLE "%s\n" BODY MORE, line);
	becomes(input, TITLE BODY MORE);
}

static void goes_at_foot(const char *line)
{
	char input[2048];

	(void)snprintf(input, sizeof input, TITLE BODY MORE "%s\n", line);
	becomes(input, TITLE BODY MORE);
}

static void stays_amid(const char *line)
{
	char text[2048];

	(void)snprintf(text, sizeof text, TITLE BODY "%s\n" MORE, line);
	becomes(text, text);
}

TEST(labels_of_fonts_languages_and_players_go)
{
	goes_at_head("TT");
	goes_at_head("English | Türkçe | عربي");
	goes_at_head("تشغيل المقطع 01:15");
	goes_at_head("الثلاثاء - 3 مايو 2022 - الساعة 10:40 ص بتوقيت عدن");
	goes_at_head("نُشر بواسطة فريق المرسى");
	goes_at_head("فيسبوك Whats App Pin Interest Email");
	stays_amid("وتشغيل المقطع يحتاج إلى عاملين");
}

TEST(keywords_go_behind_any_of_their_labels)
{
	goes_at_foot("كلمات مفتاحية العبارة المرفأ السفن");
	goes_at_foot("الكلمات المفاتيح: العبارة، المرفأ");
	goes_at_foot("مواضيع الخبر: العبارة، المرفأ");
	stays_amid("كلمات مفتاحية في دفتر البحار القديم قرأناها على مهل بعد الغروب");
}

TEST(what_a_site_says_of_itself_in_a_sentence_goes)
{
	goes_at_foot("الموقع لا ينشر التعليقات التي تتضمن شتائم.");
	goes_at_foot(
		"تنوه إدارة المرسى إلى أنها غير مسؤولة عن المقالات ومضمونها، وهي لا تعبر إلا عن رأي كاتبها");
	goes_at_foot("يمنع النقل أو النسخ دون إذن – المرسى اليوم");
	goes_at_foot("انضموا إلى 20 ألف قارئ في نشرة المرسى المسائية");
	goes_at_foot("شكرا، تم تفعيل الإشعارات بنجاح");
	goes_at_foot("الرابط المختصر: https://marsa.example/x/41");
	stays_amid("ويمنع القانون النسخ من الدفاتر دون إذن من مدير الميناء");
}

TEST(nouns_that_the_story_says_are_its_keywords_if_nothing_follows)
{
	goes_at_foot("الميناء العبّارة الرحلات الإصلاح");
	goes_at_foot("الميناء، الأسبوع المقبل، العبّارة");
	stays_amid("الميناء العبّارة الرحلات الإصلاح");
	becomes(TITLE BODY MORE "يعود الميناء وتعود الرحلات\n",
		TITLE BODY MORE "يعود الميناء وتعود الرحلات\n");
	becomes(TITLE BODY MORE "الجبل الأسود السهل الأبيض\n",
		TITLE BODY MORE "الجبل الأسود السهل الأبيض\n");
	becomes(TITLE BODY MORE "الجبل، السهل، الوادي الكبير\n",
		TITLE BODY MORE "الجبل، السهل، الوادي الكبير\n");
}

TEST(a_name_with_its_place_account_or_star_signs_the_story)
{
	goes_at_head("زغوان المرسى (صيدا) marsa_post@");
	goes_at_head("زغوان المرسى @zaghwan");
	goes_at_head("زغوان بن المرسى *");
	goes_at_head("12 مايو 2022\nصيدا: ز. بن المرسى");
	stays_amid("زغوان المرسى @zaghwan");
	stays_amid("زغوان بن المرسى *");
}

TEST(a_caption_goes_with_the_name_of_who_took_the_picture)
{
	goes_at_foot("ركاب ينتظرون العبّارة عند الرصيف - تصوير زغوان المرسى");
	goes_at_foot("(صورة توضيحية – المرسى)");
	becomes(TITLE BODY "(جانب من الرصيف القديم، 12 مايو 2022 - تصوير: مكتب الميناء)\n" MORE,
		TITLE BODY MORE);
	becomes(TITLE BODY "ركاب عند الرصيف القديم. الصورة: المرسى\n" MORE, TITLE BODY MORE);
	stays_amid("وكتب البحار العجوز في أواخر حياته دفاتر عن البحر (رسالة في أبعاد السفن).");
	stays_amid("وعلى الجدار في قاعة الانتظار الكبيرة لوحة - تصوير للبحر في ليلة عاصفة");
}

TEST(trails_that_end_in_the_title_contacts_and_files_go)
{
	goes_at_head("الرئيسية » محليات » عودة العبّارة إلى مرفأ المدينة القديم بعد عام من الإصلاح");
	goes_at_foot("صحيفة المرسى - شارع الرصيف القديم - هاتف 00961-1234567 - فاكس 1234568");
	goes_at_foot("مرفأ-المدينة-800x600");
	goes_at_foot("————— ❖ —————");
	goes_at_head("5148\n12 مايو 2022");
	stays_amid("5148");
}

TEST(a_headline_below_a_link_or_below_the_foot_is_of_another_story)
{
	becomes(TITLE BODY "اقرأ المزيد\nسفينة جديدة تدخل الحوض الجاف في صيدا\n" MORE, TITLE BODY MORE);
	becomes(TITLE BODY "اقرأ المزيد\nماذا قال البحار\n" MORE, TITLE BODY "ماذا قال البحار\n" MORE);
	goes_at_foot("شارك الخبر\nسفينة جديدة تدخل الحوض الجاف في صيدا");
	becomes(TITLE BODY MORE "شارك الخبر\nسفينة جديدة تدخل الحوض الجاف في صيدا\n" BODY,
		TITLE BODY MORE "سفينة جديدة تدخل الحوض الجاف في صيدا\n" BODY);
}

TEST(sections_people_and_places_stand_between_title_and_story)
{
	goes_at_head("محليات");
	goes_at_head("أخبار محلية");
	goes_at_head("صيدا: سامر الحداد");
	goes_at_head("حوار أجراه: سامر الحداد");
	goes_at_head("وادي الزهور - كتب: زغوان المرسى");
	goes_at_head("٠٤.٠٥.٢٠٢١٤ مايو ٢٠٢١");
	goes_at_head("AR");
	goes_at_head("تم النشر بواسطة admin");
	becomes(TITLE "صيدا: حداد عام\n" BODY MORE, TITLE "صيدا: حداد عام\n" BODY MORE);
	stays_amid("محليات");
}

TEST(notes_about_the_author_and_the_text_stand_below_a_story)
{
	goes_at_foot("باحث في شؤون البحار");
	goes_at_foot("نُشر هذا المقال أول مرة في مجلة المرسى");
	goes_at_foot("كانت هذه تفاصيل خبر عودة العبّارة");
	goes_at_foot("samer@marsa.example");
	goes_at_foot("...");
	becomes(TITLE BODY MORE "وللحديث بقية.\n", TITLE BODY MORE "وللحديث بقية.\n");
	becomes(TITLE BODY MORE "**الأعداد قبل الإصلاح\n", TITLE BODY MORE "**الأعداد قبل الإصلاح\n");
	becomes(TITLE BODY "وعاد البحار إلى بيته القديم في صيدا. وظل في الخدمة حتى تقاعده عام 1981.\n",
		TITLE BODY "وعاد البحار إلى بيته القديم في صيدا. وظل في الخدمة حتى تقاعده عام 1981.\n");
	stays_amid("باحث في شؤون البحار");
	stays_amid("***");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(labels_of_fonts_languages_and_players_go),
		IT(keywords_go_behind_any_of_their_labels),
		IT(what_a_site_says_of_itself_in_a_sentence_goes),
		IT(nouns_that_the_story_says_are_its_keywords_if_nothing_follows),
		IT(a_name_with_its_place_account_or_star_signs_the_story),
		IT(a_caption_goes_with_the_name_of_who_took_the_picture),
		IT(trails_that_end_in_the_title_contacts_and_files_go),
		IT(a_headline_below_a_link_or_below_the_foot_is_of_another_story),
		IT(sections_people_and_places_stand_between_title_and_story),
		IT(notes_about_the_author_and_the_text_stand_below_a_story),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
