/* SPDX-License-Identifier: MIT
 * word_scan_test.c - the quick ways to words against the rules themselves. */
#include "filters/count-terms/word_feed.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"
#include "tests/unit/check.h"

static struct word_scan *scan_of(enum cpu cpu)
{
	struct word_scan *scan = mem_new(1, sizeof(*scan));

	word_scan_init(scan, cpu);
	return scan;
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

static bool is_ignorable(int32_t cp)
{
	return unicode_is_default_ignorable(cp);
}

static bool may_begin(int32_t cp)
{
	enum gc category = unicode_category(cp);

	return !is_ignorable(cp) &&
	       (category == GC_LETTER || category == GC_NUMBER || category == GC_MARK ||
		       unicode_word_break(cp) == WB_EXTENDNUMLET || unicode_is_ideographic(cp));
}

/* A word and a bar; without what is no part of it at its ends. */
static void add_bare(struct buf *into, struct span word)
{
	while (word.len && !may_begin(utf8_first(word).value))
		word = span_skip(word, utf8_first(word).len);
	while (word.len && is_ignorable(utf8_last(word).value))
		word.len -= utf8_last(word).len;
	if (word.len == 0)
		return;
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

static void add_words(void *into, struct span text, const struct span *words, size_t count)
{
	const char *end = text.at;

	for (size_t i = 0; i < count; i++) {
		assert_true(words[i].at >= end && words[i].at + words[i].len <= text.at + text.len);
		buf_add(into, words[i]);
		buf_add_byte(into, '|');
		end = words[i].at + words[i].len;
	}
}

static void words_by_feed_cut(struct buf *into, const struct word_scan *scan, size_t most, struct span text,
	uint32_t longest, uint32_t *seed)
{
	struct word_feed feed = { .tail = BUF_INIT, .most = most };

	while (text.len) {
		size_t cut = 1 + check_random(seed) % longest;

		while (cut < text.len && ((unsigned char)text.at[cut] & 0xC0) == 0x80)
			cut++;
		word_feed_text(&feed, scan, span_head(text, cut), add_words, into);
		text = span_skip(text, cut);
	}
	word_feed_end(&feed, scan, add_words, into);
	word_feed_release(&feed);
}

static void words_by_feed(
	struct buf *into, const struct word_scan *scan, struct span text, uint32_t longest, uint32_t *seed)
{
	words_by_feed_cut(into, scan, 0, text, longest, seed);
}

static void check_words(const struct word_scan *scan, struct span text, uint32_t longest, uint32_t *seed)
{
	struct buf want = BUF_INIT, got = BUF_INIT;

	words_by_rules(&want, text);
	words_by_feed(&got, scan, text, longest, seed);
	assert_string_equal(buf_string(&got), buf_string(&want));
	buf_release(&want);
	buf_release(&got);
}

static void check_cpu(enum cpu cpu)
{
	struct word_scan *scan = scan_of(cpu);
	struct buf text = BUF_INIT;
	uint32_t seed = 1;

	for (int round = 0; round < 20000; round++) {
		random_text(&text, 1 + (size_t)round % 30, &seed);
		check_words(scan, buf_span(&text), 1 + check_random(&seed) % 12, &seed);
	}
	for (int round = 0; round < 3000; round++) {
		random_text(&text, 300, &seed);
		check_words(scan, buf_span(&text), 600, &seed);
	}
	buf_release(&text);
	free(scan);
}

TEST(words_in_any_pieces_are_those_of_the_rules)
{
	check_cpu(CPU_SCALAR);
}

TEST(words_by_vectors_are_those_of_the_rules)
{
	check_cpu(cpu_best(NULL));
}

/* Lines that are longer than what waits, with spaces and without. */
TEST(endless_lines_have_the_same_words)
{
	struct word_scan *scan = scan_of(cpu_best(NULL));
	struct buf text = BUF_INIT;
	uint32_t seed = 5;

	random_text(&text, 3 * WORD_FEED_WAITS, &seed);
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '\n' || text.at[i] == '\r')
			text.at[i] = 'x';
	check_words(scan, buf_span(&text), 100000, &seed);
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == ' ')
			text.at[i] = '-';
	check_words(scan, buf_span(&text), 100000, &seed);
	buf_release(&text);
	free(scan);
}

/* Long words and short ones, and what belongs to both sides. */
static void random_long_words(struct buf *text, size_t bytes, uint32_t *seed)
{
	static const char *const long_ones[] = { "م", "ab", "\u0301", "a.", "1,", "\U0001F1E6" };

	buf_clear(text);
	while (text->len < bytes) {
		size_t times = check_random(seed) % 4 ? 1 + check_random(seed) % 20 : bytes / 4;
		const char *what = long_ones[check_random(seed) % 6];

		while (times--)
			buf_add(text, span_from(what));
		if (check_random(seed) % 2)
			buf_add_byte(text, " .\n"[check_random(seed) % 3]);
	}
}

