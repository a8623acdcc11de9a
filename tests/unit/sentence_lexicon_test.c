/* SPDX-License-Identifier: MIT
 * sentence_lexicon_test.c - lists of abbreviations: reading them, looking words up. */
#include "filters/split-sentences/lexicon.h"
#include "tests/unit/check.h"

#include <stdio.h>

static unsigned look_up(const struct lexicon *lexicon, const char *word)
{
	struct word_key key;

	word_key_make(&key, span_from(word));
	return lexicon_find(lexicon, &key);
}

static struct lexicon lexicon_of(const char *text)
{
	struct lexicon lexicon = { 0 };
	struct diag why;

	assert_true(lexicon_read(&lexicon, "list", span_from(text), &why));
	return lexicon;
}

TEST(a_line_is_a_class_and_its_words)
{
	struct lexicon lexicon =
		lexicon_of("# a comment\n\ntitle Dr Prof. # more\nunit km\nunit Dr\nMme\n");

	assert_int_equal(look_up(&lexicon, "Dr"), CLASS_TITLE | CLASS_UNIT);
	assert_int_equal(look_up(&lexicon, "Prof"), CLASS_TITLE);
	assert_int_equal(look_up(&lexicon, "Mme"), CLASS_TITLE);
	assert_int_equal(look_up(&lexicon, "km"), CLASS_UNIT);
	assert_int_equal(look_up(&lexicon, "more"), 0);
	lexicon_release(&lexicon);
}

TEST(small_letters_do_not_meet_an_entry_with_a_capital)
{
	struct lexicon lexicon = lexicon_of("title No\nabbr vol\n");

	assert_int_equal(look_up(&lexicon, "no"), 0);
	assert_int_equal(look_up(&lexicon, "NO"), CLASS_TITLE);
	assert_int_equal(look_up(&lexicon, "Vol"), CLASS_ABBR);
	lexicon_release(&lexicon);
}

TEST(proclitics_are_taken_off_arabic_words)
{
	struct lexicon lexicon = lexicon_of("title د\nletter بي\nword فم\n");

	assert_int_equal(look_up(&lexicon, "ود"), CLASS_TITLE);
	assert_int_equal(look_up(&lexicon, "لد"), CLASS_TITLE);
	assert_int_equal(look_up(&lexicon, "البي"), CLASS_LETTER);
	assert_int_equal(look_up(&lexicon, "والبي"), CLASS_LETTER);
	assert_int_equal(look_up(&lexicon, "والد"), 0);
	assert_int_equal(look_up(&lexicon, "فم"), CLASS_WORD);
	assert_int_equal(look_up(&lexicon, "سد"), 0);
	lexicon_release(&lexicon);
}

TEST(marks_tatweel_and_forms_of_alef_do_not_count)
{
	struct lexicon lexicon = lexicon_of("letter إس\nunit هـ\n");

	assert_int_equal(look_up(&lexicon, "اس"), CLASS_LETTER);
	assert_int_equal(look_up(&lexicon, "إِس"), CLASS_LETTER);
	assert_int_equal(look_up(&lexicon, "ه"), CLASS_UNIT);
	lexicon_release(&lexicon);
}

TEST(a_line_that_is_no_entry_is_named)
{
	struct lexicon lexicon = { 0 };
	struct diag why;

	assert_false(lexicon_read(&lexicon, "mine.txt", SPAN("title Dr\ntitel Prof\n"), &why));
	assert_string_equal(why.text, "mine.txt:2: not 'CLASS WORD': 'titel Prof'");
	lexicon_release(&lexicon);
}

TEST(a_language_leaves_out_others_of_its_script)
{
	struct lexicon german = { 0 }, all = { 0 };

	lexicon_read_built_in(&german, "de-AT");
	lexicon_read_built_in(&all, "tlh");
	assert_int_equal(look_up(&german, "Mlle"), 0);
	assert_int_equal(look_up(&all, "Mlle"), CLASS_TITLE);
	assert_int_equal(look_up(&german, "bzw"), CLASS_TITLE);
	assert_true(look_up(&german, "د") & CLASS_TITLE);
	assert_true(german.ordinals);
	assert_false(all.ordinals);
	lexicon_release(&german);
	lexicon_release(&all);
}

TEST(a_thousand_words_are_all_found_again)
{
	struct lexicon lexicon = { 0 };
	struct buf text = BUF_INIT;
	struct diag why;
	char word[32];

	for (int i = 0; i < 5000; i++)
		buf_addf(&text, "abbr w%d\n", i);
	assert_true(lexicon_read(&lexicon, "list", buf_span(&text), &why));
	for (int i = 0; i < 5000; i++) {
		snprintf(word, sizeof(word), "w%d", i);
		assert_int_equal(look_up(&lexicon, word), CLASS_ABBR);
	}
	assert_int_equal(look_up(&lexicon, "w5000"), 0);
	buf_release(&text);
	lexicon_release(&lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_line_is_a_class_and_its_words),
		IT(small_letters_do_not_meet_an_entry_with_a_capital),
		IT(proclitics_are_taken_off_arabic_words),
		IT(marks_tatweel_and_forms_of_alef_do_not_count),
		IT(a_line_that_is_no_entry_is_named),
		IT(a_language_leaves_out_others_of_its_script),
		IT(a_thousand_words_are_all_found_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
