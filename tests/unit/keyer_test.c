/* SPDX-License-Identifier: MIT
 * keyer_test.c - a search key is what normalize makes of the text, whatever was asked before. */
#include "filters/normalize/keyer.h"

#include <stdlib.h>

#include "common/utf8.h"
#include "filters/normalize/normalize.h"
#include "tests/unit/check.h"
#include "tests/unit/drive.h"

static void open_for(struct keyer *keyer, enum key kind)
{
	struct host host = { .cpu = CPU_SCALAR };
	struct diag why;

	assert_true(keyer_open(keyer, kind, &host, &why));
}

static void check_key(struct keyer *keyer, const char *text, const char *expected)
{
	struct buf key = BUF_INIT;

	keyer_add(keyer, &key, span_from(text));
	check_buf(&key, expected);
	buf_release(&key);
}

TEST(spelling_is_no_part_of_a_search_key)
{
	struct keyer keyer;

	open_for(&keyer, KEY_SEARCH);
	check_key(&keyer, "إلى أُسرَةِ آدم", "الي اسره ادم");
	check_key(&keyer, " العـــراق\u200F  «٢٠٢٤» ", "العراق \"2024\"");
	check_key(&keyer, "كتاب &amp; ﻛﺘﺎﺏ", "كتاب & كتاب");
	check_key(&keyer, "", "");
	keyer_release(&keyer);
}

/* Pieces that rules of the preset meet in. */
static void random_text(struct buf *into, unsigned *seed)
{
	static const char *const pieces[] = { "أ", "إ", "ة", "ى", "ـ", "\u064E", "\u0655", "A", "ß", " ",
		"\u00A0", "\n", "\r", "&amp;", "&#1603;", "\u200C", "\u200F", "٣", "!!", "…", "«", "Ù…Ù",
		"http://a.b/", "\u0301", "e", "東", "\x1b[1m", "\uFEFF", "ﷲ" };

	buf_clear(into);
	for (int left = rand_r(seed) % 12; left > 0; left--)
		buf_add(into,
			span_from(pieces[(size_t)rand_r(seed) % (sizeof(pieces) / sizeof(pieces[0]))]));
}

/* Both without the line end that a driver adds. */
TEST(a_search_key_is_what_normalize_makes_of_the_text)
{
	static const char *const words[] = { "--preset=search", NULL };
	struct buf text = BUF_INIT, key = BUF_INIT;
	struct keyer keyer;
	unsigned seed = 1;

	open_for(&keyer, KEY_SEARCH);
	for (int round = 0; round < 3000; round++) {
		struct driven driven;

		random_text(&text, &seed);
		driven = drive(&normalize, words, FRAMING_TEXT, buf_span(&text), (struct cutting){ 0 });
		buf_clear(&key);
		keyer_add(&keyer, &key, buf_span(&text));
		if (key.len && key.at[key.len - 1] != '\n')
			buf_add_byte(&key, '\n');
		buf_add_byte(&key, '\0');
		assert_true(span_equal(buf_span(&key), buf_span(&driven.text)));
		driven_release(&driven);
	}
	keyer_release(&keyer);
	buf_release(&text);
	buf_release(&key);
}

static void add_part(void *into, struct span part)
{
	buf_add(into, part);
}

TEST(the_parts_of_a_key_are_the_key)
{
	struct buf text = BUF_INIT;

	while (text.len < 200000)
		buf_add(&text, SPAN("Le marché a rouvert. سُوقُ المدينـة e\u0301\u0323 東京\n"));
	for (enum key kind = KEY_EXACT; kind <= KEY_SEARCH; kind++) {
		struct buf parts = BUF_INIT;
		struct keyer keyer;

		open_for(&keyer, kind);
		keyer_each(&keyer, buf_span(&text), add_part, &parts);
		assert_true(span_equal(buf_span(&parts), keyer_key(&keyer, buf_span(&text))));
		assert_true(parts.len > 100000);
		keyer_release(&keyer);
		buf_release(&parts);
	}
	buf_release(&text);
}

/* Hands a text on in pieces of random lengths, between characters. */
static void key_pieces(struct keyer *keyer, struct span text, unsigned *seed, struct buf *key)
{
	struct keying keying;

	keying_begin(&keying, keyer, add_part, key);
	while (text.len) {
		size_t longest = 1 + (size_t)rand_r(seed) % (rand_r(seed) % 8 ? 7 : 70000);
		size_t len = utf8_whole(span_head(text, longest));

		keying_text(&keying, span_head(text, len));
		text = span_skip(text, len);
	}
	keying_end(&keying);
}

TEST(a_key_is_the_same_of_a_text_in_pieces)
{
	struct buf text = BUF_INIT, more = BUF_INIT;
	unsigned seed = 5;

	buf_add(&text, SPAN(" \t"));
	while (text.len < 70000) {
		random_text(&more, &seed);
		buf_add(&text, buf_span(&more));
		buf_add(&text, SPAN("\u3000 "));
	}
	for (int i = 0; i < 20000; i++) /* nothing before this can be told of before its end */
		buf_add(&text, SPAN("\u0301"));
	for (enum key kind = KEY_EXACT; kind <= KEY_SEARCH; kind++) {
		struct buf whole = BUF_INIT, key = BUF_INIT;
		struct keyer keyer;

		open_for(&keyer, kind);
		keyer_add(&keyer, &whole, kind == KEY_EXACT ? SPAN("") : buf_span(&text));
		key_pieces(&keyer, buf_span(&text), &seed, &key);
		assert_true(
			span_equal(buf_span(&key), kind == KEY_EXACT ? buf_span(&text) : buf_span(&whole)));
		keyer_release(&keyer);
		buf_release(&whole);
		buf_release(&key);
	}
	buf_release(&text);
	buf_release(&more);
}

TEST(what_is_said_to_keep_is_its_own_key)
{
	static const enum key kinds[] = { KEY_EXACT, KEY_WS, KEY_CASE, KEY_FOLD };
	struct buf text = BUF_INIT;
	struct keyer keyer;
	unsigned seed = 3;
	int kept = 0;

	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
		open_for(&keyer, kinds[kind]);
		for (int i = 0; i < 20000; i++) {
			buf_clear(&text);
			for (int left = 1 + rand_r(&seed) % 3; left > 0; left--)
				utf8_add(&text, 1 + rand_r(&seed) % 0x900);
			if (!keyer_keeps(&keyer, buf_span(&text)))
				continue;
			kept++;
			assert_true(span_equal(keyer_key(&keyer, buf_span(&text)), buf_span(&text)));
		}
		assert_true(keyer_keeps(&keyer, SPAN("وزارة2024")));
		assert_int_equal(
			keyer_keeps(&keyer, SPAN("مُ")), kinds[kind] != KEY_FOLD && kinds[kind] != KEY_CASE);
		keyer_release(&keyer);
	}
	assert_in_range(kept, 10000, 70000);
	open_for(&keyer, KEY_SEARCH);
	assert_false(keyer_keeps(&keyer, SPAN("a")));
	keyer_release(&keyer);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(spelling_is_no_part_of_a_search_key),
		IT(a_search_key_is_what_normalize_makes_of_the_text),
		IT(the_parts_of_a_key_are_the_key),
		IT(a_key_is_the_same_of_a_text_in_pieces),
		IT(what_is_said_to_keep_is_its_own_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
