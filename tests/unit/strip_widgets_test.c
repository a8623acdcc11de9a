/* SPDX-License-Identifier: MIT
 * strip_widgets_test.c - identifiers, addresses, placeholders, rules, hashtags; titles said again. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/addresses.h"
#include "filters/strip-boilerplate/leftovers.h"
#include "filters/strip-boilerplate/tags.h"
#include "filters/strip-boilerplate/titles.h"

static bool hashtags(const char *line, size_t *trailing)
{
	struct reader reader = { 0 };
	bool only;

	reader_read(&reader, span_from(line));
	only = tag_is_run(reader.words, reader.count);
	*trailing = tag_tail_behind_stop(reader.words, reader.count);
	reader_release(&reader);
	return only;
}

TEST(an_identifier_is_all_of_its_line)
{
	assert_true(leftover_is_identifier(SPAN("0f8c2a44-91be-4d07-9a33-5be17c02d6ef")));
	assert_true(leftover_is_identifier(SPAN("d41d8cd98f00b204e9800998ecf8427e")));
	assert_false(leftover_is_identifier(SPAN("2024-05-12")));
	assert_false(leftover_is_identifier(
		SPAN("12345678901234567890"))); /* may be an account that the story names */
	assert_false(leftover_is_identifier(SPAN("file d41d8cd98f00b204e9800998ecf8427e")));
}

TEST(an_address_is_all_of_its_line)
{
	assert_true(address_is(SPAN("https://harbour.example/story/12")));
	assert_true(address_is(SPAN("www.harbour-post.com")));
	assert_true(address_is(SPAN("harbour.com.eg/news")));
	assert_true(address_is(SPAN("desk+night@harbour.org")));
	assert_false(address_is(SPAN("visit harbour.com")));
	assert_false(address_is(SPAN("etc.")));
	assert_false(address_is(SPAN("node.js")));
}

TEST(a_placeholder_stands_free)
{
	assert_true(leftover_has_placeholder(SPAN("%d تعليقات")));
	assert_true(leftover_has_placeholder(SPAN("Be the first to comment on %s")));
	assert_true(leftover_has_placeholder(SPAN("%1$s ago")));
	assert_true(leftover_has_placeholder(SPAN("{{ article.author }}")));
	assert_true(leftover_has_placeholder(SPAN("{% include share %}")));
	assert_false(leftover_has_placeholder(SPAN("printf(\"%d\\n\", n)")));
	assert_false(leftover_has_placeholder(SPAN("prices rose 20%d")));
	assert_false(leftover_has_placeholder(SPAN("100 % der Stimmen")));
	assert_false(leftover_has_placeholder(SPAN("{{ never closed")));
}

TEST(a_rule_of_dashes_is_long)
{
	assert_true(leftover_is_rule(SPAN("-----")));
	assert_true(leftover_is_rule(SPAN("= = = = = =")));
	assert_false(leftover_is_rule(SPAN("---"))); /* parts of a story */
	assert_false(leftover_is_rule(SPAN("*****")));
	assert_false(leftover_is_rule(SPAN("")));
}

TEST(hashtags_are_a_run_behind_a_sentence_or_alone)
{
	size_t trailing;

	assert_true(hashtags("#ميناء #بيروت #كأس_العالم2026", &trailing));
	assert_false(hashtags("#بيروت", &trailing));
	assert_false(hashtags("عاد الهدوء إلى #بيروت و #صيدا", &trailing));
	assert_int_equal(trailing, 0);
	assert_false(hashtags("عاد الهدوء إلى المدينة. #بيروت #صيدا", &trailing));
	assert_int_equal(trailing, 2);
	assert_false(hashtags("عاد الهدوء إلى #بيروت #صيدا", &trailing));
	assert_int_equal(trailing, 0);
}

/* Whether `line` says `title` again. */
static bool again(const char *title_text, const char *line)
{
	struct reader reader = { 0 };
	struct title title = { 0 };
	bool said;

	reader_read(&reader, span_from(title_text));
	title_set(&title, reader.words, reader.count);
	reader_read(&reader, span_from(line));
	said = title_again(&title, reader.words, reader.count);
	reader_release(&reader);
	return said;
}

TEST(a_title_is_known_again_with_and_without_the_site)
{
	assert_true(again("عودة العبّارة إلى الميناء", "عوده العباره الى الميناء!"));
	assert_true(again("Ferry returns", "Ferry returns | Harbour Post"));
	assert_true(again("Ferry returns", "Harbour Post - Ferry Returns"));
	assert_true(again("Old ferry returns | Harbour Post", "Old ferry returns"));
	assert_true(again("Ferry returns", "Ferry returns Ferry returns Ferry returns"));
	assert_false(again("Ferry returns", "Ferry returns to the harbour"));
	assert_false(again("Ferry returns", "Ferry returns: what we know"));
	assert_false(again("Ferry", "Ferry"));
	assert_true(again("渡轮周一重返港口码头", "渡轮周一重返港口码头"));
}

static size_t repeated(const char *line)
{
	struct reader reader = { 0 };
	size_t copy;

	reader_read(&reader, span_from(line));
	copy = title_repeated(reader.words, reader.count);
	reader_release(&reader);
	return copy;
}

TEST(copies_on_one_line_are_counted_by_their_shortest_period)
{
	assert_int_equal(repeated("عودة العبّارة إلى الميناء عودة العبّارة إلى الميناء"), 4);
	assert_int_equal(repeated("The ferry returns - The ferry returns - The ferry returns"), 3);
	assert_int_equal(repeated("The ferry returns The ferry returns | Harbour Post"), 3);
	assert_int_equal(repeated("New York New York"), 0);
	assert_int_equal(repeated("The ferry returns the ferry"), 0);
	assert_int_equal(repeated(""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(an_identifier_is_all_of_its_line),
		IT(an_address_is_all_of_its_line),
		IT(a_placeholder_stands_free),
		IT(a_rule_of_dashes_is_long),
		IT(hashtags_are_a_run_behind_a_sentence_or_alone),
		IT(a_title_is_known_again_with_and_without_the_site),
		IT(copies_on_one_line_are_counted_by_their_shortest_period),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
