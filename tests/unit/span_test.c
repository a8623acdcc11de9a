/* SPDX-License-Identifier: MIT
 * span_test.c - counting by words of eight bytes against counting by bytes; trimming. */
#include "tests/unit/check.h"

static size_t count_slowly(struct span s, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += s.at[i] == byte;
	return count;
}

TEST(counting_by_words_is_counting_by_bytes)
{
	enum { LONGEST = 5000, TRIES = 2000 };
	static const char near[] = { 0, 1, '\n', '\n' ^ 1, '\n' + (char)0x80, '\x7f', '\x80', '\xff' };
	char text[LONGEST + 8];
	uint32_t seed = 7;

	for (int try = 0; try < TRIES; try++) {
		size_t start = check_random(&seed) % 8,
		       len = check_random(&seed) % (try % 10 ? 40 : LONGEST);
		struct span s = span_of(text + start, len);

		for (size_t i = 0; i < len; i++)
			text[start + i] = near[check_random(&seed) % sizeof(near)];
		for (size_t i = 0; i < sizeof(near); i++)
			assert_int_equal(span_count(s, near[i]), count_slowly(s, near[i]));
	}
}

TEST(nothing_but_the_byte_is_counted_in_full)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < 20001; i++) {
		assert_int_equal(span_count(buf_span(&text), '\xff'), i);
		buf_add_byte(&text, '\xff');
	}
	buf_release(&text);
}

TEST(blanks_at_the_ends_are_trimmed_and_nothing_else)
{
	assert_true(span_equal(span_trim(SPAN(" \t a b \r")), SPAN("a b")));
	assert_int_equal(span_trim(SPAN(" \t\r ")).len, 0);
	assert_true(span_equal(span_trim(SPAN("\0a\n")), SPAN("\0a\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(counting_by_words_is_counting_by_bytes),
		IT(nothing_but_the_byte_is_counted_in_full),
		IT(blanks_at_the_ends_are_trimmed_and_nothing_else),
	};

	return cmocka_run_group_tests_name("span", tests, NULL, NULL);
}
