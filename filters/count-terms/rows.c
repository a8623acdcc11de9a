/* SPDX-License-Identifier: MIT
 * rows.c - lines of text put in another order: sorted in memory, in a spool when they are many. */
#include "filters/count-terms/rows.h"

#include <stdlib.h>

#include "common/mem.h"

enum { ITEMS_FIRST = 512, SLACK = 4096 /* rows above the top that are held before they are cut off */ };

void rows_init(struct rows *rows, const struct spool_place *spools)
{
	*rows = (struct rows){ .memory = SIZE_MAX };
	runs_init(&rows->runs, spools);
}

void rows_release(struct rows *rows)
{
	buf_release(&rows->text);
	free(rows->items);
	rows->items = NULL;
	rows->count = rows->cap = 0;
	runs_release(&rows->runs);
}

static struct span line_of(const struct rows *rows, struct ordered item)
{
	struct span rest = span_skip(buf_span(&rows->text), item.item);

	return span_head(rest, span_find(rest, '\n') + 1);
}

static void clear(struct rows *rows)
{
	rows->count = 0;
	buf_clear(&rows->text);
}

/* Leaves the first `top`, in the order in which they came. */
static void cut(struct rows *rows)
{
	struct buf kept = BUF_INIT;

	order(rows->items, rows->count, NULL, NULL, rows->seed);
	if (rows->count > rows->top)
		rows->count = (size_t)rows->top;
	for (size_t i = 0; i < rows->count; i++) /* by place in the text: head and item change parts */
		rows->items[i] = (struct ordered){ rows->items[i].item, rows->items[i].head };
	order(rows->items, rows->count, NULL, NULL, rows->seed);
	for (size_t i = 0; i < rows->count; i++) {
		struct span line = line_of(rows, (struct ordered){ 0, rows->items[i].head });

		rows->items[i] = (struct ordered){ rows->items[i].item, kept.len };
		buf_add(&kept, line);
	}
	buf_release(&rows->text);
	rows->text = kept;
}

static void add_big_endian(struct buf *into, uint64_t number)
{
	number = __builtin_bswap64(number);
	buf_add(into, span_of((const char *)&number, sizeof(number)));
}

/* What is in memory becomes a run. */
static bool put_aside(struct rows *rows, struct diag *why)
{
	struct buf key = BUF_INIT;
	bool fine = true;

	order_stable(rows->items, rows->count);
	runs_begin(&rows->runs);
	for (size_t i = 0; fine && i < rows->count; i++) {
		buf_clear(&key);
		add_big_endian(&key, rows->items[i].head);
		add_big_endian(&key, rows->base + rows->items[i].item);
		fine = runs_add(&rows->runs, buf_span(&key), line_of(rows, rows->items[i]), why);
	}
	rows->base += rows->text.len;
	clear(rows);
	buf_release(&key);
	return fine;
}

/* What sorting takes is as much again. */
static size_t memory_of(const struct rows *rows)
{
	return rows->text.cap + (rows->cap + rows->count) * sizeof(*rows->items);
}

bool rows_add(struct rows *rows, uint64_t head, struct span line, struct diag *why)
{
	if (rows->top && rows->count >= 2 * rows->top + SLACK)
		cut(rows);
	if (!rows->top && rows->count && memory_of(rows) > rows->memory &&
		rows->text.len > rows->text.cap / 2 && !put_aside(rows, why))
		return false;
	if (rows->count == rows->cap) {
		rows->cap = rows->cap ? rows->cap + rows->cap / 2 : ITEMS_FIRST;
		rows->items = mem_resize(rows->items, rows->cap, sizeof(*rows->items));
	}
	rows->items[rows->count++] = (struct ordered){ head, rows->text.len };
	buf_add(&rows->text, line);
	return true;
}

struct unkeyed {
	row_fn *each;
	void *ctx;
};

static bool each_value(void *at, struct span key, struct span value)
{
	struct unkeyed *unkeyed = at;

	(void)key;
	return unkeyed->each(unkeyed->ctx, value);
}

static bool each_of_runs(struct rows *rows, row_fn *each, void *ctx, struct diag *why)
{
	struct unkeyed unkeyed = { each, ctx };
	const struct spool_place *place = rows->runs.spool.place;
	bool fine = put_aside(rows, why) && runs_merge(&rows->runs, each_value, &unkeyed, why);

	runs_release(&rows->runs);
	runs_init(&rows->runs, place);
	return fine;
}

bool rows_each(struct rows *rows, bool as_they_came, row_fn *each, void *ctx, struct diag *why)
{
	bool fine = true;

	if (rows->runs.count)
		return each_of_runs(rows, each, ctx, why);
	if (rows->top)
		cut(rows);
	if (!as_they_came)
		order_stable(rows->items, rows->count);
	for (size_t i = 0; fine && i < rows->count; i++)
		fine = each(ctx, line_of(rows, rows->items[i]));
	clear(rows);
	return fine;
}
