/* SPDX-License-Identifier: MIT
 * terms.c - open addressing over an array of terms; a slot holds the term's index and part of its hash. */
#include "filters/count-terms/terms.h"

#include <stdlib.h>
#define XXH_INLINE_ALL /* words are short: the call would cost as much as the hash */
#include <xxhash.h>

#include "common/mem.h"

enum {
	SLOTS_FIRST = 1024,
	TERMS_FIRST = 512,
	CHUNK_BYTES = 256 * 1024,
	INDEX_BITS = 40, /* 10^12 terms; the rest of a slot is the top of the hash */
};

struct terms_chunk {
	struct terms_chunk *older;
	char *next; /* free from here on */
	char bytes[];
};

void terms_init(struct terms *terms, uint64_t secret)
{
	*terms = (struct terms){ .secret = secret };
}

void terms_release(struct terms *terms)
{
	while (terms->chunk) {
		struct terms_chunk *older = terms->chunk->older;

		free(terms->chunk);
		terms->chunk = older;
	}
	free(terms->items);
	free(terms->slots);
	terms_init(terms, terms->secret);
}

static void chunk_new(struct terms *terms, size_t len)
{
	struct terms_chunk *chunk = mem_resize(NULL, sizeof(*chunk) + len, 1);

	chunk->older = terms->chunk;
	chunk->next = chunk->bytes;
	terms->chunk = chunk;
	terms->chunk_left = len;
}

/* A copy of `text` that lasts as long as the table. A chunk that a long term does not fit in is left as it
 * is: at most a sixteenth of it is lost. */
static const char *terms_keep(struct terms *terms, struct span text)
{
	char *copy;

	if (text.len > terms->chunk_left)
		chunk_new(terms, text.len > CHUNK_BYTES / 16 ? text.len : CHUNK_BYTES);
	copy = terms->chunk->next;
	memcpy(copy, text.at, text.len);
	terms->chunk->next += text.len;
	terms->chunk_left -= text.len;
	return copy;
}

static uint64_t terms_hash(const struct terms *terms, struct span term)
{
	return XXH3_64bits_withSeed(term.at, term.len, terms->secret);
}

static uint64_t slot_tag(uint64_t hash)
{
	return hash >> INDEX_BITS << INDEX_BITS;
}

static struct term *slot_term(const struct terms *terms, uint64_t slot)
{
	return &terms->items[(slot & (((uint64_t)1 << INDEX_BITS) - 1)) - 1];
}

/* The slot of `term`, or the free one (0) where it belongs. */
static uint64_t *terms_find(const struct terms *terms, struct span term, uint64_t hash)
{
	size_t mask = terms->slot_cap - 1;
	size_t at = (size_t)hash & mask;

	for (; terms->slots[at]; at = (at + 1) & mask) {
		struct term *there = slot_term(terms, terms->slots[at]);

		if (slot_tag(terms->slots[at]) == slot_tag(hash) &&
			span_equal(span_of(there->at, there->len), term))
			break;
	}
	return &terms->slots[at];
}

/* Hashing again costs less than keeping the hashes: it happens twice a term, all in all. */
static void slots_grow(struct terms *terms)
{
	size_t mask;

	free(terms->slots);
	terms->slot_cap = terms->slot_cap ? terms->slot_cap * 2 : SLOTS_FIRST;
	terms->slots = mem_new(terms->slot_cap, sizeof(*terms->slots));
	mask = terms->slot_cap - 1;
	for (size_t i = 0; i < terms->count; i++) {
		uint64_t hash = terms_hash(terms, span_of(terms->items[i].at, terms->items[i].len));
		size_t at = (size_t)hash & mask;

		while (terms->slots[at])
			at = (at + 1) & mask;
		terms->slots[at] = slot_tag(hash) | (i + 1);
	}
}

static struct term *terms_append(struct terms *terms, struct span text)
{
	struct term *term;

