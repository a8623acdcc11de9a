/* SPDX-License-Identifier: MIT
 * cell_runs_test.c - counts added up from many sorted lists, and rows put in order in little memory. */
#include "filters/count-terms/cell_runs.h"

#include <stdio.h>

#include "filters/count-terms/rows.h"
#include "tests/unit/check.h"

static const struct spool_place in_memory = { NULL, 1 };
static const struct spool_place in_file = { "/tmp", 64 };

static void make_cell(struct cell *cell, const char *term, uint64_t count)
{
	cell_begin(cell, SPAN("group"));
	buf_add(&cell->key, span_from(term));
	cell->count = count;
	cell->documents = 1;
	cell->first_document = cell->last_document = count;
}

struct seen {
	struct buf text;
	size_t count;
};

static bool note(void *at, const struct cell *cell)
{
	struct seen *seen = at;
	struct span term = cell_term(cell), form = cell_commonest(cell);

	buf_addf(&seen->text, "%.*s %d %d %.*s;", (int)term.len, term.at, (int)cell->count,
		(int)cell->documents, (int)form.len, form.at);
	seen->count++;
	return true;
}

/* More lists than are merged at a time. */
static void check_many(const struct spool_place *place)
{
	struct diag why = { 0 };
	struct cell_runs runs;
	struct cell cell = { 0 };
	struct seen seen = { 0 };
	char term[16];

	cell_runs_init(&runs, place, &why);
	for (int list = 0; list < 10000 / 30; list++) {
		cell_runs_begin(&runs);
		for (int i = list % 7; i < 100; i += 7) {
			snprintf(term, sizeof(term), "%03d", i);
			make_cell(&cell, term, 2);
			assert_true(cell_runs_add(&runs, &cell));
		}
	}
	assert_true(cell_runs_each(&runs, note, &seen));
	assert_int_equal(seen.count, 100);
	assert_memory_equal(seen.text.at, "000 96 1 000;001 96 1 001;", 25);
	cell_runs_release(&runs);
	cell_release(&cell);
	buf_release(&seen.text);
}

TEST(many_lists_add_up)
{
	check_many(&in_memory);
	check_many(&in_file);
}

TEST(a_document_that_two_parts_saw_counts_once)
{
	struct cell cell = { 0 }, later = { 0 };
	struct buf scratch = BUF_INIT;

	make_cell(&cell, "a", 5);
	make_cell(&later, "a", 5);
	cell_add(&cell, &later, &scratch);
	assert_int_equal(cell.documents, 1);
	make_cell(&later, "a", 6);
	cell_add(&cell, &later, &scratch);
	assert_int_equal(cell.documents, 2);
	assert_int_equal(cell.count, 16);
	cell_release(&cell);
	cell_release(&later);
	buf_release(&scratch);
}

TEST(forms_add_up_in_the_order_of_bytes)
{
	struct cell cell = { 0 }, later = { 0 };
	struct buf scratch = BUF_INIT;
	struct seen seen = { 0 };

	make_cell(&cell, "the", 6);
	cell_add_form(&cell, SPAN("THE"), 1);
	cell_add_form(&cell, SPAN("The"), 2);
	assert_true(span_equal(cell_commonest(&cell), SPAN("the")));
	make_cell(&later, "the", 3);
	cell_add_form(&later, SPAN("The"), 2);
	cell_add_form(&later, SPAN("TheE"), 1);
	cell_add(&cell, &later, &scratch);
	note(&seen, &cell);
	check_buf(&seen.text, "the 9 2 The;");
	cell_release(&cell);
	cell_release(&later);
	buf_release(&scratch);
	buf_release(&seen.text);
}

static bool note_row(void *into, struct span line)
{
	buf_add(into, line);
	return true;
}

static void check_rows(size_t memory, uint64_t top, bool as_they_came, uint64_t rows_wanted)
{
	struct diag why = { 0 };
	struct buf got = BUF_INIT;
	struct span rest;
	struct rows rows;
	long before = -1;

	rows_init(&rows, &in_file);
	rows.memory = memory;
	rows.top = top;
	for (long i = 0; i < 30000; i++) {
		char line[32];
		int len = snprintf(line, sizeof(line), "%ld %ld\n", i * 7919 % 100, i);

		assert_true(rows_add(&rows, (uint64_t)(i * 7919 % 100), span_of(line, (size_t)len), &why));
	}
	assert_true(rows_each(&rows, as_they_came, note_row, &got, &why));
	rest = buf_span(&got);
	assert_int_equal(span_count(rest, '\n'), rows_wanted);
	for (; rest.len; rest = span_skip(rest, span_find(rest, '\n') + 1)) {
		long head, number;

		assert_int_equal(sscanf(rest.at, "%ld %ld", &head, &number), 2);
		assert_true(before < (as_they_came ? number : head * 100000 + number));
		before = as_they_came ? number : head * 100000 + number;
		assert_true(!top || head <= (long)(top / 300));
	}
	rows_release(&rows);
	buf_release(&got);
}

TEST(rows_come_in_order_whatever_the_memory)
{
	check_rows(SIZE_MAX, 0, false, 30000);
	check_rows(20000, 0, false, 30000);
}

TEST(the_first_rows_are_kept)
{
	check_rows(SIZE_MAX, 10, false, 10);
	check_rows(SIZE_MAX, 650, true, 650);
	check_rows(100, 12345, false, 12345);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(many_lists_add_up),
		IT(a_document_that_two_parts_saw_counts_once),
		IT(forms_add_up_in_the_order_of_bytes),
		IT(rows_come_in_order_whatever_the_memory),
		IT(the_first_rows_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
