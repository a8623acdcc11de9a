/* SPDX-License-Identifier: MIT
 * sentence_offsets_test.c - what --offsets says cuts the sentences out of the document, whatever that is. */
#include <stdlib.h>

#include "common/unicode.h"
#include "filters/split-sentences/split_sentences.h"
#include "tests/unit/check.h"
#include "tests/unit/drive.h"

static const char *const news[] = { "--rules=news", "--offsets=places", NULL };
static const char *const strict[] = { "--rules=uax29", "--offsets=places", NULL };

/* Runs, and leaves the rows in `places`. */
static struct driven split(struct driven_file *places, const char *const *words, enum framing reads,
	struct span text, struct cutting cutting)
{
	struct driven driven;

	*places = (struct driven_file){ "places", BUF_INIT };
	driven = drive_with(
		&split_sentences, words, (struct driven_files){ places, 1 }, reads, text, cutting);
	assert_int_equal(driven.flow, FLOW_MORE);
	return driven;
}

static void says(const char *const *words, enum framing reads, struct span text, const char *rows)
{
	struct driven_file places;
	struct driven driven = split(&places, words, reads, text, (struct cutting){ 1, 0 });

	assert_string_equal(buf_string(&places.text), rows);
	driven_release(&driven);
	buf_release(&places.text);
}

TEST(bytes_and_characters_are_counted_apart)
{
	says(news, FRAMING_TEXT, SPAN("نعم. لا. A\xF0\x9F\x98\x80.\n"),
		"1\t1\t1\t0\t7\t0\t4\n"
		"1\t1\t2\t8\t13\t5\t8\n"
		"1\t1\t3\t14\t20\t9\t12\n");
}

TEST(paragraphs_start_sentences_anew_and_blank_lines_do_not_count)
{
	const char *rows = "1\t1\t1\t0\t4\t0\t4\n"
			   "1\t1\t2\t6\t10\t6\t10\n"
			   "1\t2\t1\t17\t21\t17\t21\n"
			   "1\t3\t1\t22\t26\t22\t26\n";

	says(news, FRAMING_TEXT, SPAN("One.  Two. \r\n\n \t\nTri.\rFor."), rows);
	says(strict, FRAMING_TEXT, SPAN("One.  Two. \r\n\n \t\nTri.\rFor."), rows);
}

TEST(documents_are_numbered_and_each_starts_at_nought)
{
	says(news, FRAMING_ZERO, span_of("One.\n\0\0Two. Six.", 16),
		"1\t1\t1\t0\t4\t0\t4\n"
		"3\t1\t1\t0\t4\t0\t4\n"
		"3\t1\t2\t5\t9\t5\t9\n");
}

TEST(white_space_in_front_of_a_sentence_that_stays_is_its_own)
{
	says(news, FRAMING_TEXT, SPAN("  One. Two."), "1\t1\t1\t0\t6\t0\t6\n1\t1\t2\t7\t11\t7\t11\n");
}

TEST(without_text_there_are_no_rows)
{
	says(news, FRAMING_TEXT, SPAN(""), "");
	says(strict, FRAMING_TEXT, SPAN("\r \n\n\xE2\x80\xA8"), "");
}

/* --- any text ------------------------------------------------------------------------------------------- */

static const char *const alphabet[] = { ".", ".", "…", "!", "؟", "۔", "。", "،", "\"", "«", "»", "(", ")",
	"[3]", " ", " ", " ", "  ", "\t", "\v", "\xC2\xA0", "\xE2\x80\x8F", "\n", "\n\n", "\r\n", "\r",
	"\r\r\n", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xC2\x85", "7", "x", "Then", "Mr", "د", "وقال", "مطر",
	"字", "\xCC\x81", "\xF0\x9F\x98\x80",
	"                                                                            " };

static void random_text(struct buf *into, uint32_t *seed)
{
	uint32_t words = check_random(seed) % 50;

	buf_clear(into);
	for (uint32_t i = 0; i < words; i++)
		buf_add(into,
			span_from(alphabet[check_random(seed) % (sizeof(alphabet) / sizeof(*alphabet))]));
}

static size_t characters(struct span text)
{
	size_t count = 0;

	for (; text.len; count++)
		text = span_skip(text, utf8_first(text).len);
	return count;
}

/* Appends what the rows cut out of `text`, a line each, and checks that they come in order and count characters. */
static void cut_out(struct buf *into, struct span text, const char *rows)
{
	unsigned long long last_end = 0;

	while (*rows) {
		unsigned long long column[7];

		for (int i = 0; i < 7; i++)
			column[i] = strtoull(rows, (char **)&rows, 10);
		rows++;
		assert_true(last_end <= column[3] && column[3] < column[4] && column[4] <= text.len);
		last_end = column[4];
		buf_add(into, span_skip(span_head(text, column[4]), column[3]));
		buf_add_byte(into, '\n');
		assert_int_equal(characters(span_head(text, column[3])), column[5]);
		assert_int_equal(characters(span_head(text, column[4])), column[6]);
	}
}

static bool is_blank(struct span line)
{
	while (line.len && unicode_is_white_space(utf8_first(line).value))
		line = span_skip(line, utf8_first(line).len);
	return line.len == 0;
}

/* The lines that are not blank, without the CR of CR LF. */
static void written_sentences(struct buf *into, struct span text)
{
	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		text = span_skip(text, line.len + 1);
		if (span_has_suffix(line, SPAN("\r")))
			line.len--;
		if (is_blank(line))
			continue;
		buf_add(into, line);
		buf_add_byte(into, '\n');
	}
}

static void check_cut(const char *const *words, struct buf *text, struct cutting cutting)
{
	struct driven_file places;
	struct driven driven = split(&places, words, FRAMING_TEXT, buf_span(text), cutting);
	struct buf expected = BUF_INIT, got = BUF_INIT;

	written_sentences(&expected, span_head(buf_span(&driven.text), driven.text.len - 1));
	cut_out(&got, buf_span(text), buf_string(&places.text));
	if (!span_equal(buf_span(&expected), buf_span(&got)))
		fail_msg("%s of\n%s\nwrote\n%s\nand cut out\n%s", words[0], buf_string(text),
			buf_string(&expected), buf_string(&got));
	buf_release(&expected);
	buf_release(&got);
	buf_release(&places.text);
	driven_release(&driven);
}

TEST(offsets_cut_out_the_sentences_that_are_written)
{
	struct buf text = BUF_INIT;
	uint32_t seed = 31;

	for (int i = 0; i < 1500; i++) {
		random_text(&text, &seed);
		check_cut(news, &text, (struct cutting){ 0, 0 });
		check_cut(news, &text, (struct cutting){ 9, seed | 1 });
		check_cut(strict, &text, (struct cutting){ 0, 0 });
		check_cut(strict, &text, (struct cutting){ 9, seed | 1 });
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(bytes_and_characters_are_counted_apart),
		IT(paragraphs_start_sentences_anew_and_blank_lines_do_not_count),
		IT(documents_are_numbered_and_each_starts_at_nought),
		IT(white_space_in_front_of_a_sentence_that_stays_is_its_own),
		IT(without_text_there_are_no_rows),
		IT(offsets_cut_out_the_sentences_that_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
