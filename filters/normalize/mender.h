/* SPDX-License-Identifier: MIT
 * mender.h - mends mojibake line by line, on the way into the cleaner, and again in what came out.
 *
 * Lines that mojibake_suspect passes over, nearly all, go on as they are. A suspect one is mended and cleaned, and what
 * comes out is judged again: a character reference may have hidden more of it ("&Atilde;&copy;"). That is repeated
 * until nothing changes, so that what came out does not change again.
 *
 * A line in which the cleaner brought characters together that were apart is judged by a second mender behind the first
 * cleaner, in the same way, with a cleaner of its own; other lines only pass through. Lines of more than
 * MOJIBAKE_LONGEST bytes are judged in windows of that length, cut at a space where there is one; where they are cut
 * depends on the line alone. What comes out of a window is of another length, so each mender of the row judges the
 * windows of such a line anew; a third one finds nothing to do. A mender holds at most one window. */
#ifndef GHIRBAL_NORMALIZE_MENDER_H
#define GHIRBAL_NORMALIZE_MENDER_H

#include "filters/normalize/cleaner.h"
#include "filters/normalize/mojibake.h"

enum { MENDERS = 3 };

struct mender {
	struct mojibake *mojibake; /* borrowed */
	struct cleaner *cleaner; /* borrowed */
	enum cpu cpu;
	struct writer *from; /* where the text comes from, with its marks; NULL: from the input */
	struct mender *next; /* NULL: none */
	const struct sink *end; /* behind the last cleaner */
	bool begun; /* the cleaner has been told of the document */
	bool passed; /* something of the document went by the cleaner */
	bool in_windows; /* the line has been in part */
	bool marked; /* there is a mark in `line` */
	struct buf line; /* the start of a line whose end has not come */
	struct buf mended, cleaned;
};

/* Menders and cleaners by turns. */
struct menders {
	bool on; /* without, there is the first cleaner only */
	struct scanner scanner;
	struct mojibake mojibake;
	struct tally tally; /* of all cleaners */
	struct cleaner cleaners[MENDERS];
	struct mender at[MENDERS];
	struct sink end; /* behind the last cleaner */
	/* Where edits are told, a line is tried before it is cleaned: if it need not be judged afterwards, it goes from the
	 * first cleaner to the end, so that what came in and what went out meet inside it. */
	bool tries, direct;
	struct tally trial_tally;
	struct cleaner trial;
	struct mender trial_mender;
};

/* `menders` is zero bytes; `rules`, `entities` and `offsets` are borrowed. False with `why` where a table is wrong;
 * release in any case. */
bool menders_init(struct menders *menders, const struct rules *rules, const struct entities *entities,
	const struct opt_output *offsets, enum cpu cpu, struct diag *why);
void menders_release(struct menders *menders);

/* A document begins, the `document`th of the run; its text goes to `out`. */
void menders_begin(struct menders *menders, uint64_t document, struct sink out);

/* Takes a piece of valid UTF-8. Returns what the sink said. */
enum flow menders_text(struct menders *menders, struct span text);

/* The document is over. sink_end is the caller's. */
enum flow menders_end(struct menders *menders);

#endif
