/* SPDX-License-Identifier: MIT
 * key_chunk.c - cuts in front of a character that starts an NFC segment (UAX #15, section 9).
 *
 * Case folding (CaseFolding.txt, C + F) and the removal of marks look at one character at a time, and
 * what they put in the place of such a character starts a segment too, so the cut is good for every key. */
#include "common/key_chunk.h"

#include "common/unicode.h"
#include "common/utf8.h"

enum { CHUNK_BYTES = 32 * 1024 };

size_t key_chunk(struct span text)
{
	struct span rest;

	if (text.len <= CHUNK_BYTES)
		return text.len;
	rest = span_skip(text, utf8_whole(span_head(text, CHUNK_BYTES)));
	while (rest.len) {
		struct rune rune = utf8_first(rest);

		if (unicode_starts_nfc_segment(rune.value))
			break;
		rest = span_skip(rest, rune.len);
	}
	return text.len - rest.len;
}
