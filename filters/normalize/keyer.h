/* SPDX-License-Identifier: MIT
 * keyer.h - the key of a text under any --key, that of normalize's search preset too.
 *
 * common/key.h knows the keys that are a matter of single characters. KEY_SEARCH is whatever
 * `normalize --preset=search` makes of the text, and made by that very filter, so the two cannot differ. A keyer
 * is opened once and used for any number of texts; it belongs to one thread. */
#ifndef GHIRBAL_KEYER_H
#define GHIRBAL_KEYER_H

#include "common/filter.h"
#include "common/key.h"

struct searcher;

enum { KEYER_KEEPS = 0x800 /* characters: those of up to two bytes */ };

struct keyer {
	enum key kind;
	uint8_t keeps[KEYER_KEEPS]; /* whether a text of it is its own key */
	struct searcher *searcher; /* NULL but for KEY_SEARCH */
	struct buf scratch;
};

/* False with `why` where the data compiled in cannot be read, which a test keeps from happening. Release in any
 * case. */
bool keyer_open(struct keyer *keyer, enum key kind, const struct host *host, struct diag *why);
void keyer_release(struct keyer *keyer);

/* Appends the key of `text` (valid UTF-8 without NUL), which stands for a document of its own: spaces at its ends are
 * not part of a search key, and a missing line end stays missing. */
void keyer_add(struct keyer *keyer, struct buf *into, struct span text);

/* The same key, borrowed from the text itself or until the keyer is next used. */
struct span keyer_key(struct keyer *keyer, struct span text);

/* Whether `text` is its own key, as far as that can be told at a glance: false says nothing. */
bool keyer_keeps(const struct keyer *keyer, struct span text);

/* Hands the same key to `part`, a part at a time, so that the key of a long text need not be held whole. Parts are borrowed
 * during the call; where they end means nothing. */
void keyer_each(
	struct keyer *keyer, struct span text, void (*part)(void *ctx, struct span part), void *ctx);

/* The same of a text that comes in pieces, cut between characters. Until its end the keyer is used for nothing else. */
struct keying {
	struct keyer *keyer; /* borrowed */
	void (*part)(void *ctx, struct span part);
	void *ctx;
	struct buf held; /* what the key cannot be told of yet: some tens of kilobytes, or a run of marks */
	size_t enough; /* bytes of it with which it is tried again */
	bool has_word, is_apart; /* with KEY_WS: a word came; white space behind it, too */
};

void keying_begin(
	struct keying *keying, struct keyer *keyer, void (*part)(void *ctx, struct span part), void *ctx);
void keying_text(struct keying *keying, struct span piece);
void keying_end(struct keying *keying);

#endif
