/* SPDX-License-Identifier: MIT
 * key.h - when two texts count as the same: one meaning of --key everywhere. */
#ifndef GHIRBAL_KEY_H
#define GHIRBAL_KEY_H

#include "common/buf.h"

enum key {
	KEY_EXACT, /* the bytes */
	KEY_WS, /* the bytes, but white space (the Unicode property) at the ends, and how much of it between words */
	KEY_CASE, /* NFC and full case folding (CaseFolding.txt, C + F) */
	KEY_FOLD, /* as KEY_CASE, and tashkeel (U+064B-0652), tatweel and superscript alef do not count */
	KEY_SEARCH, /* what `normalize --preset=search` makes of it: filters/normalize/keyer.h */
};

/* The words of enum key, in its order, for an option row. */
extern const char *const key_words[];

/* Appends the key of `text` (valid UTF-8) under any of the kinds but KEY_SEARCH. Keys but those of KEY_EXACT
 * and KEY_WS are in NFC; key(key(x)) = key(x). */
void key_add(struct buf *into, struct span text, enum key kind);

/* Whether texts of such characters alone are their own keys. False for all under KEY_SEARCH. */
bool key_keeps(int32_t cp, enum key kind);

/* Whether the key of `text` is the text itself, as it mostly is; found in one quick walk, so false may be wrong, and is for
 * KEY_SEARCH. */
bool key_is_text(struct span text, enum key kind);

/* Takes the next word off `text`, for KEY_WS: what lies between white space, which goes with it. False when none is
 * left. */
bool key_next_word(struct span *text, struct span *word);

#endif
