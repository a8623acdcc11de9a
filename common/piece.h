/* SPDX-License-Identifier: MIT
 * piece.h - a part of a file that is read as if the rest had been read before: what --piece says.
 *
 * Who deals work out to several processes (run-pipeline --jobs) names files and bytes; each process reads its own, and
 * messages and rows have the places of the whole. A word is [-]FROM:TO:LINE:NAME; with the dash the bytes stand in
 * standard input. */
#ifndef GHIRBAL_PIECE_H
#define GHIRBAL_PIECE_H

#include "common/buf.h"
#include "common/diag.h"

struct file_piece {
	bool in_stdin; /* where the bytes stand; else in the file */
	uint64_t from, to; /* bytes, from 0, half open */
	uint64_t line; /* which one begins at `from`, from 1 */
	const char *name; /* the file's, for messages too; "-" is standard input. Borrowed */
};

/* False with `why` where `word` says no such thing. */
bool piece_read(struct file_piece *piece, const char *word, struct diag *why);

/* Appends the word. */
void piece_add(struct buf *into, const struct file_piece *piece);

#endif
