/* SPDX-License-Identifier: MIT
 * strip_frame_test.c - menus, trails and mastheads above a story, and titles with the name of a site. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/bylines.h"
#include "filters/strip-boilerplate/compiled.h"
#include "filters/strip-boilerplate/mastheads.h"
#include "filters/strip-boilerplate/trails.h"
#include "filters/strip-boilerplate/titles.h"

static struct reader reader;

static int unload(void **unused)
{
	(void)unused;
	reader_release(&reader);
	return 0;
}

static struct lookup read_line(const char *line)
{
	reader_read(&reader, span_from(line));
	return (struct lookup){ &compiled_phrases, &reader, span_from(line) };
}

static void check(bool is, bool wanted, const char *line)
{
	if (is != wanted)
		fail_msg("'%s' is %s", line, wanted ? "not known" : "taken for one");
}

static void menu(const char *line, bool body, bool wanted)
{
	struct lookup lookup = read_line(line);

	check(trail_is_menu(&lookup, reader.words, reader.count, body), wanted, line);
}

static void trail(const char *line, bool wanted)
{
	struct lookup lookup = read_line(line);

	check(trail_is(&lookup, reader.words, reader.count), wanted, line);
}

static void masthead(const char *line, bool wanted)
{
	struct lookup lookup = read_line(line);

	check(masthead_is(&lookup, reader.words, reader.count), wanted, line);
}

static void glued(const char *line, bool wanted)
{
	struct lookup lookup = read_line(line);

	check(trail_is(&lookup, reader.words, reader.count), wanted, line);
}

TEST(menus_are_short_parts_side_by_side)
{
	menu("أخبار المرفأ | اقتصاد البحر | سفن | صيادون | راسلنا", false, true);
	menu("Harbour  Sport  What's On  In Your Town  Jobs", false, true);
	menu("Главная Новости Спорт Культура Спецпроекты", false, true);
	menu("Harbour | Ferries | Fish", false, false);
	menu("Ferry\tHarbour\tMonday\tNoon", true, false);
	menu("| الفريق | لعب | فاز | خسر |", false, false);
	menu("الفريق | 12 | 3 | 4 | 5", false, false);
	menu("The ferry returned | and nobody knew why it had | been away | so long", false, false);
	menu("", false, false);
}

TEST(trails_lead_to_a_section)
{
	trail("Places > Harbour Town", true);
	trail("q4 > Costa Norte > Puerto", true);
	trail("صحة / تغذية", true);
	trail("أخبار محلية - المرفأ -", true);
	trail("بحر / رمل", false);
	trail("الأهلي - الزمالك", false);
	trail("القاهرة 12 - 3", false);
	trail("He said: the ferry > the bridge, and nobody laughed at it.", false);
}

TEST(home_may_be_written_together_with_what_follows)
{
	glued("الرئيسيةأخبار المرفأ", true);
	glued("HomeNewsHarbour", true);
	glued("Homeowners of the harbour", false);
	glued("الرئيسية", false);
}

TEST(mastheads_say_what_they_are)
{
	masthead("صحيفة المرسى", true);
	masthead("المرسى اليوم | صحيفة مستقلة", true);
	masthead("وكالة الساحل / HNA", true);
	masthead("صحيفة: المرفأ يغلق أبوابه", false);
	masthead("المرفأ يغلق أبوابه", false);
	masthead("صحيفة تكشف تفاصيل صفقة السفن التي لم تصل", false);
}

typedef bool known_by_words(const struct lookup *lookup, const struct word *words, size_t count);

static void front(known_by_words *is, const char *line, bool wanted)
{
	struct lookup lookup = read_line(line);

	check(is(&lookup, reader.words, reader.count), wanted, line);
}

static bool struck(const struct lookup *lookup, const struct word *words, size_t count)
{
	return byline_is_struck(lookup->phrases, words, count);
}

TEST(signs_give_away_the_name_of_a_site)
{
	front(masthead_is_by_signs, "- مرسى نيوز -", true);
	front(masthead_is_by_signs, "مجلة المرسى | Al Marsa Mag", true);
	front(masthead_is_by_signs, "موقع «المرسى الأزرق»", true);
	front(masthead_is_by_signs, "☕ فنجان الصباح — نشرة «المرسى» اليومية", true);
	front(masthead_is_by_signs, "- عادت العبّارة -", false);
	front(masthead_is_by_signs, "عودة العبّارة | صور وفيديو", false);
	front(masthead_is_by_signs, "قصة «المرسى الأزرق»", false);
	front(masthead_is_by_signs, "☕ فنجان القهوة — ما لا تعرفه عنه", false);
}

TEST(signs_give_away_trails_and_sections)
{
	front(trail_is, "أزياء / جمال / سفر / بيت و حديقة", true);
	front(trail_is, "استشارات >> العيون >> النظارات", true);
	front(trail_is, "Watch  Weather  Traffic  85°  Advertise With Us", true);
	front(trail_is, "سياسة واقتصاد | مصر", true);
	front(trail_is, "الرئيسية اقتصاد أسعار العملات", true);
	front(trail_is, "عادت العبّارة / بقي الصيادون", false);
	front(trail_is, "Two  spaces between words", false);
	front(trail_is, "الرئيسية عادت العبّارة", false);
	front(trail_is_dated, "محليات الأحد 27 أكتوبر 2024", true);
	front(trail_is_dated, "محليات تنتخب الأحد 27 أكتوبر", false);
	front(struck, "سالم الشاطري/ أم درمان/", true);
	front(struck, "الهلال/ المريخ", false);
}

static const struct title_part *without_site(struct title *title, const char *said, const char *again)
{
	struct title site = { 0 };

	reader_read(&reader, span_from(said));
	title_set(title, reader.words, reader.count);
	reader_read(&reader, span_from(again));
	return title_without_site(title, reader.words, reader.count, &site);
}

TEST(a_copy_without_the_site_tells_which_part_of_the_title_it_is)
{
	struct title title;

	assert_ptr_equal(
		without_site(&title, "هل تعود العبّارة غدا؟ | المرسى", "هل تعود العبّارة غدا؟"), &title.bare);
	assert_int_equal(title.behind.words, 1);
	assert_ptr_equal(
		without_site(&title, "HNA : «المرفأ» يغلق بابه", "«المرفأ» يغلق بابه"), &title.rest);
	assert_null(without_site(&title, "المرفأ يغلق بابه", "المرفأ يفتح بابه"));
	assert_null(without_site(&title, "المرفأ يغلق بابه", "المرفأ يغلق بابه"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(menus_are_short_parts_side_by_side),
		IT(trails_lead_to_a_section),
		IT(home_may_be_written_together_with_what_follows),
		IT(mastheads_say_what_they_are),
		IT(signs_give_away_the_name_of_a_site),
		IT(signs_give_away_trails_and_sections),
		IT(a_copy_without_the_site_tells_which_part_of_the_title_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, unload);
}
