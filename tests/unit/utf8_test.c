/* SPDX-License-Identifier: MIT
 * utf8_test.c - UTF-8 against a decoder written another way, and against the examples of the
 * Unicode Standard. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

#include "common/mem.h"
#include "common/utf8.h"

static const enum cpu levels[] = { CPU_SCALAR, CPU_SSSE3, CPU_AVX2 };

enum { LEVELS = sizeof(levels) / sizeof(levels[0]) };

static enum cpu usable(enum cpu level)
{
	enum cpu best = cpu_best(NULL);

	return level < best ? level : best;
}

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	return check_random(seed) % limit;
}

/* The oracle: decode arithmetically, then ask whether the value may be written in so many bytes. */
static size_t slow_sequence(const unsigned char *s, size_t len)
{
	static const uint32_t least[] = { 0, 1, 0x80, 0x800, 0x10000 };
	size_t need = 1;
	uint32_t value = s[0];

	if (s[0] >= 0x80) {
		need = 0;
		while (need < 8 && s[0] & 0x80 >> need)
			need++;
		if (need < 2 || need > 4 || need > len)
			return 0;
		value = s[0] & (0xFFU >> (need + 1));
	}
	for (size_t i = 1; i < need; i++) {
		if (s[i] < 0x80 || s[i] > 0xBF)
			return 0;
		value = value * 64 + s[i] - 0x80;
	}
	if (value < least[need] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	return need;
}

static size_t slow_prefix(struct span text)
{
	size_t at = 0, len;

	while (at < text.len) {
		len = slow_sequence((const unsigned char *)text.at + at, text.len - at);
		if (len == 0)
			break;
		at += len;
	}
	return at;
}

/* Whether `text` can be the start of a well-formed sequence that is longer, by trying all ends. */
static bool slow_unfinished(struct span text)
{
	static const unsigned char ends[] = { 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF };
	unsigned char s[4] = { 0 };

	if (text.len == 0 || text.len > 3)
		return false;
	for (size_t i = 0; i < sizeof(ends) * sizeof(ends) * sizeof(ends); i++) {
		memcpy(s, text.at, text.len);
		s[text.len] = ends[i % sizeof(ends)];
		if (text.len + 1 < 4)
			s[text.len + 1] = ends[i / sizeof(ends) % sizeof(ends)];
		if (text.len + 2 < 4)
			s[text.len + 2] = ends[i / sizeof(ends) / sizeof(ends)];
		if (slow_sequence(s, 4) > text.len)
			return true;
	}
	return false;
}

static size_t slow_bad_part(struct span bad)
{
	for (size_t len = bad.len < 3 ? bad.len : 3; len > 1; len--)
		if (slow_unfinished(span_head(bad, len)))
			return len;
	return 1;
}

/* As utf8_repair_piece is meant to, by the oracle alone. */
static void slow_mend(struct buf *into, struct span text)
{
	while (text.len) {
		size_t good = slow_prefix(text);

		buf_add(into, span_head(text, good));
		text = span_skip(text, good);
		if (text.len == 0)
			break;
		buf_add(into, SPAN("\xEF\xBF\xBD"));
		text = span_skip(text, slow_bad_part(text));
	}
}

static void check_levels(struct span text)
{
	size_t expected = slow_prefix(text);

	for (size_t i = 0; i < LEVELS; i++)
		assert_int_equal(utf8_valid_prefix(text, usable(levels[i])), expected);
}

TEST(every_level_agrees_on_every_pair_and_triple)
{
	unsigned char text[160];

	for (size_t where = 60; where < 66; where++)
		for (uint32_t bytes = 0; bytes < 0x10000; bytes++) {
			memset(text, 'a', sizeof(text));
			text[where] = (unsigned char)(bytes >> 8);
			text[where + 1] = (unsigned char)bytes;
			check_levels(span_of((char *)text, where + 2));
			text[where + 2] = 0xBF;
			check_levels(span_of((char *)text, sizeof(text)));
			text[where + 3] = 0x80;
			check_levels(span_of((char *)text, sizeof(text)));
		}
}

TEST(every_level_agrees_at_every_edge)
{
	static const char *const parts[] = { "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE2\x82",
		"\xF0\x9F\x98", "\x80", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80", "\xFF", "\xF5\x80",
		"\xE0\x9F\x80", "\xF0\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF", "\xC2", "\xE0", "\xEF\xBF\xBF" };
	unsigned char memory[320];

	for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++)
		for (size_t offset = 0; offset < 33; offset += 11)
			for (size_t len = 1; len <= 200; len++)
				for (size_t at = 0; at < len; at++) {
					unsigned char *text = memory + offset;
					size_t n = strlen(parts[p]);

					memset(memory, p % 2 ? 'x' : 0xD9, sizeof(memory));
					if (p % 2 == 0)
						for (size_t i = 1; i < sizeof(memory) - offset; i += 2)
							text[i] = 0x85;
					memcpy(text + at, parts[p], n < len - at ? n : len - at);
					check_levels(span_of((char *)text, len));
				}
}

