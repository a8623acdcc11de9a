/* SPDX-License-Identifier: MIT
 * report_test.c - nothing untrusted reaches a terminal as it is. */
#include "tests/unit/check.h"

#include "common/report.h"

static void escapes_to(struct span text, const char *expected)
{
	struct buf got = BUF_INIT;

	report_escape(&got, text);
	check_buf(&got, expected);
	buf_release(&got);
}

TEST(printable_text_stays)
{
	escapes_to(SPAN("notes.txt: خبر، 3 ٪"), "notes.txt: خبر، 3 ٪");
}

TEST(controls_and_line_ends_are_spelled)
{
	escapes_to(SPAN("a\x1B[31m\r\n\x7F"), "a\\u{001B}[31m\\u{000D}\\u{000A}\\u{007F}");
	escapes_to(SPAN("\xC2\x9B"), "\\u{009B}");
}

TEST(bidi_marks_and_invisibles_are_spelled)
{
	escapes_to(SPAN("\u202Egnp.\u200B\u2066\u2028"), "\\u{202E}gnp.\\u{200B}\\u{2066}\\u{2028}");
}

TEST(bytes_that_are_no_text_are_spelled)
{
	escapes_to(SPAN("a\xFF\xD8"), "a\\x{FF}\\x{D8}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(printable_text_stays),
		IT(controls_and_line_ends_are_spelled),
		IT(bidi_marks_and_invisibles_are_spelled),
		IT(bytes_that_are_no_text_are_spelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
