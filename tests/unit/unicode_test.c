/* SPDX-License-Identifier: MIT
 * unicode_test.c - the tables against utf8proc, which has its own reading of the same Unicode version, and
 * against what everybody knows. */
#include "tests/unit/check.h"

#include <string.h>
#include <utf8proc.h>

#include "common/unicode.h"

enum { LAST = 0x10FFFF };

static enum gc gc_of_utf8proc(int32_t cp)
{
	const char *name = utf8proc_category_string(cp);

	if (strcmp(name, "Cc") == 0)
		return GC_CONTROL;
	if (strcmp(name, "Cf") == 0)
		return GC_FORMAT;
	switch (name[0]) {
	case 'L':
		return GC_LETTER;
	case 'M':
		return GC_MARK;
	case 'N':
		return GC_NUMBER;
	case 'P':
		return GC_PUNCTUATION;
	case 'S':
		return GC_SYMBOL;
	case 'Z':
		return GC_SPACE;
	default:
		return GC_OTHER;
	}
}

TEST(agrees_with_utf8proc_on_every_code_point)
{
	assert_string_equal(utf8proc_unicode_version(), "15.0.0");
	for (int32_t cp = 0; cp <= LAST; cp++) {
		const utf8proc_property_t *theirs = utf8proc_get_property(cp);

		assert_int_equal(unicode_category(cp), gc_of_utf8proc(cp));
		assert_int_equal(unicode_combining_class(cp), theirs->combining_class);
		assert_int_equal(unicode_has(cp, UNICODE_FOLDS), theirs->casefold_seqindex != UINT16_MAX);
	}
}

static bool changes(int32_t cp, utf8proc_option_t how)
{
	int32_t parts[32];
	utf8proc_ssize_t count = utf8proc_decompose_char(cp, parts, 32, UTF8PROC_DECOMPOSE | how, NULL);

	return count != 1 || parts[0] != cp;
}

TEST(what_a_form_never_holds_is_what_decomposes)
{
	for (int32_t cp = 0; cp <= LAST; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		assert_int_equal(unicode_has(cp, UNICODE_NFD_NO), changes(cp, 0));
		assert_int_equal(unicode_has(cp, UNICODE_NFKD_NO), changes(cp, UTF8PROC_COMPAT));
		if (unicode_has(cp, UNICODE_NFC_NO))
			assert_true(unicode_has(cp, UNICODE_NFKC_NO));
	}
}

/* What begins a segment is a starter whose decomposition begins with one that never composes backwards. */
TEST(segments_start_where_decompositions_allow)
{
	for (int32_t cp = 0; cp <= LAST; cp++) {
		int32_t parts[4];

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		assert_in_range(utf8proc_decompose_char(cp, parts, 4, UTF8PROC_DECOMPOSE, NULL), 1, 4);
		assert_int_equal(unicode_starts_nfc_segment(cp),
			unicode_combining_class(cp) == 0 && unicode_combining_class(parts[0]) == 0 &&
				!unicode_has(parts[0], UNICODE_NFC_NO | UNICODE_NFC_MAYBE));
	}
}

TEST(known_characters_have_their_properties)
{
	assert_int_equal(unicode_script('a'), SCRIPT_LATIN);
	assert_int_equal(unicode_script(0x0628), SCRIPT_ARABIC);
	assert_int_equal(unicode_script(0x064B), SCRIPT_INHERITED);
	assert_int_equal(unicode_script(0x060C), SCRIPT_COMMON);
	assert_int_equal(unicode_script(0x4EAC), SCRIPT_HAN);
	assert_int_equal(unicode_script(0x10D0), SCRIPT_OTHER);
	assert_int_equal(unicode_word_break(0x0640), WB_ALETTER);
	assert_int_equal(unicode_word_break(0x066B), WB_NUMERIC);
	assert_int_equal(unicode_word_break(0x05F4), WB_MIDLETTER);
	assert_int_equal(unicode_sentence_break(0x061F), SB_STERM);
	assert_int_equal(unicode_sentence_break(0x00AB), SB_CLOSE);
	assert_int_equal(unicode_sentence_break('.'), SB_ATERM);
	assert_true(unicode_is_extended_pictographic(0x1F600));
	assert_true(unicode_has(0x1F600, UNICODE_EMOJI_PRESENTATION));
	assert_false(unicode_has(0x2600, UNICODE_EMOJI_PRESENTATION));
	assert_true(unicode_has(0x2600, UNICODE_EMOJI) && unicode_has('#', UNICODE_EMOJI));
	assert_false(unicode_has('a', UNICODE_EMOJI) || unicode_has(0x200D, UNICODE_EMOJI));
	assert_true(unicode_has(0x1F3FD, UNICODE_EMOJI_MODIFIER));
	assert_false(unicode_has(0x1F3FA, UNICODE_EMOJI_MODIFIER));
	assert_true(unicode_has(0x261D, UNICODE_EMOJI_MODIFIER_BASE));
	assert_false(unicode_has(0x1F600, UNICODE_EMOJI_MODIFIER_BASE));
	assert_true(unicode_has(0xFD3F, UNICODE_OPENING) && unicode_has(0x300D, UNICODE_CLOSING));
	assert_true(unicode_has(0x00AB, UNICODE_QUOTE) && unicode_has(0x2019, UNICODE_QUOTE));
	assert_true(unicode_has(0x2014, UNICODE_DASH));
	assert_false(unicode_has('"', UNICODE_QUOTE | UNICODE_OPENING | UNICODE_CLOSING | UNICODE_DASH));
	assert_true(unicode_is_ideographic(0x9FFF));
	assert_true(unicode_is_white_space(0x2028));
	assert_false(unicode_is_white_space(0x200B));
	assert_true(unicode_is_default_ignorable(0x200E));
	assert_true(unicode_is_lowercase(0x0449));
	assert_true(unicode_is_uppercase(0x0429));
	assert_false(unicode_is_uppercase(0x0628));
}

TEST(what_is_no_code_point_is_like_an_unassigned_one)
{
	static const int32_t none[] = { -1, INT32_MIN, INT32_MAX, LAST + 1 };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_ptr_equal(unicode_of(none[i]), unicode_of(LAST));
	assert_int_equal(unicode_category(LAST), GC_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(agrees_with_utf8proc_on_every_code_point),
		IT(what_a_form_never_holds_is_what_decomposes),
		IT(segments_start_where_decompositions_allow),
		IT(known_characters_have_their_properties),
		IT(what_is_no_code_point_is_like_an_unassigned_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
