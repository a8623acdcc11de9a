/* SPDX-License-Identifier: MIT
 * minhash.h - which sets may be alike: MinHash in 48 bands of 2 rows.
 *
 * Two sets with a Jaccard similarity of J have a given band in common with probability J * J (A. Broder, "On the
 * resemblance and containment of documents", 1997; bands: A. Gionis, P. Indyk, R. Motwani, "Similarity search in
 * high dimensions via hashing", 1999), so at least one of 48 with .998 at J = .35, .9999999 at .5 and .38 at .1.
 *
 * The functions are public and fixed: row i of x is the 32 bits of (x * a + b), where a, made odd, and b are the
 * (2i+1)th and (2i+2)th output of SplitMix64 (S. Vigna, public domain) from seed 0, their upper halves. */
#ifndef GHIRBAL_MINHASH_H
#define GHIRBAL_MINHASH_H

#include <stddef.h>
#include <stdint.h>

#include "common/cpu.h"

enum { MINHASH_BANDS = 48, MINHASH_ROWS = 2 * MINHASH_BANDS };

struct minhash {
	uint32_t factors[MINHASH_ROWS], summands[MINHASH_ROWS];
	enum cpu cpu;
};

void minhash_init(struct minhash *minhash, enum cpu cpu);

/* The least value of each row over the set; all bits set where it is empty. Members may come again. */
void minhash_rows(
	const struct minhash *minhash, const uint32_t *set, size_t count, uint32_t rows[MINHASH_ROWS]);

/* Public keys of the bands. */
void minhash_keys(const uint32_t rows[MINHASH_ROWS], uint64_t keys[MINHASH_BANDS]);

#endif
