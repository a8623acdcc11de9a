/* SPDX-License-Identifier: MIT
 * slots.h - a slot of a hash table over an array: the number of an item, from 1, in as many bits as a number can have in a table
 * of that size, above it bits of its hash; 0 is free. Linear probing in a table of a power of two, grown by its owner
 * before it is full.
 *
 * Four bytes, so that the slots of the words that come all the time stay in the caches: what is read from memory there and back
 * costs more than all else. */
#ifndef GHIRBAL_COUNT_TERMS_SLOTS_H
#define GHIRBAL_COUNT_TERMS_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SLOTS_FIRST = 1024 };

static inline uint32_t slot_of(uint64_t hash, size_t cap, size_t index)
{
	uint32_t mask = (uint32_t)(cap - 1);

	return ((uint32_t)(hash >> 32) & ~mask) | (uint32_t)(index + 1);
}

/* Whether the slot may be that of an item with this hash. One in some thousands is not. */
static inline bool slot_fits(uint32_t slot, size_t cap, uint64_t hash)
{
	return (slot ^ (uint32_t)(hash >> 32)) <= cap - 1;
}

/* The index of the item in a slot that is not free. */
static inline uint32_t slot_number(uint32_t slot, size_t cap)
{
	return (slot & (uint32_t)(cap - 1)) - 1;
}

/* Puts the item with this index where its hash belongs; it is not there yet. */
static inline void slots_put(uint32_t *slots, size_t cap, uint64_t hash, size_t index)
{
	size_t mask = cap - 1, at = (size_t)hash & mask;

	while (slots[at])
		at = (at + 1) & mask;
	slots[at] = slot_of(hash, cap, index);
}

#endif
