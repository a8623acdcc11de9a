/* SPDX-License-Identifier: MIT
 * spool_test.c - what was put aside is read again, from memory and from a file. */
#include "tests/unit/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/spool.h"

static struct diag why;

static struct spool_place in_folder(size_t memory)
{
	return (struct spool_place){ .folder = spool_folder(), .memory = memory };
}

static void add_random(struct spool *spool, struct buf *copy, uint32_t *seed)
{
	char bytes[300];
	size_t len = check_random(seed) % sizeof(bytes);

	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)check_random(seed);
	assert_true(spool_add(spool, span_of(bytes, len), &why));
	buf_add(copy, span_of(bytes, len));
}

/* Reads some bytes at a random place, of what has been added so far. */
static void read_random(const struct spool *spool, const struct buf *copy, uint32_t *seed)
{
	char bytes[500];
	size_t at = check_random(seed) % (copy->len + 1);
	size_t size = check_random(seed) % sizeof(bytes);
	long got = spool_read(spool, at, bytes, size, &why);

	assert_true(got >= 0 && (size_t)got <= size);
	assert_int_equal(got == 0, size == 0 || at == copy->len);
	assert_memory_equal(bytes, copy->at + at, (size_t)got);
	if (at + size <= copy->len) {
		assert_true(spool_read_all(spool, at, bytes, size, &why));
		assert_memory_equal(bytes, copy->at + at, size);
	}
}

static void reads_back(struct spool_place place)
{
	struct spool spool;
	struct buf copy = BUF_INIT;
	uint32_t seed = 7;

	buf_string(&copy);
	spool_init(&spool, &place);
	for (int i = 0; i < 2000; i++) {
		add_random(&spool, &copy, &seed);
		assert_int_equal(spool_size(&spool), copy.len);
		read_random(&spool, &copy, &seed);
	}
	assert_true(spool_clear(&spool, &why));
	assert_int_equal(spool_size(&spool), 0);
	buf_clear(&copy);
	for (int i = 0; i < 50; i++) {
		add_random(&spool, &copy, &seed);
		read_random(&spool, &copy, &seed);
	}
	spool_release(&spool);
	buf_release(&copy);
}

TEST(what_was_added_is_read_at_any_place)
{
	reads_back((struct spool_place){ NULL, 1 });
	reads_back(in_folder(7));
	reads_back(in_folder(1000));
	reads_back(in_folder(SPOOL_MEMORY));
}

TEST(little_needs_no_file)
{
	struct spool_place nowhere = { "/nonexistent", 10 };
	struct spool spool;

	spool_init(&spool, &nowhere);
	assert_true(spool_add(&spool, SPAN("0123456789"), &why));
	assert_int_equal(spool.fd, -1);
	assert_false(spool_add(&spool, SPAN("x"), &why));
	assert_string_equal(why.text,
		"cannot make a temporary file in '/nonexistent': No such file or directory "
		"(TMPDIR names another folder)");
	spool_release(&spool);
}

/* Names in the folder. */
static size_t count_names(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

TEST(the_file_has_no_name_and_is_not_inherited)
{
	char path[] = "/tmp/spool-test-XXXXXX";
	struct spool_place place = { mkdtemp(path), 1 };
	struct spool spool;

	spool_init(&spool, &place);
	assert_true(spool_add(&spool, SPAN("some bytes"), &why));
	assert_int_equal(count_names(path), 2);
	assert_true(fcntl(spool.fd, F_GETFD) & FD_CLOEXEC);
	spool_release(&spool);
	assert_int_equal(rmdir(path), 0);
}

TEST(a_full_disk_is_said)
{
	struct rlimit old, tight;
	struct spool_place place = in_folder(100);
	struct spool spool;
	char bytes[5000] = { 0 };

	getrlimit(RLIMIT_FSIZE, &old);
	tight = (struct rlimit){ 1000, old.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &tight);
	spool_init(&spool, &place);
	assert_false(spool_add(&spool, span_of(bytes, sizeof(bytes)), &why));
	setrlimit(RLIMIT_FSIZE, &old);
	assert_non_null(strstr(why.text, "cannot write a temporary file in '"));
	assert_non_null(strstr(why.text, "File too large"));
	spool_release(&spool);
}

TEST(a_file_cut_short_is_said)
{
	struct spool_place place = in_folder(10);
	struct spool spool;
	char bytes[30];

	spool_init(&spool, &place);
	assert_true(spool_add(&spool, SPAN("0123456789012345678901234"), &why));
	assert_int_equal(ftruncate(spool.fd, 5), 0);
	assert_false(spool_read_all(&spool, 0, bytes, 25, &why));
	assert_non_null(strstr(why.text, "cannot read a temporary file in '"));
	assert_true(spool_read_all(&spool, 20, bytes, 5, &why));
	assert_false(spool_read_all(&spool, 20, bytes, 6, &why));
	spool_release(&spool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(what_was_added_is_read_at_any_place),
		IT(little_needs_no_file),
		IT(the_file_has_no_name_and_is_not_inherited),
		IT(a_full_disk_is_said),
		IT(a_file_cut_short_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
