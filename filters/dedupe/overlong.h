/* SPDX-License-Identifier: MIT
 * overlong.h - a line or a document that is too long to be held: what it is recognised by is computed as it comes, and its
 * text waits in a spool (spool.h) for the ruling. */
#ifndef GHIRBAL_OVERLONG_H
#define GHIRBAL_OVERLONG_H

#include "filters/dedupe/keeper.h"

enum { OVERLONG = 4 << 20 }; /* bytes that are held; chosen: articles are a thousandth of it */

struct overlong {
	struct keeper *keeper; /* borrowed */
	struct keying keying;
	struct fingerprinting *print; /* NULL: the keeper's strong hash */
	struct spool text;
	char end[2]; /* the last bytes that came, where they may be a line end, which does not count */
	size_t end_len;
	bool is_on; /* there is one at hand */
};

void overlong_init(struct overlong *overlong, struct keeper *keeper);
void overlong_release(struct overlong *overlong);

/* Whether `held`, the start of a unit, is enough to be one of these. Not where all has to be held: for near ones, or where
 * `out` is told what is dropped. */
bool overlong_is_due(const struct overlong *overlong, struct span held, struct sink out);

/* One begins, goes on with a piece cut between characters, ends: the ticket for its ruling. False, or keeper->failed, with
 * keeper->why when the text could not be kept. */
bool overlong_begin(struct overlong *overlong, struct span held);
bool overlong_add(struct overlong *overlong, struct span piece);
struct ticket overlong_end(struct overlong *overlong);

/* Puts the text of the one that ended. FLOW_FAIL with keeper->why when it cannot be read. */
enum flow overlong_put(struct overlong *overlong, struct sink out);

#endif
