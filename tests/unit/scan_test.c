/* SPDX-License-Identifier: MIT
 * scan_test.c - where the scan over calm text stops, and that the way around it does not show. */
#include <string.h>

#include "tests/unit/check.h"

#include "common/utf8.h"
#include "filters/normalize/normalize.h"
#include "filters/normalize/scan.h"
#include "tests/unit/drive.h"

static struct scanned scan(enum preset preset, const char *text)
{
	struct rule_choices choices = { .preset = (int)preset, .digits = -1 };
	struct rules rules;
	struct scanned scanned;

	assert_true(rules_init(&rules, &choices, false, &(struct diag){ "" }));
	scanned = scan_calm(&rules, span_from(text), CPU_SCALAR);
	rules_release(&rules);
	return scanned;
}

static void check_stops(const char *before, const char *calm, const char *behind)
{
	struct buf text = BUF_INIT;
	struct scanned scanned;

	buf_addf(&text, "%s%s%s", before, calm, behind);
	scanned = scan(PRESET_CLEAN, buf_string(&text));
	assert_int_equal(scanned.calm, strlen(before));
	assert_int_equal(scanned.stop, strlen(before) + strlen(calm));
	buf_release(&text);
}

TEST(news_is_calm)
{
	static const char *const lines[] = {
		"أعلنت الوزارة اليوم أنها ستبدأ «الأشغال»؛ بكلفة ٣٫٥ مليون…\nقال: نعم؟\n\nثم",
		"L’été, 3,50 €… œuvre\nPříliš žluťoučký kůň", "部长表示，“工程”。新闻", "खबर की बात",
		"Ёлка й", "👩🏽 🇹🇳 ❤️ x"
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(scan(PRESET_CLEAN, lines[i]).stop, strlen(lines[i]));
}

TEST(the_scan_stops_in_front_of_what_has_to_be_looked_at)
{
	check_stops("قا", "ل", "\u0640ت");
	check_stops("قا", "ل ", " ثم");
	check_stops("قا", "ل ", "\nثم");
	check_stops("قال", "\n", " ثم");
	check_stops("R", "D", "&amp;");
	check_stops("caf", "e", "\u0301");
	check_stops("كت", "ب\u064E", "\u0651");
	check_stops("x", "y ", "\u00A0");
	check_stops("x", "y", "\r\n");
	check_stops("x", "y", "\u200B");
}

/* Whether a character is seen in a calm stretch or one by one must not matter: every cut of a text that has
 * something of each step. */
TEST(every_cut_gives_the_same_text)
{
	static const char text[] =
		"\uFEFFمـحـمد  قال&nbsp;&laquo;نعم\u200B \u00AB\u064E\u0651ب\u0651\u064E ـ &amp;l\u00ADt; e\u0301\u0323\r"
		"\nمی\u200Cرود\u200C، 👩\u200D👧 \x1B[1mx\x1B[0m \uFDFA\xC2\x85 &am&#112;; a \t\u2028 \u0130ـ1ـ2 ـ\u0654ب\n";
	struct driven whole = drive(
		&normalize, NULL, FRAMING_TEXT, span_of(text, sizeof(text) - 1), (struct cutting){ 0, 0 });

	for (unsigned seed = 0; seed < 300; seed++) {
		struct cutting cutting = { 1 + seed % 17, seed };
		struct driven cut =
			drive(&normalize, NULL, FRAMING_TEXT, span_of(text, sizeof(text) - 1), cutting);

		assert_string_equal(buf_string(&cut.text), buf_string(&whole.text));
		driven_release(&cut);
	}
	driven_release(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(news_is_calm),
		IT(the_scan_stops_in_front_of_what_has_to_be_looked_at),
		IT(every_cut_gives_the_same_text),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
