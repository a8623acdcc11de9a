/* SPDX-License-Identifier: MIT
 * seen_test.c - the set of fingerprints, and fingerprints. */
#include "filters/dedupe/seen.h"

#include "tests/unit/check.h"

/* The `i`-th of many different fingerprints; the ones with few bits are the hard ones. */
static struct fingerprint print_number(uint64_t i)
{
	return (struct fingerprint){ i & 0xFFF, i >> 12 };
}

static bool add(struct seen *seen, struct fingerprint print)
{
	struct seen_key key = seen_key(seen, print);

	seen_expect(seen, key);
	return seen_add(seen, key);
}

TEST(what_was_added_is_there)
{
	struct seen seen;
	uint64_t count = 200000;

	seen_init(&seen, 42, false);
	for (uint64_t i = 1; i < count; i++)
		assert_true(add(&seen, print_number(i)));
	for (uint64_t i = 1; i < count; i++)
		assert_false(add(&seen, print_number(i)));
	assert_true(add(&seen, print_number(count)));
	seen_release(&seen);
}

TEST(many_at_once_are_as_one_after_the_other)
{
	struct fingerprint prints[50];
	struct seen_key keys[50];
	bool is_new[50];
	struct seen one, many;
	uint32_t seed = 3;

	seen_init(&one, 42, false);
	seen_init(&many, 17, false);
	for (size_t round = 0; round < 4000; round++) {
		size_t count = check_random(&seed) % 50;

		for (size_t i = 0; i < count; i++)
			prints[i] = print_number(check_random(&seed) % 60000);
		seen_expect_all(&many, prints, keys, count);
		seen_add_all(&many, keys, count, is_new);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(is_new[i], add(&one, prints[i]));
	}
	seen_release(&one);
	seen_release(&many);
}

TEST(the_fingerprint_of_zeros_is_one_like_others)
{
	struct seen seen;

	seen_init(&seen, 42, false);
	assert_true(add(&seen, (struct fingerprint){ 0, 0 }));
	assert_false(add(&seen, (struct fingerprint){ 0, 0 }));
	assert_true(add(&seen, (struct fingerprint){ 0, 1 }));
	seen_release(&seen);
}

/* Smaller sets take some more: of each shard half a chunk is unused. */
TEST(memory_is_at_most_13_bytes_a_fingerprint_of_millions)
{
	struct seen seen;
	uint64_t i = 0, sum = 0;

	seen_init(&seen, 7, false);
	for (uint64_t count = 700000; count < 3600000; count += 100000) {
		while (i < count)
			seen_add(&seen, seen_key(&seen, print_number(++i)));
		assert_true(seen.bytes <= 14 * count);
		sum += count < 2600000 ? 0 : seen.bytes * 1000 / count;
	}
	assert_true(sum <= 13000 * 10);
	seen_release(&seen);
	assert_int_equal(seen.bytes, 0);
}

/* Few tags, so that many are alike while the rest differs. */
TEST(vectors_find_in_a_group_what_single_steps_do)
{
	uint32_t seed = 5;

	for (int round = 0; round < 3000; round++) {
		struct seen_group group = { .count = check_random(&seed) % (SEEN_GROUP + 1) };

		for (unsigned i = 0; i < SEEN_GROUP; i++) { /* what is left in free slots means nothing */
			group.tags[i] = (uint16_t)(check_random(&seed) % 3);
			group.hot[i] = 1 + check_random(&seed) % 4;
		}
		for (unsigned i = 0; i < 15; i++) {
			struct seen_key key = { .hot = 1 + i % 5, .cold = (uint16_t)(i / 5) };

			assert_int_equal(seen_group_find(&group, key), seen_group_find_scalar(&group, key));
		}
	}
}

/* The 40 bits of `high` that print_number leaves out are not in a key: a fingerprint that differs in any bit has
 * another key all the same. */
TEST(every_bit_of_a_fingerprint_counts)
{
	for (unsigned bit = 0; bit < 128; bit++) {
		struct fingerprint print = { 0x0123456789ABCDEF, 0xFEDCBA9876543210 };
		struct seen seen;

		seen_init(&seen, 42, false);
		assert_true(add(&seen, print));
		if (bit < 64)
			print.low ^= UINT64_C(1) << bit;
		else
			print.high ^= UINT64_C(1) << (bit - 64);
		assert_true(add(&seen, print));
		assert_false(add(&seen, print));
		seen_release(&seen);
	}
}

