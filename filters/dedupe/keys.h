/* SPDX-License-Identifier: MIT
 * keys.h - exact duplicates in steps that many processes share: rows of keys, and numbers of what comes again.
 *
 * 1. --emit=keys says of each unit of a part its fingerprint, 32 hexadecimal digits, and its number in the part, which
 *    --number writes, too. Parts: documents.
 * 2. Who sorts these rows by their keys, in the order of parts, finds what comes again. Parts: keys.
 * 3. --drop-numbers drops the units with these numbers. Parts: documents, as before.
 * A row is some 40 bytes, however long a unit is. The whole fingerprint decides, 128 bits, where a single process keeps
 * 88 of them (seen.h): among a thousand million units both make a mistake less than once in 10^9 runs. */
#ifndef GHIRBAL_DEDUPE_KEYS_H
#define GHIRBAL_DEDUPE_KEYS_H

#include "common/filter.h"
#include "filters/dedupe/fingerprint.h"

/* Rows gathered, in bounded memory, for listing_write. */
struct keys {
	struct spool rows;
	struct buf row;
	uint64_t count;
};

void keys_init(struct keys *keys, const struct spool_place *place);
void keys_release(struct keys *keys);

/* Adds the next unit. False with `why`. */
bool keys_add(struct keys *keys, struct fingerprint print, struct diag *why);

/* Numbers read one after the other, a line each, in ascending order. */
struct key_numbers {
	struct span rest; /* borrowed */
	uint64_t next; /* 0: no more */
};

/* Reads all of `text` once: false with `why`, which names `path`, where a line is no number above the last. Borrows it. */
bool key_numbers_open(struct key_numbers *numbers, struct span text, const char *path, struct diag *why);

/* Whether `number` is among them; asked in ascending order. */
bool key_numbers_has(struct key_numbers *numbers, uint64_t number);

#endif
