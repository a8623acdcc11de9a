/* SPDX-License-Identifier: MIT
 * strong_test.c - texts that were made to collide, and the hash that tells them apart.
 *
 * How XXH3 is attacked follows from its source (xxhash.h, XXH128_mix32B): where eight bytes of the text are those of
 * its public secret, a product is 0 whatever stands beside them, and what stands there is only added and xored. */
#include "filters/dedupe/seen.h"
#include "filters/dedupe/strong.h"

#include "tests/unit/check.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { LEN = 200, TEXTS = 1000 }; /* 129 to 240 bytes are mixed so */

static uint64_t secret_at(size_t at)
{
	uint64_t word;

	memcpy(&word, XXH3_kSecret + at, sizeof(word));
	return word;
}

/* The `number`-th of many texts with one fingerprint. No UTF-8, which is why no input of the program is like it. */
static void make_text(char text[LEN], uint64_t number)
{
	const uint64_t both = 0x1234567890ABCDEF;
	uint64_t sum;

	memset(text, 'x', LEN);
	for (size_t at = 0; at < 64; at += 16)
		memcpy(text + at, XXH3_kSecret + at, 8);
	memcpy(text + 8, &number, sizeof(number));
	sum = ((secret_at(0) + number) ^ both) - secret_at(32);
	memcpy(text + 40, &sum, sizeof(sum));
}

static struct fingerprint print_of(struct strong *strong, struct keyer *keyer, uint64_t number)
{
	char text[LEN];

	make_text(text, number);
	return strong ? strong_of(strong, keyer, span_of(text, LEN))
		      : fingerprint_of(keyer, span_of(text, LEN));
}

/* How many of the texts are taken for different. */
static size_t count_different(struct strong *strong)
{
	struct keyer keyer = { .kind = KEY_EXACT };
	struct seen seen;
	size_t different = 0;

	seen_init(&seen, 42, false);
	for (uint64_t i = 0; i < TEXTS; i++)
		different += seen_add(&seen, seen_key(&seen, print_of(strong, &keyer, i)));
	seen_release(&seen);
	keyer_release(&keyer);
	return different;
}

TEST(texts_made_to_collide_do_under_xxh3)
{
	assert_int_equal(count_different(NULL), 1);
}

TEST(texts_made_to_collide_do_not_under_the_strong_hash)
{
	struct strong *strong = strong_new(7);

	assert_int_equal(count_different(strong), TEXTS);
	strong_free(strong);
}

TEST(equal_texts_are_equal_under_the_strong_hash_whatever_its_key)
{
	for (uint64_t secret = 0; secret < 3; secret++) {
		struct strong *strong = strong_new(secret);
		struct keyer keyer = { .kind = KEY_EXACT };
		struct fingerprint one = print_of(strong, &keyer, 5), other = print_of(strong, &keyer, 5);

		assert_true(one.low == other.low && one.high == other.high);
		strong_free(strong);
	}
}

TEST(the_strong_hash_is_that_of_the_key)
{
	struct strong *strong = strong_new(7);
	struct keyer keyer = { .kind = KEY_WS };
	struct fingerprint one = strong_of(strong, &keyer, SPAN("قال  الوزير "));
	struct fingerprint other = strong_of(strong, &keyer, SPAN("قال\u00A0الوزير"));

	assert_true(one.low == other.low && one.high == other.high);
	strong_free(strong);
	keyer_release(&keyer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(texts_made_to_collide_do_under_xxh3),
		IT(texts_made_to_collide_do_not_under_the_strong_hash),
		IT(equal_texts_are_equal_under_the_strong_hash_whatever_its_key),
		IT(the_strong_hash_is_that_of_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
