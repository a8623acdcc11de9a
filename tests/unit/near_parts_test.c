/* SPDX-License-Identifier: MIT
 * near_parts_test.c - the parts that near duplicates are found with, each against a slower or plainer way. */
#include "filters/dedupe/bands.h"
#include "filters/dedupe/common_shingles.h"
#include "filters/dedupe/minhash.h"
#include "filters/dedupe/near.h"
#include "filters/dedupe/passages.h"

#include <stdlib.h>

#include "tests/unit/check.h"

enum { SET = 300 };

static uint64_t random_64(uint32_t *seed)
{
	uint64_t high = check_random(seed), middle = check_random(seed);

	return high << 40 ^ middle << 20 ^ check_random(seed);
}

static void random_set(uint32_t set[SET], uint32_t *seed)
{
	for (size_t i = 0; i < SET; i++)
		set[i] = (uint32_t)random_64(seed);
}

TEST(vectors_and_single_steps_give_one_minhash)
{
	struct minhash best, scalar;
	uint32_t set[SET], rows[MINHASH_ROWS], expected[MINHASH_ROWS], seed = 3;

	minhash_init(&best, cpu_best(NULL));
	minhash_init(&scalar, CPU_SCALAR);
	random_set(set, &seed);
	for (size_t count = 0; count <= SET; count++) {
		minhash_rows(&best, set, count, rows);
		minhash_rows(&scalar, set, count, expected);
		assert_memory_equal(rows, expected, sizeof(rows));
	}
}

/* Sets of which `same` members of SET are in both; the others are not. */
static size_t bands_in_both(size_t same, uint32_t *seed)
{
	uint32_t one[SET], other[SET], rows[MINHASH_ROWS];
	uint64_t keys[MINHASH_BANDS], other_keys[MINHASH_BANDS];
	struct minhash minhash;
	size_t both = 0;

	minhash_init(&minhash, CPU_SCALAR);
	random_set(one, seed);
	random_set(other, seed);
	memcpy(other, one, same * sizeof(*one));
	minhash_rows(&minhash, one, SET, rows);
	minhash_keys(rows, keys);
	minhash_rows(&minhash, other, SET, rows);
	minhash_keys(rows, other_keys);
	for (size_t i = 0; i < MINHASH_BANDS; i++)
		both += keys[i] == other_keys[i];
	return both;
}

TEST(bands_meet_as_often_as_the_square_of_the_similarity)
{
	uint32_t seed = 5;
	size_t both = 0;

	for (int round = 0; round < 200; round++)
		both += bands_in_both(SET / 2, &seed); /* J = 1/3 */
	assert_in_range(both, 200 * MINHASH_BANDS / 10, 200 * MINHASH_BANDS / 8);
	assert_int_equal(bands_in_both(SET, &seed), MINHASH_BANDS);
	assert_int_equal(bands_in_both(0, &seed), 0);
}

/* What a list of the first stories of each key says. */
struct listed {
	uint64_t key;
	uint32_t stories[BANDS_CROWD];
	size_t count;
};

enum { KEYS = 3000, ADDED = 20000 };

static void check_found(const struct bands *bands, const struct listed *listed)
{
	uint32_t stories[BANDS_CROWD];
	size_t count = bands_find(bands, listed->key, stories);

	assert_int_equal(count, listed->count);
	assert_memory_equal(stories, listed->stories, count * sizeof(*stories));
}

TEST(a_band_leads_to_its_first_stories_in_order_whatever_the_secret)
{
	static struct listed listed[KEYS];

	for (uint64_t secret = 0; secret < 4; secret++) {
		struct bands bands;
		uint32_t seed = 11;

		bands_init(&bands, secret * 0x123456789ABCDEF);
		memset(listed, 0, sizeof(listed));
		for (size_t i = 0; i < KEYS; i++)
			listed[i].key = random_64(&seed);
		for (uint32_t story = 0; story < ADDED; story++) {
			struct listed *to = &listed[check_random(&seed) % KEYS];

			bands_add(&bands, to->key, story);
			if (to->count < BANDS_CROWD)
				to->stories[to->count++] = story;
		}
		for (size_t i = 0; i < KEYS; i++)
			check_found(&bands, &listed[i]);
		bands_release(&bands);
	}
}

/* A shingle by its number. */
static uint64_t shingle_of(uint64_t i)
{
	return (i + 1) * 0xD1B54A32D192ED03;
}

