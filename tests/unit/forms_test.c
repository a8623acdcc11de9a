/* SPDX-License-Identifier: MIT
 * forms_test.c - the table of strings, and the order of texts. */
#include "filters/count-terms/forms.h"

#include <stdio.h>
#include <stdlib.h>

#include "filters/count-terms/order.h"
#include "tests/unit/check.h"

static uint32_t add_number(struct forms *forms, unsigned number)
{
	char text[32];
	int len = snprintf(text, sizeof(text), number % 3 ? "w%u" : "a rather longer word %u", number);

	return forms_add(forms, span_of(text, (size_t)len));
}

TEST(a_string_keeps_its_number_through_all_growth)
{
	struct forms forms = { .secret = 5 };

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < 30000; i++)
			assert_int_equal(add_number(&forms, i), i);
	assert_int_equal(forms.count, 30000);
	forms_release(&forms);
}

TEST(words_counted_together_are_those_counted_alone)
{
	struct span text = SPAN(
		"a b a longer-than-sixteen-bytes b a longer-than-sixteen-bytes exactly-16-bytes abcdefgh");
	struct forms forms = { .secret = 7 };
	struct span words[FORMS_AT_ONCE];
	uint32_t numbers[FORMS_AT_ONCE];
	size_t count = 0;

	for (struct span rest = text; rest.len; rest = span_skip(rest, words[count++].len + 1))
		words[count] = span_head(rest, span_find(rest, ' '));
	forms_count(&forms, text, words, count, numbers);
	assert_int_equal(forms.count, 5);
	for (size_t i = 0; i < count; i++)
		assert_true(span_equal(form_text(&forms.items[numbers[i]]), words[i]));
	assert_int_equal(forms.items[numbers[0]].count, 3);
	assert_int_equal(forms.items[numbers[3]].count, 2);
	assert_int_equal(forms_find(&forms, SPAN("b")), numbers[1]);
	assert_int_equal(forms_find(&forms, SPAN("c")), FORM_UNKNOWN);
	forms_release(&forms);
}

/* `number` as a word of its own: short ones and long ones, the same ones again and again. */
static struct span nth_word(char *into, size_t size, uint32_t number)
{
	int len = snprintf(into, size, number % 5 ? "w%u" : "a rather longer word %u", number);

	return span_of(into, (size_t)len);
}

TEST(words_counted_later_are_those_counted_at_once)
{
	enum { COUNT = 100000, LONGEST = 40 };
	struct forms now = { .secret = 7 }, later = { .secret = 7 };
	struct forms_queue queue = { 0 };
	char(*texts)[LONGEST] = calloc(COUNT, sizeof(*texts));
	uint32_t seed = 1, numbers[FORMS_AT_ONCE];

	for (size_t i = 0, count; i < COUNT; i += count) {
		struct span words[FORMS_AT_ONCE], text = span_of(texts[i], 0);

		count = 1 + check_random(&seed) % FORMS_AT_ONCE;
		count = count < COUNT - i ? count : COUNT - i;
		for (size_t at = 0; at < count; at++) {
			uint32_t number = check_random(&seed) % (1 + check_random(&seed) % 60000);

			words[at] = nth_word(texts[i + at], LONGEST, number);
		}
		text.len = count * LONGEST;
		forms_count(&now, text, words, count, numbers);
		forms_count_soon(&later, &queue, text, words, count);
		if (check_random(&seed) % 7 == 0)
			forms_count_rest(&later, &queue);
	}
	forms_count_rest(&later, &queue);
	assert_int_equal(now.count, later.count);
	assert_true(now.count > 30000);
	for (size_t i = 0; i < now.count; i++) {
		uint32_t number = forms_find(&later, form_text(&now.items[i]));

		assert_int_not_equal(number, FORM_UNKNOWN);
		assert_int_equal(now.items[i].count, later.items[number].count);
	}
	forms_release(&now);
	forms_release(&later);
	free(texts);
}

TEST(long_strings_and_strings_that_share_a_start_stay_apart)
{
	size_t len = 300000;
	char *text = calloc(1, len);
	struct forms forms = { .secret = 5 };

	memset(text, 'x', len);
	for (uint32_t round = 0; round < 2; round++)
		for (uint32_t less = 0; less < 40; less++)
			assert_int_equal(forms_add(&forms, span_of(text, len - less * 7000)), less);
	for (uint32_t i = 1; i < 40; i++)
		assert_int_equal(forms_add(&forms, span_of(text, i)), 39 + i);
	forms_release(&forms);
	free(text);
}

static uint64_t head_at(const void *texts, uint64_t item, size_t depth)
{
	return order_head(span_skip(span_from(((char *const *)texts)[item]), depth));
}

static int later_first(const void *texts, uint64_t a, uint64_t b)
{
	(void)texts;
	return a > b ? -1 : 1;
}

TEST(texts_are_ordered_by_bytes_whatever_the_seed)
{
	enum { COUNT = 3000 };
	struct ordered items[COUNT];
	char *texts[COUNT];
	uint32_t seed = 3;

	for (size_t i = 0; i < COUNT; i++) {
		size_t len = check_random(&seed) % 40;

		texts[i] = calloc(1, len + 1);
		for (size_t at = 0; at < len; at++)
			texts[i][at] =
				(char)(check_random(&seed) % 50 ? 'a' : 0xD8 + check_random(&seed) % 2);
	}
	for (uint64_t secret = 0; secret < 3; secret++) {
		for (size_t i = 0; i < COUNT; i++)
			items[i] = (struct ordered){ 0, i };
		order_texts(items, COUNT, head_at, later_first, texts, secret);
		for (size_t i = 1; i < COUNT; i++) {
			int order = strcmp(texts[items[i - 1].item], texts[items[i].item]);

			assert_true(order < 0 || (order == 0 && items[i - 1].item > items[i].item));
		}
	}
	for (size_t i = 0; i < COUNT; i++)
		free(texts[i]);
}

static void check_ordered(const struct ordered *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		assert_true(items[i - 1].head < items[i].head ||
			    (items[i - 1].head == items[i].head && items[i - 1].item < items[i].item));
}

TEST(the_same_head_is_ordered_by_number)
{
	struct ordered items[1000];

	for (size_t i = 0; i < 1000; i++)
		items[i] = (struct ordered){ i % 3, 999 - i };
	order(items, 1000, NULL, NULL, 1);
	check_ordered(items, 1000);
}

TEST(what_comes_in_order_stays_in_order)
{
	struct ordered items[1000];
	uint32_t seed = 4;

	for (size_t i = 0; i < 1000; i++)
		items[i] = (struct ordered){ ~(uint64_t)(check_random(&seed) % 3 * 70000), i };
	order_stable(items, 1000);
	check_ordered(items, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_string_keeps_its_number_through_all_growth),
		IT(words_counted_together_are_those_counted_alone),
		IT(words_counted_later_are_those_counted_at_once),
		IT(long_strings_and_strings_that_share_a_start_stay_apart),
		IT(texts_are_ordered_by_bytes_whatever_the_seed),
		IT(the_same_head_is_ordered_by_number),
		IT(what_comes_in_order_stays_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
