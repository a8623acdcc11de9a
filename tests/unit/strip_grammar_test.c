/* SPDX-License-Identifier: MIT
 * strip_grammar_test.c - stamps, counters, bylines and datelines, with the lexicons that are compiled in. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/bylines.h"
#include "filters/strip-boilerplate/datelines.h"
#include "filters/strip-boilerplate/compiled.h"
#include "filters/strip-boilerplate/stamps.h"
#include "filters/strip-boilerplate/widgets.h"

static struct phrases phrases;
static struct reader reader;

static int load(void **unused)
{
	(void)unused;
	phrases = compiled_phrases;
	return 0;
}

static int unload(void **unused)
{
	(void)unused;
	reader_release(&reader);
	return 0;
}

static void stamp_is(const char *line, enum stamp wanted)
{
	reader_read(&reader, span_from(line));
	if (stamp_of(&phrases, reader.words, reader.count) != wanted)
		fail_msg("'%s' is not %d", line, (int)wanted);
}

TEST(machine_stamps_are_dates)
{
	stamp_is("Sun, 12 May 2024 22:08:10 +0300", STAMP_SURE);
	stamp_is("Tue, 5 Mar 2024 06:00:00 GMT", STAMP_SURE);
	stamp_is("2024-05-12T22:08:10+03:00", STAMP_SURE);
	stamp_is("2024-05-12T22:08:10.123Z", STAMP_SURE);
	stamp_is("20240512T220810Z", STAMP_NONE); /* eight digits may be any number */
	stamp_is("2024-05-12T220810", STAMP_SURE);
	stamp_is("12/05/2024", STAMP_DATE);
	stamp_is("١٢/٥/٢٠٢٤", STAMP_DATE);
	stamp_is("2024.5.12 - 18:30", STAMP_SURE);
}

TEST(arabic_dates_are_known_in_every_system_of_months)
{
	stamp_is("12 مايو 2024", STAMP_DATE);
	stamp_is("الأحد ١٢ أيار ٢٠٢٤", STAMP_DATE);
	stamp_is("12 كانون الثاني/يناير 2024", STAMP_DATE);
	stamp_is("12 جانفي 2024", STAMP_DATE);
	stamp_is("الخميس 3 غشت 2023 - 11:20", STAMP_SURE);
	stamp_is("الأحد 4 ذو القعدة 1445 هـ - 12 مايو 2024 م", STAMP_DATE);
	stamp_is("الأحد، 12 مايو 2024 06:15 م بتوقيت القاهرة", STAMP_SURE);
}

TEST(an_issue_has_a_number_and_days_in_two_calendars)
{
	stamp_is("الثلاثاء 9 من شوال 1445 هــ 16 أبريل 2024 السنة 120 العدد 40217", STAMP_DATE);
	stamp_is("العدد 12806 الثلاثاء 16 أبريل 2024 الموافق 7 شوال 1445", STAMP_DATE);
	stamp_is("العدد 12806 من المجلة عاد إلى الأكشاك", STAMP_NONE);
	stamp_is("12806 الثلاثاء 16 أبريل 2024", STAMP_NONE);
}

TEST(a_label_or_a_span_of_time_makes_a_stamp_sure)
{
	stamp_is("آخر تحديث: 12 مايو 2024 - 18:30", STAMP_SURE);
	stamp_is("نُشر في : ١٢ مايو ٢٠٢٤", STAMP_SURE);
	stamp_is("منذ ٣ ساعات", STAMP_SURE);
	stamp_is("قبل ساعتين", STAMP_SURE);
	stamp_is("3 hours ago", STAMP_SURE);
	stamp_is("Published on May 12, 2024 at 6:30 pm", STAMP_SURE);
	stamp_is("Publié le 12 mai 2024 à 18:30", STAMP_SURE);
	stamp_is("Il y a 3 heures", STAMP_SURE);
}

TEST(a_dot_may_stand_in_the_time_behind_a_day)
{
	stamp_is("12.03.2024, 18.05 Uhr", STAMP_SURE);
	stamp_is("Tue 12 Mar 2024 06.00 GMT", STAMP_SURE);
	stamp_is("18.05", STAMP_NONE);
}

