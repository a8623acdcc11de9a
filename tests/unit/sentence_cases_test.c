/* SPDX-License-Identifier: MIT
 * sentence_cases_test.c - the sentences of tests/conformance/sentences/LANG.txt: a paragraph a line, with |
 * or ¦ where a sentence ends. */
#include <stdio.h>
#include <stdlib.h>

#include "filters/split-sentences/split_sentences.h"
#include "tests/unit/check.h"
#include "tests/unit/drive.h"

/* Appends `marked` with `spaced` for | and `glued` for ¦. */
static void unmark(struct buf *into, struct span marked, const char *spaced, const char *glued)
{
	buf_clear(into);
	while (marked.len) {
		if (marked.at[0] == '|') {
			buf_add(into, span_from(spaced));
			marked = span_skip(marked, 1);
		} else if (span_has_prefix(marked, SPAN("¦"))) {
			buf_add(into, span_from(glued));
			marked = span_skip(marked, strlen("¦"));
		} else {
			buf_add_byte(into, marked.at[0]);
			marked = span_skip(marked, 1);
		}
	}
}

static bool case_holds(const char *lang, struct span marked)
{
	const char *const words[] = { "--lang", lang, NULL };
	struct buf text = BUF_INIT, expected = BUF_INIT;
	struct driven driven;
	bool holds;

	unmark(&text, marked, " ", "");
	unmark(&expected, marked, "\n", "\n");
	buf_add_byte(&expected, '\n');
	driven = drive(&split_sentences, words, FRAMING_TEXT, buf_span(&text), (struct cutting){ 7, 1 });
	holds = span_equal(span_head(buf_span(&driven.text), driven.text.len - 1), buf_span(&expected));
	if (!holds)
		print_error("--lang=%s: expected\n%sgot\n%s\n", lang, buf_string(&expected),
			buf_string(&driven.text));
	driven_release(&driven);
	buf_release(&text);
	buf_release(&expected);
	return holds;
}

static void check_file(const char *path, const char *lang, size_t at_least)
{
	FILE *in = fopen(path, "r");
	size_t cap = 0, count = 0, failed = 0;
	char *line = NULL;

	if (!in)
		fail_msg("cannot read %s: tests run from the top of the tree", path);
	while (getline(&line, &cap, in) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		count++;
		failed += !case_holds(lang, span_from(line));
	}
	free(line);
	fclose(in);
	assert_int_equal(failed, 0);
	assert_true(count >= at_least);
}

TEST(arabic_sentences_end_where_a_reader_says)
{
	check_file("tests/conformance/sentences/ar.txt", "ar", 100);
	check_file("tests/conformance/sentences/ar.txt", "auto", 100);
}

TEST(english_sentences_end_where_a_reader_says)
{
	check_file("tests/conformance/sentences/en.txt", "en", 60);
	check_file("tests/conformance/sentences/en.txt", "auto", 60);
}

static void check_language(const char *lang, const char *as)
{
	char path[64];

	snprintf(path, sizeof(path), "tests/conformance/sentences/%s.txt", lang);
	check_file(path, as, 13);
}

TEST(every_language_ends_its_sentences_where_a_reader_says)
{
	static const char *const langs[] = { "ckb", "de", "es", "fa", "fr", "he", "hi", "it", "ja", "ps",
		"pt", "ru", "tr", "ur", "zh" };

	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		check_language(langs[i], langs[i]);
}

/* German, Spanish and Turkish have abbreviations that are words next door. */
TEST(nobody_has_to_say_the_language_where_no_neighbour_disagrees)
{
	static const char *const langs[] = { "ckb", "fa", "fr", "he", "hi", "it", "ja", "ps", "pt", "ru",
		"ur", "zh" };

	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		check_language(langs[i], "auto");
}

TEST(sentences_of_other_languages_end_where_a_reader_says)
{
	check_file("tests/conformance/sentences/many.txt", "auto", 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(arabic_sentences_end_where_a_reader_says),
		IT(english_sentences_end_where_a_reader_says),
		IT(every_language_ends_its_sentences_where_a_reader_says),
		IT(nobody_has_to_say_the_language_where_no_neighbour_disagrees),
		IT(sentences_of_other_languages_end_where_a_reader_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
