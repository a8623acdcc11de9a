/* SPDX-License-Identifier: MIT
 * seen.h - a set of fingerprints that only grows.
 *
 * 256 open-addressed tables of 16-byte slots, each growing by half when it is three quarters full: 21 to
 * 32 bytes a fingerprint, and growing one table moves a 256th of the set, so there is no long pause and
 * never two copies of the whole. Where a fingerprint goes depends on a secret, so nobody can choose texts
 * that crowd together; whether it is in the set does not. */
#ifndef GHIRBAL_SEEN_H
#define GHIRBAL_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "filters/dedupe/fingerprint.h"

enum { SEEN_SHARDS = 256 };

struct seen_shard {
	struct fingerprint *slots; /* both halves 0: free */
	size_t cap, count; /* slots */
};

struct seen {
	struct seen_shard shards[SEEN_SHARDS];
	uint64_t secret;
};

/* An empty set; it allocates nothing until something is added. */
void seen_init(struct seen *seen, uint64_t secret);
void seen_release(struct seen *seen);

/* Forgets everything, in time bounded by a constant and by what was added since. */
void seen_clear(struct seen *seen);

/* Adds `print`; true when it was not there. */
bool seen_add(struct seen *seen, struct fingerprint print);

/* A hint that `print` will be added soon: its place is fetched into the cache meanwhile. */
void seen_expect(const struct seen *seen, struct fingerprint print);

#endif
