/* SPDX-License-Identifier: MIT
 * parts_test.c - files dealt out: pieces tile them, and are cut between documents alone. */
#include "tests/unit/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "common/file.h"
#include "pipelines/run-pipeline/parts.h"

/* A file of its own with this content; the name is the caller's to free. */
static char *file_of(struct span text, const char *suffix)
{
	struct buf name = BUF_INIT;
	char *path;
	int fd;

	buf_addf(&name, "/tmp/parts_test.XXXXXX%s", suffix);
	path = strdup(buf_string(&name));
	fd = mkstemps(path, (int)strlen(suffix));
	assert_true(fd >= 0 && file_write_all(fd, text));
	close(fd);
	buf_release(&name);
	return path;
}

/* Pieces of one file cover it once, in order, each begins behind an `end`, and parts are numbered without a gap. */
static void check_tiles(const struct parts *parts, struct span text, char end)
{
	uint64_t at = 0;

	for (size_t i = 0; i < parts->count; i++) {
		const struct part_piece *piece = &parts->pieces[i];

		assert_int_equal(piece->start, at);
		assert_true(piece->end > piece->start);
		assert_int_equal(piece->part, i + 1);
		assert_true(at == 0 || text.at[at - 1] == end);
		at = piece->end;
	}
	assert_int_equal(at, text.len);
	assert_int_equal(parts->parts, parts->count);
}

static void check_sizes(struct span text, char end)
{
	char *path = file_of(text, "");
	const char *const names[] = { path };

	for (uint64_t size = 1; size < text.len + 2; size += 1 + size / 7) {
		struct arena arena = ARENA_INIT;
		struct parts parts;
		struct diag why;

		assert_true(parts_deal(&arena, names, 1, size, end, &parts, &why));
		check_tiles(&parts, text, end);
		parts_release(&parts);
		arena_release(&arena);
	}
	unlink(path);
	free(path);
}

TEST(pieces_tile_a_file_of_any_lines)
{
	uint32_t seed = 12;

	for (int round = 0; round < 20; round++) {
		struct buf text = BUF_INIT;

		for (uint32_t left = 1 + check_random(&seed) % 400; left; left--)
			buf_add_byte(&text, check_random(&seed) % (1 + (uint32_t)round) ? 'x' : '\n');
		check_sizes(buf_span(&text), '\n');
		buf_release(&text);
	}
}

TEST(a_record_longer_than_a_block_is_not_cut)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < 200000; i++)
		buf_add_byte(&text, i == 5 || i == 150000 ? '\0' : 'x');
	check_sizes(buf_span(&text), '\0');
	buf_release(&text);
}

TEST(small_files_share_a_part_up_to_its_size)
{
	char *paths[5];
	struct arena arena = ARENA_INIT;
	struct parts parts;
	struct diag why;
	static const size_t expected[] = { 1, 1, 2, 2, 3 };

	for (int i = 0; i < 5; i++)
		paths[i] = file_of(SPAN("1234"), "");
	assert_true(parts_deal(&arena, (const char *const *)paths, 5, 9, '\n', &parts, &why));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(parts.pieces[i].part, expected[i]);
		unlink(paths[i]);
		free(paths[i]);
	}
	parts_release(&parts);
	arena_release(&arena);
}

TEST(what_cannot_be_cut_is_a_part)
{
	char *text = file_of(SPAN("a\nb\nc\n"), ""), *packed = file_of(SPAN("a\nb\nc\n"), ".zst");
	const char *const names[] = { text, packed };
	struct arena arena = ARENA_INIT;
	struct parts parts;
	struct diag why;

	assert_true(parts_deal(&arena, names, 1, 1, -1, &parts, &why));
	assert_int_equal(parts.parts, 1);
	parts_release(&parts);
	assert_true(parts_deal(&arena, names + 1, 1, 1, '\n', &parts, &why));
	assert_int_equal(parts.parts, 1);
	parts_release(&parts);
	unlink(text);
	unlink(packed);
	free(text);
	free(packed);
	arena_release(&arena);
}

TEST(a_file_that_is_not_there_is_named)
{
	static const char *const names[] = { "/nowhere/خبر" };
	struct arena arena = ARENA_INIT;
	struct parts parts;
	struct diag why;

	assert_false(parts_deal(&arena, names, 1, 1, '\n', &parts, &why));
	assert_string_equal(why.text, "'/nowhere/خبر': No such file or directory");
	parts_release(&parts);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(pieces_tile_a_file_of_any_lines),
		IT(a_record_longer_than_a_block_is_not_cut),
		IT(small_files_share_a_part_up_to_its_size),
		IT(what_cannot_be_cut_is_a_part),
		IT(a_file_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
