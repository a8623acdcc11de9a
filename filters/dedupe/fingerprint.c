/* SPDX-License-Identifier: MIT
 * fingerprint.c - XXH3 (xxhash.h) over keys, chunk by chunk where they are long. */
#include "filters/dedupe/fingerprint.h"

#define XXH_INLINE_ALL /* lines are short: the call would cost as much as the hash */
#include <xxhash.h>

#include "common/key_chunk.h"

static struct fingerprint fingerprint_from(XXH128_hash_t hash)
{
	return (struct fingerprint){ hash.low64, hash.high64 };
}

static struct span key_in(struct buf *scratch, struct span text, enum key key)
{
	buf_clear(scratch);
	key_add(scratch, text, key);
	return buf_span(scratch);
}

/* Hashing in parts gives the hash of the whole: where the chunks end does not matter. */
static struct fingerprint fingerprint_by_chunks(struct span text, enum key key, struct buf *scratch)
{
	XXH3_state_t state;

	XXH3_INITSTATE(&state);
	XXH3_128bits_reset(&state);
	while (text.len) {
		size_t len = key_chunk(text);
		struct span part = key_in(scratch, span_head(text, len), key);

		XXH3_128bits_update(&state, part.at, part.len);
		text = span_skip(text, len);
	}
	return fingerprint_from(XXH3_128bits_digest(&state));
}

struct fingerprint fingerprint_of(struct span text, enum key key, struct buf *scratch)
{
	if (key != KEY_EXACT && key_chunk(text) < text.len)
		return fingerprint_by_chunks(text, key, scratch);
	if (key != KEY_EXACT)
		text = key_in(scratch, text, key);
	return fingerprint_from(XXH3_128bits(text.at, text.len));
}
