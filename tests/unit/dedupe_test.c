/* SPDX-License-Identifier: MIT
 * dedupe_test.c - what is dropped and what is kept. */
#include "filters/dedupe/dedupe.h"

#include "filters/dedupe/overlong.h"

#include "tests/unit/check.h"
#include "tests/unit/drive.h"

typedef const char *const words[];

static void check_text(const char *const *options, const char *in, const char *out)
{
	struct driven got;

	assert_string_equal(drive_text(&got, &dedupe, options, in), out);
	assert_int_equal(got.documents, 1);
	driven_release(&got);
}

/* Documents in and out, each ended by a NUL, whole and in pieces of one to nine bytes. */
static void check_zero(const char *const *options, struct span in, struct span out)
{
	for (size_t longest = 0; longest < 10; longest++) {
		struct driven got =
			drive(&dedupe, options, FRAMING_ZERO, in, (struct cutting){ longest, longest > 5 });

		assert_int_equal(got.flow, FLOW_MORE);
		assert_int_equal(got.text.len, out.len);
		if (out.len)
			assert_memory_equal(got.text.at, out.at, out.len);
		driven_release(&got);
	}
}

static void check_fails(const char *const *options, enum framing reads, const char *why)
{
	struct driven got = drive(&dedupe, options, reads, SPAN("x\n"), (struct cutting){ 0, 0 });

	assert_int_equal(got.flow, FLOW_FAIL);
	assert_non_null(strstr(got.why.text, why));
	driven_release(&got);
}

TEST(the_first_of_equal_lines_stays_in_its_place)
{
	check_text(NULL, "ب\nا\nب\nج\nا\n", "ب\nا\nج\n");
}

TEST(nothing_dropped_is_byte_for_byte_the_same)
{
	check_text(NULL, "\n \nا\r\n\n\n\t\nب\n\n\n", "\n \nا\r\n\n\n\t\nب\n\n\n");
	check_text(NULL, "\n\n", "\n\n");
	check_text(NULL, "", "");
}

TEST(a_last_line_without_newline_equals_one_with_it)
{
	check_text(NULL, "ا\nب\nا", "ا\nب\n");
}

TEST(a_line_end_is_not_part_of_a_line)
{
	check_text(NULL, "ا\r\nا\nب\nب\r\nا\r", "ا\r\nب\n");
}

TEST(a_space_makes_another_line)
{
	check_text(NULL, "ا\nا \n ا\n", "ا\nا \n ا\n");
}

TEST(a_dropped_line_takes_the_blank_lines_after_it_along)
{
	check_text(NULL, "ا\n\nا\n\n\nب\n", "ا\n\nب\n");
	check_text(NULL, "ا\nا\n\nب\n", "ا\nب\n");
}

TEST(no_blank_line_is_last_where_a_line_was_dropped)
{
	check_text(NULL, "ا\n\nا\n", "ا\n");
	check_text(NULL, "ا\nا\nب\n\n\n", "ا\nب\n");
}

TEST(no_blank_line_is_first_where_the_first_line_was_dropped)
{
	check_zero((words){ "--unit=line", NULL }, SPAN("a\n\0\n \na\n\nb\n"), SPAN("a\n\0b\n\0"));
	check_zero((words){ "--unit=line", NULL }, SPAN("a\n\0\n\na\n\n"), SPAN("a\n\0\0"));
}

TEST(blank_lines_are_those_of_unicode_white_space)
{
	check_text(NULL, "ا\n\xC2\xA0\nب\n\xC2\xA0\nج\n", "ا\n\xC2\xA0\nب\n\xC2\xA0\nج\n");
	check_text(
		NULL, "\xE2\x80\x8F\n\xE2\x80\x8F\n", "\xE2\x80\x8F\n"); /* a right-to-left mark is text */
}

TEST(endless_blank_lines_are_not_held_back)
{
	size_t blanks = 3u << 20;
	struct buf in = BUF_INIT;
	struct driven got;

	buf_add(&in, SPAN("a\n"));
	memset(buf_reserve(&in, blanks), '\n', blanks);
	in.len += blanks;
	buf_add(&in, SPAN("b\n"));
	got = drive(&dedupe, NULL, FRAMING_TEXT, buf_span(&in), (struct cutting){ 70000, 0 });
	assert_int_equal(got.text.len, in.len + 1);
	assert_memory_equal(got.text.at, in.at, in.len);
	driven_release(&got);
	buf_release(&in);
}

static void add_long(struct buf *into, const char *end)
{
	memset(buf_reserve(into, OVERLONG + 1), 'x', OVERLONG + 1);
	into->len += OVERLONG + 1;
	buf_add(into, span_from(end));
}

