/* SPDX-License-Identifier: MIT
 * conformance_sentence_break_test.c - every line of Unicode's auxiliary/SentenceBreakTest.txt, through the
 * filter with --rules=uax29, whole and one character at a time.
 *
 * The filter puts a line end where white space stood, so both sides are compared with runs of white space
 * squeezed: to a line end when there is one in the run, else to a space. A boundary always has something
 * that is not white space behind it, or follows a line end: none is lost by this. */
#include "tests/unit/ucd_lines.h"

#include "common/unicode.h"
#include "filters/split-sentences/split_sentences.h"
#include "tests/unit/drive.h"

/* "÷ 0061 × 0308 ÷": the text, and the text with a line end at each boundary inside. */
static void parse(struct buf *text, struct buf *broken, const char *line)
{
	buf_clear(text);
	buf_clear(broken);
	while (*line) {
		bool is_break = strncmp(line, "÷", strlen("÷")) == 0;
		size_t start = text->len;

		line += strcspn(line, " \t");
		line = ucd_runes(text, line);
		line += strspn(line, " \t");
		if (is_break && start && text->len > start)
			buf_add_byte(broken, '\n');
		buf_add(broken, span_skip(buf_span(text), start));
	}
}

static bool ends_line(int32_t cp)
{
	return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static void squeeze(struct buf *into, struct span text)
{
	bool space = false, line_end = false;

	buf_clear(into);
	while (text.len) {
		struct rune rune = utf8_first(text);

		text = span_skip(text, rune.len);
		if (unicode_is_white_space(rune.value)) {
			space = true;
			line_end |= ends_line(rune.value);
			continue;
		}
		if (space)
			buf_add_byte(into, line_end ? '\n' : ' ');
		space = line_end = false;
		utf8_add(into, rune.value);
	}
}

static void check_line(const char *line, struct span text, struct span broken, size_t longest)
{
	const char *const words[] = { "--rules=uax29", NULL };
	struct driven driven =
		drive(&split_sentences, words, FRAMING_TEXT, text, (struct cutting){ longest, 0 });
	struct buf expected = BUF_INIT, got = BUF_INIT;

	squeeze(&expected, broken);
	squeeze(&got, span_head(buf_span(&driven.text), driven.text.len - 1));
	if (!span_equal(buf_span(&expected), buf_span(&got)))
		fail_msg("%s\nexpected %s\ngot      %s", line, buf_string(&expected), buf_string(&got));
	buf_release(&expected);
	buf_release(&got);
	driven_release(&driven);
}

TEST(every_line_breaks_where_unicode_says)
{
	struct ucd_lines lines = ucd_open("auxiliary/SentenceBreakTest.txt");
	struct buf text = BUF_INIT, broken = BUF_INIT;
	size_t count = 0;

	for (; ucd_next(&lines); count++) {
		parse(&text, &broken, lines.line);
		check_line(lines.line, buf_span(&text), buf_span(&broken), 0);
		check_line(lines.line, buf_span(&text), buf_span(&broken), 1);
	}
	assert_true(count > 480); /* 15.0 has 502 */
	ucd_close(&lines);
	buf_release(&text);
	buf_release(&broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = { IT(every_line_breaks_where_unicode_says) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
