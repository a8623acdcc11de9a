/* SPDX-License-Identifier: MIT
 * entities_test.c - character references: the list, numbers, and references inside references. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/check.h"

#include "common/mem.h"
#include "common/utf8.h"
#include "filters/normalize/data.h"
#include "filters/normalize/entities.h"
#include "filters/normalize/normalize.h"
#include "tests/unit/drive.h"

static const char *const only_entities[] = { "--preset=none", "--entities", NULL };

static void check_becomes(const char *from, const char *to)
{
	struct driven driven;

	assert_string_equal(drive_text(&driven, &normalize, only_entities, from), to);
	driven_release(&driven);
}

TEST(every_name_of_the_standard_is_known)
{
	struct entities entities;
	struct diag why;

	assert_true(entities_parse(&entities, data_file(SPAN("entities")), &why));
	assert_int_equal(entities.count, 2125);
	for (size_t i = 0; i < entities.count; i++) {
		const struct entity *entity = &entities.at[i];
		struct buf text = BUF_INIT, expected = BUF_INIT;

		buf_addf(&text, "&%.*s;\n", (int)entity->name.len, entity->name.at);
		for (size_t j = 0; j < entity->count; j++)
			utf8_add(&expected, entity->to[j]);
		if (expected.at[0] != '\n')
			buf_add_byte(&expected, '\n');
		else
			buf_add(&expected, SPAN("\n"));
		check_becomes(buf_string(&text), buf_string(&expected));
		buf_release(&text);
		buf_release(&expected);
	}
	entities_release(&entities);
}

TEST(a_list_out_of_order_is_refused)
{
	struct entities entities;
	struct diag why = { "" };

	assert_false(entities_parse(&entities, SPAN("b 0062\na 0061\n"), &why));
	assert_non_null(strstr(why.text, "'a 0061'"));
	entities_release(&entities);
	assert_false(entities_parse(&entities, SPAN("a 61 xyz\n"), &why));
	entities_release(&entities);
	assert_false(entities_parse(&entities, SPAN("a\n"), &why));
	entities_release(&entities);
}

TEST(names_and_numbers_are_decoded)
{
	check_becomes("&laquo;&#1582;&#x628;&#X0631;&raquo;\n", "«خبر»\n");
	check_becomes("caf&eacute; &hellip; &AMP; &notinva;\n", "café … & ∉\n");
}

TEST(a_name_may_stand_for_two_characters)
{
	check_becomes("&nGt;\n", "\u226B\u20D2\n");
}

TEST(without_a_semicolon_it_is_text)
{
	check_becomes("AT&T &copy 2020 ?a=1&lt=2 &#65 &\n", "AT&T &copy 2020 ?a=1&lt=2 &#65 &\n");
	check_becomes("&notanentity; &; &#; &#x; &#xZ; &amp\n", "&notanentity; &; &#; &#x; &#xZ; &amp\n");
}

TEST(names_differ_by_case)
{
	check_becomes("&Eacute;&eacute;&Dagger;&dagger;&EACUTE;\n", "Éé‡†&EACUTE;\n");
}

TEST(nested_references_are_undone_to_the_end)
{
	check_becomes("&amp;amp;amp;lt;\n", "<\n");
	check_becomes("&amp;#38;#x26;lt;p&amp;gt;\n", "<p>\n");
	check_becomes("&am&#112;; &&#97;mp; &#38;&#35;39;&num;\n", "& & '#\n");
	check_becomes("&am&#11&#50;;;\n", "&\n");
}

TEST(numbers_from_128_to_159_are_windows_1252)
{
	check_becomes("&#128;&#146;&#150;&#x85;&#159;\n", "€’–…Ÿ\n");
}

TEST(what_no_character_is_becomes_the_replacement_character)
{
	check_becomes("&#0;&#xD800;&#xDFFF;&#1114112;&#99999999999999999999;\n",
		"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\n");
}

TEST(zeros_in_front_of_a_number_do_not_count)
{
	check_becomes("&#0000000000000000000000038;\n", "&\n");
}

TEST(an_unfinished_reference_at_the_end_is_text)
{
	check_becomes("&#160", "&#160\n");
	check_becomes("x &amp;am", "x &am\n");
}

/* Deeper than the stack: let go as it is, and still the same the second time. */
TEST(references_nested_too_deeply_stay)
{
	struct buf deep = BUF_INIT;

	for (int i = 0; i < 1000; i++)
		buf_add(&deep, SPAN("&#1"));
	buf_add(&deep, SPAN(" &lt;\n"));
	{
		struct driven once, twice;
		const char *text = drive_text(&once, &normalize, only_entities, buf_string(&deep));

		assert_string_equal(text + strlen(text) - 3, " <\n");
		assert_string_equal(drive_text(&twice, &normalize, only_entities, text), text);
		driven_release(&once);
		driven_release(&twice);
	}
	buf_release(&deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_name_of_the_standard_is_known),
		IT(a_list_out_of_order_is_refused),
		IT(names_and_numbers_are_decoded),
		IT(a_name_may_stand_for_two_characters),
		IT(without_a_semicolon_it_is_text),
		IT(names_differ_by_case),
		IT(nested_references_are_undone_to_the_end),
		IT(numbers_from_128_to_159_are_windows_1252),
		IT(what_no_character_is_becomes_the_replacement_character),
		IT(zeros_in_front_of_a_number_do_not_count),
		IT(an_unfinished_reference_at_the_end_is_text),
		IT(references_nested_too_deeply_stay),
	};

	return cmocka_run_group_tests_name("entities", tests, NULL, NULL);
}
