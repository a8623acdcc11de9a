/* SPDX-License-Identifier: MIT
 * slots.h - a slot of a hash table over an array: the number of an item, from 1, and the upper half of its hash; 0 is
 * free. Linear probing in a table of a power of two, grown by its owner. */
#ifndef GHIRBAL_COUNT_TERMS_SLOTS_H
#define GHIRBAL_COUNT_TERMS_SLOTS_H

#include <stddef.h>
#include <stdint.h>

enum { SLOTS_FIRST = 1024 };

static inline uint64_t slot_tag(uint64_t hash)
{
	return hash >> 32 << 32;
}

/* The index of the item in a slot that is not free. */
static inline uint32_t slot_number(uint64_t slot)
{
	return (uint32_t)slot - 1;
}

/* Puts the item with this index where its hash belongs; it is not there yet. */
static inline void slots_put(uint64_t *slots, size_t cap, uint64_t hash, size_t index)
{
	size_t mask = cap - 1, at = (size_t)hash & mask;

	while (slots[at])
		at = (at + 1) & mask;
	slots[at] = slot_tag(hash) | (index + 1);
}

#endif
