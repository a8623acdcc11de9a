/* SPDX-License-Identifier: MIT
 * order.c - quicksort around pivots that nobody can foresee, short parts by insertion; numbers by their bytes. */
#include "filters/count-terms/order.h"

#include <stdlib.h>

#include "common/mem.h"

enum { SHORT = 12, DEPTH = 64 };

struct sort {
	order_fn *tie;
	const void *ctx;
	uint64_t seed;
};

/* Where nothing else decides. Without a branch: of random items nobody could foresee it. */
static inline bool is_before(struct ordered a, struct ordered b)
{
	return ((unsigned __int128)a.head << 64 | a.item) < ((unsigned __int128)b.head << 64 | b.item);
}

static inline bool is_less(const struct sort *sort, struct ordered a, struct ordered b)
{
	if (a.head != b.head)
		return a.head < b.head;
	if (!sort->tie)
		return a.item < b.item;
	return a.item != b.item && sort->tie(sort->ctx, a.item, b.item) < 0;
}

static void by_insertion(const struct sort *sort, struct ordered *items, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct ordered item = items[i];
		size_t at = i;

		for (; at > 0 && is_less(sort, item, items[at - 1]); at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

static struct ordered random_item(struct sort *sort, const struct ordered *items, size_t count)
{
	sort->seed = sort->seed * 6364136223846793005 + 1442695040888963407;
	return items[(sort->seed >> 32) % count];
}

/* The median of three. */
static struct ordered pivot_of(struct sort *sort, const struct ordered *items, size_t count)
{
	struct ordered a = random_item(sort, items, count), b = random_item(sort, items, count),
		       c = random_item(sort, items, count);

	if (is_less(sort, b, a)) {
		struct ordered less = b;

		b = a;
		a = less;
	}
	if (is_less(sort, c, a))
		return a;
	return is_less(sort, c, b) ? c : b;
}

/* Parts the items: up to the returned place none is behind the pivot, from there on none before it; neither part is
 * empty (Hoare). */
static size_t part(struct sort *sort, struct ordered *items, size_t count)
{
	struct ordered pivot = pivot_of(sort, items, count);
	size_t low = 0, high = count - 1;

	for (;;) {
		struct ordered swapped;

		while (is_less(sort, items[low], pivot))
			low++;
		while (is_less(sort, pivot, items[high]))
			high--;
		if (low >= high)
			return low == 0 ? 1 : low;
		swapped = items[low];
		items[low++] = items[high];
		items[high--] = swapped;
	}
}

/* The same for items that need no look elsewhere, each moved to where it may stay until it is known where it belongs (Lomuto). The
 * pivot comes to stand between the parts. */
static size_t part_heads(struct sort *sort, struct ordered *items, size_t count)
{
	struct ordered pivot = pivot_of(sort, items, count);
	size_t low = 0, place = 0;

	for (size_t i = 0; i < count; i++) {
		struct ordered item = items[i];

		items[i] = items[low];
		items[low] = item;
		low += is_before(item, pivot);
	}
	if (low)
		return low;
	while (is_before(pivot, items[place])) /* the least of all */
		place++;
	items[place] = items[0];
	items[0] = pivot;
	return 1;
}

struct piece {
	struct ordered *items;
	size_t count;
};

void order(struct ordered *items, size_t count, order_fn *tie, const void *ctx, uint64_t seed)
{
	struct sort sort = { tie, ctx, seed };
	struct piece waiting
		[DEPTH]; /* the longer part waits, so each is at most half as long as the one before */
	size_t depth = 0;

	for (;;) {
		while (count > SHORT) {
			size_t left = tie ? part(&sort, items, count) : part_heads(&sort, items, count);
			bool left_waits = left > count - left;

			waiting[depth++] = left_waits ? (struct piece){ items, left }
						      : (struct piece){ items + left, count - left };
			items = left_waits ? items + left : items;
			count = left_waits ? count - left : left;
		}
		by_insertion(&sort, items, count);
		if (depth == 0)
			return;
		depth--;
		items = waiting[depth].items;
		count = waiting[depth].count;
	}
}

/* --- numbers ---------------------------------------------------------------------------------------------- */

/* Puts the items into `to` by one byte of their heads. */
static void by_byte(const struct ordered *items, size_t count, unsigned shift, struct ordered *to)
{
	size_t starts[256] = { 0 }, start = 0;

	for (size_t i = 0; i < count; i++)
		starts[items[i].head >> shift & 0xFF]++;
	for (size_t byte = 0; byte < 256; byte++) {
		size_t here = starts[byte];

		starts[byte] = start;
		start += here;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[items[i].head >> shift & 0xFF]++] = items[i];
}

void order_stable(struct ordered *items, size_t count)
{
	struct ordered *other, *from = items, *to;
	uint64_t differs = 0;

	for (size_t i = 1; i < count; i++)
		differs |= items[i].head ^ items[0].head;
	to = other = mem_resize(NULL, count + 1, sizeof(*other));
	for (unsigned shift = 0; shift < 64; shift += 8) {
		struct ordered *sorted = to;

		if ((differs >> shift & 0xFF) == 0)
			continue;
		by_byte(from, count, shift, to);
		to = from;
		from = sorted;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
	free(other);
}

/* --- texts ------------------------------------------------------------------------------------------------ */

/* Items whose texts agree in their first bytes. */
struct alike {
	size_t start, count, depth; /* depth: bytes */
};

struct text_sort {
	struct ordered *items;
	order_head_fn *head;
	order_fn *tie;
	const void *ctx;
	uint64_t seed;
	struct alike *waiting;
	size_t waiting_count, waiting_cap;
};

static void wait(struct text_sort *sort, struct alike alike)
{
	if (sort->waiting_count == sort->waiting_cap) {
		sort->waiting_cap = sort->waiting_cap ? 2 * sort->waiting_cap : 64;
		sort->waiting = mem_resize(sort->waiting, sort->waiting_cap, sizeof(*sort->waiting));
	}
	sort->waiting[sort->waiting_count++] = alike;
}

/* The next eight bytes of each become its head; where these are the same, what follows decides. A head that ends in a
 * zero is the end of a text. */
static void sort_alike(struct text_sort *sort, struct alike alike)
{
	struct ordered *items = sort->items + alike.start;
	size_t next;

	for (size_t i = 0; i < alike.count; i++)
		items[i].head = sort->head(sort->ctx, items[i].item, alike.depth);
	order(items, alike.count, NULL, NULL, sort->seed);
	for (size_t i = 0; i < alike.count; i = next) {
		for (next = i + 1; next < alike.count && items[next].head == items[i].head; next++)
			continue;
		if (next - i == 1)
			continue;
		if (items[i].head & 0xFF)
			wait(sort, (struct alike){ alike.start + i, next - i, alike.depth + 8 });
		else if (sort->tie)
			order(items + i, next - i, sort->tie, sort->ctx, sort->seed);
	}
}

void order_texts(struct ordered *items, size_t count, order_head_fn *head, order_fn *tie, const void *ctx,
	uint64_t seed)
{
	struct text_sort sort = { items, head, tie, ctx, seed, NULL, 0, 0 };

	wait(&sort, (struct alike){ 0, count, 0 });
	while (sort.waiting_count)
		sort_alike(&sort, sort.waiting[--sort.waiting_count]);
	free(sort.waiting);
}
