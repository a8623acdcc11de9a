/* SPDX-License-Identifier: MIT
 * file_name_test.c - names of files as ids, and back. */
#include "tests/unit/check.h"

#include "packing/file_name.h"

static void escapes(struct span name, const char *expected)
{
	struct buf id = BUF_INIT, back = BUF_INIT;
	struct diag why;

	file_name_escape(&id, name);
	check_buf(&id, expected);
	assert_true(file_name_unescape(&back, buf_span(&id), &why));
	assert_true(span_equal(buf_span(&back), name));
	buf_release(&id);
	buf_release(&back);
}

TEST(plain_names_are_their_own_ids)
{
	escapes(SPAN("news/2021/ترام.txt"), "news/2021/ترام.txt");
	escapes(SPAN("a b\n\"'%~:*?\x01\x7F"), "a b\n\"'%~:*?\x01\x7F");
	escapes(SPAN(""), "");
}

TEST(bytes_that_are_not_utf8_and_backslashes_are_escaped)
{
	escapes(SPAN("\xFF"), "\\xFF");
	escapes(SPAN("\xCE\xD1.txt"), "\\xCE\\xD1.txt");
	escapes(SPAN("\\"), "\\\\");
	escapes(SPAN("\\xFF"), "\\\\xFF");
	escapes(SPAN("a\\\xE2\x82"), "a\\\\\\xE2\\x82");
	escapes(SPAN("\xED\xA0\x80\xC0\xAF"), "\\xED\\xA0\\x80\\xC0\\xAF");
}

TEST(every_name_comes_back_from_its_id)
{
	uint32_t seed = 5;

	for (int round = 0; round < 3000; round++) {
		static const char bytes[] = "\\\\xF8a/\xD9\x82\xFF\xC3\xE2\x80\xF0\x9F";
		struct buf name = BUF_INIT, id = BUF_INIT, back = BUF_INIT;
		struct diag why;

		for (size_t len = check_random(&seed) % 12; len > 0; len--)
			buf_add_byte(&name, bytes[check_random(&seed) % (sizeof(bytes) - 1)]);
		file_name_escape(&id, buf_span(&name));
		assert_true(file_name_unescape(&back, buf_span(&id), &why));
		assert_true(span_equal(buf_span(&back), buf_span(&name)));
		buf_release(&name);
		buf_release(&id);
		buf_release(&back);
	}
}

static void refuses_to_unescape(struct span id)
{
	struct buf name = BUF_INIT;
	struct diag why;

	assert_false(file_name_unescape(&name, id, &why));
	buf_release(&name);
}

TEST(a_backslash_that_is_no_escape_is_an_error)
{
	refuses_to_unescape(SPAN("a\\"));
	refuses_to_unescape(SPAN("\\n"));
	refuses_to_unescape(SPAN("\\xF"));
	refuses_to_unescape(SPAN("\\xFG"));
	refuses_to_unescape(SPAN("\\XFF"));
	refuses_to_unescape(SPAN("C:\\news"));
}

TEST(no_slash_no_dot_and_no_nul_can_be_escaped)
{
	refuses_to_unescape(SPAN("\\x2F"));
	refuses_to_unescape(SPAN("\\x2E\\x2E"));
	refuses_to_unescape(SPAN("\\x00"));
	refuses_to_unescape(SPAN("\\x7F"));
}

static void becomes(const char *path, const char *expected)
{
	struct buf relative = BUF_INIT;

	file_name_relative(&relative, span_from(path));
	check_buf(&relative, expected);
	buf_release(&relative);
}

TEST(paths_become_relative_as_tar_makes_them)
{
	becomes("articles/a.txt", "articles/a.txt");
	becomes("articles//a.txt", "articles/a.txt");
	becomes("/etc/hosts", "etc/hosts");
	becomes("./a/./b", "a/b");
	becomes("../../a/b", "a/b");
	becomes("x/../../a", "a");
	becomes("a/..b/...", "a/..b/...");
	becomes("./.hidden", ".hidden");
}

static bool stays(struct span name)
{
	struct diag why;

	return file_name_stays_inside(name, &why);
}

TEST(names_that_lead_elsewhere_are_refused)
{
	assert_false(stays(SPAN("")));
	assert_false(stays(SPAN("/")));
	assert_false(stays(SPAN("/etc/x")));
	assert_false(stays(SPAN("..")));
	assert_false(stays(SPAN("../x")));
	assert_false(stays(SPAN("a/../../x")));
	assert_false(stays(SPAN("a/..")));
	assert_false(stays(SPAN("a/../b")));
}

TEST(names_of_folders_and_odd_spellings_are_refused)
{
	assert_false(stays(SPAN(".")));
	assert_false(stays(SPAN("./a")));
	assert_false(stays(SPAN("a/.")));
	assert_false(stays(SPAN("a//b")));
	assert_false(stays(SPAN("a/")));
	assert_false(stays(SPAN("a\0b")));
}

TEST(other_names_are_fine)
{
	assert_true(stays(SPAN("a")));
	assert_true(stays(SPAN("a/b/c")));
	assert_true(stays(SPAN(".a/..b/...")));
	assert_true(stays(SPAN("a b\n\xFF/\x1B[31m")));
}

TEST(a_name_may_be_as_long_as_a_path)
{
	struct buf name = BUF_INIT;

	while (name.len < FILE_NAME_LONGEST)
		buf_add_byte(&name, name.len % 2 ? '/' : 'a');
	assert_true(stays(buf_span(&name)));
	buf_add(&name, SPAN("/a"));
	assert_false(stays(buf_span(&name)));
	buf_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(plain_names_are_their_own_ids),
		IT(bytes_that_are_not_utf8_and_backslashes_are_escaped),
		IT(every_name_comes_back_from_its_id),
		IT(a_backslash_that_is_no_escape_is_an_error),
		IT(no_slash_no_dot_and_no_nul_can_be_escaped),
		IT(paths_become_relative_as_tar_makes_them),
		IT(names_that_lead_elsewhere_are_refused),
		IT(names_of_folders_and_odd_spellings_are_refused),
		IT(other_names_are_fine),
		IT(a_name_may_be_as_long_as_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
