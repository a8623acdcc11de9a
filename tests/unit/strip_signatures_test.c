/* SPDX-License-Identifier: MIT
 * strip_signatures_test.c - signatures and counters known by their form, and lines that look like one. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/closings.h"
#include "filters/strip-boilerplate/compiled.h"
#include "filters/strip-boilerplate/counters.h"
#include "filters/strip-boilerplate/signatures.h"
#include "filters/strip-boilerplate/writers.h"

static struct reader reader;

static int unload(void **unused)
{
	(void)unused;
	reader_release(&reader);
	return 0;
}

typedef bool known_by_words(const struct lookup *lookup, const struct word *words, size_t count);

static void check(known_by_words *is, const char *line, bool wanted)
{
	struct lookup lookup = { &compiled_phrases, &reader, span_from(line) };

	reader_read(&reader, span_from(line));
	if (is(&lookup, reader.words, reader.count) != wanted)
		fail_msg("'%s' is %s", line, wanted ? "not known" : "taken for one");
}

TEST(initials_are_single_letters)
{
	check(signature_is_initials, "م ق/ ف ح", true);
	check(signature_is_initials, "ح.ح", true);
	check(signature_is_initials, "(أ.ح)", true);
	check(signature_is_initials, "N. B. H.", true);
	check(signature_is_initials, "A B C", false);
	check(signature_is_initials, "و", false);
	check(signature_is_initials, "من ق", false);
	check(signature_is_initials, "م: ق", false);
	check(signature_is_initials, "5 م", false);
}

TEST(a_person_stands_in_front_of_a_place_a_job_or_another_person)
{
	check(writer_is_somewhere, "Maria Holt in Sfax", true);
	check(writer_is_somewhere, "Maria Holt and Peter Roe in Sfax", true);
	check(writer_is_somewhere, "Maria van der Holt", true);
	check(writer_is_somewhere, "Maria Holt, à Sète", true);
	check(writer_is_somewhere, "Maria Holt, enviada especial", true);
	check(writer_is_somewhere, "Анна Громова, Рига", true);
	check(writer_is_somewhere, "Maria Holt wins in Sfax", false);
	check(writer_is_somewhere, "Maria Holt, who led the team of the union", false);
	check(writer_is_somewhere, "Maria Holt in 2019", false);
	check(writer_is_somewhere, "Maria Holt in Sfax.", false);
	check(writer_is_somewhere, "The Harbour in Sfax", false);
	check(writer_is_somewhere, "maria holt in sfax", false);
}

TEST(a_person_stands_behind_a_day)
{
	check(writer_is_dated, "Tuesday, 12 March 2024 - By Maria Holt", true);
	check(writer_is_dated, "Geplaatst op 12 maart 2024 door Maria van der Holt", true);
	check(writer_is_dated, "Posted March 12, 2024 at 5:10 p.m. by Maria Holt", true);
	check(writer_is_dated, "The quay was built by Maria Holt", false);
	check(writer_is_dated, "12 March 2024 by the sea in Sfax", false);
	check(writer_is_dated, "By Maria Holt", false);
}

TEST(a_picture_is_signed_by_a_person_and_an_agency)
{
	check(writer_is_of_agency, "Maria Holt / AFP", true);
	check(writer_is_of_agency, "MARIA HOLT (EFE)", true);
	check(writer_is_of_agency, "Maria Holt / mother", false);
	check(writer_is_of_agency, "Maria Holt (EFE) said so", false);
	check(writer_is_of_agency, "Maria Holt", false);
}

TEST(a_desk_signs_in_brackets)
{
	check(writer_is_desk, "(jro)", true);
	check(writer_is_desk, "(Jro)", false);
	check(writer_is_desk, "(quay)", true);
	check(writer_is_desk, "(harbour)", false);
	check(writer_is_desk, "jro", false);
	check(writer_is_desk, "(12)", false);
}

TEST(agencies_close_a_story_with_places_names_and_letters)
{
	check(closing_is, "..( وال – طرابلس ).. س ع / م ن", true);
	check(closing_is, "وام/سالم الشاطري/منى رضا", true);
	check(closing_is, "AB/CD (AMAP)", true);
	check(closing_is, "سالم الشاطري/ ع.ح (د ب أ)", true);
	check(closing_is, "=============== ع.ح. / م.ن.", true);
	check(closing_is, "(وال – طرابلس) عادت العبّارة", false);
	check(closing_is, "المرفأ/سالم الشاطري/منى رضا", false);
	check(closing_is, "AC/DC", false);
	check(closing_is, "JRO/ABE", true);
	check(closing_is, "س.ع/ هـ.م (رويترز، د ب أ)", true);
	check(closing_is, "س.ع/ م.ح (د ب أ، م ر س)", true);
	check(closing_is, "س.ع/ م.ح (م في)", false);
	check(closing_is, "JRO/ABE/MIT", true);
	check(closing_is, "(FIN) JRO/ABE", true);
	check(closing_is, "/jro/AB/mit", true);
	check(closing_is, "harbour/bridge/ferry", false);
	check(closing_is, "س.ع (في المرفأ)", false);
	check(closing_is, "=============== عادت العبّارة", false);
}

TEST(names_in_two_scripts_and_names_with_a_day)
{
	check(closing_is_two_scripts, "سالم الشاطري Salem Alshatri", true);
	check(closing_is_two_scripts, "سالم الشاطري", false);
	check(closing_is_two_scripts, "Salem Alshatri", false);
	check(closing_is_two_scripts, "عادت العبّارة Blue Star إلى المرفأ", false);
	check(closing_is_two_scripts, "نسخة Windows 11", false);
	check(closing_is_dated, "By Salem Shatri On Mar 5, 2021", true);
	check(closing_is_dated, "By the harbour on foot", false);
	check(closing_is_dated, "By bus On Monday they came back to the harbour", false);
}

TEST(posts_are_signed_with_an_account_and_a_day)
{
	check(closing_is_embed, "— Harbour Post (@harbourpost) March 12, 2025", true);
	check(closing_is_embed, "— صدى المرفأ (@sada) 12 مارس 2025", true);
	check(closing_is_embed, "— Harbour Post (@harbourpost) reports from the quay", false);
	check(closing_is_embed, "— March 12, 2025", false);
}

TEST(pages_label_who_is_who)
{
	check(signature_is_role, "Author, سلمى الشاطري", true);
	check(signature_is_role, "Role, Harbour reporter", true);
	check(signature_is_role, "Author of a book on ferries", false);
	check(signature_is_titled, "د. سالم الشاطري", true);
	check(signature_is_titled, "الكاتب سالم الشاطري", true);
	check(signature_is_titled, "تقرير اللجنة الفنية", false);
	check(signature_is_titled, "سالم الشاطري", false);
	check(signature_is_by_origin, "خليفة الشاطري", true);
	check(signature_is_by_origin, "الملف النووي", false);
	check(signature_is_by_origin, "حوض الإصلاح", false);
}

TEST(reports_end_in_a_word_of_the_agency)
{
	check(signature_is_end, "(النهاية)", true);
	check(signature_is_end, "انتهى/ 25 ر ح", true);
	check(signature_is_end, "/انتهى/", true);
	check(signature_is_end, "- مل -", true);
	check(signature_is_end, "انتهى العمل في المرفأ", false);
	check(signature_is_end, "النهاية السعيدة", false);
	check(signature_is_end, "- المرفأ -", false);
}

TEST(a_name_stands_beside_a_paper_or_a_place)
{
	check(signature_is_pair, "المرسى ـ رشيد القاضي", true);
	check(signature_is_pair, "أحمد المرزوقي | تونس", true);
	check(signature_is_pair, "المرسى ـ المرفأ", false);
	check(signature_is_pair, "رشيد القاضي", false);
	check(signature_is_pair, "رشيد القاضي: نعود غدا", false);
	check(signature_is_dateline, "طوباس 23-11-2024 وفا- سامر حداد", true);
	check(signature_is_dateline, "قالت وفا - سامر حداد", false);
	check(signature_is_presented, "By Jane Roe, harbour reporter", true);
	check(signature_is_presented, "By noon, nobody was there", false);
}

TEST(icons_and_numbers_count)
{
	check(counter_is_icons, "👁 2 318  💬 5", true);
	check(counter_is_icons, "0   214   3 دقائق", true);
	check(counter_is_icons, "2 318", false);
	check(counter_is_icons, "عاد 5 ركاب 👁", false);
	check(counter_is_neighbour, "السابق ⟵ عودة العبّارة إلى المرفأ", true);
	check(counter_is_neighbour, "السابق عاد إلى المرفأ", false);
	check(counter_may_be_neighbour, "← عودة العبّارة إلى المرفأ القديم", true);
	check(counter_may_be_neighbour, "عودة العبّارة إلى المرفأ القديم", false);
}

static bool icons_in_row(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_icon_row(words, count);
}

static bool rating(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_rating(words, count);
}

static bool facts(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_facts(words, count);
}

static bool player(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_player(words, count);
}

static bool pages(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_pages(words, count);
}

static bool timed(const struct lookup *lookup, const struct word *words, size_t count)
{
	(void)lookup;
	return counter_is_timed(words, count);
}

TEST(facts_players_pages_and_times)
{
	check(facts, "⏱ 15 د | 👩 سهل | (231)", true);
	check(facts, "⏱ عاد الركاب مع الفجر إلى بيوتهم | ★ 5", false);
	check(facts, "🕒 40 دقيقة 👥 6 أشخاص 🔖 2,188 حفظ", true);
	check(facts, "🕒 40 دقيقة، 👥 6 أشخاص", false);
	check(icons_in_row, "⏬ إلى الوصفة 🔖 احفظ", true);
	check(icons_in_row, "⏬ إلى الوصفة، ثم احفظ", false);
	check(rating, "جربت الوصفة؟ قيّمها ⭐⭐⭐⭐⭐ (12)", true);
	check(rating, "فندق خمس نجوم (12)", false);
	check(rating, "دورة في تصليح القوارب ⭐⭐⭐⭐⭐ (12)", false);
	check(player, "استمع للنشرة 🔊 0:00 / 12:47", true);
	check(player, "انتهت 3:1 / 2:0 المباراة", false);
	check(pages, "1 2 3 … 118", true);
	check(pages, "3 2 1", false);
	check(pages, "1 3 5", false);
	check(timed, "10:12 عودة العبّارة إلى المرفأ القديم", true);
	check(timed, "10:12 عادت العبّارة إلى المرفأ القديم.", false);
	assert_true(counter_is_file(span_from("ferry-2187654321.jpg")));
	assert_false(counter_is_file(span_from("the ferry.jpg")));
	assert_false(counter_is_file(span_from(".jpg")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(initials_are_single_letters),
		IT(agencies_close_a_story_with_places_names_and_letters),
		IT(names_in_two_scripts_and_names_with_a_day),
		IT(posts_are_signed_with_an_account_and_a_day),
		IT(pages_label_who_is_who),
		IT(reports_end_in_a_word_of_the_agency),
		IT(a_name_stands_beside_a_paper_or_a_place),
		IT(a_person_stands_in_front_of_a_place_a_job_or_another_person),
		IT(a_person_stands_behind_a_day),
		IT(a_picture_is_signed_by_a_person_and_an_agency),
		IT(a_desk_signs_in_brackets),
		IT(icons_and_numbers_count),
		IT(facts_players_pages_and_times),
	};

	return cmocka_run_group_tests(tests, NULL, unload);
}
