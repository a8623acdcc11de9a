/* SPDX-License-Identifier: MIT
 * key.h - when two texts count as the same: one meaning of --key everywhere. */
#ifndef GHIRBAL_KEY_H
#define GHIRBAL_KEY_H

#include "common/buf.h"

enum key {
	KEY_EXACT, /* the bytes */
	KEY_CASE, /* NFC and full case folding (CaseFolding.txt, C + F) */
	KEY_FOLD, /* as KEY_CASE, and tashkeel (U+064B-0652), tatweel and superscript alef do not count */
	KEY_SEARCH, /* what `normalize --preset=search` makes of it: filters/normalize/keyer.h */
};

/* The words of enum key, in its order, for an option row. */
extern const char *const key_words[];

/* Appends the key of `text` (valid UTF-8) under any of the kinds but KEY_SEARCH. Keys are in NFC; key(key(x)) = key(x). */
void key_add(struct buf *into, struct span text, enum key kind);

#endif
