/* SPDX-License-Identifier: MIT
 * strip_phrases_test.c - lexicons: what a file may say, and what is found again. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/phrases.h"

/* A lexicon and a line read, ready to be asked. */
struct fixture {
	struct phrases phrases;
	struct reader reader;
	struct diag why;
	bool parsed;
};

static struct fixture lexicon(const char *text)
{
	struct fixture fixture = { 0 };

	fixture.parsed =
		phrases_add(&fixture.phrases, &fixture.reader, SPAN("test"), span_from(text), &fixture.why);
	return fixture;
}

static void release(struct fixture *fixture)
{
	phrases_release(&fixture->phrases);
	reader_release(&fixture->reader);
}

static const struct phrase *ask(struct fixture *fixture, enum kind kind, const char *line)
{
	const struct word *words;
	size_t count;

	reader_read(&fixture->reader, span_from(line));
	words = fixture->reader.words;
	count = fixture->reader.count;
	switch (kind) {
	case KIND_PREFIX:
		return phrases_prefix(&fixture->phrases, words, count);
	case KIND_SUFFIX:
		return phrases_suffix(&fixture->phrases, words, count);
	case KIND_SPAN:
		return phrases_span(&fixture->phrases, words, count);
	default:
		return phrases_line(&fixture->phrases, words, count);
	}
}

TEST(a_phrase_without_heading_is_a_line_to_drop)
{
	struct fixture f = lexicon("# mine\nأرسل لصديق\r\n\n");
	const struct phrase *phrase = ask(&f, KIND_LINE, "» أرسل لصديق:");

	assert_true(f.parsed);
	assert_non_null(phrase);
	assert_int_equal(phrase->category, CATEGORY_USER);
	assert_int_equal(phrase->effect, EFFECT_DROP);
	assert_null(ask(&f, KIND_LINE, "أرسل لصديق قديم"));
	release(&f);
}

TEST(a_heading_says_kind_effect_and_zone_in_any_order)
{
	struct fixture f = lexicon("[source: foot prefix]\nنقلا عن\n[popular:list]\nالأكثر قراءة\n");
	const struct phrase *phrase = ask(&f, KIND_PREFIX, "* نقلاً عن صحيفة الميناء");

	assert_true(f.parsed);
	assert_non_null(phrase);
	assert_int_equal(phrase->category, CATEGORY_SOURCE);
	assert_int_equal(phrase->zone, ZONE_FOOT);
	phrase = ask(&f, KIND_LINE, "الأكثر قراءه");
	assert_non_null(phrase);
	assert_int_equal(phrase->effect, EFFECT_LIST);
	release(&f);
}

TEST(the_longest_phrase_wins)
{
	struct fixture f = lexicon("[related: prefix]\nsee also:\n[share: prefix]\nsee also on film:\n");

	assert_int_equal(ask(&f, KIND_PREFIX, "See also: rivers")->category, CATEGORY_RELATED);
	assert_int_equal(ask(&f, KIND_PREFIX, "See also on film: rivers")->category, CATEGORY_SHARE);
	release(&f);
}

TEST(a_colon_in_a_prefix_wants_a_separator_in_the_text)
{
	struct fixture f = lexicon("[related: prefix]\nاقرأ أيضا:\nتابع:\n");

	assert_non_null(ask(&f, KIND_PREFIX, "اقرأ أيضا | خبر"));
	assert_non_null(ask(&f, KIND_PREFIX, "اقرأ أيضا .. خبر"));
	assert_non_null(ask(&f, KIND_PREFIX, "اقرأ أيضا"));
	assert_null(ask(&f, KIND_PREFIX, "اقرأ أيضا ما كتبه الراحل عن مدينته"));
	assert_null(ask(&f, KIND_PREFIX, "تابع")); /* one word alone says too little */
	release(&f);
}

TEST(suffixes_and_spans_are_found_where_they_stand)
{
	struct fixture f =
		lexicon("[related: suffix cut]\nread more\n[share: span cut]\nstory continues\n");

	assert_non_null(ask(&f, KIND_SUFFIX, "The ferry is back. Read more"));
	assert_null(ask(&f, KIND_SUFFIX, "Read more books"));
	assert_non_null(ask(&f, KIND_SPAN, "Story continues below"));
	release(&f);
}

