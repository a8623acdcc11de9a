/* SPDX-License-Identifier: MIT
 * kin.h - which documents dedupe --near took for one story, by what it writes to --relations and --explain.
 *
 * A row of --relations names two documents by their ids, the later first; documents that are joined by rows because of
 * which something was dropped, or which say that one of the two stays, are of one family. Where several documents have
 * one id, the earlier one is taken to be the first of them. */
#ifndef RUN_PIPELINE_KIN_H
#define RUN_PIPELINE_KIN_H

#include "evidence.h"

/* Zero bytes make none. */
struct kin {
	size_t *family; /* of each document, from 0: one of its members */
	size_t count;
};

/* Reads the rows of `count` documents; both are borrowed during the call alone. */
void kin_read(struct kin *kin, struct span explained, struct span relations, size_t count);

/* The family of a document; documents of one have the same number. */
size_t kin_of(const struct kin *kin, size_t document);

void kin_release(struct kin *kin);

#endif