TEST(the_sketch_never_counts_too_few_and_seldom_too_many)
{
	struct common_shingles common;
	size_t too_many = 0;
	enum { FULL = 1 << 22 }; /* as many as counters in the first blocks */

	common_shingles_init(&common);
	for (uint64_t i = 0; i < FULL; i++)
		common_shingles_add(&common, shingle_of(i));
	for (uint64_t i = 0; i < FULL; i++)
		too_many += common_shingles_count(&common, shingle_of(i)) >= 5;
	assert_in_range(too_many, 0, FULL / 1000);
	for (uint64_t i = 0; i < 1000; i++) /* and doubling */
		for (uint64_t k = 0; k < i % 20; k++)
			common_shingles_add(&common, shingle_of(i));
	for (uint64_t i = 0; i < 1000; i++)
		assert_true(common_shingles_count(&common, shingle_of(i)) >=
			    (i % 20 + 1 < COMMON_COUNTED ? i % 20 + 1 : COMMON_COUNTED));
	common_shingles_release(&common);
}

static void read_passages(struct passages *passages, uint64_t *items, size_t count)
{
	uint32_t *values = calloc(count, sizeof(*values));
	struct shingles shingles = { .items = items, .values = values, .count = count };

	for (size_t i = 0; i < count; i++)
		values[i] = 1;
	passages_read(passages, &shingles);
	free(values);
}

static bool have_one_in_common(const struct passages *one, const struct passages *other)
{
	for (size_t i = 0; i < one->count; i++)
		for (size_t k = 0; k < other->count; k++)
			if (one->keys[i] == other->keys[k])
				return true;
	return false;
}

TEST(twelve_words_in_both_lead_from_one_to_the_other)
{
	struct passages one = { 0 }, other = { 0 };
	uint32_t seed = 23;
	enum { LONG = 100, SHARED = 10 }; /* shingles of twelve words */

	for (int round = 0; round < 500; round++) {
		uint64_t first[LONG], second[LONG];
		size_t from = check_random(&seed) % (LONG - SHARED + 1);
		size_t to = check_random(&seed) % (LONG - SHARED + 1);

		for (size_t i = 0; i < LONG; i++) {
			first[i] = random_64(&seed);
			second[i] = random_64(&seed);
		}
		memcpy(second + to, first + from, SHARED * sizeof(*first));
		read_passages(&one, first, LONG);
		read_passages(&other, second, LONG);
		assert_true(have_one_in_common(&one, &other));
		assert_in_range(one.count, LONG / 8, LONG / 2);
	}
	passages_release(&one);
	passages_release(&other);
}

/* Reads 200 texts into `near`, whose sketch is so small that shingles of a text share counters all the time. */
static void read_crowded(struct near *near, struct keyer *keyer, uint64_t secret)
{
	static const struct near_options options = { 0.35, 0.6, 1u << RELATION_SAME | 1u << RELATION_NEAR,
		false };
	struct buf text = BUF_INIT;
	uint32_t seed = 9;

	near_init(near, &options, keyer, CPU_SCALAR, secret);
	near->common.bits = 3;
	for (int i = 0; i < 200; i++) {
		buf_clear(&text);
		for (int k = 0; k < 60; k++)
			buf_addf(&text, "word%u ", check_random(&seed) % 3000);
		near_decide(near, &text);
	}
	buf_release(&text);
}

TEST(what_is_common_does_not_depend_on_the_secret)
{
	struct keyer keyer;
	struct host host = { .cpu = CPU_SCALAR };
	struct near one, other;
	struct diag why;

	assert_true(keyer_open(&keyer, KEY_EXACT, &host, &why));
	read_crowded(&one, &keyer, 1);
	read_crowded(&other, &keyer, 0xFEDCBA9876543210);
	assert_int_equal(one.common.bits, other.common.bits);
	assert_memory_equal(
		one.common.blocks, other.common.blocks, sizeof(*one.common.blocks) << one.common.bits);
	near_release(&one);
	near_release(&other);
	keyer_release(&keyer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(vectors_and_single_steps_give_one_minhash),
		IT(bands_meet_as_often_as_the_square_of_the_similarity),
		IT(a_band_leads_to_its_first_stories_in_order_whatever_the_secret),
		IT(the_sketch_never_counts_too_few_and_seldom_too_many),
		IT(twelve_words_in_both_lead_from_one_to_the_other),
		IT(what_is_common_does_not_depend_on_the_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
