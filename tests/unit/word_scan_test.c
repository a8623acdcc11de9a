/* SPDX-License-Identifier: MIT
 * word_scan_test.c - the quick way to words and keys against the rules themselves. */
#include "filters/count-terms/word_feed.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"
#include "tests/unit/check.h"

/* A scanner and what it borrows. */
struct scanner {
	struct keyer keyer;
	struct word_scan scan;
};

static void scanner_open(struct scanner *scanner, enum key key)
{
	struct host host = { .cpu = CPU_SCALAR };
	struct diag why;

	assert_true(keyer_open(&scanner->keyer, key, &host, &why));
	word_scan_init(&scanner->scan, &scanner->keyer);
}

/* Characters that rules meet in: letters of many scripts, marks, digits, what may join them, joiners. */
static const int32_t sample[] = { 'a', 'B', 'x', '1', '2', ' ', ' ', '\n', '\t', '\r', '.', ',', ':', ';',
	'\'', '"', '_', '-', '(', 0xAD, 0xB7, 0xC9, 0xDF, 0x130, 0x149, 0x1F0, 0x300, 0x301, 0x345, 0x34F,
	0x3A3, 0x3C2, 0x430, 0x5D0, 0x5D1, 0x5F4, 0x600, 0x60C, 0x61C, 0x622, 0x627, 0x643, 0x645, 0x640,
	0x64B, 0x64E, 0x651, 0x653, 0x654, 0x660, 0x661, 0x66B, 0x66C, 0x670, 0x6CC, 0x6F1, 0x915, 0x94D,
	0xE01, 0xE31, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2019, 0x202F, 0x2028, 0x3042, 0x30AB,
	0x30FC, 0x4E00, 0xAC00, 0x1100, 0x1161, 0xFE0F, 0xFF9E, 0xFEFB, 0x1F1E6, 0x1F1E7, 0x1F600, 0x1F3FB,
	0x2764, 0xBC, 0x2160 };

enum { SAMPLE = sizeof(sample) / sizeof(sample[0]) };

static void random_text(struct buf *text, size_t count, uint32_t *seed)
{
	uint32_t start = check_random(seed) % SAMPLE, window = 1 + check_random(seed) % SAMPLE;

	buf_clear(text);
	while (count--)
		utf8_add(text, sample[(start + check_random(seed) % window) % SAMPLE]);
}

/* A word and a bar. Spaces that a letter attached itself to (U+FF9E) are no part of a key. */
static void add_bare(struct buf *into, struct span word)
{
	while (span_has_prefix(word, SPAN(" ")))
		word = span_skip(word, 1);
	buf_add(into, word);
	buf_add_byte(into, '|');
}

static void words_by_rules(struct buf *into, struct span text)
{
	while (text.len) {
		struct span segment = span_head(text, word_break_next(text));

		if (word_break_is_word(segment))
			add_bare(into, segment);
		text = span_skip(text, segment.len);
	}
}

static void add_word(void *into, struct segment word)
{
	add_bare(into, word.text);
}

static void words_by_feed(struct buf *into, const struct word_scan *scan, struct span text, uint32_t *seed)
{
	struct word_feed feed = { BUF_INIT, 0 };
	uint32_t longest = 1 + check_random(seed) % 12;

	while (text.len) {
		size_t cut = 1 + check_random(seed) % longest;

		while (cut < text.len && ((unsigned char)text.at[cut] & 0xC0) == 0x80)
			cut++;
		word_feed_text(&feed, scan, span_head(text, cut), add_word, into);
		text = span_skip(text, cut);
	}
	word_feed_end(&feed, scan, add_word, into);
	word_feed_release(&feed);
}

TEST(words_in_any_pieces_are_those_of_the_rules)
{
	struct scanner scanner;
	struct buf text = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
	uint32_t seed = 1;

	scanner_open(&scanner, KEY_FOLD);
	for (int round = 0; round < 20000; round++) {
		random_text(&text, 1 + (size_t)round % 30, &seed);
		buf_clear(&want);
		buf_clear(&got);
		words_by_rules(&want, buf_span(&text));
		words_by_feed(&got, &scanner.scan, buf_span(&text), &seed);
		assert_string_equal(buf_string(&got), buf_string(&want));
	}
	keyer_release(&scanner.keyer);
	buf_release(&text);
	buf_release(&want);
	buf_release(&got);
}