	if (terms->count == terms->cap) {
		terms->cap = terms->cap ? terms->cap + terms->cap / 2 : TERMS_FIRST;
		terms->items = mem_resize(terms->items, terms->cap, sizeof(*terms->items));
	}
	term = &terms->items[terms->count++];
	*term = (struct term){ .at = terms_keep(terms, text), .len = text.len };
	return term;
}

static void count(struct terms *terms, struct span text, uint64_t hash, uint64_t document)
{
	uint64_t *slot;
	struct term *term;

	if (terms->count >= terms->slot_cap / 4 * 3)
		slots_grow(terms);
	slot = terms_find(terms, text, hash);
	if (*slot) {
		term = slot_term(terms, *slot);
	} else {
		term = terms_append(terms, text);
		*slot = slot_tag(hash) | terms->count;
	}
	term->count++;
	term->documents += term->last_document != document;
	term->last_document = document;
}

/* The term that most likely is the one with this hash; NULL when there is none. */
static const struct term *likely_term(const struct terms *terms, uint64_t hash)
{
	uint64_t slot = terms->slots[hash & (terms->slot_cap - 1)];

	return slot && slot_tag(slot) == slot_tag(hash) ? slot_term(terms, slot) : NULL;
}

/* Slot, term and bytes lie in three places, each known by the one before. A dozen words asked for together
 * cost little more waiting than one. */
static void fetch_ahead(const struct terms *terms)
{
	const struct term *likely[TERMS_AHEAD];

	for (size_t i = 0; i < terms->ahead_count; i++) {
		likely[i] = likely_term(terms, terms->ahead[i].hash);
		__builtin_prefetch(likely[i], 1);
	}
	for (size_t i = 0; i < terms->ahead_count; i++)
		if (likely[i])
			__builtin_prefetch(likely[i]->at);
}

void terms_settle(struct terms *terms)
{
	if (terms->slot_cap)
		fetch_ahead(terms);
	for (size_t i = 0; i < terms->ahead_count; i++) {
		const struct term_ahead *ahead = &terms->ahead[i];

		count(terms, span_of(ahead->bytes, ahead->len), ahead->hash, ahead->document);
	}
	terms->ahead_count = 0;
}

void terms_add(struct terms *terms, struct span text, uint64_t document)
{
	uint64_t hash = terms_hash(terms, text);
	struct term_ahead *ahead = &terms->ahead[terms->ahead_count];

	if (text.len > TERMS_AHEAD_LEN) {
		terms_settle(terms);
		count(terms, text, hash, document);
		return;
	}
	memcpy(ahead->bytes, text.at, text.len);
	ahead->len = text.len;
	ahead->hash = hash;
	ahead->document = document;
	if (terms->slot_cap)
		__builtin_prefetch(&terms->slots[hash & (terms->slot_cap - 1)]);
	if (++terms->ahead_count == TERMS_AHEAD)
		terms_settle(terms);
}

static int by_bytes(const void *a, const void *b)
{
	const struct term *left = a, *right = b;

	return span_compare(span_of(left->at, left->len), span_of(right->at, right->len));
}

static int by_count(const void *a, const void *b)
{
	const struct term *left = a, *right = b;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	return by_bytes(a, b);
}

static void terms_sort(struct terms *terms, int (*order)(const void *, const void *))
{
	free(terms->slots); /* they point to places that change */
	terms->slots = NULL;
	terms->slot_cap = 0;
	if (terms->count)
		qsort(terms->items, terms->count, sizeof(*terms->items), order);
}

void terms_rank(struct terms *terms, uint64_t min_count, uint64_t top)
{
	size_t kept = 0;

	terms_settle(terms);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].count >= min_count)
			terms->items[kept++] = terms->items[i];
	terms->count = kept;
	terms_sort(terms, by_count);
	if (top && top < terms->count)
		terms->count = (size_t)top;
}

void terms_sort_by_bytes(struct terms *terms)
{
	terms_settle(terms);
	terms_sort(terms, by_bytes);
}
