/* SPDX-License-Identifier: MIT
 * record_test.c - documents out of descriptors, however the bytes arrive. */
#include "tests/unit/check.h"

#include <stdio.h>

#include "common/lines.h"
#include "common/record.h"

/* What the reader said, written down: "<" a document begins, "|" a piece ends, ">" it ends. */
struct log {
	struct buf text;
	bool pieces; /* note where pieces end */
	size_t longest;
};

static enum flow log_begin(void *ctx)
{
	buf_add_byte(&((struct log *)ctx)->text, '<');
	return FLOW_MORE;
}

static enum flow log_text(void *ctx, struct span raw)
{
	struct log *log = ctx;

	assert_true(raw.len > 0);
	log->longest = raw.len > log->longest ? raw.len : log->longest;
	buf_add(&log->text, raw);
	if (log->pieces)
		buf_add_byte(&log->text, '|');
	return FLOW_MORE;
}

static enum flow log_end(void *ctx)
{
	buf_add_byte(&((struct log *)ctx)->text, '>');
	return FLOW_MORE;
}

static enum flow log_wait(void *ctx, int fd)
{
	(void)ctx;
	(void)fd;
	return FLOW_MORE;
}

/* Reads bytes through a temporary file; `log` gathers. */
static void read_bytes(struct log *log, enum framing framing, struct span bytes)
{
	struct record_reader reader = { .framing = framing };
	struct record_handler to = { log_begin, log_text, log_end, log_wait, log };
	FILE *file = tmpfile();
	int error;

	assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
	rewind(file);
	assert_int_equal(record_read(&reader, fileno(file), &to, &error), FLOW_MORE);
	assert_int_equal(error, 0);
	fclose(file);
	record_release(&reader);
}

static void reads_as(enum framing framing, struct span bytes, const char *expected)
{
	struct log log = { BUF_INIT, false, 0 };

	read_bytes(&log, framing, bytes);
	check_buf(&log.text, expected);
	buf_release(&log.text);
}

TEST(a_file_is_one_document_in_text_framing)
{
	reads_as(FRAMING_TEXT, SPAN("one\ntwo"), "<one\ntwo>");
	reads_as(FRAMING_TEXT, SPAN(""), "<>");
}

TEST(a_nul_ends_a_document)
{
	reads_as(FRAMING_ZERO, SPAN("a\0b\nc\0"), "<a><b\nc>");
	reads_as(FRAMING_ZERO, SPAN("\0\0x"), "<><><x>");
	reads_as(FRAMING_ZERO, SPAN(""), "");
}

TEST(a_document_that_goes_on_is_handed_on_from_its_start)
{
	struct log log = { BUF_INIT, true, 0 };

	read_bytes(&log, FRAMING_ZERO, SPAN("a\0b\nc\nd"));
	check_buf(&log.text, "<a|><b\nc\n|d|>");
	buf_release(&log.text);
}

/* Letters, line ends and NULs, of which one in `rare` is no letter: more than two blocks. */
static void check_random_documents(uint32_t seed, uint32_t rare)
{
	struct log log = { BUF_INIT, false, 0 };
	struct buf bytes = BUF_INIT, expected = BUF_INIT;
	bool in_document = false;

	for (int i = 0; i < 600000; i++) {
		char byte = check_random(&seed) % rare ? 'a' : "\n\n\0"[check_random(&seed) % 3];

		buf_add_byte(&bytes, byte);
		if (!in_document)
			buf_add_byte(&expected, '<');
		in_document = byte != '\0';
		buf_add_byte(&expected, in_document ? byte : '>');
	}
	if (in_document)
		buf_add_byte(&expected, '>');
	read_bytes(&log, FRAMING_ZERO, buf_span(&bytes));
	assert_int_equal(log.text.len, expected.len);
	assert_memory_equal(log.text.at, expected.at, expected.len);
	buf_release(&log.text);
	buf_release(&bytes);
	buf_release(&expected);
}

TEST(documents_are_what_is_between_nuls_whatever_their_size)
{
	const uint32_t rare[] = { 2, 50, 5000, 200000 };

	for (uint32_t i = 0; i < sizeof(rare) / sizeof(rare[0]); i++)
		check_random_documents(i + 1, rare[i]);
}

TEST(pieces_are_whole_lines)
{
	struct log log = { BUF_INIT, true, 0 };

	read_bytes(&log, FRAMING_TEXT, SPAN("one\ntwo\nthr"));
	check_buf(&log.text, "<one\ntwo\n|thr|>");
	buf_release(&log.text);
}

