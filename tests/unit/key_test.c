/* SPDX-License-Identifier: MIT
 * key_test.c - what counts as the same, and that a key is its own key. */
#include "tests/unit/ucd_lines.h"

#include "common/key.h"
#include "common/nfc.h"
#include "common/unicode.h"

static void check_key(const char *text, enum key kind, const char *expected)
{
	struct buf key = BUF_INIT;

	key_add(&key, span_from(text), kind);
	check_buf(&key, expected);
	buf_release(&key);
}

TEST(exact_is_the_bytes)
{
	check_key("A\u0301 \u0640\u064E", KEY_EXACT, "A\u0301 \u0640\u064E");
	check_key("", KEY_FOLD, "");
}

TEST(white_space_counts_once_and_not_at_the_ends)
{
	check_key("  قال\t\u00A0 الوزير  اليوم\n", KEY_WS, "قال الوزير اليوم");
	check_key("A  a", KEY_WS, "A a");
	check_key(" \u3000 ", KEY_WS, "");
}

TEST(case_is_folded_in_full)
{
	check_key("The QUICK", KEY_CASE, "the quick");
	check_key("Straße", KEY_CASE, "strasse");
	check_key("ΟΔΥΣΣΕΥΣ Οδυσσεύς", KEY_CASE, "οδυσσευσ οδυσσεύσ");
	check_key("МОСКВА", KEY_CASE, "москва");
	check_key("İ", KEY_CASE, "i\u0307");
	check_key("ﬃ", KEY_CASE, "ffi");
}

TEST(composed_and_decomposed_are_the_same)
{
	check_key("Cafe\u0301", KEY_CASE, "café");
	check_key("H\u0331", KEY_CASE, "\u1E96"); /* composes only when folded */
	check_key("\u0627\u0653\u0644", KEY_CASE, "\u0622\u0644");
}

TEST(arabic_decoration_counts_in_case_but_not_in_fold)
{
	check_key("مُحَمَّدٌ", KEY_CASE, "مُحَمَّدٌ");
	check_key("مُحَمَّدٌ", KEY_FOLD, "محمد");
	check_key("العـــراق", KEY_FOLD, "العراق");
	check_key("هٰذا", KEY_FOLD, "هذا");
	check_key("إلى أحد آخر شيء", KEY_FOLD, "إلى أحد آخر شيء"); /* hamza and madda are spelling */
	check_key("\u0627\u0640\u0653", KEY_FOLD, "\u0622"); /* the tatweel kept them apart */
	check_key("الـBBC", KEY_FOLD, "الbbc");
}

TEST(a_key_goes_behind_what_is_there)
{
	struct buf key = BUF_INIT;

	buf_add(&key, SPAN("e")); /* must not combine with the key */
	key_add(&key, SPAN("\u0301X"), KEY_FOLD);
	check_buf(&key, "e\u0301x");
	buf_release(&key);
}

/* utf8proc's folding and the table agree with Unicode's file. */
TEST(every_folding_is_the_one_of_casefolding_txt)
{
	struct ucd_lines lines = ucd_open("CaseFolding.txt");
	struct buf text = BUF_INIT, folded = BUF_INIT, expected = BUF_INIT, got = BUF_INIT;

	while (ucd_next(&lines)) {
		const char *rest;

		buf_clear(&text);
		buf_clear(&folded);
		buf_clear(&expected);
		buf_clear(&got);
		rest = ucd_runes(&text, lines.line);
		if (rest[2] != 'C' && rest[2] != 'F')
			continue;
		ucd_runes(&folded, rest + 4);
		nfc_add(&expected, buf_span(&folded));
		assert_true(unicode_has(utf8_first(buf_span(&text)).value, UNICODE_FOLDS));
		key_add(&got, buf_span(&text), KEY_CASE);
		check_buf(&got, buf_string(&expected));
	}
	ucd_close(&lines);
	buf_release(&text);
	buf_release(&folded);
	buf_release(&expected);
	buf_release(&got);
}

static void check_own_key(struct span text, enum key kind)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;

	key_add(&once, text, kind);
	key_add(&twice, buf_span(&once), kind);
	check_buf(&twice, buf_string(&once));
	buf_clear(&twice);
	nfc_add(&twice, buf_span(&once));
	check_buf(&twice, buf_string(&once));
	buf_release(&once);
	buf_release(&twice);
}

TEST(every_character_behind_every_sort_of_letter_has_a_key_of_its_own)
{
	static const char *const before[] = { "", "a", "\u03B1\u0345", "\u0627", "\u1E0B" };
	struct buf text = BUF_INIT;

	for (int32_t cp = 1; cp <= 0x10FFFF; cp++) {
		if (cp == 0xD800)
			cp = 0xE000;
		if (unicode_category(cp) == GC_OTHER)
			continue;
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
			buf_clear(&text);
			buf_add(&text, span_from(before[i]));
			utf8_add(&text, cp);
			check_own_key(buf_span(&text), KEY_FOLD);
		}
	}
	buf_release(&text);
}

