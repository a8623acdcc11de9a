/* SPDX-License-Identifier: MIT
 * lang_test.c - the value of --lang: what is a tag, and which language holds for a document. */
#include "common/lang.h"
#include "tests/unit/check.h"

static void check_lang(const char *lang, const struct doc_member *member, const char *expected)
{
	struct doc_info doc = { .members = member };
	char primary[LANG_MAX];

	lang_of(primary, lang, &doc, 0);
	assert_string_equal(primary, expected);
}

static void check_member(const char *says, const char *expected)
{
	struct doc_member member = { .is_text = true, .text = span_from(says) };

	check_lang("@language", &member, expected);
}

TEST(a_tag_counts_by_its_primary_subtag_in_small_letters)
{
	check_lang("ar", NULL, "ar");
	check_lang("ar-EG", NULL, "ar");
	check_lang("zh-Hant-TW", NULL, "zh");
	check_lang("pt_BR", NULL, "pt");
	check_lang("CKB", NULL, "ckb");
	check_lang("auto", NULL, "auto");
}

TEST(a_member_says_the_language_as_the_option_would)
{
	check_member("de-AT", "de");
	check_member("FR", "fr");
	check_member("auto", "auto");
}

TEST(a_member_that_is_no_tag_is_auto)
{
	check_member("", "auto");
	check_member("d", "auto");
	check_member("-", "auto");
	check_member("de-", "auto");
	check_member("de--AT", "auto");
	check_member("unknown language", "auto");
	check_member("عربي", "auto");
	check_member("4r", "auto");
	check_member("abcdefgh", "abcdefgh");
	check_member("abcdefghi", "auto");
	check_member("de-123456789", "auto");
}

TEST(a_member_that_is_missing_or_no_text_is_auto)
{
	struct doc_member nothing = { .is_text = false, .text = { "de", 2 } };

	check_lang("@language", &nothing, "auto");
	check_lang("@language", NULL, "auto");
}

TEST(a_name_behind_at_is_a_member_that_is_asked_for)
{
	struct span names[DOC_MEMBERS] = { SPAN("first") };

	assert_int_equal(lang_members("@l a", names, 1), 2);
	assert_true(span_equal(names[1], SPAN("l a")));
	assert_int_equal(lang_members("auto", names, 1), 1);
}

TEST(a_member_without_records_is_refused)
{
	struct diag why;

	assert_false(lang_check("@l", FRAMING_TEXT, &why));
	assert_string_equal(why.text, "--lang=@l: only records have members; it needs --jsonl");
	assert_false(lang_check("@l", FRAMING_ZERO, &why));
	assert_true(lang_check("@l", FRAMING_JSONL, &why));
	assert_false(lang_check("@", FRAMING_JSONL, &why));
	assert_true(lang_check("en", FRAMING_TEXT, &why));
	assert_false(lang_check("", FRAMING_TEXT, &why));
	assert_false(lang_check("en/us", FRAMING_JSONL, &why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_tag_counts_by_its_primary_subtag_in_small_letters),
		IT(a_member_says_the_language_as_the_option_would),
		IT(a_member_that_is_no_tag_is_auto),
		IT(a_member_that_is_missing_or_no_text_is_auto),
		IT(a_name_behind_at_is_a_member_that_is_asked_for),
		IT(a_member_without_records_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
