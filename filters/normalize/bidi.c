/* SPDX-License-Identifier: MIT
 * bidi.c - pairs of bidirectional controls, found with the stack of UAX #9, section 3.3.2. */
#include "filters/normalize/bidi.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"

enum { DROPPED = -1 };

/* What a code point is to the pairs. */
enum role { ROLE_TEXT, ROLE_LINE_END, ROLE_MARK, ROLE_EMBEDDING, ROLE_ISOLATE, ROLE_PDF, ROLE_PDI };

static bool is_between(int32_t cp, int32_t first, int32_t last)
{
	return cp >= first && cp <= last;
}

static enum role role_of(int32_t cp)
{
	if (is_between(cp, 0x0A, 0x0D) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		return ROLE_LINE_END;
	if (cp == 0x202C)
		return ROLE_PDF;
	if (cp == 0x2069)
		return ROLE_PDI;
	if (is_between(cp, 0x202A, 0x202E))
		return ROLE_EMBEDDING;
	if (is_between(cp, 0x2066, 0x2068))
		return ROLE_ISOLATE;
	if (cp == 0x061C || is_between(cp, 0x200E, 0x200F) || is_between(cp, 0x206A, 0x206F) ||
		is_between(cp, 0xFFF9, 0xFFFB))
		return ROLE_MARK;
	return ROLE_TEXT;
}

bool bidi_may_pair(int32_t cp)
{
	return role_of(cp) > ROLE_MARK;
}

bool bidi_closes(int32_t cp)
{
	return role_of(cp) == ROLE_PDF || role_of(cp) == ROLE_PDI;
}

/* --- what is held -------------------------------------------------------------------------------------- */

static bool holds(const struct bidi *bidi)
{
	return bidi->depth > bidi->dropped_depth;
}

bool bidi_holds_openers(const struct bidi *bidi, bool or_spaces)
{
	if (bidi->held_count > BIDI_DEPTH)
		return false;
	for (size_t i = 0; i < bidi->held_count; i++) {
		int32_t cp = bidi->held[i];

		if (cp == DROPPED || (or_spaces && unicode_is_white_space(cp)))
			continue;
		if (role_of(cp) != ROLE_EMBEDDING && role_of(cp) != ROLE_ISOLATE)
			return false;
	}
	return true;
}

static void let_out(struct bidi *bidi)
{
	for (size_t i = 0; i < bidi->held_count; i++)
		if (bidi->held[i] != DROPPED)
			bidi->next(bidi->ctx, bidi->held[i]);
	bidi->held_count = 0;
}

static void drop_opener(struct bidi *bidi, const struct bidi_open *open)
{
	bidi->held[open->at] = DROPPED;
	bidi->dropped++;
}

/* None of the open ones will stay, but their closers are still theirs. */
static void give_up(struct bidi *bidi)
{
	while (bidi->dropped_depth < bidi->depth)
		drop_opener(bidi, &bidi->stack[bidi->dropped_depth++]);
	let_out(bidi);
}

static void hold(struct bidi *bidi, int32_t cp)
{
	if (bidi->held_count == bidi->held_cap) {
		bidi->held_cap = bidi->held_cap ? bidi->held_cap * 2 : 256;
		bidi->held = mem_resize(bidi->held, bidi->held_cap, sizeof(*bidi->held));
	}
	bidi->held[bidi->held_count++] = cp;
}

/* Text, and controls that stay as far as one can tell. */
static void put(struct bidi *bidi, int32_t cp)
{
	if (bidi->held_count == BIDI_HELD)
		give_up(bidi);
	if (holds(bidi))
		hold(bidi, cp);
	else
		bidi->next(bidi->ctx, cp);
}

/* --- openers and closers ------------------------------------------------------------------------------- */

static void open_one(struct bidi *bidi, int32_t cp, bool is_isolate)
{
	if (bidi->depth == BIDI_DEPTH) {
		bidi->dropped++;
		if (is_isolate)
			bidi->deep_isolates++;
		else if (bidi->deep_isolates == 0)
			bidi->deep_embeddings++;
		return;
	}
	if (bidi->held_count == BIDI_HELD)
		give_up(bidi);
	bidi->stack[bidi->depth++] = (struct bidi_open){ bidi->held_count, is_isolate };
	hold(bidi, cp);
}

/* `cp` closes the top of the stack. */
static void close_top(struct bidi *bidi, int32_t cp)
{
	if (!holds(bidi)) {
		bidi->depth--;
		bidi->dropped_depth = bidi->depth;
		bidi->dropped++;
		return;
	}
	bidi->depth--;
	hold(bidi, cp);
	if (!holds(bidi))
		let_out(bidi);
}

static void close_embedding(struct bidi *bidi, int32_t cp)
{
	if (bidi->deep_isolates == 0 && bidi->deep_embeddings == 0 && bidi->depth &&
		!bidi->stack[bidi->depth - 1].is_isolate) {
		close_top(bidi, cp);
		return;
	}
	bidi->dropped++;
	if (bidi->deep_isolates == 0 && bidi->deep_embeddings)
		bidi->deep_embeddings--;
}

static bool has_isolate(const struct bidi *bidi)
{
	for (size_t i = bidi->depth; i-- > 0;)
		if (bidi->stack[i].is_isolate)
			return true;
	return false;
}

/* The embeddings inside the isolate that now ends have no closer of their own. */
static void drop_inner_embeddings(struct bidi *bidi)
{
	while (!bidi->stack[bidi->depth - 1].is_isolate) {
		if (holds(bidi))
			drop_opener(bidi, &bidi->stack[bidi->depth - 1]);
		bidi->depth--;
		if (bidi->dropped_depth > bidi->depth)
			bidi->dropped_depth = bidi->depth;
	}
	bidi->deep_embeddings = 0;
}

static void close_isolate(struct bidi *bidi, int32_t cp)
{
	if (bidi->deep_isolates == 0 && has_isolate(bidi)) {
		drop_inner_embeddings(bidi);
		if (!holds(bidi))
			let_out(bidi); /* they were all that was held */
		close_top(bidi, cp);
		return;
	}
	bidi->dropped++;
	if (bidi->deep_isolates)
		bidi->deep_isolates--;
}

static void end_line(struct bidi *bidi)
{
	give_up(bidi);
	bidi->depth = bidi->dropped_depth = 0;
	bidi->deep_embeddings = bidi->deep_isolates = 0;
}

/* --- life ---------------------------------------------------------------------------------------------- */

void bidi_init(struct bidi *bidi, point_fn *next, void *ctx)
{
	bidi->next = next;
	bidi->ctx = ctx;
}

void bidi_release(struct bidi *bidi)
{
	free(bidi->held);
	*bidi = (struct bidi){ .held = NULL };
}

void bidi_begin(struct bidi *bidi)
{
	bidi->held_count = bidi->depth = bidi->dropped_depth = 0;
	bidi->deep_embeddings = bidi->deep_isolates = 0;
}

void bidi_add(struct bidi *bidi, int32_t cp)
{
	switch (role_of(cp)) {
	case ROLE_TEXT:
		put(bidi, cp);
		break;
	case ROLE_LINE_END:
		end_line(bidi);
		put(bidi, cp);
		break;
	case ROLE_MARK:
		bidi->dropped++;
		break;
	case ROLE_EMBEDDING:
		open_one(bidi, cp, false);
		break;
	case ROLE_ISOLATE:
		open_one(bidi, cp, true);
		break;
	case ROLE_PDF:
		close_embedding(bidi, cp);
		break;
	case ROLE_PDI:
		close_isolate(bidi, cp);
		break;
	}
}

void bidi_end(struct bidi *bidi)
{
	end_line(bidi);
}
