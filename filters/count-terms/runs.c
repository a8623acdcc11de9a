/* SPDX-License-Identifier: MIT
 * runs.c - sorted runs in a spool, merged through a heap of their first records. */
#include "filters/count-terms/runs.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/varint.h"

enum { RUNS_AT_ONCE = 96, READ_BYTES = 64 * 1024 };

static void merge_free(struct merge *merge);

void runs_init(struct runs *runs, const struct spool_place *place)
{
	*runs = (struct runs){ 0 };
	spool_init(&runs->spool, place);
	spool_init(&runs->other, place);
}

void runs_release(struct runs *runs)
{
	spool_release(&runs->spool);
	spool_release(&runs->other);
	buf_release(&runs->last);
	if (runs->merge)
		merge_free(runs->merge);
	runs->merge = NULL;
	free(runs->items);
	runs->items = NULL;
	runs->count = runs->cap = 0;
}

static void begin_at(struct runs *runs, uint64_t at)
{
	if (runs->count == runs->cap) {
		runs->cap = runs->cap ? 2 * runs->cap : 16;
		runs->items = mem_resize(runs->items, runs->cap, sizeof(*runs->items));
	}
	runs->items[runs->count++] = (struct run){ at, at };
}

void runs_begin(struct runs *runs)
{
	begin_at(runs, spool_size(&runs->spool));
}

static bool write_record(
	struct spool *spool, struct buf *scratch, struct span key, struct span value, struct diag *why)
{
	buf_clear(scratch);
	varint_add(scratch, key.len);
	varint_add(scratch, value.len);
	return spool_add(spool, buf_span(scratch), why) && spool_add(spool, key, why) &&
	       spool_add(spool, value, why);
}

bool runs_add(struct runs *runs, struct span key, struct span value, struct diag *why)
{
	bool fine = write_record(&runs->spool, &runs->last, key, value, why);

	runs->items[runs->count - 1].end = spool_size(&runs->spool);
	return fine;
}

/* --- reading ---------------------------------------------------------------------------------------------- */

/* A run that is being read. */
struct reader {
	const struct spool *spool;
	uint64_t at, end; /* what was not read yet */
	struct buf held;
	size_t used; /* bytes of `held` in front of the record at hand */
	struct span key, value; /* of the record at hand, in `held` */
	size_t order; /* among the runs */
};

/* Makes `held` have `need` bytes behind `used`, or all there are. */
static bool reader_fill(struct reader *reader, size_t need, struct diag *why)
{
	size_t have = reader->held.len - reader->used;
	size_t more = need > READ_BYTES ? need : READ_BYTES;

	if (have >= need || reader->at == reader->end)
		return true;
	buf_drop_head(&reader->held, reader->used);
	reader->used = 0;
	more -= have;
	if (more > reader->end - reader->at)
		more = (size_t)(reader->end - reader->at);
	if (!spool_read_all(reader->spool, reader->at, buf_reserve(&reader->held, more), more, why))
		return false;
	reader->held.len += more;
	reader->at += more;
	return true;
}

static bool reader_is_over(const struct reader *reader)
{
	return reader->used == reader->held.len && reader->at == reader->end;
}

/* Takes the next record; there is one. */
static bool reader_next(struct reader *reader, struct diag *why)
{
	uint64_t key_len, value_len;
	struct span head;
	size_t before;

	if (!reader_fill(reader, (size_t)2 * VARINT_MOST, why))
		return false;
	head = span_skip(buf_span(&reader->held), reader->used);
	before = head.len;
	if (!varint_take(&head, &key_len) || !varint_take(&head, &value_len)) {
		diag_set(why, "a temporary file was changed by somebody else");
		return false;
	}
	reader->used += before - head.len;
	if (!reader_fill(reader, (size_t)(key_len + value_len), why))
		return false;
	head = span_skip(buf_span(&reader->held), reader->used);
	reader->key = span_head(head, (size_t)key_len);
	reader->value = span_head(span_skip(head, (size_t)key_len), (size_t)value_len);
	reader->used += (size_t)(key_len + value_len);
	return true;
}

/* --- merging ---------------------------------------------------------------------------------------------- */

/* Readers, and those with something left; the one with the least record is first (a binary heap). */
struct merge {
	struct reader *readers, *heap[RUNS_AT_ONCE];
	size_t reader_count, count;
	bool has_begun; /* the first record was handed out */
};

static bool comes_before(const struct reader *a, const struct reader *b)
{
	int order = span_compare(a->key, b->key);

	return order ? order < 0 : a->order < b->order;
}

