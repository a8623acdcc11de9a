/* SPDX-License-Identifier: MIT
 * run_mask.h - which of the next 64 bytes belong to letters, digits and marks that a word goes on with, by vectors.
 *
 * Which characters these are is the caller's to say, for ASCII and for those pairs of first bytes that the scripts
 * of two bytes most in use have: Arabic, Latin, Cyrillic, Greek. All others are said not to belong. */
#ifndef GHIRBAL_RUN_MASK_H
#define GHIRBAL_RUN_MASK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cpu.h"

enum { RUN_PAIRS = 6, RUN_BYTES = 64, RUN_READS = RUN_BYTES + 1 };

/* Sixteen bytes for the low halves of the last bytes of characters; a bit in each for the rest of it: of ASCII its upper
 * half; of others the lowest bit of the first byte and two bits of the second. */
struct run_tables {
	uint8_t ascii[16], pairs[RUN_PAIRS][16];
};

/* Makes the tables of the characters below U+0800 that `belongs` says yes to. */
void run_tables_init(
	struct run_tables *tables, bool (*belongs)(const void *ctx, int32_t cp), const void *ctx);

/* Whether run_mask can be called. */
bool run_mask_works(enum cpu cpu);

/* A bit for each byte from `at` on, where a character begins: whether it belongs. Reads RUN_READS bytes. `*next` is where the
 * next mask goes on, RUN_BYTES or one more. */
uint64_t run_mask(const struct run_tables *tables, const char *at, unsigned *next);

#endif
