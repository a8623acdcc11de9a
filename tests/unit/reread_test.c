/* SPDX-License-Identifier: MIT
 * reread_test.c - a source read twice says the same twice, whether it is a file or a pipe. */
#include "tests/unit/check.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common/file.h"
#include "common/reread.h"

static const struct spool_place little_memory = { "/tmp", 100 };

static enum flow nothing(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

static enum flow gather(void *ctx, struct span raw)
{
	buf_add(ctx, raw);
	return FLOW_MORE;
}

static enum flow no_wait(void *ctx, int fd)
{
	(void)ctx, (void)fd;
	return FLOW_MORE;
}

/* Reads the next source; returns its error. */
static int read_next(struct reread *reread, int fd, struct buf *into)
{
	struct record_reader reader = { .framing = FRAMING_TEXT };
	const struct record_handler to = { nothing, gather, nothing, no_wait, into };
	bool is_kept = reread_next(reread);
	int error;

	assert_int_equal(is_kept, fd < 0);
	assert_int_equal(reread_source(reread, &reader, fd, &to, &error), FLOW_MORE);
	record_release(&reader);
	return error;
}

/* A pipe that holds `text`, to be read. */
static int pipe_with(const char *text)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_true(file_write_all(ends[1], span_from(text)));
	close(ends[1]);
	return ends[0];
}

static int file_with(const char *text)
{
	int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);

	assert_true(file_write_all(fd, span_from(text)));
	return fd;
}

TEST(pipes_are_kept_and_files_read_again)
{
	static const char long_text[] =
		"line after line after line after line after line after line after line\n"
		"line after line after line after line after line after line after line\n";
	int first = pipe_with(long_text), file = file_with("skipped, then read"),
	    second = pipe_with("short");
	struct reread reread;
	struct buf once = BUF_INIT, again = BUF_INIT;

	reread_init(&reread, &little_memory);
	lseek(file, 9, SEEK_SET);
	assert_int_equal(read_next(&reread, first, &once), 0);
	assert_int_equal(read_next(&reread, file, &once), 0);
	assert_int_equal(read_next(&reread, second, &once), 0);
	reread_again(&reread);
	assert_int_equal(read_next(&reread, -1, &again), 0);
	assert_int_equal(read_next(&reread, file, &again), 0);
	assert_int_equal(read_next(&reread, -1, &again), 0);
	assert_string_equal(buf_string(&once), buf_string(&again));
	assert_int_equal(once.len, sizeof(long_text) - 1 + 9 + 5);
	close(first), close(file), close(second);
	buf_release(&once), buf_release(&again);
	reread_release(&reread);
}

TEST(a_source_that_failed_fails_again)
{
	int folder = open("/tmp", O_RDONLY);
	struct reread reread;
	struct buf text = BUF_INIT;

	reread_init(&reread, &little_memory);
	assert_int_equal(read_next(&reread, folder, &text), EISDIR);
	reread_again(&reread);
	assert_int_equal(read_next(&reread, -1, &text), EISDIR);
	assert_int_equal(text.len, 0);
	assert_false(reread.failed);
	close(folder);
	buf_release(&text);
	reread_release(&reread);
}

TEST(no_room_to_keep_is_no_fault_of_the_source)
{
	const struct spool_place nowhere = { "/nonexistent", 3 };
	int fd = pipe_with("more than three bytes");
	struct reread reread;
	struct buf text = BUF_INIT;

	reread_init(&reread, &nowhere);
	read_next(&reread, fd, &text);
	assert_true(reread.failed);
	assert_non_null(strstr(reread.why.text, "cannot make a temporary file in '/nonexistent'"));
	close(fd);
	buf_release(&text);
	reread_release(&reread);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(pipes_are_kept_and_files_read_again),
		IT(a_source_that_failed_fails_again),
		IT(no_room_to_keep_is_no_fault_of_the_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