/* Text of many scripts with now and then a byte gone wrong. */
static size_t random_text(unsigned char *into, size_t cap, uint32_t *seed, uint32_t harm)
{
	static const uint32_t tops[] = { 0x7E, 0x7FE, 0xD7FE, 0x10FFFE };
	struct buf text = BUF_INIT;
	uint32_t kind = random_below(seed, 4);

	while (text.len + 4 < cap) {
		uint32_t value = 1 + random_below(seed, tops[random_below(seed, kind + 1)]);

		if (value < 0xD800 || value > 0xDFFF)
			utf8_add(&text, (int32_t)value);
	}
	memcpy(into, text.at, text.len);
	for (size_t i = 0; harm && i < text.len; i++)
		if (random_below(seed, harm) == 0)
			into[i] = (unsigned char)random_below(seed, 256);
	cap = text.len;
	buf_release(&text);
	return cap;
}

TEST(every_level_agrees_on_random_text)
{
	static const uint32_t harms[] = { 0, 1, 2, 8, 64, 256 };
	unsigned char text[512];
	uint32_t seed = 3;

	for (size_t round = 0; round < 60000; round++) {
		size_t len = random_text(text, 8 + random_below(&seed, 500), &seed, harms[round % 6]);
		size_t offset = random_below(&seed, 40);

		check_levels(span_skip(span_of((char *)text, len), offset));
	}
}

TEST(nul_is_where_text_ends)
{
	char text[300];

	for (size_t at = 0; at < sizeof(text); at++) {
		memset(text, 'n', sizeof(text));
		text[at] = '\0';
		for (size_t i = 0; i < LEVELS; i++)
			assert_int_equal(
				utf8_valid_prefix(span_of(text, sizeof(text)), usable(levels[i])), at);
	}
}

/* Blocks of ASCII, of other scripts and of noise in any order: what follows what is where steps may go wrong. */
TEST(steps_of_all_kinds_follow_each_other)
{
	static const char *const kinds[] = { "ascii ascii asci",
		"\xD8\xA8\xD9\x8A\xE2\x82\xAC\xF0\x9F\x98\x80\xD8\xA8...", "\xE2\x82\xACsixteen byte\xE2",
		"\xF0\x9F\x98\x80sixteen by\xF0\x9F", "\x80sixteen bytes..", "\x82\xACsixteen bytes." };
	uint32_t seed = 8;

	for (int round = 0; round < 300; round++) {
		struct buf text = BUF_INIT;

		for (int i = 0; i < 24; i++) {
			uint32_t kind = check_random(&seed) % (round % 2 ? 64 : 12);

			buf_add(&text, span_of(kinds[kind < 6 ? kind : kind % 2], 16));
		}
		check_levels(buf_span(&text));
		buf_release(&text);
	}
}

TEST(every_scalar_value_survives)
{
	struct buf text = BUF_INIT;

	for (int32_t value = 1; value <= 0x10FFFF; value++) {
		if (value == 0xD800)
			value = 0xE000;
		utf8_add(&text, value);
		assert_int_equal(utf8_last(buf_span(&text)).value, value);
	}
	check_levels(buf_span(&text));
	assert_int_equal(utf8_valid_prefix(buf_span(&text), CPU_SCALAR), text.len);
	for (struct span rest = buf_span(&text); rest.len;) {
		struct rune first = utf8_first(rest);

		assert_int_equal(first.len, slow_sequence((const unsigned char *)rest.at, rest.len));
		rest = span_skip(rest, first.len);
	}
	buf_release(&text);
}

static void check_mended(enum invalid mode, const char *raw, const char *expected, uint64_t bad_parts)
{
	struct utf8_repair repair = { .mode = mode, .cpu = cpu_best(NULL) };
	struct span text;
	struct diag why;

	assert_true(utf8_repair_piece(&repair, span_from(raw), &text, &why));
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.at, expected, text.len);
	assert_int_equal(repair.bad_parts, bad_parts);
	utf8_repair_release(&repair);
}

#define BAD "\xEF\xBF\xBD"