/* Once in pieces that have its end with them, once in such as let nobody hold it. */
TEST(what_is_too_long_to_hold_is_a_duplicate_all_the_same)
{
	static const words by_line = { "--key=ws", "--number", NULL }, by_document = { "--strong", NULL };
	static const enum framing framings[] = { FRAMING_TEXT, FRAMING_ZERO };
	struct buf in = BUF_INIT;

	add_long(&in, "\n\n");
	add_long(&in, " y\n");
	add_long(&in, "\r\n\n");
	buf_add(&in, span_of("z\0", 2));
	add_long(&in, "");
	buf_add(&in, span_of("\0", 1));
	add_long(&in, "\n");
	for (size_t i = 0; i < 2; i++) {
		const char *const *options = i ? by_document : by_line;
		struct span text = i ? buf_span(&in) : span_head(buf_span(&in), strlen(in.at));
		struct driven whole = drive(&dedupe, options, framings[i], text, (struct cutting){ 0 });
		struct driven cut =
			drive(&dedupe, options, framings[i], text, (struct cutting){ 1 << 20, 0 });

		assert_int_equal(cut.flow, FLOW_MORE);
		assert_int_equal(cut.documents, i ? 2 : 1);
		assert_in_range(cut.text.len, 2u * OVERLONG, 5u * OVERLONG);
		assert_true(span_equal(buf_span(&cut.text), buf_span(&whole.text)));
		driven_release(&whole);
		driven_release(&cut);
	}
	buf_release(&in);
}

TEST(a_scope_of_documents_forgets_between_them)
{
	check_zero((words){ "--scope=document", NULL }, SPAN("a\nb\na\n\0b\nb\na\n\0"),
		SPAN("a\nb\n\0b\na\n\0"));
	check_zero((words){ "--unit=line", NULL }, SPAN("a\nb\na\n\0b\nc\na\n\0"), SPAN("a\nb\n\0c\n\0"));
}

TEST(the_key_says_what_is_equal)
{
	const char *in = "قُتل\nقتل\nقـتل\nCairo\nCAIRO\n";

	check_text(NULL, in, in);
	check_text((words){ "--key=case", NULL }, in, "قُتل\nقتل\nقـتل\nCairo\n");
	check_text((words){ "--key=fold", NULL }, in, "قُتل\nCairo\n");
}

TEST(composed_and_decomposed_letters_have_one_key)
{
	check_text((words){ "--key=case", NULL }, "\u00E9t\u00E9\nE\u0301te\u0301\n", "\u00E9t\u00E9\n");
}

TEST(documents_are_compared_where_a_nul_ends_them)
{
	check_zero(NULL, SPAN("a\na\n\0b\n\0a\na\n\0a\n\0"), SPAN("a\na\n\0b\n\0a\n\0"));
}

TEST(the_last_newline_of_a_document_does_not_count)
{
	check_zero(NULL, SPAN("a\n\0a\0a\n\n\0a\r\n"), SPAN("a\n\0a\n\n\0"));
}

TEST(a_document_without_text_is_never_a_duplicate)
{
	check_zero(NULL, SPAN("\0\0\n\0\n\0 \0 \0"), SPAN("\0\0\n\0\n\0 \n\0 \n\0"));
}

TEST(an_empty_document_can_take_the_place_of_a_dropped_one)
{
	check_zero(
		(words){ "--leave-empty", NULL }, SPAN("a\n\0b\n\0a\n\0c\n\0"), SPAN("a\n\0b\n\0\0c\n\0"));
}

TEST(options_that_make_no_sense_together_are_refused)
{
	check_fails((words){ "--unit=document", NULL }, FRAMING_TEXT, "-z");
	check_fails(
		(words){ "--unit=document", "--scope=document", NULL }, FRAMING_ZERO, "--scope=document");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(the_first_of_equal_lines_stays_in_its_place),
		IT(nothing_dropped_is_byte_for_byte_the_same),
		IT(a_last_line_without_newline_equals_one_with_it),
		IT(a_line_end_is_not_part_of_a_line),
		IT(a_space_makes_another_line),
		IT(a_dropped_line_takes_the_blank_lines_after_it_along),
		IT(no_blank_line_is_last_where_a_line_was_dropped),
		IT(no_blank_line_is_first_where_the_first_line_was_dropped),
		IT(blank_lines_are_those_of_unicode_white_space),
		IT(endless_blank_lines_are_not_held_back),
		IT(what_is_too_long_to_hold_is_a_duplicate_all_the_same),
		IT(a_scope_of_documents_forgets_between_them),
		IT(the_key_says_what_is_equal),
		IT(composed_and_decomposed_letters_have_one_key),
		IT(documents_are_compared_where_a_nul_ends_them),
		IT(the_last_newline_of_a_document_does_not_count),
		IT(a_document_without_text_is_never_a_duplicate),
		IT(an_empty_document_can_take_the_place_of_a_dropped_one),
		IT(options_that_make_no_sense_together_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