/* Keys by the table are those of the keyer, less what is trimmed. */
TEST(quick_keys_are_the_keys_of_the_keyer)
{
	struct buf text = BUF_INIT, want = BUF_INIT, scratch = BUF_INIT;
	uint32_t seed = 2;

	for (enum key key = KEY_EXACT; key <= KEY_SEARCH; key++) {
		struct scanner scanner;

		scanner_open(&scanner, key);
		for (int round = 0; round < 20000; round++) {
			struct segment word;
			struct span got;

			random_text(&text, 1 + (size_t)round % 9, &seed);
			word = word_scan_next(&scanner.scan, buf_span(&text));
			if (!word.is_word || (word.work & KEY_WORK_ALL))
				continue;
			got = word_scan_key(&scanner.scan, word, &scratch);
			buf_clear(&want);
			keyer_add(&scanner.keyer, &want, word.text);
			assert_int_equal(got.len, want.len);
			assert_true(span_equal(got, buf_span(&want)));
		}
		keyer_release(&scanner.keyer);
	}
	buf_release(&text);
	buf_release(&want);
	buf_release(&scratch);
}

static void check_key(enum key kind, const char *word, const char *key)
{
	struct scanner scanner;
	struct segment segment;
	struct buf scratch = BUF_INIT, got = BUF_INIT;

	scanner_open(&scanner, kind);
	segment = word_scan_next(&scanner.scan, span_from(word));
	assert_true(segment.is_word);
	assert_int_equal(segment.text.len, strlen(word));
	buf_add(&got, word_scan_key(&scanner.scan, segment, &scratch));
	check_buf(&got, key);
	keyer_release(&scanner.keyer);
	buf_release(&scratch);
	buf_release(&got);
}

TEST(tashkeel_and_tatweel_do_not_make_another_key)
{
	check_key(KEY_FOLD, "مُقاتل", "مقاتل");
	check_key(KEY_FOLD, "مقـــاتل", "مقاتل");
	check_key(KEY_FOLD, "هٰذا", "هذا");
	check_key(KEY_CASE, "مُقاتل", "مُقاتل");
	check_key(KEY_FOLD, "ـــ", "");
}

TEST(case_is_folded_in_full)
{
	check_key(KEY_FOLD, "STRASSE", "strasse");
	check_key(KEY_FOLD, "Straße", "strasse");
	check_key(KEY_CASE, "ΟΔΟΣ", "οδοσ");
	check_key(KEY_EXACT, "Straße", "Straße");
}

TEST(marks_that_web_pages_leave_at_the_end_are_no_part_of_a_key)
{
	check_key(KEY_FOLD, "الوزير\u200F", "الوزير");
	check_key(KEY_EXACT, "minister\u200E\u200F", "minister");
	check_key(KEY_EXACT, "می\u200Cخواهد", "می\u200Cخواهد");
}

TEST(a_key_holds_no_tab_and_no_space)
{
	check_key(
		KEY_EXACT, "\t\uFF9E", "\uFF9E"); /* a katakana sound mark: a letter that attaches itself */
	check_key(KEY_FOLD, " \uFF9E", "\uFF9E");
}

TEST(words_that_are_one_and_words_that_are_not)
{
	struct scanner scanner;
	struct word_feed feed = { BUF_INIT, 0 };
	struct buf got = BUF_INIT;

	scanner_open(&scanner, KEY_EXACT);
	word_feed_text(&feed, &scanner.scan,
		SPAN("don't 3.14 a_b vis-à-vis 1,5؛ بحلول 2024. ٣٫٥ «نعم»، x2 東京 カタカナ"), add_word,
		&got);
	word_feed_end(&feed, &scanner.scan, add_word, &got);
	check_buf(&got, "don't|3.14|a_b|vis|à|vis|1,5|بحلول|2024|٣٫٥|نعم|x2|東|京|カタカナ|");
	keyer_release(&scanner.keyer);
	word_feed_release(&feed);
	buf_release(&got);
}

TEST(a_line_without_spaces_is_not_gathered)
{
	struct scanner scanner;
	struct word_feed feed = { BUF_INIT, 0 };
	struct buf got = BUF_INIT;

	scanner_open(&scanner, KEY_FOLD);
	for (int i = 0; i < 20000; i++) {
		word_feed_text(&feed, &scanner.scan, SPAN("東京"), add_word, &got);
		buf_clear(&got);
	}
	assert_true(feed.tail.cap < 1000);
	keyer_release(&scanner.keyer);
	word_feed_release(&feed);
	buf_release(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(words_in_any_pieces_are_those_of_the_rules),
		IT(quick_keys_are_the_keys_of_the_keyer),
		IT(tashkeel_and_tatweel_do_not_make_another_key),
		IT(case_is_folded_in_full),
		IT(marks_that_web_pages_leave_at_the_end_are_no_part_of_a_key),
		IT(a_key_holds_no_tab_and_no_space),
		IT(words_that_are_one_and_words_that_are_not),
		IT(a_line_without_spaces_is_not_gathered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
