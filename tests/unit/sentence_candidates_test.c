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

/* Where the first candidate is, on which all paths agree. */
static size_t next_by_all(struct span text, size_t from)
{
	size_t hit = candidate_next(text, from, CPU_SCALAR);

	assert_int_equal(candidate_next(text, from, cpu_best(NULL)), hit);
	return hit;
}

/* `cp` behind `len` letters, with one more letter behind it. */
static size_t find_behind(struct buf *text, const char *letter, size_t count, int32_t cp)
{
	buf_clear(text);
	for (size_t i = 0; i < count; i++)
		buf_add(text, span_from(letter));
	utf8_add(text, cp);
	buf_add(text, span_from(letter));
	return next_by_all(buf_span(text), 0);
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

/* Bytes that vectors look up in pairs, at every place of a block and beside each other. */
TEST(all_paths_find_the_same_in_random_text)
{
	static const char *const parts[] = { "x", "و", "ى", "إ", "ـ", "؟", "۔", "։", "。", "।", "〜", "ॐ",
		"…", "“", "é", "\xF0\x9F\x98\x80", ".", "\r", "ط", "ܐ", "。" };
	struct buf text = BUF_INIT;
	uint32_t seed = 5;

	for (int round = 0; round < 400; round++) {
		buf_clear(&text);
		for (uint32_t i = check_random(&seed) % 90; i > 0; i--)
			buf_add(&text, span_from(parts[check_random(&seed) % (3 + (uint32_t)round % 18)]));
		for (size_t at = 0; at < text.len; at = next_by_all(buf_span(&text), at))
			at += utf8_first(span_skip(buf_span(&text), at)).len;
	}
	buf_release(&text);
}

TEST(the_search_starts_where_it_is_told)
{
	struct span text = SPAN("a. b؟ c");

	assert_int_equal(next_by_all(text, 0), 1);
	assert_int_equal(next_by_all(text, 2), 4);
	assert_int_equal(next_by_all(text, 6), text.len);
	assert_int_equal(next_by_all(text, text.len), text.len);
}

TEST(line_feeds_are_no_candidates)
{
	assert_int_equal(next_by_all(SPAN("a\nb\nc"), 0), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_terminator_of_unicode_is_found_and_nothing_else),
		IT(a_terminator_is_found_at_every_offset),
		IT(all_paths_find_the_same_in_random_text),
		IT(the_search_starts_where_it_is_told),
		IT(line_feeds_are_no_candidates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
