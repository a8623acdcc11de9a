/* SPDX-License-Identifier: MIT
 * strip_compiled_test.c - what was compiled while building says what the data files say, in every language.
 *
 * The oracle is a table a language, read from the files of that language alone. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/compiled.h"
#include "strip-boilerplate/data.inc"

enum { FILES = sizeof(data_files) / sizeof(data_files[0]) };

static bool is_lexicon(struct span name)
{
	return !span_equal(name, SPAN("model")) && !span_equal(name, SPAN("headline")) &&
	       !span_equal(name, SPAN("function-words")) && !span_equal(name, SPAN("dates")) &&
	       !span_equal(name, SPAN("datelines"));
}

static bool counts_in(struct span name, const char *language)
{
	return name.len > 3 || span_equal(name, SPAN("en")) || span_equal(name, span_from(language)) ||
	       strcmp(language, "auto") == 0;
}

static void load(struct phrases *phrases, struct reader *reader, const char *language)
{
	struct diag why = { .text = "" };

	for (size_t i = 0; i < FILES; i++)
		if (is_lexicon(data_files[i].name) && counts_in(data_files[i].name, language) &&
			!phrases_add(phrases, reader, data_files[i].name, data_files[i].text, &why))
			fail_msg("%s", why.text);
}

static const struct phrase *ask(const struct phrases *phrases, const struct reader *reader, int kind)
{
	switch (kind) {
	case KIND_LINE:
		return phrases_line(phrases, reader->words, reader->count);
	case KIND_PREFIX:
		return phrases_prefix(phrases, reader->words, reader->count);
	case KIND_SUFFIX:
		return phrases_suffix(phrases, reader->words, reader->count);
	default:
		return phrases_span(phrases, reader->words, reader->count);
	}
}

static bool is_same(const struct phrase *a, const struct phrase *b)
{
	if (!a || !b)
		return a == b;
	return a->key == b->key && a->kind == b->kind && a->category == b->category &&
	       a->effect == b->effect && a->zone == b->zone && a->words == b->words &&
	       a->marked == b->marked;
}

/* Words are asked for from the first one on, and from the second. */
static bool has_same_terms(const struct phrases *a, const struct phrases *b, const struct reader *reader)
{
	for (size_t at = 0; at < reader->count && at < 2; at++) {
		uint32_t in_a = 0, in_b = 0;
		const struct word *words = reader->words + at;
		size_t count = reader->count - at;

		if (phrases_term(a, words, count, UINT32_MAX, &in_a) !=
				phrases_term(b, words, count, UINT32_MAX, &in_b) ||
			in_a != in_b)
			return false;
	}
	return true;
}

/* Asks both tables for every line of every lexicon. */
static void compare(const struct phrases *a, const struct phrases *b, const char *language)
{
	struct reader reader = { .openings = compiled_phrases.marks->first };

	for (size_t i = 0; i < FILES; i++)
		for (struct span text = data_files[i].text; is_lexicon(data_files[i].name) && text.len;) {
			struct span line = span_head(text, span_find(text, '\n'));

			reader_read(&reader, line);
			for (int kind = KIND_LINE; kind <= KIND_SPAN; kind++)
				if (!is_same(ask(a, &reader, kind), ask(b, &reader, kind)))
					fail_msg("%s: '%.*s'", language, (int)line.len, line.at);
			if (!has_same_terms(a, b, &reader))
				fail_msg("%s: words of '%.*s'", language, (int)line.len, line.at);
			text = span_skip(text, line.len + 1);
		}
	reader_release(&reader);
}

TEST(each_language_finds_what_its_own_lexicons_say)
{
	static const char *const some[] = { "auto", "en", "ar", "ur", "de", "no" };

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		struct phrases made = { .items = NULL }, chosen = compiled_phrases;
		struct reader reader = { .words = NULL };

		load(&made, &reader, some[i]);
		chosen.languages = compiled_languages(some[i]);
		compare(&made, &chosen, some[i]);
		phrases_release(&made);
		reader_release(&reader);
	}
}

