/* SPDX-License-Identifier: MIT
 * places.c - a queue of places in a document. */
#include "filters/split-sentences/places.h"

#include <string.h>

void places_clear(struct places *places)
{
	buf_clear(&places->bytes);
	places->first = 0;
}

void places_add(struct places *places, uint64_t place)
{
	buf_add(&places->bytes, span_of((const char *)&place, sizeof(place)));
}

uint64_t places_first(const struct places *places)
{
	uint64_t place;

	if (places->first == places->bytes.len)
		return UINT64_MAX;
	memcpy(&place, places->bytes.at + places->first, sizeof(place));
	return place;
}

/* The bytes that are done with go when they are half of all: each is moved once at most. */
void places_pop(struct places *places)
{
	places->first += sizeof(uint64_t);
	if (places->first * 2 < places->bytes.len)
		return;
	buf_drop_head(&places->bytes, places->first);
	places->first = 0;
}

void places_release(struct places *places)
{
	buf_release(&places->bytes);
}