TEST(a_counter_may_stand_behind_a_day)
{
	stamp_is("12 марта 2024, 18:05 Просмотров: 731", STAMP_SURE);
	stamp_is("12 марта 2024 просмотров было 731", STAMP_NONE);
}

TEST(what_only_holds_a_date_is_no_stamp)
{
	stamp_is("وقع الحادث يوم 12 مايو 2024", STAMP_NONE);
	stamp_is("ثورة 25 يناير", STAMP_NONE);
	stamp_is("2024", STAMP_NONE);
	stamp_is("3 - 1", STAMP_NONE);
	stamp_is("رمضان", STAMP_NONE);
	stamp_is("May and June", STAMP_NONE);
	stamp_is("99/99/2024", STAMP_NONE);
	stamp_is("", STAMP_NONE);
}

static void counter_is(const char *line, bool wanted)
{
	reader_read(&reader, span_from(line));
	if (widget_is_counter(&phrases, reader.words, reader.count) != wanted)
		fail_msg("'%s'", line);
}

TEST(counters_are_numbers_and_what_they_count)
{
	counter_is("١٢ تعليقا", true);
	counter_is("عدد المشاهدات: 1,204", true);
	counter_is("1.3K", true);
	counter_is("1.3K2.1K940", true);
	counter_is("12 comments 3 shares", true);
	counter_is("Views : 120", true);
	counter_is("2024", false);
	counter_is("مشاهدات", false);
	counter_is("12 مصابا", false);
	counter_is("سجل 12 مشاركة دولية", false);
	counter_is("5 K", false);
	counter_is("$756M", false);
	counter_is("~6M", false);
	counter_is("€1.2K", false);
	counter_is("84% views", false);
}

static const struct byline_place head = { false, true, false, false };
static const struct byline_place stamped = { false, true, true, true };
static const struct byline_place opening = { true, true, false, true };
static const struct byline_place body = { false, false, false, true };

static void byline(const char *line, struct byline_place place, bool wanted)
{
	reader_read(&reader, span_from(line));
	if (byline_is(&phrases, reader.words, reader.count, place) != wanted)
		fail_msg("'%s'", line);
}

TEST(bylines_of_the_head_hold_a_listed_name)
{
	byline("العربية.نت - وكالات", head, true);
	byline("بروكسل – رويترز", head, true);
	byline("برلين - د ب أ", head, true);
	byline("فرانس24/ أ ف ب", head, true);
	byline("بيروت ـ سامر حداد", head, true);
	byline("كتبت هدى منصور", head, true);
	byline("القاهرة- (أ.ش.أ)", head, true);
	byline("الرياض 12 شعبان 1445 هـ واس", head, true);
	byline("Paris - Jane Roe", head, true);
	byline("سامر حداد - هدى منصور", head, false);
	byline("مصر: حداد وطني", head, false);
	byline("بيروت", head, false);
	byline("بيروت - سامر حداد", body, false);
	byline("بيروت - سامر حداد", opening, false);
	byline("رويترز: توقف العبّارة في بيروت ثلاثة أيام متتالية", head, false);
}

TEST(behind_a_stamp_a_place_or_a_name_alone_will_do)
{
	byline("بيروت", stamped, true);
	byline("سامر حداد", stamped, true);
	byline("مجلة المرسى - سامر حداد", stamped, true);
	byline("ماذا جرى؟", stamped, false);
	byline("بداية", stamped, false);
}

static void labelled(const char *line, bool wanted)
{
	reader_read(&reader, span_from(line));
	if (byline_labelled(&phrases, reader.words, reader.count) != wanted)
		fail_msg("'%s'", line);
}

TEST(a_label_in_front_of_a_name_is_a_byline)
{
	labelled("إعداد: سامر حداد", true);
	labelled("كتب - سامر حداد", true);
	labelled("By Jane Roe and John Doe", true);
	labelled("Par: Anne Petit", true);
	labelled("(إعداد سامر حداد للنشرة العربية - تحرير هدى منصور)", true);
	labelled("By the river", false);
	labelled("كتب سامر حداد رسالة إلى أمه.", false);
	labelled("تحرير المدينة", false);
}

