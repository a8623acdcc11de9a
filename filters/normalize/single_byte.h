/* SPDX-License-Identifier: MIT
 * single_byte.h - encodings in which a byte is a character and bytes below 80 are ASCII: a table says the rest. */
#ifndef GHIRBAL_NORMALIZE_SINGLE_BYTE_H
#define GHIRBAL_NORMALIZE_SINGLE_BYTE_H

#include <stdint.h>

#include "common/buf.h"

/* What a byte is in UTF-8; all tables stay below U+10000. */
struct cell {
	char bytes[3];
	unsigned char len; /* 0: not text */
};

struct single_byte {
	struct cell cells[256];
};

/* Code points of the bytes from 80 to FF in data/`name`.txt; 0 where a byte is undefined. */
void single_byte_codes(struct span name, uint16_t codes[128]);

void single_byte_init(struct single_byte *table, struct span name);

/* Appends the text of `raw` up to the first byte that is none, and returns how many bytes that were. */
size_t single_byte_decode(const struct single_byte *table, struct span raw, struct buf *into);

#endif