TEST(words_of_several_lists_have_all_their_classes)
{
	struct fixture f = lexicon("[month: word]\nكانون الثاني\nmars\n[place: word]\nMars\n");
	uint32_t found = 0;

	reader_read(&f.reader, SPAN("كانون الثاني 2024"));
	assert_int_equal(phrases_term(&f.phrases, f.reader.words, 3, TERM_MONTH, &found), 2);
	assert_int_equal(phrases_term(&f.phrases, f.reader.words, 3, TERM_PLACE, &found), 0);
	reader_read(&f.reader, SPAN("mars"));
	assert_int_equal(phrases_term(&f.phrases, f.reader.words, 1, TERM_PLACE, &found), 1);
	assert_int_equal(found, TERM_MONTH | TERM_PLACE);
	release(&f);
}

static void refuses(const char *text, const char *sentence)
{
	struct fixture f = lexicon(text);

	assert_false(f.parsed);
	assert_string_equal(f.why.text, sentence);
	release(&f);
}

TEST(alternatives_in_braces_make_a_phrase_each)
{
	struct fixture f = lexicon("[follow: line]\n{Join|Follow} {our |}{channel|page}\n{name} here\n");

	assert_true(f.parsed);
	assert_non_null(ask(&f, KIND_LINE, "Join our channel"));
	assert_non_null(ask(&f, KIND_LINE, "Follow page"));
	assert_non_null(ask(&f, KIND_LINE, "Join our page"));
	assert_null(ask(&f, KIND_LINE, "Join Follow our channel"));
	assert_null(ask(&f, KIND_LINE, "our channel"));
	assert_non_null(ask(&f, KIND_LINE, "name here")); /* no bar: signs */
	release(&f);
}

TEST(alternatives_that_make_nothing_or_too_much_are_mistakes)
{
	struct fixture f = lexicon("[follow: line]\n{Join|}\n");

	assert_false(f.parsed); /* a phrase without words */
	release(&f);
	f = lexicon("[follow: line]\n{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}\n");
	assert_false(f.parsed);
	assert_non_null(strstr(f.why.text, "more than"));
	release(&f);
}

TEST(a_mistake_is_named_with_its_line)
{
	refuses("\n[shares: line]\n", "lexicon test: line 2: unknown category 'shares'");
	refuses("[share: lines]\n", "lexicon test: line 1: unknown word 'lines' in a heading");
	refuses("[planet: word]\n", "lexicon test: line 1: unknown class 'planet'");
	refuses("12\n", "lexicon test: line 1: a phrase has letters, and at most 16 words: '12'");
}

TEST(many_phrases_are_all_found_again)
{
	struct fixture f = { 0 };
	struct buf text = BUF_INIT;

	for (int i = 0; i < 5000; i++)
		buf_addf(&text, "phrase %c%c%c%c\n", 'a' + i % 10, 'a' + i / 10 % 10, 'a' + i / 100 % 10,
			'a' + i / 1000);
	assert_true(phrases_add(&f.phrases, &f.reader, SPAN("many"), buf_span(&text), &f.why));
	assert_int_equal(f.phrases.used, 5000);
	assert_non_null(ask(&f, KIND_LINE, "phrase aaaa"));
	assert_non_null(ask(&f, KIND_LINE, "Phrase JJJE"));
	assert_null(ask(&f, KIND_LINE, "phrase aaaz"));
	buf_release(&text);
	release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_phrase_without_heading_is_a_line_to_drop),
		IT(a_heading_says_kind_effect_and_zone_in_any_order),
		IT(the_longest_phrase_wins),
		IT(a_colon_in_a_prefix_wants_a_separator_in_the_text),
		IT(suffixes_and_spans_are_found_where_they_stand),
		IT(words_of_several_lists_have_all_their_classes),
		IT(alternatives_in_braces_make_a_phrase_each),
		IT(alternatives_that_make_nothing_or_too_much_are_mistakes),
		IT(a_mistake_is_named_with_its_line),
		IT(many_phrases_are_all_found_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
