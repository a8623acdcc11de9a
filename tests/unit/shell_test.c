/* SPDX-License-Identifier: MIT
 * shell_test.c - quoting for bash. That bash reads every word back is tried in tests/pipelines/running.t. */
#include "tests/unit/check.h"

#include "pipelines/run-pipeline/shell.h"

static void check_word(struct span word, const char *quoted)
{
	struct buf got = BUF_INIT;

	shell_add_word(&got, word);
	check_buf(&got, quoted);
	buf_release(&got);
}

TEST(plain_word_stays_bare)
{
	check_word(SPAN("--lang=ar"), "--lang=ar");
	check_word(SPAN("a/b.txt"), "a/b.txt");
}

TEST(word_that_means_something_to_a_shell_is_quoted)
{
	check_word(SPAN(""), "''");
	check_word(SPAN("a b"), "'a b'");
	check_word(SPAN("$(x)"), "'$(x)'");
	check_word(SPAN("~"), "'~'");
	check_word(SPAN("a=b"), "'a=b'");
	check_word(SPAN("don't"), "'don'\\''t'");
}

TEST(arabic_can_be_read_in_the_line)
{
	check_word(SPAN("خبر ١.txt"), "'خبر ١.txt'");
}

TEST(what_a_terminal_would_obey_or_hide_is_escaped)
{
	check_word(SPAN("a\nb"), "$'a\\012b'");
	check_word(SPAN("\x1b[31m"), "$'\\033[31m'");
	check_word(SPAN("\xff'\\"), "$'\\377\\047\\134'");
	check_word(SPAN("\xe2\x80\x8f"), "$'\\342\\200\\217'"); /* U+200F, right-to-left mark */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(plain_word_stays_bare),
		IT(word_that_means_something_to_a_shell_is_quoted),
		IT(arabic_can_be_read_in_the_line),
		IT(what_a_terminal_would_obey_or_hide_is_escaped),
	};

	return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
