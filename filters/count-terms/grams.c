/* SPDX-License-Identifier: MIT
 * grams.c - open addressing over an array of sequences, as forms.c has it for strings. */
#include "filters/count-terms/grams.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/hash.h"
#include "filters/count-terms/slots.h"

enum { ITEMS_FIRST = 512 };

void grams_release(struct grams *grams)
{
	free(grams->items);
	free(grams->documents);
	free(grams->slots);
	*grams = (struct grams){
		.secret = grams->secret, .has_documents = grams->has_documents, .document = grams->document
	};
}

size_t grams_memory(const struct grams *grams)
{
	size_t each = sizeof(*grams->items) + (grams->has_documents ? sizeof(*grams->documents) : 0);

	return grams->cap * each + grams->slot_cap * sizeof(*grams->slots);
}

static uint64_t hash_of(const struct grams *grams, const struct gram *gram)
{
	return hash_pair(grams->secret, gram->halves[0], gram->halves[1]);
}

static uint32_t *find(const struct grams *grams, const struct gram *wanted, uint64_t hash)
{
	size_t mask = grams->slot_cap - 1, at = (size_t)hash & mask;

	for (; grams->slots[at]; at = (at + 1) & mask) {
		const struct gram *there;

		if (!slot_fits(grams->slots[at], grams->slot_cap, hash))
			continue;
		there = &grams->items[slot_number(grams->slots[at], grams->slot_cap)];
		if (there->halves[0] == wanted->halves[0] && there->halves[1] == wanted->halves[1])
			break;
	}
	return &grams->slots[at];
}

static void slots_grow(struct grams *grams)
{
	free(grams->slots);
	grams->slot_cap = grams->slot_cap ? grams->slot_cap * 2 : SLOTS_FIRST;
	grams->slots = mem_new(grams->slot_cap, sizeof(*grams->slots));
	for (size_t i = 0; i < grams->count; i++)
		slots_put(grams->slots, grams->slot_cap, hash_of(grams, &grams->items[i]), i);
}

static void append(struct grams *grams, const struct gram *gram)
{
	if (grams->count == grams->cap) {
		grams->cap = grams->cap ? grams->cap + grams->cap / 2 : ITEMS_FIRST;
		grams->items = mem_resize(grams->items, grams->cap, sizeof(*grams->items));
		if (grams->has_documents)
			grams->documents =
				mem_resize(grams->documents, grams->cap, sizeof(*grams->documents));
	}
	grams->items[grams->count] = *gram;
	grams->items[grams->count].count = 0;
	if (grams->has_documents)
		grams->documents[grams->count] = (struct gram_documents){ .first = grams->document };
	grams->count++;
}

static void count(struct grams *grams, const struct gram *gram, uint64_t hash)
{
	uint32_t *slot = find(grams, gram, hash);
	uint32_t number;

	if (*slot == 0) {
		*slot = slot_of(hash, grams->slot_cap, grams->count);
		append(grams, gram);
	}
	number = slot_number(*slot, grams->slot_cap);
	grams->items[number].count++;
	if (grams->has_documents && grams->documents[number].last != grams->document) {
		grams->documents[number].last = grams->document;
		grams->documents[number].count++;
	}
}

void grams_settle(struct grams *grams)
{
	if (grams->count + grams->ahead_count > grams->slot_cap / 4 * 3)
		slots_grow(grams);
	for (size_t i = 0; grams->count && i < grams->ahead_count; i++) {
		uint32_t slot = grams->slots[grams->ahead[i].count & (grams->slot_cap - 1)];

		__builtin_prefetch(&grams->items[slot_number(slot ? slot : 1, grams->slot_cap)], 1);
	}
	for (size_t i = 0; i < grams->ahead_count; i++)
		count(grams, &grams->ahead[i], grams->ahead[i].count);
	grams->ahead_count = 0;
}

void grams_add(struct grams *grams, struct gram gram)
{
	gram.count = hash_of(grams, &gram);
	grams->ahead[grams->ahead_count++] = gram;
	if (grams->slot_cap)
		__builtin_prefetch(&grams->slots[gram.count & (grams->slot_cap - 1)]);
	if (grams->ahead_count == GRAMS_AT_ONCE)
		grams_settle(grams);
}

void grams_document(struct grams *grams, uint64_t ordinal)
{
	grams_settle(grams);
	grams->document = ordinal;
}
