/* SPDX-License-Identifier: MIT
 * story_bits.h - in about how many stories shingles are, counted so that parts of a corpus can be counted apart.
 *
 * Each document has one of sixteen bits, picked by the shingle of it with the least hash; near copies mostly have the
 * same one. A shingle has the bits of all its documents. So many copies of one story set few bits, many stories set
 * all, and the bits of two parts of a corpus, or of twice the same part, are put together by OR.
 * As text: a row for each shingle, 16 hexadecimal digits, a tab, 4 hexadecimal digits. */
#ifndef GHIRBAL_STORY_BITS_H
#define GHIRBAL_STORY_BITS_H

#include <stdint.h>

#include "common/buf.h"
#include "common/diag.h"
#include "common/spool.h"
#include "filters/dedupe/shingles.h"

enum { STORY_BITS_COMMON = 8 }; /* a shingle with so many bits is common: some eleven stories or more */

struct story_bits_slot {
	uint64_t shingle;
	uint16_t bits; /* 0: free */
};

/* Zero bytes and a secret make an empty one. Slots depend on the secret, so that a file of rows cannot be made slow; what
 * is found and printed does not. */
struct story_bits {
	struct story_bits_slot *slots;
	size_t cap, count;
	uint64_t secret;
};

void story_bits_release(struct story_bits *table);

/* Adds bits to those of a shingle. */
void story_bits_add(struct story_bits *table, uint64_t shingle, unsigned bits);

/* Adds a document whose shingles have been read. */
void story_bits_add_document(struct story_bits *table, const struct shingles *shingles);

/* The bits of a shingle; 0 where it was not added. */
unsigned story_bits_of(const struct story_bits *table, uint64_t shingle);

bool story_bits_is_common(const struct story_bits *table, uint64_t shingle);

/* Adds the rows to `into`, by shingle. The table is of no use afterwards. False with `why`. */
bool story_bits_print(struct spool *into, struct story_bits *table, struct diag *why);

/* Adds the rows of `text`, in any order. False with `why`, which names `path`, where one is none. */
bool story_bits_parse(struct story_bits *table, struct span text, const char *path, struct diag *why);

#endif
