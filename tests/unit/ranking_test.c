/* SPDX-License-Identifier: MIT
 * ranking_test.c - terms by count: from one table and from many, against sums made one by one. */
#include "filters/count-terms/ranking.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/check.h"

enum { TABLES = 3, TERMS = 400, WAYS = 4, LONGEST = 40 };

/* Term `number` written in one of four ways: its key, and three with capitals, which some are too long to hold in the table itself. */
static struct span written(char *into, unsigned number, unsigned way)
{
	int len = snprintf(into, LONGEST, "%c%c%s%u", way & 1 ? 'A' : 'a', way & 2 ? 'B' : 'b',
		number % 3 ? "" : " and a good deal more ", number);

	return span_of(into, (size_t)len);
}

struct world {
	struct keyer keyer;
	struct vocabulary tables[TABLES];
	const struct vocabulary *all[TABLES];
	uint64_t counts[TERMS][WAYS];
};

static void open_world(struct world *world)
{
	struct host host = { .cpu = CPU_SCALAR };
	struct diag why;
	uint32_t seed = 9;
	char text[LONGEST];

	*world = (struct world){ 0 };
	assert_true(keyer_open(&world->keyer, KEY_CASE, &host, &why));
	for (size_t i = 0; i < TABLES; i++) {
		world->all[i] = &world->tables[i];
		world->tables[i].rules.keyer = &world->keyer;
		world->tables[i].forms.secret = 77;
	}
	for (int i = 0; i < 8000; i++) {
		unsigned number = check_random(&seed) % (1 + check_random(&seed) % TERMS);
		unsigned way = check_random(&seed) % WAYS;
		struct forms *forms = &world->tables[check_random(&seed) % TABLES].forms;
		uint32_t at = forms_add(forms, written(text, number, way));

		forms->items[at].count++;
		world->counts[number][way]++;
	}
	for (size_t i = 0; i < TABLES; i++)
		vocabulary_settle(&world->tables[i]);
}

static void close_world(struct world *world)
{
	for (size_t i = 0; i < TABLES; i++)
		vocabulary_release(&world->tables[i]);
	keyer_release(&world->keyer);
}

static uint64_t sum_of(const struct world *world, unsigned number)
{
	uint64_t sum = 0;

	for (unsigned way = 0; way < WAYS; way++)
		sum += world->counts[number][way];
	return sum;
}

/* The way a term is written most: the key of equally common ones, else the first by bytes. */
static struct span commonest(const struct world *world, unsigned number, char *into)
{
	static const unsigned by_bytes[WAYS] = { 0, 3, 1, 2 }; /* ab, AB, Ab, aB */
	unsigned best = 0;

	for (unsigned i = 1; i < WAYS; i++)
		if (world->counts[number][by_bytes[i]] > world->counts[number][best])
			best = by_bytes[i];
	return written(into, number, best);
}

struct checking {
	const struct world *world;
	struct buf key;
	uint64_t before, seen, words;
};

static bool check_term(void *at, const struct term *term)
{
	struct checking *checking = at;
	const char *digits = memchr(term->key.at, 'b', term->key.len);
	char key[LONGEST], text[LONGEST];
	unsigned number;

	memcpy(text, term->key.at, term->key.len);
	text[term->key.len] = 0;
	assert_non_null(digits);
	number = (unsigned)strtoul(text + strcspn(text, "0123456789"), NULL, 10);
	assert_true(span_equal(term->key, written(key, number, 0)));
	assert_int_equal(term->count, sum_of(checking->world, number));
	assert_true(span_equal(term->written, commonest(checking->world, number, text)));
	if (checking->seen++) {
		assert_true(term->count <= checking->before);
		if (term->count == checking->before)
			assert_true(span_compare(buf_span(&checking->key), term->key) < 0);
	}
	checking->before = term->count;
	checking->words += term->count;
	buf_clear(&checking->key);
	buf_add(&checking->key, term->key);
	return true;
}

static void check_parts(size_t parts, const struct ranking_rules *rules, uint64_t terms, uint64_t words)
{
	struct ranking rankings[TABLES + 1];
	struct world world;
	struct checking checking = { .world = &world };
	uint64_t known = 0;

	open_world(&world);
	for (size_t part = 0; part < parts; part++) {
		ranking_join(&rankings[part], world.all, TABLES, part, parts, rules);
		known += rankings[part].terms;
	}
	assert_true(rankings_each(rankings, parts, check_term, &checking));
	for (unsigned number = 0; number < TERMS; number++)
		known -= sum_of(&world, number) > 0;
	assert_int_equal(known, 0);
	if (terms)
		assert_int_equal(checking.seen, terms);
	if (words)
		assert_int_equal(checking.words, words);
	for (size_t part = 0; part < parts; part++)
		ranking_release(&rankings[part]);
	buf_release(&checking.key);
	close_world(&world);
}

TEST(many_tables_are_added_up_in_any_number_of_parts)
{
	struct ranking_rules rules = { .with_forms = true };

	for (size_t parts = 1; parts <= TABLES + 1; parts++)
		check_parts(parts, &rules, 0, 8000);
}

TEST(no_more_are_given_than_are_wanted)
{
	struct ranking_rules rules = { .with_forms = true, .top = 10 };

	for (size_t parts = 1; parts <= TABLES; parts++)
		check_parts(parts, &rules, 10, 0);
	rules = (struct ranking_rules){ .with_forms = true, .min_count = 1000000 };
	check_parts(2, &rules, 0, 0);
}

TEST(what_is_left_out_is_not_ranked)
{
	struct ranking_rules rules = { .with_forms = true };
	struct ranking ranking;
	struct forms stops = { .secret = 1 };
	struct world world;
	struct term term;
	char text[LONGEST];

	open_world(&world);
	vocabulary_release(&world.tables[0]);
	forms_add(&stops, written(text, 1, 0));
	world.tables[0].rules.stops = &stops;
	for (unsigned number = 0; number < 3; number++) {
		uint32_t at = forms_add(&world.tables[0].forms, written(text, number, 1));

		world.tables[0].forms.items[at].count = number + 1;
	}
	vocabulary_settle(&world.tables[0]);
	ranking_open(&ranking, &world.tables[0], &rules);
	assert_true(ranking_next(&ranking, &term));
	assert_true(span_equal(term.key, written(text, 2, 0)));
	assert_true(span_equal(term.written, written(text, 2, 1)));
	assert_true(ranking_next(&ranking, &term));
	assert_int_equal(term.count, 1);
	assert_false(ranking_next(&ranking, &term));
	assert_int_equal(ranking.terms, 2);
	ranking_release(&ranking);
	forms_release(&stops);
	close_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(many_tables_are_added_up_in_any_number_of_parts),
		IT(no_more_are_given_than_are_wanted),
		IT(what_is_left_out_is_not_ranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
