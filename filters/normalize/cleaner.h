/* SPDX-License-Identifier: MIT
 * cleaner.h - the rules applied to text that comes in pieces.
 *
 * Calm text goes straight to the sink (scan.h). Where something has to be looked at, code points go one by
 * one through
 *
 *	characters (here) -> references (entities.h) -> bidi (bidi.h) -> tokens (tokens.h)
 *		-> gaps (gap.h) -> form (form.h)
 *
 * and what a character reference stands for starts again at the front. Only these steps hold anything back,
 * a bounded amount, so the result does not depend on how the text was cut.
 *
 * What comes out is marked (writer.h) where characters came together that were apart, or others than came in: only
 * there can it look like mojibake where it did not before. */
#ifndef GHIRBAL_NORMALIZE_CLEANER_H
#define GHIRBAL_NORMALIZE_CLEANER_H

#include "filters/normalize/bidi.h"
#include "filters/normalize/edits.h"
#include "filters/normalize/entities.h"
#include "filters/normalize/escape.h"
#include "filters/normalize/gap.h"
#include "filters/normalize/tokens.h"
#include "filters/normalize/scan.h"

enum {
	CLEANER_AGAIN =
		ESCAPE_LONGEST + 64, /* an escape that was none, what references and ligatures hold */
};

struct cleaner {
	const struct rules *rules;
	const struct scanner *scanner; /* borrowed; not used where no rule is on */
	struct buf edited; /* calm text with its swaps done */
	int32_t again[CLEANER_AGAIN]; /* code points to be fed before any other, the last one first */
	size_t again_count;
	bool after_cr; /* a CR has become LF; an LF right behind it is part of the same line end */
	struct tally *tally; /* borrowed */
	struct edits edits;
	struct escape escape;
	struct entity_matcher matcher;
	struct bidi bidi;
	struct tokens tokens;
	uint64_t tokens_counted[TOKENS]; /* of tokens.counts, in the tally already */
	struct gap gap;
	struct form form;
	bool started; /* something of the document had been let out before what is tried */
	bool marks_all; /* what comes out is marked, whatever was done */
	struct writer writer;
};

/* `cleaner` is zero bytes. `scanner`, of these rules, and the rest are borrowed until cleaner_release; edits are written
 * to `offsets` if it is not NULL. */
void cleaner_init(struct cleaner *cleaner, const struct rules *rules, const struct scanner *scanner,
	const struct entities *entities, struct tally *tally, const struct opt_output *offsets);

/* A document begins, the `document`th of the run; its text goes to `out`. */
void cleaner_begin(struct cleaner *cleaner, uint64_t document, struct sink out);

/* Takes a piece of valid UTF-8. Returns what the sink said. */
enum flow cleaner_text(struct cleaner *cleaner, struct span text);

/* The document is over; writes what was held back. sink_end is the caller's. */
enum flow cleaner_end(struct cleaner *cleaner);

/* Takes whole lines that came out of a cleaner with the same rules: nothing is to be done. */
enum flow cleaner_pass(struct cleaner *cleaner, struct span lines);

/* Whether nothing is held that what follows could change. */
bool cleaner_is_quiet(const struct cleaner *cleaner);

/* Whether nothing at all is held. */
bool cleaner_is_empty(const struct cleaner *cleaner);

/* Writes everything that is held, if cleaner_is_quiet; false if not. */
bool cleaner_flush(struct cleaner *cleaner);

/* Takes `text`, which stands where `was` stood in the input. */
enum flow cleaner_text_for(struct cleaner *cleaner, struct span was, struct span text);

/* Cleans `text`, a line with its end or, if `last`, the end of the document, and appends what comes out to `into`,
 * nowhere else. Returns whether all came out that ever will: then it may be mended and tried again, which takes what was
 * cleaned already: all its line ends are LF. The last try is to be handed to cleaner_tried, which writes it; `was` stood
 * there in the input, and `rests` says whether what was cleaned need not be judged. */
bool cleaner_try(struct cleaner *cleaner, struct span text, bool last, struct buf *into);
bool cleaner_try_again(struct cleaner *cleaner, struct span text, bool last, struct buf *into);
enum flow cleaner_tried(struct cleaner *cleaner, struct span was, struct span cleaned, bool rests);

void cleaner_release(struct cleaner *cleaner);

#endif
