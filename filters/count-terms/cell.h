/* SPDX-License-Identifier: MIT
 * cell.h - what is known of one term in one group, and how that is added up.
 *
 * Cells come in the order of their keys: group, a NUL, the term (words with one space between), by bytes; neither a group
 * nor a term holds a NUL. Cells of the same key are added up, in any order; only documents that two parts of one
 * run have both seen need the parts in the order of time. */
#ifndef GHIRBAL_CELL_H
#define GHIRBAL_CELL_H

#include <stdint.h>

#include "common/buf.h"

/* Zero bytes make an empty one. */
struct cell {
	struct buf key;
	uint64_t count;
	uint64_t documents; /* in how many it came; 0: nobody counted */
	uint64_t first_document, last_document; /* ordinals, within one run */
	uint64_t first; /* place of the first occurrence among all; least of all parts */
	struct buf forms; /* ways it is written, in the order of their bytes: see cell_add_form */
	uint64_t form_counts; /* of `forms`; the rest of `count` is written like the term itself */
};

static inline struct span cell_group(const struct cell *cell)
{
	return span_head(buf_span(&cell->key), span_find(buf_span(&cell->key), '\0'));
}

static inline struct span cell_term(const struct cell *cell)
{
	return span_skip(buf_span(&cell->key), cell_group(cell).len + 1);
}

/* Empties it and gives it a key. */
void cell_begin(struct cell *cell, struct span group);

/* Says that `count` of its occurrences are written so, differently from the term. Forms come in the order of their bytes, none
 * twice. */
void cell_add_form(struct cell *cell, struct span form, uint64_t count);

/* Takes the first form off `forms`, as cell_add_form put it there. False when there is none. */
bool cell_next_form(struct span *forms, struct span *form, uint64_t *count);

/* The commonest way it is written: of equally common ones the term itself, else the first by bytes. Borrowed. */
struct span cell_commonest(const struct cell *cell);

/* Adds `later`, which has the same key. `scratch` is overwritten. */
void cell_add(struct cell *cell, const struct cell *later, struct buf *scratch);

/* Appends everything but the key as bytes; reads it back. False when the bytes are none that were written so. */
void cell_pack(struct buf *into, const struct cell *cell);
bool cell_unpack(struct cell *cell, struct span packed);

void cell_release(struct cell *cell);

/* Takes cells in order. Anything but true ends the walk. */
typedef bool cell_fn(void *ctx, const struct cell *cell);

#endif
