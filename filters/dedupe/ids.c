/* SPDX-License-Identifier: MIT
 * ids.c - an open-addressed table over names. */
#include "filters/dedupe/ids.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"

enum { FIRST_SLOTS = 64 };

void ids_release(struct ids *ids)
{
	names_release(&ids->names);
	free(ids->slots);
	*ids = (struct ids){ 0 };
}

static uint32_t *find(const struct ids *ids, struct span id)
{
	size_t at = (size_t)XXH3_64bits_withSeed(id.at, id.len, ids->secret) & (ids->cap - 1);

	while (ids->slots[at] && !span_equal(names_get(&ids->names, ids->slots[at] - 1), id))
		at = (at + 1) & (ids->cap - 1);
	return &ids->slots[at];
}

static void grow(struct ids *ids)
{
	ids->cap = ids->cap ? 2 * ids->cap : FIRST_SLOTS;
	free(ids->slots);
	ids->slots = mem_new(ids->cap, sizeof(*ids->slots));
	for (size_t i = 0; i < ids->names.count; i++)
		*find(ids, names_get(&ids->names, i)) = (uint32_t)i + 1;
}

uint32_t ids_find(const struct ids *ids, struct span id)
{
	uint32_t slot = ids->cap ? *find(ids, id) : 0;

	return slot ? slot - 1 : IDS_NONE;
}

uint32_t ids_add(struct ids *ids, struct span id)
{
	uint32_t *slot;

	if (ids->names.count >= ids->cap / 2)
		grow(ids);
	slot = find(ids, id);
	if (!*slot) {
		names_add(&ids->names, id);
		*slot = (uint32_t)ids->names.count;
	}
	return *slot - 1;
}
