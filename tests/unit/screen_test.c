/* SPDX-License-Identifier: MIT
 * screen_test.c - the lines of a run under way. That they reach terminals only is tried in tests/pipelines/progress.t. */
#include "tests/unit/check.h"

#include "pipelines/run-pipeline/screen.h"

static struct stage second = { .name = "dedupe", .id = "b/dedupe" };
static struct stage first = { .name = "normalize", .id = "normalize", .next = &second };
static const struct plan plan = { .pipeline.name = "p", .stages = &first, .stage_count = 2 };

static void check_lines(
	struct extent a, struct extent b, uint64_t total, size_t columns, const char *wanted)
{
	struct account accounts[2] = { { .extent = a }, { .extent = b } };
	const struct ledger ledger = { .accounts = accounts, .count = 2 };
	const struct screen screen = {
		.plan = &plan, .ledger = &ledger, .whole = { .name = "p", .total = total }
	};
	struct buf got = BUF_INIT;

	screen_lines(&got, &screen, 2, columns);
	check_buf(&got, wanted);
	buf_release(&got);
}

TEST(every_stage_has_a_line)
{
	check_lines((struct extent){ 3, 4000, 3000 }, (struct extent){ 2, 2000, 2000 }, 0, 99,
		"p: 4.0 KB, 2.0 KB/s\n"
		"  normalize  3 documents, 4.0 KB, 2.0 KB/s, 25.0% dropped\n"
		"  b/dedupe   2 documents, 2.0 KB, 1.0 KB/s\n");
}

TEST(known_size_gives_percentage_and_time_left)
{
	check_lines((struct extent){ 3, 4000, 5000 }, (struct extent){ 0, 0, 0 }, 16000, 99,
		"p: 4.0 KB of 16.0 KB, 25%, 2.0 KB/s, 0:06 left\n"
		"  normalize  3 documents, 4.0 KB, 2.0 KB/s\n"
		"  b/dedupe \n");
}

TEST(a_line_never_wraps)
{
	check_lines((struct extent){ 3, 4000, 5000 }, (struct extent){ 0, 0, 0 }, 0, 12,
		"p: 4.0 KB, 2\n  normalize \n  b/dedupe \n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_stage_has_a_line),
		IT(known_size_gives_percentage_and_time_left),
		IT(a_line_never_wraps),
	};

	return cmocka_run_group_tests_name("screen", tests, NULL, NULL);
}
