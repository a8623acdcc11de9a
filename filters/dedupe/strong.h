/* SPDX-License-Identifier: MIT
 * strong.h - fingerprints that nobody can make collide: HMAC-SHA-256 (RFC 2104, FIPS 180-4), by nettle.
 *
 * The key is drawn anew for each run and is never told, so whoever wrote the texts could not choose them by it. */
#ifndef GHIRBAL_STRONG_H
#define GHIRBAL_STRONG_H

#include "filters/dedupe/fingerprint.h"

struct strong;

/* A hash whose key is made of `secret`. Freed by strong_free. */
struct strong *strong_new(uint64_t secret);
void strong_free(struct strong *strong);

/* A text whose key comes in parts, up to its end. */
void strong_add(void *strong, struct span part);
struct fingerprint strong_end(struct strong *strong);

/* The fingerprint of `text` by its key. */
struct fingerprint strong_of(struct strong *strong, struct keyer *keyer, struct span text);

#endif