TEST(a_line_longer_than_a_block_is_cut_between_characters)
{
	struct log log = { BUF_INIT, true, 0 };
	struct buf line = BUF_INIT;
	struct span rest;

	for (int i = 0; i < 300000; i++)
		buf_add(&line, SPAN("\xD8\xB9\xE2\x82\xAC")); /* an Arabic letter and a euro sign */
	read_bytes(&log, FRAMING_TEXT, buf_span(&line));
	assert_true(log.longest < line.len / 4);
	rest = buf_span(&log.text);
	while (rest.len) { /* every piece starts with a lead byte */
		assert_true(((unsigned char)rest.at[0] & 0xC0) != 0x80);
		rest = span_skip(rest, span_find(rest, '|') + 1);
	}
	buf_release(&line);
	buf_release(&log.text);
}

TEST(a_folder_is_a_read_error)
{
	struct record_reader reader = { .framing = FRAMING_ZERO };
	struct log log = { BUF_INIT, false, 0 };
	struct record_handler to = { log_begin, log_text, log_end, log_wait, &log };
	FILE *folder = fopen("/", "r");
	int error;

	assert_non_null(folder);
	record_read(&reader, fileno(folder), &to, &error);
	assert_int_not_equal(error, 0);
	fclose(folder);
	record_release(&reader);
	buf_release(&log.text);
}

/* A handler that has enough at a call chosen before. */
struct stopper {
	int left;
};

static enum flow count_down(void *ctx)
{
	struct stopper *stopper = ctx;

	assert_true(stopper->left > 0); /* nobody is called after a stop */
	return --stopper->left ? FLOW_MORE : FLOW_STOP;
}

static enum flow count_text(void *ctx, struct span raw)
{
	(void)raw;
	return count_down(ctx);
}

static enum flow count_wait(void *ctx, int fd)
{
	(void)fd;
	return count_down(ctx);
}

/* Whether reading was stopped at that call; false when there are not so many. */
static bool stops_at(int call, enum framing framing, struct span bytes)
{
	struct record_reader reader = { .framing = framing };
	struct stopper stopper = { call };
	struct record_handler to = { count_down, count_text, count_down, count_wait, &stopper };
	FILE *file = tmpfile();
	enum flow flow;
	int error;

	assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
	rewind(file);
	flow = record_read(&reader, fileno(file), &to, &error);
	assert_int_equal(flow, stopper.left ? FLOW_MORE : FLOW_STOP);
	fclose(file);
	record_release(&reader);
	return stopper.left == 0;
}

TEST(whoever_takes_documents_may_have_enough_at_any_time)
{
	struct span bytes = SPAN("a\0b\nc\nd\0\0e\nf");
	int calls = 1;

	while (stops_at(calls, FRAMING_ZERO, bytes))
		calls++;
	assert_int_equal(calls - 1, 14); /* four documents with four pieces, and waiting for two reads */
	for (calls = 1; stops_at(calls, FRAMING_TEXT, bytes);)
		calls++;
	assert_int_equal(calls - 1, 6);
}

static enum flow note_line(void *ctx, struct span line)
{
	buf_add(ctx, line);
	buf_add_byte(ctx, '/');
	return FLOW_MORE;
}

TEST(lines_are_the_same_however_pieces_are_cut)
{
	struct span text = SPAN("one\n\ntwo and more\nlast");

	for (size_t a = 0; a <= text.len; a++)
		for (size_t b = a; b <= text.len; b++) {
			struct lines lines = { BUF_INIT };
			struct buf got = BUF_INIT;

			lines_text(&lines, span_head(text, a), note_line, &got);
			lines_text(&lines, span_of(text.at + a, b - a), note_line, &got);
			lines_text(&lines, span_skip(text, b), note_line, &got);
			lines_end(&lines, note_line, &got);
			check_buf(&got, "one\n/\n/two and more\n/last/");
			buf_release(&got);
			lines_release(&lines);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_file_is_one_document_in_text_framing),
		IT(a_nul_ends_a_document),
		IT(a_document_that_goes_on_is_handed_on_from_its_start),
		IT(documents_are_what_is_between_nuls_whatever_their_size),
		IT(pieces_are_whole_lines),
		IT(a_line_longer_than_a_block_is_cut_between_characters),
		IT(a_folder_is_a_read_error),
		IT(whoever_takes_documents_may_have_enough_at_any_time),
		IT(lines_are_the_same_however_pieces_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
