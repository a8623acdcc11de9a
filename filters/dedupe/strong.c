/* SPDX-License-Identifier: MIT
 * strong.c - HMAC-SHA-256 over keys, part by part. */
#include "filters/dedupe/strong.h"

#include <nettle/hmac.h>
#include <stdlib.h>

#include "common/mem.h"

struct strong {
	struct hmac_sha256_ctx hmac;
};

struct strong *strong_new(uint64_t secret)
{
	struct strong *strong = mem_new(1, sizeof(*strong));

	hmac_sha256_set_key(&strong->hmac, sizeof(secret), (const uint8_t *)&secret);
	return strong;
}

void strong_free(struct strong *strong)
{
	free(strong);
}

void strong_add(void *strong, struct span part)
{
	hmac_sha256_update(&((struct strong *)strong)->hmac, part.len, (const uint8_t *)part.at);
}

struct fingerprint strong_end(struct strong *strong)
{
	struct fingerprint print;
	uint8_t digest[sizeof(print)];

	hmac_sha256_digest(&strong->hmac, sizeof(digest), digest);
	memcpy(&print, digest, sizeof(print));
	return print;
}

struct fingerprint strong_of(struct strong *strong, struct keyer *keyer, struct span text)
{
	keyer_each(keyer, text, strong_add, strong);
	return strong_end(strong);
}
