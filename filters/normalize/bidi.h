/* SPDX-License-Identifier: MIT
 * bidi.h - a stage that drops bidirectional controls, but for those that come in pairs.
 *
 * UAX #9, sections 2 and 3.3.2: an embedding or override (U+202A, 202B, 202D, 202E) and the PDF (U+202C) that ends it,
 * an isolate (U+2066 to 2068) and the PDI (U+2069) that ends it, both in one line, stay: they may be all that keeps a
 * phone number or a Latin name in order. A PDI ends the embeddings that are open inside its isolate, which have no
 * PDF of their own then; a PDF ends nothing outside the isolate it stands in. Pairs nested more than 125 deep
 * (max_depth, BD2) are none. What is no part of a pair goes, and so do marks (U+061C, 200E, 200F), the deprecated
 * controls U+206A to 206F, and interlinear annotations (U+FFF9 to FFFB).
 *
 * A line is held from its first opener that is not closed yet, at most BIDI_HELD code points; then what is open is
 * dropped, and so are the closers that come for it. What goes leaves no pair behind that was none, so twice is
 * once. */
#ifndef GHIRBAL_NORMALIZE_BIDI_H
#define GHIRBAL_NORMALIZE_BIDI_H

#include "filters/normalize/point.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	BIDI_HELD = 1 << 16, /* code points */
	BIDI_DEPTH = 125,
};

/* An opener that waits for its closer. */
struct bidi_open {
	size_t at; /* in held; not if it has been dropped */
	bool is_isolate;
};

struct bidi {
	point_fn *next;
	void *ctx;
	int32_t *held; /* from the first open opener on; -1 is one that was dropped */
	size_t held_count, held_cap;
	struct bidi_open stack[BIDI_DEPTH];
	size_t depth, dropped_depth; /* the lowest ones of the stack are not in held any more */
	uint64_t deep_embeddings,
		deep_isolates; /* open above a full stack, as UAX #9 counts them (X1 to X7) */
	uint64_t dropped; /* how many controls, since bidi_init */
};

/* `bidi` is zero bytes. What comes out goes to next(ctx, ...). */
void bidi_init(struct bidi *bidi, point_fn *next, void *ctx);
void bidi_release(struct bidi *bidi);

/* A document begins. */
void bidi_begin(struct bidi *bidi);

/* Takes the next code point. */
void bidi_add(struct bidi *bidi, int32_t cp);

/* The document is over: lets out what is held. */
void bidi_end(struct bidi *bidi);

/* Whether something is open in this line. If not, text without such controls may go past this stage. */
static inline bool bidi_wait(const struct bidi *bidi)
{
	return bidi->depth > 0;
}

/* Whether what is held, if anything is, is a few openers, or spaces if they do not count: the text has not begun. */
bool bidi_holds_openers(const struct bidi *bidi, bool or_spaces);

/* Whether `cp` is a control that may stay, as one of a pair. */
bool bidi_may_pair(int32_t cp);

/* Whether it is the second of a pair. */
bool bidi_closes(int32_t cp);

#endif
