/* SPDX-License-Identifier: MIT
 * conformance_word_break_test.c - every line of Unicode's auxiliary/WordBreakTest.txt. */
#include "tests/unit/ucd_lines.h"

#include "common/word_break.h"

/* "÷ 0061 × 0308 ÷": the text, and a bar in `bars` at each byte where a segment ends. */
static void parse(struct buf *text, struct buf *bars, const char *line)
{
	buf_clear(text);
	buf_clear(bars);
	while (*line) {
		bool is_break = strncmp(line, "÷", strlen("÷")) == 0;

		while (bars->len < text->len)
			buf_add_byte(bars, ' ');
		if (is_break && bars->len)
			bars->at[bars->len - 1] = '|';
		line += strcspn(line, " \t");
		line = ucd_runes(text, line);
		line += strspn(line, " \t");
	}
}

TEST(every_line_breaks_where_unicode_says)
{
	struct ucd_lines lines = ucd_open("auxiliary/WordBreakTest.txt");
	struct buf text = BUF_INIT, expected = BUF_INIT, got = BUF_INIT;
	size_t count = 0;

	for (; ucd_next(&lines); count++) {
		parse(&text, &expected, lines.line);
		buf_clear(&got);
		for (struct span rest = buf_span(&text); rest.len;) {
			size_t len = word_break_next(rest);

			for (size_t i = 0; i < len; i++)
				buf_add_byte(&got, i + 1 == len ? '|' : ' ');
			rest = span_skip(rest, len);
		}
		if (!span_equal(buf_span(&got), buf_span(&expected)))
			fail_msg("%s\nexpected %s\ngot      %s", lines.line, buf_string(&expected),
				buf_string(&got));
	}
	assert_true(count > 1800); /* 15.0 has 1823 */
	ucd_close(&lines);
	buf_release(&text);
	buf_release(&expected);
	buf_release(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = { IT(every_line_breaks_where_unicode_says) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
