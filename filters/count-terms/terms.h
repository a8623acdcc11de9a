/* SPDX-License-Identifier: MIT
 * terms.h - a table of terms and how often each came.
 *
 * Exact: terms are compared byte by byte, a hash only finds the place, keyed with a secret so that nobody
 * can choose words that crowd together. Memory grows with the vocabulary alone: 40 bytes a term and room
 * to grow by half, 11 to 21 for its place, and its bytes. */
#ifndef GHIRBAL_TERMS_H
#define GHIRBAL_TERMS_H

#include <stdint.h>

#include "common/span.h"

struct term {
	const char *at; /* `len` bytes, owned by the table */
	size_t len;
	uint64_t count; /* occurrences */
	uint64_t documents; /* documents it came in */
	uint64_t last_document; /* ordinal */
};

struct terms_chunk;

enum {
	TERMS_AHEAD = 16, /* words that wait while the memory where they belong is fetched */
	TERMS_AHEAD_LEN = 128, /* bytes; a longer word does not wait */
};

/* A word that waits to be counted. */
struct term_ahead {
	char bytes[TERMS_AHEAD_LEN];
	size_t len;
	uint64_t hash, document;
};

struct terms {
	struct term *items; /* in the order of first occurrence until sorted */
	size_t count, cap;
	uint64_t *slots;
	size_t slot_cap; /* a power of two, or 0 */
	uint64_t secret;
	struct terms_chunk *chunk; /* where the bytes are */
	size_t chunk_left; /* bytes */
	struct term_ahead ahead[TERMS_AHEAD];
	size_t ahead_count;
};

void terms_init(struct terms *terms, uint64_t secret);
void terms_release(struct terms *terms);

/* One more occurrence of `term`, in the document with the ordinal `document`. It may show in `items` only
 * after terms_settle. */
void terms_add(struct terms *terms, struct span term, uint64_t document);

/* Counts what waits. */
void terms_settle(struct terms *terms);

/* Leaves the terms that came at least `min_count` times, and of those the `top` commonest (0: all; of
 * equally common ones the first by bytes), commonest first. Nothing can be added afterwards. */
void terms_rank(struct terms *terms, uint64_t min_count, uint64_t top);

/* Puts the terms in the order of their bytes. Nothing can be added afterwards. */
void terms_sort_by_bytes(struct terms *terms);

#endif