static void sink(struct merge *merge, size_t at)
{
	for (;;) {
		size_t least = at, child = 2 * at + 1;
		struct reader *moved = merge->heap[at];

		for (size_t i = child; i < child + 2 && i < merge->count; i++)
			if (comes_before(merge->heap[i], merge->heap[least]))
				least = i;
		if (least == at)
			return;
		merge->heap[at] = merge->heap[least];
		merge->heap[least] = moved;
		at = least;
	}
}

static bool merge_begin(struct merge *merge, struct diag *why)
{
	for (size_t i = 0; i < merge->reader_count; i++) {
		if (reader_is_over(&merge->readers[i]))
			continue;
		if (!reader_next(&merge->readers[i], why))
			return false;
		merge->heap[merge->count++] = &merge->readers[i];
	}
	for (size_t i = merge->count; i-- > 0;)
		sink(merge, i);
	return true;
}

static struct merge *merge_new(const struct spool *spool, const struct run *runs, size_t count)
{
	struct merge *merge = mem_new(1, sizeof(*merge));

	merge->readers = mem_new(count + 1, sizeof(*merge->readers));
	merge->reader_count = count;
	for (size_t i = 0; i < count; i++)
		merge->readers[i] = (struct reader){
			.spool = spool, .at = runs[i].at, .end = runs[i].end, .held = BUF_INIT, .order = i
		};
	return merge;
}

static void merge_free(struct merge *merge)
{
	for (size_t i = 0; i < merge->reader_count; i++)
		buf_release(&merge->readers[i].held);
	free(merge->readers);
	free(merge);
}

/* The record at the head of the heap was used. */
static bool merge_advance(struct merge *merge, struct diag *why)
{
	struct reader *least = merge->heap[0];

	if (reader_is_over(least))
		merge->heap[0] = merge->heap[--merge->count];
	else if (!reader_next(least, why))
		return false;
	sink(merge, 0);
	return true;
}

static enum flow merge_next(struct merge *merge, struct span *key, struct span *value, struct diag *why)
{
	if (merge->has_begun ? merge->count && !merge_advance(merge, why) : !merge_begin(merge, why))
		return FLOW_FAIL;
	merge->has_begun = true;
	if (merge->count == 0)
		return FLOW_STOP;
	*key = merge->heap[0]->key;
	*value = merge->heap[0]->value;
	return FLOW_MORE;
}

static bool copy_merged(struct spool *to, struct merge *merge, struct buf *scratch, struct diag *why)
{
	struct span key, value;
	enum flow flow;

	while ((flow = merge_next(merge, &key, &value, why)) == FLOW_MORE)
		if (!write_record(to, scratch, key, value, why))
			return false;
	return flow == FLOW_STOP;
}

/* Merges runs that are neighbours into one each. */
static bool merge_neighbours(struct runs *runs, struct diag *why)
{
	struct buf scratch = BUF_INIT;
	size_t before = runs->count, kept = 0;
	struct spool read;
	bool fine = true;

	for (size_t i = 0; fine && i < before; i += RUNS_AT_ONCE) {
		size_t count = before - i < RUNS_AT_ONCE ? before - i : RUNS_AT_ONCE;
		struct merge *merge = merge_new(&runs->spool, runs->items + i, count);
		uint64_t start = spool_size(&runs->other);

		fine = copy_merged(&runs->other, merge, &scratch, why);
		merge_free(merge);
		runs->items[kept++] = (struct run){ start, spool_size(&runs->other) };
	}
	runs->count = kept;
	read = runs->spool;
	runs->spool = runs->other;
	runs->other = read;
	buf_release(&scratch);
	return fine && spool_clear(&runs->other, why);
}

bool runs_open(struct runs *runs, struct diag *why)
{
	while (runs->count > RUNS_AT_ONCE)
		if (!merge_neighbours(runs, why))
			return false;
	runs->merge = merge_new(&runs->spool, runs->items, runs->count);
	return true;
}

enum flow runs_next(struct runs *runs, struct span *key, struct span *value, struct diag *why)
{
	return merge_next(runs->merge, key, value, why);
}

bool runs_merge(struct runs *runs, run_fn *each, void *ctx, struct diag *why)
{
	struct span key, value;
	enum flow flow;

	if (!runs_open(runs, why))
		return false;
	while ((flow = runs_next(runs, &key, &value, why)) == FLOW_MORE)
		if (!each(ctx, key, value))
			return false;
	return flow == FLOW_STOP;
}
