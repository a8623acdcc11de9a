/* SPDX-License-Identifier: MIT
 * newlines_test.c - vectors find the newlines that single steps do. */
#include "common/newlines.h"

#include "tests/unit/check.h"

enum { LONGEST = 300 };

TEST(vectors_find_the_newlines_that_single_steps_do)
{
	char text[LONGEST];
	uint32_t seed = 5, ends[LONGEST + 1], slowly[LONGEST + 1];

	for (unsigned round = 0; round < 4000; round++) {
		size_t len = check_random(&seed) % LONGEST, room = check_random(&seed) % 80, count;
		unsigned every = 1 + check_random(&seed) % 90;

		for (size_t i = 0; i < len; i++)
			text[i] = check_random(&seed) % every ? 'x' : '\n';
		count = newlines_find(span_of(text, len), ends, room);
		assert_int_equal(count, newlines_find_scalar(span_of(text, len), slowly, room));
		if (count)
			assert_memory_equal(ends, slowly, count * sizeof(*ends));
	}
}

TEST(ends_lie_behind_newlines_and_no_line_is_missed)
{
	uint32_t ends[4];

	assert_int_equal(newlines_find(SPAN("ab\n\nc\nd"), ends, 4), 3);
	assert_int_equal(ends[0], 3);
	assert_int_equal(ends[1], 4);
	assert_int_equal(ends[2], 6);
	assert_int_equal(newlines_find(SPAN("ab\n\nc\nd"), ends, 2), 2);
	assert_int_equal(newlines_find(SPAN(""), ends, 4), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(vectors_find_the_newlines_that_single_steps_do),
		IT(ends_lie_behind_newlines_and_no_line_is_missed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
