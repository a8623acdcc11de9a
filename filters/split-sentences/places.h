/* SPDX-License-Identifier: MIT
 * places.h - a queue of places in a document, bytes from 0, in order. Zero bytes make an empty one. */
#ifndef GHIRBAL_SPLIT_SENTENCES_PLACES_H
#define GHIRBAL_SPLIT_SENTENCES_PLACES_H

#include <stdint.h>

#include "common/buf.h"

struct places {
	struct buf bytes; /* uint64_t each, not aligned */
	size_t first; /* bytes of it that are done with */
};

void places_clear(struct places *places);
void places_add(struct places *places, uint64_t place);

/* The first of them; UINT64_MAX when there is none. */
uint64_t places_first(const struct places *places);

/* Takes the first off. There must be one. */
void places_pop(struct places *places);

void places_release(struct places *places);

#endif
