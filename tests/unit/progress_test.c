/* SPDX-License-Identifier: MIT
 * progress_test.c - what the line on the terminal says. */
#include "tests/unit/check.h"

#include "common/progress.h"

static void says(uint64_t done, uint64_t total, double seconds, const char *expected)
{
	struct progress progress = { .name = "dedupe", .done = done, .total = total };
	struct buf line = BUF_INIT;

	progress_line(&line, &progress, seconds);
	check_buf(&line, expected);
	buf_release(&line);
}

TEST(a_known_size_gives_percentage_and_time_left)
{
	says(250000000, 1000000000, 2, "dedupe: 250 MB of 1.0 GB, 25%, 125 MB/s, 0:06 left");
	says(1000000, 9000000000, 1, "dedupe: 1.0 MB of 9.0 GB, 0%, 1.0 MB/s, 2:29:59 left");
}

TEST(an_unknown_size_gives_the_rate_alone)
{
	says(12345, 0, 2, "dedupe: 12.3 KB, 6.2 KB/s");
}

TEST(a_file_that_grew_is_not_beyond_its_end)
{
	says(2000, 1000, 1, "dedupe: 2.0 KB of 1.0 KB, 100%, 2.0 KB/s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_known_size_gives_percentage_and_time_left),
		IT(an_unknown_size_gives_the_rate_alone),
		IT(a_file_that_grew_is_not_beyond_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
