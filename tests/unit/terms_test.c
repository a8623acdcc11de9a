/* SPDX-License-Identifier: MIT
 * terms_test.c - the table of terms. */
#include "filters/count-terms/terms.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/check.h"

static void add_number(struct terms *terms, unsigned number, uint64_t document)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "w%u", number);

	terms_add(terms, span_of(text, (size_t)len), document);
}

static void check_term(const struct terms *terms, size_t at, const char *text, uint64_t count)
{
	assert_true(at < terms->count);
	assert_int_equal(terms->items[at].len, strlen(text));
	assert_memory_equal(terms->items[at].at, text, strlen(text));
	assert_int_equal(terms->items[at].count, count);
}

TEST(every_term_is_counted_through_all_growth)
{
	struct terms terms;
	unsigned count = 30000;

	terms_init(&terms, 5);
	for (unsigned round = 0; round < 3; round++)
		for (unsigned i = 0; i < count; i++)
			add_number(&terms, i, 1);
	terms_settle(&terms);
	assert_int_equal(terms.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(terms.items[i].count, 3);
	terms_release(&terms);
}

TEST(commonest_first_then_by_bytes)
{
	struct terms terms;

	terms_init(&terms, 5);
	for (const char *word = "cabbaaed"; *word; word++)
		terms_add(&terms, span_of(word, 1), 1);
	terms_rank(&terms, 1, 0);
	check_term(&terms, 0, "a", 3);
	check_term(&terms, 1, "b", 2);
	check_term(&terms, 2, "c", 1);
	check_term(&terms, 4, "e", 1);
	terms_release(&terms);
}

TEST(the_top_is_cut_before_the_list_is_put_in_another_order)
{
	struct terms terms;

	terms_init(&terms, 5);
	for (const char *word = "ccbba"; *word; word++)
		terms_add(&terms, span_of(word, 1), 1);
	terms_rank(&terms, 1, 2);
	terms_sort_by_bytes(&terms);
	assert_int_equal(terms.count, 2);
	check_term(&terms, 0, "b", 2);
	check_term(&terms, 1, "c", 2);
	terms_release(&terms);
}

TEST(rare_terms_are_left_out)
{
	struct terms terms;

	terms_init(&terms, 5);
	for (const char *word = "ccbba"; *word; word++)
		terms_add(&terms, span_of(word, 1), 1);
	terms_rank(&terms, 2, 0);
	assert_int_equal(terms.count, 2);
	terms_rank(&terms, 3, 0);
	assert_int_equal(terms.count, 0);
	terms_release(&terms);
}

TEST(a_document_counts_once)
{
	struct terms terms;

	terms_init(&terms, 5);
	for (uint64_t document = 1; document < 4; document++)
		for (int i = 0; i < 5; i++)
			add_number(&terms, 1, document);
	terms_settle(&terms);
	assert_int_equal(terms.items[0].documents, 3);
	assert_int_equal(terms.items[0].count, 15);
	terms_release(&terms);
}

TEST(long_terms_and_terms_that_share_a_start_stay_apart)
{
	size_t len = 300000;
	char *text = calloc(1, len);
	struct terms terms;

	memset(text, 'x', len);
	terms_init(&terms, 5);
	for (int round = 0; round < 2; round++)
		for (size_t less = 0; less < 40; less++)
			terms_add(&terms, span_of(text, len - less * 7000), 1);
	terms_settle(&terms);
	assert_int_equal(terms.count, 40);
	for (size_t i = 0; i < 40; i++) {
		assert_int_equal(terms.items[i].count, 2);
		assert_memory_equal(terms.items[i].at, text, terms.items[i].len);
	}
	terms_release(&terms);
	free(text);
}

TEST(the_secret_changes_no_list)
{
	struct terms a, b;
	uint32_t seed = 9;

	terms_init(&a, 0);
	terms_init(&b, UINT64_MAX);
	for (int i = 0; i < 20000; i++) {
		unsigned number = check_random(&seed) % 3000;

		add_number(&a, number, 1);
		add_number(&b, number, 1);
	}
	terms_rank(&a, 1, 0);
	terms_rank(&b, 1, 0);
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++) {
		assert_int_equal(a.items[i].count, b.items[i].count);
		assert_memory_equal(a.items[i].at, b.items[i].at, a.items[i].len);
	}
	terms_release(&a);
	terms_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(every_term_is_counted_through_all_growth),
		IT(commonest_first_then_by_bytes),
		IT(the_top_is_cut_before_the_list_is_put_in_another_order),
		IT(rare_terms_are_left_out),
		IT(a_document_counts_once),
		IT(long_terms_and_terms_that_share_a_start_stay_apart),
		IT(the_secret_changes_no_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