/* What remains of a line when its dateline goes. */
static void opens(const char *line, const char *rest)
{
	const struct dateline_known known = { &(struct title){ 0 }, SPAN(""), true };
	size_t start;

	reader_read(&reader, span_from(line));
	start = dateline_end(&phrases, known, span_from(line), reader.words, reader.count);
	assert_string_equal(line + start, rest);
}

TEST(the_dateline_goes_and_its_sentence_stays)
{
	opens("القاهرة (رويترز) - قالت الوزارة", "قالت الوزارة");
	opens("بيروت – أ ف ب: أعلن الجيش", "أعلن الجيش");
	opens("القاهرة 12 مايو (رويترز) - \"نحن هنا\"", "\"نحن هنا\"");
	opens("«رويترز»: توقف العمل", "توقف العمل");
	opens("عمان - بترا - افتتح المعرض", "افتتح المعرض");
	opens("PARIS (Reuters) - The bridge", "The bridge");
	opens("ROTTERDAM (Reuters) - The bridge", "The bridge");
	opens("جبل الزيتون (رويترز) - قال شهود", "قال شهود");
}

TEST(a_dateline_may_hold_a_day_or_an_outlet_that_nobody_listed)
{
	opens("Villa Clara, 19 oct (EFE).- El equipo ganó", "El equipo ganó");
	opens("وادي الزهور 11-5-2019 (سونا) - وقف الوالي", "وقف الوالي");
	opens("حلب-سانا على جدار قديم", "على جدار قديم");
	opens("پشاور (اے پی پی) صوبائی حکومت نے", "صوبائی حکومت نے");
	opens("بيروت – «المرسى»: لم تنعقد الجلسة", "لم تنعقد الجلسة");
	opens("إدلب - وكالة أنباء السهل: عادت المعاصر", "عادت المعاصر");
	opens("سانا (دمشق) – عاد القطار", "عاد القطار");
	opens("تهران - ایرنا - رئیس سازمان گفت", "رئیس سازمان گفت");
}

TEST(a_sentence_that_names_an_agency_is_left_alone)
{
	opens("بيروت - الوزير: لم تنعقد الجلسة", "بيروت - الوزير: لم تنعقد الجلسة");
	opens("قالت حلب-سانا إن", "قالت حلب-سانا إن");
	opens("Lunch on 19 October (Smith).- The", "Lunch on 19 October (Smith).- The");
	opens("قالت رويترز إن العمل توقف", "قالت رويترز إن العمل توقف");
	opens("رويترز والوكالات الأخرى نقلت الخبر", "رويترز والوكالات الأخرى نقلت الخبر");
	opens("نقلت الوكالة (رويترز) الخبر - وقالت", "نقلت الوكالة (رويترز) الخبر - وقالت");
	opens("قال مسؤول كبير في الوزارة (رويترز) - إن", "قال مسؤول كبير في الوزارة (رويترز) - إن");
	opens("ROTTERDAM (Smith) - The bridge", "ROTTERDAM (Smith) - The bridge");
	opens("الكويت (كونا)", "الكويت (كونا)");
	opens("", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(machine_stamps_are_dates),
		IT(arabic_dates_are_known_in_every_system_of_months),
		IT(an_issue_has_a_number_and_days_in_two_calendars),
		IT(a_label_or_a_span_of_time_makes_a_stamp_sure),
		IT(a_dot_may_stand_in_the_time_behind_a_day),
		IT(a_counter_may_stand_behind_a_day),
		IT(what_only_holds_a_date_is_no_stamp),
		IT(counters_are_numbers_and_what_they_count),
		IT(bylines_of_the_head_hold_a_listed_name),
		IT(behind_a_stamp_a_place_or_a_name_alone_will_do),
		IT(a_label_in_front_of_a_name_is_a_byline),
		IT(the_dateline_goes_and_its_sentence_stays),
		IT(a_dateline_may_hold_a_day_or_an_outlet_that_nobody_listed),
		IT(a_sentence_that_names_an_agency_is_left_alone),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
