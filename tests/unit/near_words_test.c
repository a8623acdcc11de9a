/* SPDX-License-Identifier: MIT
 * near_words_test.c - the quick way to the numbers of words against the rules themselves. */
#include "filters/dedupe/near_words.h"

#include "common/utf8.h"
#include "tests/unit/check.h"

/* A reader and what it borrows. */
struct reader {
	struct keyer keyer;
	struct near_words words;
	struct buf text;
};

static void reader_open(struct reader *reader, enum key key)
{
	struct host host = { .cpu = CPU_SCALAR };
	struct diag why;

	assert_true(keyer_open(&reader->keyer, key, &host, &why));
	near_words_init(&reader->words, &reader->keyer);
	reader->text = BUF_INIT;
}

static void reader_close(struct reader *reader)
{
	near_words_release(&reader->words);
	keyer_release(&reader->keyer);
	buf_release(&reader->text);
}

static void read_text(struct reader *reader, const char *text)
{
	buf_clear(&reader->text);
	buf_add(&reader->text, span_from(text));
	near_words_read(&reader->words, &reader->text);
}

/* Characters that rules and keys meet in. */
static const int32_t sample[] = { 'a', 'B', 'x', '1', '2', ' ', ' ', '\n', '\t', '\r', '.', ',', ':', ';',
	'\'', '"', '_', '-', '(', '&', 0xAD, 0xB7, 0xC9, 0xD8, 0xA7, 0xDF, 0x130, 0x149, 0x1F0, 0x300,
	0x301, 0x345, 0x34F, 0x3A3, 0x3C2, 0x430, 0x5D0, 0x5D1, 0x5F4, 0x600, 0x60C, 0x61C, 0x622, 0x627,
	0x643, 0x645, 0x648, 0x640, 0x649, 0x64A, 0x629, 0x64B, 0x64E, 0x651, 0x653, 0x654, 0x655, 0x660,
	0x661, 0x66B, 0x66C, 0x670, 0x6CC, 0x6A9, 0x6F1, 0x915, 0x94D, 0xE01, 0xE31, 0x200B, 0x200C, 0x200D,
	0x200E, 0x200F, 0x2019, 0x201C, 0x2026, 0x202F, 0x2028, 0x3042, 0x3002, 0x30AB, 0x30FC, 0x4E00,
	0xF900, 0xAC00, 0x1100, 0x1161, 0xFE0F, 0xFF9E, 0xFEFB, 0x1F1E6, 0x1F1E7, 0x1F600, 0x1F3FB, 0x2764,
	0xBC, 0x2160 };

enum { SAMPLE = sizeof(sample) / sizeof(sample[0]), WORDS = 200 };

static void random_text(struct buf *text, size_t count, uint32_t *seed)
{
	uint32_t start = check_random(seed) % SAMPLE, window = 1 + check_random(seed) % SAMPLE;

	buf_clear(text);
	while (count--)
		utf8_add(text, sample[(start + check_random(seed) % window) % SAMPLE]);
}

static void check_both_ways(enum key key)
{
	struct reader reader;
	uint32_t seed = 7;

	reader_open(&reader, key);
	for (int round = 0; round < 4000; round++) {
		uint64_t by_rules[WORDS];
		size_t count;

		random_text(&reader.text, 1 + check_random(&seed) % 40, &seed);
		near_words_read_by_rules(&reader.words, &reader.text);
		count = reader.words.count;
		assert_true(count <= WORDS);
		memcpy(by_rules, reader.words.items, count * sizeof(*by_rules));
		near_words_read(&reader.words, &reader.text);
		if (count != reader.words.count ||
			memcmp(by_rules, reader.words.items, count * sizeof(*by_rules)) != 0)
			fail_msg("round %d, %zu words by the rules, %zu by the table: '%s'", round, count,
				reader.words.count, buf_string(&reader.text));
	}
	reader_close(&reader);
}

TEST(the_table_finds_the_words_of_the_rules)
{
	check_both_ways(KEY_CASE);
	check_both_ways(KEY_FOLD);
	check_both_ways(KEY_SEARCH);
}

TEST(spelling_makes_no_other_word)
{
	uint64_t first[4];
	struct reader reader;

	reader_open(&reader, KEY_SEARCH);
	read_text(&reader, "إلى المكتبة أحمد ٢٠٢٤");
	assert_int_equal(reader.words.count, 4);
	memcpy(first, reader.words.items, sizeof(first));
	read_text(&reader, "الي؛ المكتبهْ «احمـــد» 2024!");
	assert_int_equal(reader.words.count, 4);
	assert_memory_equal(first, reader.words.items, sizeof(first));
	assert_int_equal(first[0] & NEAR_KINDS, 0);
	assert_int_equal(first[3] & NEAR_KINDS, NEAR_NUMBER);
	reader_close(&reader);
}

TEST(scripts_without_spaces_go_by_characters)
{
	struct reader reader;

	reader_open(&reader, KEY_SEARCH);
	read_text(&reader, "東京の大学。ไปเที่ยว ok");
	assert_int_equal(reader.words.count, 5 + 6 + 1);
	assert_int_equal(reader.words.items[0] & NEAR_KINDS, NEAR_CHARACTER);
	assert_int_equal(reader.words.items[10] & NEAR_KINDS, NEAR_CHARACTER);
	assert_int_equal(reader.words.items[11] & NEAR_KINDS, 0);
	reader_close(&reader);
}

TEST(a_text_without_words_is_one_word)
{
	struct reader reader;
	uint64_t first;

	reader_open(&reader, KEY_SEARCH);
	read_text(&reader, "!؟");
	assert_int_equal(reader.words.count, 1);
	first = reader.words.items[0];
	read_text(&reader, "***");
	assert_int_equal(reader.words.count, 1);
	assert_true(first != reader.words.items[0]);
	reader_close(&reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(the_table_finds_the_words_of_the_rules),
		IT(spelling_makes_no_other_word),
		IT(scripts_without_spaces_go_by_characters),
		IT(a_text_without_words_is_one_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