TEST(random_text_has_a_key_of_its_own)
{
	static const int32_t some[] = { 'H', 'h', 'I', 'i', 0x130, 0x131, 0x307, 0x331, 0x301, 0x345, 0x3B1,
		0x391, 0x1FB3, 0x1FBC, 0x1F80, 0x390, 0x1F0, 0x149, 0xDF, 0x1E9E, 0x622, 0x627, 0x653,
		0x654, 0x655, 0x640, 0x64B, 0x652, 0x670, 0x66E, 0x327, 0x315, 0x13A0, 0xAB70, 0x10D0,
		0x1C90, 0x212B, 0x2126, 0xFB00, 0x587, 0x3C2, 0x3A3, 0x200D, 0x958, 0xAC00, 0x1161,
		0x11A8 };
	struct buf text = BUF_INIT;
	uint32_t seed = 6;

	for (int round = 0; round < 100000; round++) {
		buf_clear(&text);
		for (uint32_t len = 1 + check_random(&seed) % 7; len; len--)
			utf8_add(&text, some[check_random(&seed) % (sizeof(some) / sizeof(some[0]))]);
		check_own_key(buf_span(&text), KEY_CASE);
		check_own_key(buf_span(&text), KEY_FOLD);
	}
	buf_release(&text);
}

static void check_quick(struct span text, enum key kind)
{
	struct buf key = BUF_INIT;

	key_add(&key, text, kind);
	if (key_is_text(text, kind)) {
		assert_int_equal(key.len, text.len);
		assert_memory_equal(buf_span(&key).at, text.at, text.len);
	}
	buf_release(&key);
}

TEST(what_a_quick_walk_says_is_its_own_key_is)
{
	static const int32_t some[] = { ' ', ' ', 'a', 'A', 0x627, 0x644, 0x640, 0x64E, 0x653, 0xA0, 0xAB,
		0x3000, 0x3001, 0x2003, 0x200F, 0x1680, 0x85, '\t', 0xE9, 0x301, 0xDF, 0x1100, 0x1161 };
	struct buf text = BUF_INIT;
	uint32_t seed = 8;

	for (int round = 0; round < 100000; round++) {
		buf_clear(&text);
		for (uint32_t len = check_random(&seed) % 6; len; len--)
			utf8_add(&text, some[check_random(&seed) % (sizeof(some) / sizeof(some[0]))]);
		for (int kind = KEY_WS; kind <= KEY_FOLD; kind++)
			check_quick(buf_span(&text), (enum key)kind);
	}
	for (int32_t cp = 1; cp <= 0x10FFFF; cp++) {
		buf_clear(&text);
		buf_add(&text, SPAN("ا"));
		if (cp < 0xD800 || cp > 0xDFFF)
			utf8_add(&text, cp);
		for (int kind = KEY_WS; kind <= KEY_FOLD; kind++)
			check_quick(buf_span(&text), (enum key)kind);
	}
	buf_release(&text);
}

TEST(a_quick_walk_knows_most_text)
{
	const char *text = "قال الوزير، اليوم: «نعم» — the rest is lower case";

	for (int kind = KEY_EXACT; kind <= KEY_FOLD; kind++)
		assert_true(key_is_text(span_from(text), (enum key)kind));
	assert_false(key_is_text(SPAN("قَال"), KEY_FOLD));
	assert_false(key_is_text(SPAN("a  b"), KEY_WS));
	assert_false(key_is_text(SPAN("a b "), KEY_WS));
	assert_false(key_is_text(SPAN("abc"), KEY_SEARCH));
}

/* Text that is canonically the same has the same key. */
TEST(equivalent_text_has_one_key)
{
	struct ucd_lines lines = ucd_open("NormalizationTest.txt.bz2");
	struct buf source = BUF_INIT, other = BUF_INIT, one = BUF_INIT, two = BUF_INIT;

	while (ucd_next(&lines)) {
		const char *rest;

		if (lines.line[0] == '@')
			continue;
		buf_clear(&source);
		rest = ucd_runes(&source, lines.line);
		for (int i = 0; i < 2; i++) {
			buf_clear(&other);
			buf_clear(&one);
			buf_clear(&two);
			rest = ucd_runes(&other, rest + 1);
			key_add(&one, buf_span(&source), KEY_FOLD);
			key_add(&two, buf_span(&other), KEY_FOLD);
			check_buf(&one, buf_string(&two));
		}
	}
	ucd_close(&lines);
	buf_release(&source);
	buf_release(&other);
	buf_release(&one);
	buf_release(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(exact_is_the_bytes),
		IT(white_space_counts_once_and_not_at_the_ends),
		IT(case_is_folded_in_full),
		IT(composed_and_decomposed_are_the_same),
		IT(arabic_decoration_counts_in_case_but_not_in_fold),
		IT(a_key_goes_behind_what_is_there),
		IT(every_folding_is_the_one_of_casefolding_txt),
		IT(every_character_behind_every_sort_of_letter_has_a_key_of_its_own),
		IT(random_text_has_a_key_of_its_own),
		IT(what_a_quick_walk_says_is_its_own_key_is),
		IT(a_quick_walk_knows_most_text),
		IT(equivalent_text_has_one_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
