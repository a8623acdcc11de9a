/* SPDX-License-Identifier: MIT
 * fingerprint.h - what a line or a document is recognised by: the 128-bit XXH3 of its key.
 *
 * Two different texts share a fingerprint by accident with a probability of n * n / 2^129 among n texts:
 * 10^-21 for a thousand million lines. The hash is public and has no seed, so that even such an accident
 * would be the same in every run. XXH3 is fast, not cryptographic: someone who chooses both texts can make
 * them collide. */
#ifndef GHIRBAL_FINGERPRINT_H
#define GHIRBAL_FINGERPRINT_H

#include <stdint.h>

#include "filters/normalize/keyer.h"

struct fingerprint {
	uint64_t low, high;
};

/* The fingerprint of `text` (valid UTF-8) by its key. Memory does not grow with the text, unless that is one long
 * run of marks. */
struct fingerprint fingerprint_of(struct keyer *keyer, struct span text);

/* A text whose key comes in parts. Freed by fingerprinting_end. */
struct fingerprinting;
struct fingerprinting *fingerprinting_new(void);
void fingerprinting_add(void *fingerprinting, struct span part);
struct fingerprint fingerprinting_end(struct fingerprinting *fingerprinting);

/* The same of many texts at once by KEY_EXACT. */
void fingerprint_exact(const struct span *texts, struct fingerprint *prints, size_t count);

#endif