TEST(a_tally_stays_with_its_fingerprint)
{
	struct seen seen;
	uint64_t count = 100000;

	seen_init(&seen, 42, true);
	for (uint64_t i = 1; i < count; i++)
		for (uint64_t times = 0; times <= i % 3; times++)
			++*seen_tally(&seen, seen_key(&seen, print_number(i)));
	for (uint64_t i = 1; i < count; i++)
		assert_int_equal(*seen_tally(&seen, seen_key(&seen, print_number(i))), 1 + i % 3);
	seen_release(&seen);
}

TEST(a_shard_can_be_forgotten_alone)
{
	struct seen seen;
	uint64_t count = 300000;

	seen_init(&seen, 42, false);
	for (uint64_t i = 1; i < count; i++)
		add(&seen, print_number(i));
	seen_clear_shard(&seen, 17);
	for (uint64_t i = 1; i < count; i++)
		assert_int_equal(add(&seen, print_number(i)), seen_key(&seen, print_number(i)).shard == 17);
	seen_release(&seen);
}

TEST(a_cleared_set_is_empty)
{
	struct seen seen;

	seen_init(&seen, 42, false);
	for (uint64_t round = 0; round < 50; round++) {
		uint64_t count = round % 10 == 0 ? 40000 : 20;

		for (uint64_t i = 1; i < count; i++)
			assert_true(add(&seen, print_number(i)));
		seen_clear(&seen);
	}
	seen_release(&seen);
}

TEST(the_secret_changes_no_answer)
{
	static const uint64_t secrets[] = { 0, 1, UINT64_MAX, 0x9E3779B97F4A7C15 };
	struct seen seen[4];
	uint32_t seed = 3;

	for (size_t i = 0; i < 4; i++)
		seen_init(&seen[i], secrets[i], false);
	for (int round = 0; round < 20000; round++) {
		struct fingerprint print = { check_random(&seed) % 100, check_random(&seed) % 100 };
		bool is_new = add(&seen[0], print);

		for (size_t i = 1; i < 4; i++)
			assert_int_equal(add(&seen[i], print), is_new);
	}
	for (size_t i = 0; i < 4; i++)
		seen_release(&seen[i]);
}

static bool same_print(struct fingerprint a, struct fingerprint b)
{
	return a.low == b.low && a.high == b.high;
}

static struct fingerprint print_under(enum key kind, struct span text)
{
	struct host host = { .cpu = CPU_SCALAR };
	struct keyer keyer;
	struct fingerprint print;
	struct diag why;

	assert_true(keyer_open(&keyer, kind, &host, &why));
	print = fingerprint_of(&keyer, text);
	assert_true(keyer.scratch.cap < 200000);
	keyer_release(&keyer);
	return print;
}

TEST(a_long_text_has_the_fingerprint_of_its_key)
{
	struct buf text = BUF_INIT, key = BUF_INIT;

	while (text.len < 300000)
		buf_add(&text, SPAN("Le marché a rouvert. سُوقُ المدينـة e\xCC\x81\xCC\xA3 東京 "));
	key_add(&key, buf_span(&text), KEY_FOLD);
	assert_true(
		same_print(print_under(KEY_FOLD, buf_span(&text)), print_under(KEY_EXACT, buf_span(&key))));
	text.at[text.len - 5] ^= 1;
	assert_false(same_print(
		print_under(KEY_EXACT, buf_span(&text)), print_under(KEY_EXACT, buf_span(&key))));
	buf_release(&text);
	buf_release(&key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(what_was_added_is_there),
		IT(many_at_once_are_as_one_after_the_other),
		IT(the_fingerprint_of_zeros_is_one_like_others),
		IT(memory_is_at_most_13_bytes_a_fingerprint_of_millions),
		IT(vectors_find_in_a_group_what_single_steps_do),
		IT(every_bit_of_a_fingerprint_counts),
		IT(a_tally_stays_with_its_fingerprint),
		IT(a_shard_can_be_forgotten_alone),
		IT(a_cleared_set_is_empty),
		IT(the_secret_changes_no_answer),
		IT(a_long_text_has_the_fingerprint_of_its_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
