/* SPDX-License-Identifier: MIT
 * home_test.c - a program's own path taken apart. That stages are found so is tried in tests/install. */
#include "tests/unit/check.h"

#include "pipelines/run-pipeline/home.h"

static void check_home(const char *self, const char *folder, const char *prefix)
{
	struct home home = home_of(span_from(self));

	assert_true(span_equal(home.folder, span_from(folder)));
	assert_true(span_equal(home.prefix, span_from(prefix)));
}

TEST(plain_name_has_no_prefix)
{
	check_home("/usr/bin/run-pipeline", "/usr/bin", "");
}

TEST(what_stands_in_front_of_the_name_is_the_prefix)
{
	check_home("/usr/bin/gh-run-pipeline", "/usr/bin", "gh-");
}

TEST(another_name_has_no_prefix)
{
	check_home("/opt/x/pipes", "/opt/x", "");
	check_home("/opt/x/run-pipeline.old", "/opt/x", "");
}

TEST(unknown_path_has_no_folder)
{
	check_home("", "", "");
	check_home("run-pipeline", "", "");
	check_home("/run-pipeline", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(plain_name_has_no_prefix),
		IT(what_stands_in_front_of_the_name_is_the_prefix),
		IT(another_name_has_no_prefix),
		IT(unknown_path_has_no_folder),
	};

	return cmocka_run_group_tests_name("home", tests, NULL, NULL);
}