static void check_cut(const struct word_scan *scan, size_t most, struct span text, uint32_t longest)
{
	struct buf want = BUF_INIT, got = BUF_INIT;
	uint32_t seed = longest;

	words_by_feed_cut(&want, scan, most, text, (uint32_t)text.len, &seed);
	words_by_feed_cut(&got, scan, most, text, longest, &seed);
	check_buf(&got, buf_string(&want));
	buf_release(&want);
	buf_release(&got);
}

TEST(a_very_long_word_is_cut_at_the_same_places_in_any_pieces)
{
	struct word_scan *scan = scan_of(cpu_best(NULL));
	struct buf text = BUF_INIT;
	uint32_t seed = 7;

	for (int round = 0; round < 300; round++) {
		random_long_words(&text, 300, &seed);
		check_cut(
			scan, 4 + check_random(&seed) % 60, buf_span(&text), 1 + check_random(&seed) % 40);
	}
	for (int round = 0; round < 8; round++) {
		random_long_words(&text, 8 * WORD_FEED_WAITS, &seed);
		check_cut(scan, WORD_FEED_WAITS + check_random(&seed) % WORD_FEED_WAITS, buf_span(&text),
			20000 + check_random(&seed) % WORD_FEED_WAITS);
	}
	buf_release(&text);
	free(scan);
}

TEST(a_word_is_cut_where_it_has_been_one_for_a_whole_length)
{
	struct word_scan *scan = scan_of(CPU_SCALAR);
	struct buf got = BUF_INIT;
	uint32_t seed = 1;

	words_by_feed_cut(&got, scan, 8, SPAN("aaaaaaaaaaaa ممممممممم b bbbbb\nccccc ccc\n"), 40, &seed);
	check_buf(&got, "aaaaaaaa|aaaa|ممممم|مممم|b|bbbbb|ccccc|ccc|");
	buf_release(&got);
	free(scan);
}

static void check_text(const char *text, const char *words)
{
	struct word_scan *scan = scan_of(cpu_best(NULL));
	struct word_feed feed = { .tail = BUF_INIT };
	struct buf got = BUF_INIT;

	word_feed_text(&feed, scan, span_from(text), add_words, &got);
	word_feed_end(&feed, scan, add_words, &got);
	check_buf(&got, words);
	word_feed_release(&feed);
	buf_release(&got);
	free(scan);
}

TEST(marks_that_web_pages_leave_at_the_end_are_no_part_of_a_word)
{
	check_text("الوزير\u200F minister\u200E\u200F", "الوزير|minister|");
	check_text("می\u200Cخواهد", "می\u200Cخواهد|");
}

TEST(a_word_holds_no_tab_and_no_space)
{
	check_text("\t\uFF9E", "\uFF9E|"); /* a katakana sound mark: a letter that attaches itself */
	check_text(" \uFF9E", "\uFF9E|");
}

TEST(words_that_are_one_and_words_that_are_not)
{
	check_text("don't 3.14 a_b vis-à-vis 1,5؛ بحلول 2024. ٣٫٥ «نعم»، x2 東京 カタカナ a.1 1.a _ __ ½",
		"don't|3.14|a_b|vis|à|vis|1,5|بحلول|2024|٣٫٥|نعم|x2|東|京|カタカナ|a|1|1|a|½|");
}

TEST(a_line_without_spaces_is_not_gathered)
{
	struct word_scan *scan = scan_of(CPU_SCALAR);
	struct word_feed feed = { .tail = BUF_INIT };
	struct buf got = BUF_INIT;

	for (int i = 0; i < 100000; i++) {
		word_feed_text(&feed, scan, SPAN("東京"), add_words, &got);
		buf_clear(&got);
	}
	assert_true(feed.tail.cap < 3 * WORD_FEED_WAITS);
	word_feed_release(&feed);
	buf_release(&got);
	free(scan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(words_in_any_pieces_are_those_of_the_rules),
		IT(words_by_vectors_are_those_of_the_rules),
		IT(endless_lines_have_the_same_words),
		IT(a_very_long_word_is_cut_at_the_same_places_in_any_pieces),
		IT(a_word_is_cut_where_it_has_been_one_for_a_whole_length),
		IT(marks_that_web_pages_leave_at_the_end_are_no_part_of_a_word),
		IT(a_word_holds_no_tab_and_no_space),
		IT(words_that_are_one_and_words_that_are_not),
		IT(a_line_without_spaces_is_not_gathered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
