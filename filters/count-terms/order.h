/* SPDX-License-Identifier: MIT
 * order.h - sorting of items that mostly differ in eight bytes. */
#ifndef GHIRBAL_ORDER_H
#define GHIRBAL_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "common/span.h"

struct ordered {
	uint64_t head; /* what comes first is less */
	uint64_t item; /* whatever the owner knows it by; no two of one sort are the same in both */
};

/* Which of two items with the same head comes first: below 0 for `a`. Never 0. */
typedef int order_fn(const void *ctx, uint64_t a, uint64_t b);

/* Sorts in place. `tie` NULL: items with the same head by their number. `seed` may be anything and does not change the
 * result; one that is not known keeps anybody from choosing input that takes long. */
void order(struct ordered *items, size_t count, order_fn *tie, const void *ctx, uint64_t seed);

/* Sorts by head alone; items with the same head stay in the order they are in. Takes as much memory again for a while, and
 * time for each byte in which heads differ. */
void order_stable(struct ordered *items, size_t count);

/* What order_head says of the text of an item from its byte `depth` on, which is at most its length and a multiple of eight. */
typedef uint64_t order_head_fn(const void *ctx, uint64_t item, size_t depth);

/* Sorts in place by the bytes of texts without NUL, those of the same text by `tie`, which may be NULL if there are none;
 * heads need not be filled in. Looks at each text once for every eight bytes that it shares with another. */
void order_texts(struct ordered *items, size_t count, order_head_fn *head, order_fn *tie, const void *ctx,
	uint64_t seed);

/* The first eight bytes of `text`, so that less is what comes first by bytes; zeros behind its end. */
static inline uint64_t order_head(struct span text)
{
	uint64_t head = 0;

	memcpy(&head, text.at, text.len < sizeof(head) ? text.len : sizeof(head));
	return __builtin_bswap64(head);
}

#endif
