/* SPDX-License-Identifier: MIT
 * registry.c - every filter in the tree; build/gen/registry.inc lists them, made from the folders. */
#include "common/registry.h"

#include "registry.inc"

const struct filter *registry_at(size_t index)
{
	return index < sizeof(filters) / sizeof(filters[0]) ? filters[index] : NULL;
}

const struct filter *registry_find(struct span name)
{
	const struct filter *filter;

	for (size_t i = 0; (filter = registry_at(i)); i++)
		if (span_equal(span_from(filter->name), name))
			return filter;
	return NULL;
}
