/* SPDX-License-Identifier: MIT
 * story_bits.c - an open-addressed table; shingles are hashes already. */
#include "filters/dedupe/story_bits.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/dedupe/listing.h"

enum {
	FIRST_SLOTS = 1024,
	HASH_DIGITS = 16,
	BITS_DIGITS = 4,
	PRINTED = 1 << 16, /* bytes of rows at once */
	EXPECT_AHEAD = 16, /* shingles */
};

void story_bits_release(struct story_bits *table)
{
	free(table->slots);
	*table = (struct story_bits){ 0 };
}

static inline size_t first_slot(const struct story_bits *table, uint64_t shingle)
{
	unsigned __int128 product =
		(unsigned __int128)(shingle ^ table->secret) * (table->secret * 0x9E3779B97F4A7C15u | 1);

	return (size_t)((uint64_t)product ^ (uint64_t)(product >> 64)) & (table->cap - 1);
}

/* The slot of `shingle`, or the free one where it belongs. */
static struct story_bits_slot *find(const struct story_bits *table, uint64_t shingle)
{
	size_t at = first_slot(table, shingle);

	while (table->slots[at].bits && table->slots[at].shingle != shingle)
		at = (at + 1) & (table->cap - 1);
	return &table->slots[at];
}

static void grow(struct story_bits *table)
{
	struct story_bits old = *table;

	table->cap = old.cap ? 2 * old.cap : FIRST_SLOTS;
	table->slots = mem_new(table->cap, sizeof(*table->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].bits)
			*find(table, old.slots[i].shingle) = old.slots[i];
	free(old.slots);
}

void story_bits_add(struct story_bits *table, uint64_t shingle, unsigned bits)
{
	struct story_bits_slot *slot;

	if (table->count >= table->cap - table->cap / 4)
		grow(table);
	slot = find(table, shingle);
	table->count += !slot->bits;
	slot->shingle = shingle;
	slot->bits |= (uint16_t)bits;
}

void story_bits_add_document(struct story_bits *table, const struct shingles *shingles)
{
	uint64_t least = UINT64_MAX;

	for (size_t i = 0; i < shingles->count; i++)
		if (shingles->items[i] < least)
			least = shingles->items[i];
	for (size_t i = 0; i < shingles->count; i++) {
		if (table->cap && i + EXPECT_AHEAD < shingles->count)
			__builtin_prefetch(
				&table->slots[first_slot(table, shingles->items[i + EXPECT_AHEAD])], 1);
		story_bits_add(table, shingles->items[i], 1u << (least & 15));
	}
}

unsigned story_bits_of(const struct story_bits *table, uint64_t shingle)
{
	return table->cap ? find(table, shingle)->bits : 0;
}

bool story_bits_is_common(const struct story_bits *table, uint64_t shingle)
{
	return __builtin_popcount(story_bits_of(table, shingle)) >= STORY_BITS_COMMON;
}

static int by_shingle(const void *a, const void *b)
{
	const struct story_bits_slot *one = a, *other = b;

	return (one->shingle > other->shingle) - (one->shingle < other->shingle);
}

static void add_row(struct buf *rows, const struct story_bits_slot *slot)
{
	listing_add_hex(rows, slot->shingle, HASH_DIGITS);
	buf_add_byte(rows, '\t');
	listing_add_hex(rows, slot->bits, BITS_DIGITS);
	buf_add_byte(rows, '\n');
}

bool story_bits_print(struct spool *into, struct story_bits *table, struct diag *why)
{
	struct buf rows = BUF_INIT;
	size_t count = 0;
	bool fine = true;

	for (size_t i = 0; i < table->cap; i++)
		if (table->slots[i].bits)
			table->slots[count++] = table->slots[i];
	if (count)
		qsort(table->slots, count, sizeof(*table->slots), by_shingle);
	for (size_t i = 0; i < count && fine; i++) {
		add_row(&rows, &table->slots[i]);
		if (rows.len >= PRINTED || i + 1 == count)
			fine = listing_add(into, &rows, why);
	}
	buf_release(&rows);
	return fine;
}

/* The number that `digits` spell; false where one is none. */
static bool read_hex(struct span digits, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < digits.len; i++) {
		char c = digits.at[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return false;
		*value = *value << 4 | (unsigned)digit;
	}
	return true;
}

bool story_bits_parse(struct story_bits *table, struct span text, const char *path, struct diag *why)
{
	for (size_t line = 1; text.len; line++) {
		struct span row = span_head(text, span_find(text, '\n'));
		uint64_t shingle, bits;

		if (row.len != HASH_DIGITS + 1 + BITS_DIGITS || row.at[HASH_DIGITS] != '\t' ||
			!read_hex(span_head(row, HASH_DIGITS), &shingle) ||
			!read_hex(span_skip(row, HASH_DIGITS + 1), &bits) || bits == 0) {
			diag_set(why, "%s:%zu: this is no row of --emit=frequencies", path, line);
			return false;
		}
		story_bits_add(table, shingle, (unsigned)bits);
		text = span_skip(text, row.len + 1);
	}
	return true;
}
