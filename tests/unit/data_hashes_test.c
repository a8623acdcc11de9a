/* SPDX-License-Identifier: MIT
 * data_hashes_test.c - every file of a filter's data/ is named by its table, with the hash of its bytes.
 *
 * Reads the files from the tree, where `make check` runs. */
#include <glob.h>
#include <stdio.h>
#include <xxhash.h>

#include "common/registry.h"
#include "tests/unit/check.h"

/* XXH3 of a file, in hexadecimal. */
static void hash_file(struct buf *into, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf bytes = BUF_INIT;
	int byte;

	assert_non_null(file);
	while ((byte = getc(file)) != EOF)
		buf_add_byte(&bytes, (char)byte);
	fclose(file);
	buf_clear(into);
	buf_addf(into, "%016llx", (unsigned long long)XXH3_64bits(bytes.at, bytes.len));
	buf_release(&bytes);
}

static void check_file(const struct filter *filter, const char *path, const struct data_hash *row)
{
	const char *name = strrchr(path, '/') + 1;
	struct buf hash = BUF_INIT;

	if (!row || !row->name)
		fail_msg("%s does not list %s", filter->name, path);
	assert_int_equal(strlen(row->name), strlen(name) - strlen(".txt"));
	assert_memory_equal(row->name, name, strlen(row->name));
	hash_file(&hash, path);
	assert_string_equal(row->xxh3, buf_string(&hash));
	buf_release(&hash);
}

static void check_filter(const struct filter *filter)
{
	const struct data_hash *row = filter->data;
	struct buf pattern = BUF_INIT;
	glob_t found;

	buf_addf(&pattern, "filters/%s/data/*.txt", filter->name);
	if (glob(buf_string(&pattern), 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			check_file(filter, found.gl_pathv[i], row ? row++ : NULL);
		globfree(&found);
	}
	assert_true(!row || !row->name);
	buf_release(&pattern);
}

TEST(every_data_file_is_listed_with_its_hash)
{
	for (size_t i = 0; registry_at(i); i++)
		check_filter(registry_at(i));
}

/* The XXH3 of nothing, as xxhsum -H3 prints it of an empty file. */
TEST(hashes_are_those_of_xxhsum)
{
	assert_true(XXH3_64bits("", 0) == 0x2d06800538d394c2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_data_file_is_listed_with_its_hash),
		IT(hashes_are_those_of_xxhsum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
