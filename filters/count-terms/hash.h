/* SPDX-License-Identifier: MIT
 * hash.h - the hash of sixteen bytes, for tables that hold text somebody else chose. */
#ifndef GHIRBAL_COUNT_TERMS_HASH_H
#define GHIRBAL_COUNT_TERMS_HASH_H

#include <stdint.h>

/* All bits of both halves in one product, folded, as wyhash does it. Who does not know the secret does not know which
 * inputs meet. The constant is an odd number without a pattern (the golden ratio's fraction). */
static inline uint64_t hash_pair(uint64_t secret, uint64_t low, uint64_t high)
{
	uint64_t other = (secret << 32 | secret >> 32) ^ 0x9E3779B97F4A7C15;
	__uint128_t product = (__uint128_t)(low ^ secret) * (high ^ other);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
