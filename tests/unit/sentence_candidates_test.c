/* SPDX-License-Identifier: MIT
 * sentence_candidates_test.c - the scan for terminators misses none and finds nothing else. */
#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/split-sentences/candidates.h"
#include "tests/unit/check.h"

static bool should_be_found(int32_t cp)
{
	enum sb sb = unicode_sentence_break(cp);

	return sb == SB_STERM || sb == SB_ATERM || sb == SB_SEP || sb == SB_CR || cp == 0x2026;
}

/* `cp` behind `len` letters, with one more letter behind it. */
static size_t find_behind(struct buf *text, const char *letter, size_t count, int32_t cp)
{
	buf_clear(text);
	for (size_t i = 0; i < count; i++)
		buf_add(text, span_from(letter));
	utf8_add(text, cp);
	buf_add(text, span_from(letter));
	return candidate_next(buf_span(text), 0);
}

TEST(every_terminator_of_unicode_is_found_and_nothing_else)
{
	struct buf text = BUF_INIT;

	for (int32_t cp = 1; cp < 0x110000; cp++) {
		size_t hit;

		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		hit = find_behind(&text, "\xD8\xA8", 5, cp);
		if ((hit == 10) != should_be_found(cp) || (hit != 10 && hit != text.len))
			fail_msg("U+%04X: found at %zu", (unsigned)cp, hit);
	}
	buf_release(&text);
}

TEST(a_terminator_is_found_at_every_offset)
{
	static const int32_t terminators[] = { '.', '?', 0x61F, 0x6D4, 0x2026, 0x3002, 0x964, 0x589,
		0x1362 };
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < sizeof(terminators) / sizeof(terminators[0]); i++)
		for (size_t count = 0; count < 40; count++)
			assert_int_equal(find_behind(&text, "x", count, terminators[i]), count);
	buf_release(&text);
}

TEST(the_search_starts_where_it_is_told)
{
	struct span text = SPAN("a. b؟ c");

	assert_int_equal(candidate_next(text, 0), 1);
	assert_int_equal(candidate_next(text, 2), 4);
	assert_int_equal(candidate_next(text, 6), text.len);
	assert_int_equal(candidate_next(text, text.len), text.len);
}

TEST(line_feeds_are_no_candidates)
{
	assert_int_equal(candidate_next(SPAN("a\nb\nc"), 0), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_terminator_of_unicode_is_found_and_nothing_else),
		IT(a_terminator_is_found_at_every_offset),
		IT(the_search_starts_where_it_is_told),
		IT(line_feeds_are_no_candidates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
