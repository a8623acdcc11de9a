/* SPDX-License-Identifier: MIT
 * mender.h - mends mojibake line by line, on the way into the cleaner.
 *
 * Lines that mojibake_suspect passes over, nearly all, go on as they are. A suspect one is mended and cleaned, and what
 * comes out is judged again: a character reference may have hidden more of it ("&Atilde;&copy;"). That is repeated
 * until nothing changes, so that what came out does not change again.
 *
 * Lines of more than MOJIBAKE_LONGEST bytes are judged in windows of that length, cut at a space where there is one;
 * where they are cut depends on the line alone. At most one window is held. */
#ifndef GHIRBAL_NORMALIZE_MENDER_H
#define GHIRBAL_NORMALIZE_MENDER_H

#include "filters/normalize/cleaner.h"
#include "filters/normalize/mojibake.h"

struct mender {
	bool on;
	struct cleaner *cleaner; /* borrowed */
	struct mojibake mojibake;
	enum cpu cpu;
	struct buf line; /* the start of a line whose end has not come */
	struct buf mended, cleaned;
};

/* `mender` is zero bytes. False with `why` where a table is wrong; release in any case. */
bool mender_init(struct mender *mender, struct cleaner *cleaner, enum cpu cpu, struct diag *why);
void mender_release(struct mender *mender);

/* Takes a piece of valid UTF-8. Returns what the sink said. */
enum flow mender_text(struct mender *mender, struct span text);

/* The document is over. */
enum flow mender_end(struct mender *mender);

#endif
