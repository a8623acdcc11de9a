/* SPDX-License-Identifier: MIT
 * tally_test.c - objects added up, and what is no object refused. */
#include "tests/unit/check.h"

#include "pipelines/run-pipeline/tally.h"

/* Adds the objects, which end with NULL, and compares the sum. */
static void check_sum(const char *const *objects, const char *wanted)
{
	struct tally tally = { .root = NULL };
	struct buf got = BUF_INIT;

	for (; *objects; objects++)
		assert_true(tally_add(&tally, span_from(*objects)));
	tally_print(&got, &tally);
	check_buf(&got, wanted);
	buf_release(&got);
	tally_release(&tally);
}

#define CHECK_SUM(wanted, ...) check_sum((const char *const[]){ __VA_ARGS__, NULL }, wanted)

TEST(numbers_add_up_by_path)
{
	CHECK_SUM("{\"a\":3,\"b\":{\"c\":{\"d\":30}},\"e\":5}", "{\"a\":1,\"b\":{\"c\":{\"d\":10}}}",
		" { \"b\" : {\"c\":{\"d\":20}} , \"a\" : 2, \"e\":5 }\n");
}

TEST(one_object_stays_as_it_is)
{
	CHECK_SUM("{\"w\":\"}\\\",{\",\"l\":[1,{\"a\":2}],\"t\":true,\"n\":null,\"o\":{}}",
		"{\"w\":\"}\\\",{\",\"l\":[1,{\"a\":2}],\"t\":true,\"n\":null,\"o\":{}}");
}

TEST(nothing_added_is_an_empty_object)
{
	CHECK_SUM("{}", "{}", "{}");
}

TEST(words_of_the_first_stay)
{
	CHECK_SUM("{\"a\":\"x\",\"b\":1,\"c\":{\"d\":1},\"e\":[1]}",
		"{\"a\":\"x\",\"b\":1,\"c\":{\"d\":1},\"e\":[1]}",
		"{\"a\":2,\"b\":\"y\",\"c\":3,\"e\":{\"f\":1}}");
}

TEST(fractions_make_the_sum_one)
{
	CHECK_SUM("{\"a\":1.500000,\"b\":-3.000000}", "{\"a\":1,\"b\":-1}", "{\"a\":0.5,\"b\":-2}");
}

TEST(large_counts_do_not_lose_a_digit)
{
	CHECK_SUM("{\"a\":9007199254740995}", "{\"a\":9007199254740993}", "{\"a\":2}");
}

TEST(of_statuses_the_largest_stays)
{
	CHECK_SUM("{\"status\":3}", "{\"status\":0}", "{\"status\":3}", "{\"status\":1}");
}

TEST(what_lies_too_deep_is_not_added)
{
	const char *deep =
		"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}";

	CHECK_SUM(deep, deep, deep);
}

TEST(what_is_no_object_changes_nothing)
{
	static const char *const bad[] = { "", "{", "{\"a\":1", "{\"a\":1}}", "1", "[1]", "{\"a\"}",
		"{\"a\":1}{\"a\":2}" };
	struct tally tally = { .root = NULL };
	struct buf got = BUF_INIT;

	assert_true(tally_add(&tally, SPAN("{\"a\":1}")));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(tally_add(&tally, span_from(bad[i])));
	assert_false(tally_add(&tally, SPAN("{\"a\":1\0}")));
	tally_print(&got, &tally);
	check_buf(&got, "{\"a\":1}");
	buf_release(&got);
	tally_release(&tally);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(numbers_add_up_by_path),
		IT(one_object_stays_as_it_is),
		IT(nothing_added_is_an_empty_object),
		IT(words_of_the_first_stay),
		IT(fractions_make_the_sum_one),
		IT(large_counts_do_not_lose_a_digit),
		IT(of_statuses_the_largest_stays),
		IT(what_lies_too_deep_is_not_added),
		IT(what_is_no_object_changes_nothing),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
