/* SPDX-License-Identifier: MIT
 * varint.h - numbers in as few bytes as they need, seven bits each, the lowest first (LEB128). */
#ifndef GHIRBAL_VARINT_H
#define GHIRBAL_VARINT_H

#include <stdint.h>

#include "common/buf.h"

enum { VARINT_MOST = 10 }; /* bytes */

static inline void varint_add(struct buf *into, uint64_t number)
{
	unsigned char *to = (unsigned char *)buf_reserve(into, VARINT_MOST);

	for (; number >= 0x80; number >>= 7, into->len++)
		*to++ = (unsigned char)(number | 0x80);
	*to = (unsigned char)number;
	into->len++;
}

/* Takes a number off the start of `from`. False when there is none whole. */
static inline bool varint_take(struct span *from, uint64_t *number)
{
	*number = 0;
	for (unsigned shift = 0; shift < 7 * VARINT_MOST && from->len; shift += 7) {
		unsigned char byte = (unsigned char)*from->at;

		*from = span_skip(*from, 1);
		*number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return true;
	}
	return false;
}

#endif
