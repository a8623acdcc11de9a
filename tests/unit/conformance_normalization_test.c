/* SPDX-License-Identifier: MIT
 * conformance_normalization_test.c - NFC on every line of Unicode's NormalizationTest.txt, whole and cut at
 * every place, and on every code point that it does not list. */
#include "tests/unit/ucd_lines.h"

#include "common/mem.h"
#include "common/nfc.h"
#include "common/unicode.h"

enum { COLUMNS = 5, CODE_POINTS = 0x110000 };

/* The columns of a line: source; NFC; NFD; NFKC; NFKD. */
static void parse(struct buf columns[COLUMNS], const char *line)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		buf_clear(&columns[i]);
		line = ucd_runes(&columns[i], line);
		assert_int_equal(*line, ';');
		line++;
	}
}

static void check_same(struct buf *got, const struct buf *expected, const char *line)
{
	if (!span_equal(buf_span(got), buf_span(expected)))
		fail_msg("%s\nexpected %.*s\ngot      %s", line, (int)expected->len, expected->at,
			buf_string(got));
}

/* The text in two pieces, as a stream would have them. */
static void add_in_two(struct buf *into, struct span text, size_t cut)
{
	size_t settled = nfc_settled(span_head(text, cut));
	size_t next = nfc_settled(span_skip(text, cut));

	nfc_add(into, span_head(text, settled));
	if (next == 0) {
		nfc_add(into, span_skip(text, settled));
		return;
	}
	nfc_add(into, span_of(text.at + settled, cut + next - settled));
	nfc_add(into, span_skip(text, cut + next));
}

static void check_nfc(const struct buf *from, const struct buf *expected, const char *line)
{
	struct span text = buf_span(from);
	struct buf got = BUF_INIT;

	nfc_add(&got, text);
	check_same(&got, expected, line);
	for (size_t cut = 0; cut <= text.len;
		cut += cut < text.len ? utf8_first(span_skip(text, cut)).len : 1) {
		buf_clear(&got);
		add_in_two(&got, text, cut);
		check_same(&got, expected, line);
	}
	if (nfc_clean_prefix(text) == text.len)
		check_same(&got, from, line);
	buf_release(&got);
}

static void check_line(struct buf columns[COLUMNS], const char *line)
{
	parse(columns, line);
	check_nfc(&columns[0], &columns[1], line);
	check_nfc(&columns[1], &columns[1], line);
	check_nfc(&columns[2], &columns[1], line);
	check_nfc(&columns[3], &columns[3], line);
	check_nfc(&columns[4], &columns[3], line);
}

static void check_unlisted(const bool *listed)
{
	struct buf text = BUF_INIT;

	for (int32_t cp = 1; cp < CODE_POINTS; cp++) {
		if (listed[cp] || (cp >= 0xD800 && cp <= 0xDFFF))
			continue;
		buf_clear(&text);
		utf8_add(&text, cp);
		check_nfc(&text, &text, "a code point that part 1 does not list");
	}
	buf_release(&text);
}

TEST(every_line_and_every_code_point_is_as_unicode_says)
{
	struct ucd_lines lines = ucd_open("NormalizationTest.txt.bz2");
	struct buf columns[COLUMNS] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	bool *listed = mem_new(CODE_POINTS, sizeof(*listed)), in_part_1 = false;
	size_t count = 0;

	while (ucd_next(&lines)) {
		if (lines.line[0] == '@') {
			in_part_1 = strncmp(lines.line, "@Part1 ", 7) == 0;
			continue;
		}
		check_line(columns, lines.line);
		if (in_part_1)
			listed[utf8_first(buf_span(&columns[0])).value] = true;
		count++;
	}
	assert_true(count > 19000); /* 15.0 has 19074 */
	check_unlisted(listed);
	ucd_close(&lines);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_release(&columns[i]);
	free(listed);
}

int main(void)
{
	const struct CMUnitTest tests[] = { IT(every_line_and_every_code_point_is_as_unicode_says) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