/* The Unicode Standard 15.0, tables 3-8 to 3-11. */
TEST(maximal_subparts_are_those_of_the_standard)
{
	check_mended(INVALID_REPLACE, "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
		BAD BAD BAD BAD BAD BAD BAD BAD "A", 8);
	check_mended(INVALID_REPLACE, "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41",
		BAD BAD BAD BAD BAD BAD BAD BAD "A", 8);
	check_mended(INVALID_REPLACE, "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
		BAD BAD BAD BAD BAD "A" BAD BAD "B", 7);
	check_mended(INVALID_REPLACE, "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", BAD BAD BAD BAD "A", 4);
	check_mended(INVALID_REPLACE, "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
		"a" BAD BAD BAD "b" BAD "c" BAD BAD "d", 6);
	check_mended(INVALID_DROP, "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", "abcd", 6);
	check_mended(INVALID_REPLACE, "\xD8\xBA\xD8\xB1\xD8", "\xD8\xBA\xD8\xB1" BAD, 1);
}

/* Mends `raw` in random pieces cut where utf8_whole allows, as a driver does. */
static void mend_in_pieces(struct utf8_repair *repair, struct buf *into, struct span raw, uint32_t *seed)
{
	struct span text;
	struct diag why;

	while (raw.len) {
		size_t cut = 1 + random_below(seed, 100), whole;

		whole = cut < raw.len ? utf8_whole(span_head(raw, cut)) : raw.len;
		if (whole == 0)
			continue;
		assert_true(utf8_repair_piece(repair, span_head(raw, whole), &text, &why));
		buf_add(into, text);
		raw = span_skip(raw, whole);
	}
}

TEST(pieces_are_mended_like_the_whole)
{
	struct buf expected = BUF_INIT, got = BUF_INIT;
	unsigned char text[400];
	uint32_t seed = 7;

	for (size_t round = 0; round < 20000; round++) {
		struct utf8_repair repair = { .cpu = usable(levels[round % LEVELS]) };
		struct span raw = span_of((char *)text,
			random_text(text, 8 + random_below(&seed, 390), &seed, 1U << round % 8));

		buf_clear(&expected);
		buf_clear(&got);
		slow_mend(&expected, raw);
		mend_in_pieces(&repair, &got, raw, &seed);
		assert_int_equal(repair.document_bytes, raw.len);
		assert_true(span_equal(buf_span(&expected), buf_span(&got)));
		utf8_repair_release(&repair);
	}
	buf_release(&expected);
	buf_release(&got);
}

TEST(whole_cuts_before_what_is_unfinished_only)
{
	unsigned char text[64];
	uint32_t seed = 11;

	for (size_t round = 0; round < 100000; round++) {
		size_t len = random_text(text, 5 + random_below(&seed, 20), &seed, 3);
		struct span raw = span_of((char *)text, len ? 1 + random_below(&seed, (uint32_t)len) : 0);
		size_t expected = raw.len;

		for (size_t back = 1; back <= 3 && back <= raw.len; back++)
			if (slow_unfinished(span_skip(raw, raw.len - back)))
				expected = raw.len - back;
		assert_int_equal(utf8_whole(raw), expected);
	}
}

TEST(an_error_is_named_by_its_byte)
{
	struct utf8_repair repair = { .mode = INVALID_ERROR, .cpu = CPU_AVX2 };
	struct span text;
	struct diag why;

	repair.cpu = cpu_best(NULL);
	assert_true(utf8_repair_piece(&repair, SPAN("good\n"), &text, &why));
	assert_false(utf8_repair_piece(&repair, SPAN("ab\xFF"), &text, &why));
	assert_string_equal(why.text, "invalid UTF-8 at byte 7");
	assert_false(utf8_repair_piece(&repair, SPAN("a\0b"), &text, &why));
	assert_string_equal(why.text, "a NUL, which is not text, at byte 6");
	utf8_repair_begin(&repair);
	assert_false(utf8_repair_piece(&repair, SPAN("\x80"), &text, &why));
	assert_string_equal(why.text, "invalid UTF-8 at byte 0");
	utf8_repair_release(&repair);
}

TEST(valid_text_is_not_copied)
{
	struct utf8_repair repair = { .mode = INVALID_REPLACE, .cpu = CPU_SCALAR };
	struct span raw = SPAN("نص سليم\n"), text;
	struct diag why;

	assert_true(utf8_repair_piece(&repair, raw, &text, &why));
	assert_ptr_equal(text.at, raw.at);
	assert_int_equal(repair.bad_parts, 0);
	assert_null(repair.mended.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_level_agrees_on_every_pair_and_triple),
		IT(every_level_agrees_at_every_edge),
		IT(every_level_agrees_on_random_text),
		IT(nul_is_where_text_ends),
		IT(steps_of_all_kinds_follow_each_other),
		IT(every_scalar_value_survives),
		IT(maximal_subparts_are_those_of_the_standard),
		IT(pieces_are_mended_like_the_whole),
		IT(whole_cuts_before_what_is_unfinished_only),
		IT(an_error_is_named_by_its_byte),
		IT(valid_text_is_not_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
