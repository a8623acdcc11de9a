/* SPDX-License-Identifier: MIT
 * rows.h - lines of text put in another order, in bounded memory. */
#ifndef GHIRBAL_ROWS_H
#define GHIRBAL_ROWS_H

#include "common/filter.h"
#include "filters/count-terms/order.h"
#include "filters/count-terms/runs.h"

/* rows_init makes it. */
struct rows {
	uint64_t top; /* only so many of the first; 0: all. They are held in memory */
	size_t memory; /* bytes; what is more goes to a spool */
	uint64_t seed;
	struct buf text; /* a line each, its newline included */
	struct ordered *
		items; /* head, and where in `text`; lines with the same head stay in the order they came in */
	size_t count, cap;
	uint64_t base; /* lines that are in runs already */
	struct runs runs;
};

void rows_init(struct rows *rows, const struct spool_place *spools);

/* Adds a line, which ends in the only newline it has; lines with a lower `head` come first. False with `why` when a
 * spool cannot be written. */
bool rows_add(struct rows *rows, uint64_t head, struct span line, struct diag *why);

typedef bool row_fn(void *ctx, struct span line);

/* Calls `each` for all lines in order; where there is a `top`, in the order they came in if `as_they_came`. Then there are
 * none. */
bool rows_each(struct rows *rows, bool as_they_came, row_fn *each, void *ctx, struct diag *why);

void rows_release(struct rows *rows);

#endif
