/* SPDX-License-Identifier: MIT
 * ballot_test.c - keys go out and verdicts come back, in order, from memory and from files. */
#include "filters/dedupe/ballot.h"

#include "tests/unit/check.h"

enum { DIFFERENT = 3000, FOREGONE = 400, NOTED = 200000 };

static struct diag why;

/* The `number`-th of DIFFERENT keys. All lie in three shards, so that these have many blocks. */
static struct seen_key key_of(uint32_t number)
{
	return (struct seen_key){ .hot = (number / 3 + 1) * UINT64_C(0x9E3779B97F4A7C15),
		.cold = (uint16_t)(number * 7),
		.shard = (uint8_t)(number % 3 * 100) };
}

static void check_ballot(const struct spool_place *place, size_t memory, bool only_first)
{
	struct ballot ballot;
	uint32_t seed = 5, times[DIFFERENT] = { 0 };

	ballot_init(&ballot, place, memory);
	ballot.only_first = only_first;
	for (uint32_t i = 0; i < FOREGONE; i++)
		assert_true(ballot_note(&ballot, key_of(check_random(&seed) % FOREGONE), true, &why));
	seed = 9;
	for (uint32_t i = 0; i < NOTED; i++) {
		uint32_t number = check_random(&seed) % DIFFERENT;

		times[number]++;
		assert_true(ballot_note(&ballot, key_of(number), false, &why));
	}
	for (uint32_t i = 0, again = 5; i < FOREGONE; i++)
		times[check_random(&again) % FOREGONE] = 0;
	assert_true(ballot_judge(&ballot, &why));
	seed = 9;
	for (uint32_t i = 0; i < NOTED; i++) {
		uint32_t number = check_random(&seed) % DIFFERENT;
		uint64_t verdict = 99;

		assert_true(ballot_next(&ballot, &verdict, &why));
		assert_int_equal(verdict, only_first ? times[number] > 0 : times[number]);
		times[number] = 0;
	}
	assert_false(ballot_next(&ballot, &(uint64_t){ 0 }, &why));
	ballot_release(&ballot);
}

TEST(the_first_of_equal_keys_gets_their_number_and_the_others_nothing)
{
	const struct spool_place memory = { NULL, 1 };

	check_ballot(&memory, SIZE_MAX, false);
}

TEST(neither_files_nor_parts_change_a_verdict)
{
	const struct spool_place file = { spool_folder(), 4096 };

	check_ballot(&file, SIZE_MAX, false);
	check_ballot(&file, 300000, false);
	check_ballot(&file, 1, false);
}

TEST(where_nobody_asks_how_often_first_ones_are_told_all_the_same)
{
	const struct spool_place memory = { NULL, 1 };

	check_ballot(&memory, SIZE_MAX, true);
	check_ballot(&memory, 1, true);
}

TEST(an_empty_ballot_has_no_verdicts)
{
	const struct spool_place memory = { NULL, 1 };
	struct ballot ballot;
	uint64_t verdict;

	ballot_init(&ballot, &memory, 1);
	assert_true(ballot_judge(&ballot, &why));
	assert_false(ballot_next(&ballot, &verdict, &why));
	ballot_release(&ballot);
}

TEST(a_folder_that_is_not_there_is_said)
{
	const struct spool_place nowhere = { "/absent", 1 };
	struct ballot ballot;
	bool fine = true;

	ballot_init(&ballot, &nowhere, 1);
	for (uint32_t i = 0; i < DIFFERENT && fine; i++)
		fine = ballot_note(&ballot, key_of(i), false, &why);
	assert_false(fine);
	assert_non_null(strstr(why.text, "/absent"));
	ballot_release(&ballot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(the_first_of_equal_keys_gets_their_number_and_the_others_nothing),
		IT(neither_files_nor_parts_change_a_verdict),
		IT(where_nobody_asks_how_often_first_ones_are_told_all_the_same),
		IT(an_empty_ballot_has_no_verdicts),
		IT(a_folder_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