TEST(a_language_without_a_lexicon_finds_what_all_say)
{
	assert_int_equal(compiled_languages("fi"), compiled_languages("auto"));
	assert_true(compiled_knows("fi"));
	assert_true(compiled_knows("und"));
	assert_false(compiled_knows("zz"));
	assert_int_equal(compiled_languages("en"), 0);
}

TEST(what_a_user_adds_comes_on_top_and_leaves_the_compiled_as_it_was)
{
	struct phrases phrases = compiled_phrases;
	struct reader reader = { .words = NULL };
	struct diag why;

	reader_read(&reader, SPAN("Skip to content"));
	assert_int_equal(phrases_line(&phrases, reader.words, reader.count)->category, CATEGORY_NAVIGATION);
	assert_true(phrases_add(&phrases, &reader, SPAN("mine"),
		SPAN("[share: line]\nskip to content\nquux\n[place: word]\nmai\n"), &why));
	reader_read(&reader, SPAN("Skip to content"));
	assert_int_equal(phrases_line(&phrases, reader.words, reader.count)->category, CATEGORY_SHARE);
	assert_int_equal(
		phrases_line(&compiled_phrases, reader.words, reader.count)->category, CATEGORY_NAVIGATION);
	phrases_release(&phrases);
	reader_release(&reader);
}

TEST(the_other_files_are_compiled_too)
{
	struct function_words functions = { .slots = NULL };
	struct model model = { .trees = NULL };
	struct dates dates = { .names = NULL };
	struct forms forms = { .items = NULL };
	struct reader reader = { .words = NULL };
	struct diag why;

	for (size_t i = 0; i < FILES; i++) {
		if (span_equal(data_files[i].name, SPAN("function-words")))
			function_words_add(&functions, &reader, data_files[i].text);
		else if (span_equal(data_files[i].name, SPAN("model")))
			assert_true(model_parse(&model, data_files[i].text, &why));
		else if (span_equal(data_files[i].name, SPAN("dates")))
			assert_true(dates_parse(&dates, &reader, data_files[i].text, &why));
		else if (span_equal(data_files[i].name, SPAN("datelines")))
			assert_true(dateline_forms_parse(&forms, &reader, data_files[i].text, &why));
	}
	assert_int_equal(functions.count, compiled_function_words.count);
	assert_memory_equal(
		functions.slots, compiled_function_words.slots, functions.cap * sizeof(uint64_t));
	assert_int_equal(forms.count, compiled_datelines.count);
	for (size_t i = 0; i < forms.count; i++)
		for (size_t k = 0; k < FORM_STEPS; k++)
			assert_true(form_step_equal(
				&forms.items[i].steps[k], &compiled_datelines.items[i].steps[k]));
	dateline_forms_release(&forms);
	assert_int_equal(model.count, compiled_model.count);
	for (size_t i = 0; i < model.count; i++) {
		assert_memory_equal(model.trees[i].feature, compiled_model.trees[i].feature, MODEL_NODES);
		assert_memory_equal(model.trees[i].threshold, compiled_model.trees[i].threshold,
			sizeof(model.trees[i].threshold));
		assert_memory_equal(
			model.trees[i].leaf, compiled_model.trees[i].leaf, sizeof(model.trees[i].leaf));
	}
	assert_int_equal(dates.count, compiled_dates.count);
	for (size_t i = 0; i < dates.count; i++)
		assert_true(dates.names[i].key == compiled_dates.names[i].key &&
			    dates.names[i].value == compiled_dates.names[i].value);
	function_words_release(&functions);
	model_release(&model);
	dates_release(&dates);
	reader_release(&reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(each_language_finds_what_its_own_lexicons_say),
		IT(a_language_without_a_lexicon_finds_what_all_say),
		IT(what_a_user_adds_comes_on_top_and_leaves_the_compiled_as_it_was),
		IT(the_other_files_are_compiled_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
