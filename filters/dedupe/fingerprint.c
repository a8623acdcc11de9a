/* SPDX-License-Identifier: MIT
 * fingerprint.c - XXH3 (xxhash.h) over keys, chunk by chunk where they are long. */
#include "filters/dedupe/fingerprint.h"

#define XXH_INLINE_ALL /* lines are short: the call would cost as much as the hash */
#include <xxhash.h>

#include "common/key_chunk.h"
#include "common/mem.h"

static struct fingerprint fingerprint_from(XXH128_hash_t hash)
{
	return (struct fingerprint){ hash.low64, hash.high64 };
}

static void add_to_state(void *state, struct span part)
{
	XXH3_128bits_update(state, part.at, part.len);
}

/* Hashing in parts gives the hash of the whole: where they end does not matter. */
static struct fingerprint fingerprint_by_parts(struct keyer *keyer, struct span text)
{
	XXH3_state_t state;

	XXH3_INITSTATE(&state);
	XXH3_128bits_reset(&state);
	keyer_each(keyer, text, add_to_state, &state);
	return fingerprint_from(XXH3_128bits_digest(&state));
}

struct fingerprint fingerprint_of(struct keyer *keyer, struct span text)
{
	struct span key;

	if (keyer->kind == KEY_EXACT)
		return fingerprint_from(XXH3_128bits(text.at, text.len));
	if (key_chunk(text) < text.len)
		return fingerprint_by_parts(keyer, text);
	key = keyer_key(keyer, text);
	return fingerprint_from(XXH3_128bits(key.at, key.len));
}

void fingerprint_exact(const struct span *texts, struct fingerprint *prints, size_t count)
{
	for (size_t i = 0; i < count; i++)
		prints[i] = fingerprint_from(XXH3_128bits(texts[i].at, texts[i].len));
}

/* XXH3's state, by another name. */
static XXH3_state_t *state_of(void *fingerprinting)
{
	return fingerprinting;
}

struct fingerprinting *fingerprinting_new(void)
{
	XXH3_state_t *state = XXH3_createState();

	if (!state)
		mem_lack();
	XXH3_128bits_reset(state);
	return (struct fingerprinting *)state;
}

void fingerprinting_add(void *fingerprinting, struct span part)
{
	XXH3_128bits_update(state_of(fingerprinting), part.at, part.len);
}

struct fingerprint fingerprinting_end(struct fingerprinting *fingerprinting)
{
	struct fingerprint print = fingerprint_from(XXH3_128bits_digest(state_of(fingerprinting)));

	XXH3_freeState(state_of(fingerprinting));
	return print;
}
