/* SPDX-License-Identifier: MIT
 * listing.h - a table that takes the place of documents: gathered in a spool, for nothing may come out before the stream is
 * over, and written as one document. */
#ifndef GHIRBAL_DEDUPE_LISTING_H
#define GHIRBAL_DEDUPE_LISTING_H

#include "common/filter.h"

/* Moves what `row` holds to `rows`. False with `why`. */
bool listing_add(struct spool *rows, struct buf *row, struct diag *why);

/* Writes all rows as one document; nothing where there are none. */
enum flow listing_write(const struct spool *rows, struct sink out, struct diag *why);

#endif
