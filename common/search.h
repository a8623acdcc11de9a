/* SPDX-License-Identifier: MIT
 * search.h - a place among items in order, by halves. */
#ifndef GHIRBAL_SEARCH_H
#define GHIRBAL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

/* How many of `count` items, each of `size` bytes, come before `wanted`: the place of the first that does not. Those that do
 * stand in front of all that do not. */
static inline size_t search_first(const void *items, size_t count, size_t size, const void *wanted,
	bool (*is_before)(const void *item, const void *wanted))
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (is_before((const char *)items + middle * size, wanted))
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

#endif
