/* SPDX-License-Identifier: MIT
 * output_test.c - what is put comes out, whole, in the place that was named; places are told apart by what they lead to. */
#include "tests/unit/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/file.h"
#include "common/output.h"

static char folder[] = "/tmp/ghirbal-output-XXXXXX";
static struct diag why;

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "file", "other", "link", "circle" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(names[i]);
	return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0 && file_write_all(fd, span_from(text)));
	close(fd);
}

static void holds(const char *path, struct span text)
{
	struct buf found = BUF_INIT;

	assert_true(file_read(&found, path, SIZE_MAX));
	assert_int_equal(found.len, text.len);
	assert_memory_equal(found.at, text.at, text.len);
	buf_release(&found);
}

static struct output opened(const char *path)
{
	struct output output;

	assert_true(output_open(&output, path, FRAMING_TEXT, &why));
	return output;
}

static void put(struct output *output, const char *text)
{
	assert_int_equal(output_put(output, span_from(text)), FLOW_MORE);
}

/* Pieces of all sizes, from nothing to more than a block, in the order in which they were put. */
TEST(pieces_of_all_sizes_come_out_in_order)
{
	struct output output = opened("file");
	struct buf all = BUF_INIT;
	uint32_t seed = 3;

	assert_int_equal(output_put(&output, span_of(NULL, 0)), FLOW_MORE);
	for (size_t size = 0; size < 300000; size = size * 3 / 2 + check_random(&seed) % 3) {
		size_t start = all.len;

		for (size_t i = 0; i < size; i++)
			buf_add_byte(&all, (char)('a' + check_random(&seed) % 26));
		assert_int_equal(output_put(&output, span_skip(buf_span(&all), start)), FLOW_MORE);
	}
	assert_int_equal(output_end(&output), FLOW_MORE);
	buf_add_byte(&all, '\n');
	assert_true(output_close(&output, true));
	holds("file", buf_span(&all));
	buf_release(&all);
}

TEST(what_is_not_kept_leaves_the_old_file)
{
	struct output output;

	write_file("file", "old");
	output = opened("file");
	put(&output, "new");
	assert_true(output_close(&output, false));
	holds("file", SPAN("old"));
}

TEST(a_descriptor_of_the_caller_is_continued_not_replaced)
{
	char path[32];
	struct output output;
	int fd;

	write_file("file", "before ");
	fd = open("file", O_WRONLY | O_APPEND);
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	output = opened(path);
	put(&output, "behind");
	assert_true(output_close(&output, true));
	assert_int_equal(write(fd, ".", 1), 1);
	close(fd);
	holds("file", SPAN("before behind."));
}

TEST(links_that_go_round_in_a_circle_are_refused_and_stay)
{
	struct output output;
	char to[8];

	assert_int_equal(symlink("circle", "circle"), 0);
	assert_false(output_find(&output, "circle"));
	assert_int_equal(errno, ELOOP);
	assert_false(output_open(&output, "circle", FRAMING_TEXT, &why));
	assert_int_equal(readlink("circle", to, sizeof(to)), 6);
}

static bool is_same(const char *one, const char *other)
{
	struct output a, b;
	bool is_same;

	assert_true(output_find(&a, one) && output_find(&b, other));
	is_same = output_is_same(&a, &b);
	assert_int_equal(is_same, output_is_same(&b, &a));
	free(a.target);
	free(b.target);
	return is_same;
}

TEST(one_place_has_many_names)
{
	write_file("file", "");
	write_file("other", "");
	unlink("link");
	assert_int_equal(symlink("other", "link"), 0);
	assert_true(is_same("file", "./file"));
	assert_true(is_same("new", ".//new"));
	assert_true(is_same("link", "other"));
	assert_false(is_same("file", "other"));
	assert_false(is_same("new", "newer"));
	assert_false(is_same("/dev/null", "/dev/null"));
	assert_false(is_same("file", "/dev/null"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(pieces_of_all_sizes_come_out_in_order),
		IT(what_is_not_kept_leaves_the_old_file),
		IT(a_descriptor_of_the_caller_is_continued_not_replaced),
		IT(links_that_go_round_in_a_circle_are_refused_and_stay),
		IT(one_place_has_many_names),
	};

	return cmocka_run_group_tests_name("output", tests, make_folder, remove_folder);
}
