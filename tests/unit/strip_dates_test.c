/* SPDX-License-Identifier: MIT
 * strip_dates_test.c - dates as sites write them, in ISO 8601. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/dates.h"
#include "strip-boilerplate/data.inc"

static struct dates dates;
static struct reader reader;

static int load(void **unused)
{
	struct diag why;

	(void)unused;
	for (size_t i = 0; i < sizeof data_files / sizeof *data_files; i++)
		if (span_equal(data_files[i].name, SPAN("dates")))
			return dates_parse(&dates, &reader, data_files[i].text, &why) ? 0 : -1;
	return -1;
}

static int unload(void **unused)
{
	(void)unused;
	dates_release(&dates);
	reader_release(&reader);
	return 0;
}

static void look(const char *line, bool day_first, const char *iso)
{
	struct date_found found;

	reader_read(&reader, span_from(line));
	if (!dates_find(&dates, reader.words, reader.count, day_first, &found))
		fail_msg("no date in: %s", line);
	if (strcmp(found.iso, iso) != 0)
		fail_msg("%s: %s and not %s", line, found.iso, iso);
}

static void is(const char *line, const char *iso)
{
	look(line, false, iso);
}

static void has_none(const char *line)
{
	struct date_found found;

	reader_read(&reader, span_from(line));
	assert_false(dates_find(&dates, reader.words, reader.count, true, &found));
}

TEST(a_day_that_no_month_has_is_spelled_as_nothing)
{
	is("29 فبراير 2024", "2024-02-29");
	is("29 فبراير 2000", "2000-02-29");
	is("29 فبراير 2023", "");
	is("29 فبراير 1900", "");
	is("31 أبريل 2021", "");
	is("30 أبريل 2021", "2021-04-30");
}

TEST(arabic_months_of_four_systems)
{
	is("الأحد 14 مارس 2021", "2021-03-14");
	is("١٢ تموز ٢٠٢٤", "2024-07-12");
	is("3 كانون الثاني 2019", "2019-01-03");
	is("3 كانون الأول 2019", "2019-12-03");
	is("7 تشرين الثاني/نوفمبر 2022", "2022-11-07");
	is("15 جويلية 2020", "2020-07-15");
	is("15 غشت 2020", "2020-08-15");
	is("الجمعة، 20 من شهر شباط 2015", "2015-02-20");
}

TEST(months_of_other_languages)
{
	is("May 12, 2024", "2024-05-12");
	is("Sunday 12th of May, 2024", "2024-05-12");
	is("Sept. 3rd 2001", "2001-09-03");
	is("le 1er août 2019", "2019-08-01");
	is("12 de mayo de 2024", "2024-05-12");
	is("12. März 2024", "2024-03-12");
	is("12 Ağustos 2024", "2024-08-12");
	is("12 февраля 2024 г.", "2024-02-12");
	is("12 ژوئیهٔ 2024", "2024-07-12");
	is("29 فروری 2024", "2024-02-29");
}

TEST(numbers_say_which_is_the_day_or_nothing_does)
{
	is("2024-05-12", "2024-05-12");
	is("2024/5/2", "2024-05-02");
	is("25/12/2020", "2020-12-25");
	is("12/25/2020", "2020-12-25");
	is("5/5/2020", "2020-05-05");
	is("3.4.2021", "2021-04-03");
	is("3/4/2021", "");
	look("3/4/2021", true, "2021-04-03");
}

TEST(times_and_zones)
{
	is("Sun, 14 Mar 2021 09:32:05 +0200", "2021-03-14T09:32:05+02:00");
	is("2021-03-14T09:32:05.123Z", "2021-03-14T09:32:05Z");
	is("2021-03-14T09:32-05:30", "2021-03-14T09:32-05:30");
	is("الأحد 14 مارس 2021 - 09:32 ص", "2021-03-14T09:32");
	is("الأحد 14 مارس 2021 الساعة 9:32 مساء", "2021-03-14T21:32");
	is("14 mars 2021 à 21:05", "2021-03-14T21:05");
	is("12:05 AM May 3, 2020", "2020-05-03T00:05");
	is("22:08 - 25/12/2020", "2020-12-25T22:08");
	is("May 3, 2020 12:15 pm GMT", "2020-05-03T12:15Z");
	is("May 3, 2020 8:15 EST", "2020-05-03T08:15");
}

TEST(what_is_not_certain_is_not_said)
{
	is("12 مايو 1445", "");
	is("30 February 2020", "");
	is("12 listopada 2020 14 May 2021", "2021-05-14");
	has_none("12 رمضان 1445");
	has_none("12 listopada 2020");
	has_none("May 2020");
	has_none("12/13/14");
	has_none("13/14/2020");
	has_none("192.168.100.2020");
	has_none("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_day_that_no_month_has_is_spelled_as_nothing),
		IT(arabic_months_of_four_systems),
		IT(months_of_other_languages),
		IT(numbers_say_which_is_the_day_or_nothing_does),
		IT(times_and_zones),
		IT(what_is_not_certain_is_not_said),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
