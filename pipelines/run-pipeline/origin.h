/* SPDX-License-Identifier: MIT
 * origin.h - which bytes of one text came from which of another.
 *
 * Parts of the later text ("out"), in order, each with the bytes of the earlier one ("in") that it came from and a word
 * on what was done to them. What no part tells of came from nowhere. */
#ifndef RUN_PIPELINE_ORIGIN_H
#define RUN_PIPELINE_ORIGIN_H

#include "common/arena.h"
#include "common/buf.h"

enum part_kind {
	PART_SAME, /* byte for byte */
	PART_CHANGED, /* as a whole */
	PART_LEFT_OUT, /* nothing came of it: it takes no bytes of out */
};

struct origin_part {
	size_t out, out_end, in, in_end; /* bytes, half open */
	struct span what; /* borrowed */
	enum part_kind kind;
};

/* Zero bytes make an empty one. */
struct origin {
	struct origin_part *parts; /* by `out`, then by `in` */
	size_t count, room;
};

void origin_clear(struct origin *origin);

/* Appends a part; one that goes on where the last ended joins it, if both are PART_SAME with the same word. */
void origin_add(struct origin *origin, struct origin_part part);

/* Bytes that were asked for, or came of that. */
struct piece {
	size_t start, end;
	struct span what; /* words with commas between; borrowed from parts, or from the pieces' arena */
	bool is_left_out; /* it stood there, and was left out */
};

/* Zero bytes make none. */
struct pieces {
	struct piece *items;
	size_t count, room;
	struct arena arena;
};

void pieces_add(struct pieces *pieces, struct piece piece);
void pieces_release(struct pieces *pieces);

/* Appends where [start, end) of out came from. Neighbours in `in` are one piece, which then bears all their words; "-"
 * says nothing. What was left out amid of it, or cut at one of its ends, is a piece of its own. Returns false when
 * some of it came from nowhere. */
bool origin_find(const struct origin *origin, size_t start, size_t end, struct pieces *into);

void origin_release(struct origin *origin);

#endif
