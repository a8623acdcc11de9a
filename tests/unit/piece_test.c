/* SPDX-License-Identifier: MIT
 * piece_test.c - a piece of a file as a word, and back. */
#include "tests/unit/check.h"

#include "common/piece.h"

TEST(a_piece_is_written_as_it_is_read)
{
	static const char *const words[] = { "0:0:1:a", "7:123456789012345:9:b: c.jsonl", "-0:5:1:-",
		"3:5:2:-", "-1:2:3:/tmp/أخبار:1" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct file_piece piece;
		struct buf word = BUF_INIT;
		struct diag why;

		assert_true(piece_read(&piece, words[i], &why));
		piece_add(&word, &piece);
		assert_string_equal(buf_string(&word), words[i]);
		buf_release(&word);
	}
}

TEST(the_dash_says_where_the_bytes_stand_and_the_name_what_they_are)
{
	struct file_piece piece;
	struct diag why;

	assert_true(piece_read(&piece, "-10:20:3:a.gz", &why));
	assert_true(piece.in_stdin);
	assert_int_equal(piece.from, 10);
	assert_int_equal(piece.to, 20);
	assert_int_equal(piece.line, 3);
	assert_string_equal(piece.name, "a.gz");
}

TEST(what_is_no_piece_is_refused)
{
	static const char *const words[] = { "", "-", "a", "1:2:3:", "1:2:a", "2:1:1:a", "1:2:0:a",
		":2:1:a", "--1:2:1:a", "1: 2:1:a", "1:99999999999999999999:1:a" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct file_piece piece;
		struct diag why = { "" };

		assert_false(piece_read(&piece, words[i], &why));
		assert_non_null(strstr(why.text, "is not [-]FROM:TO:LINE:NAME"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_piece_is_written_as_it_is_read),
		IT(the_dash_says_where_the_bytes_stand_and_the_name_what_they_are),
		IT(what_is_no_piece_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
