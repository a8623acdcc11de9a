/* SPDX-License-Identifier: MIT
 * evidence.h - what filters say of where their output came from, as --offsets and --explain write it.
 *
 * normalize names its edits, filters that select name every part, split-sentences every sentence; each is held against
 * both texts, and believed where it fits. `count-terms --tokens` has a line for a line. */
#ifndef RUN_PIPELINE_EVIDENCE_H
#define RUN_PIPELINE_EVIDENCE_H

#include "common/diag.h"
#include "origin.h"

enum evidence_kind {
	EVIDENCE_NONE, /* it says nothing */
	EVIDENCE_EDITS,
	EVIDENCE_PARTS,
	EVIDENCE_SENTENCES,
	EVIDENCE_LINES,
};

/* Rows, and where those of each document begin. */
struct evidence_rows {
	struct span bytes; /* borrowed */
	size_t *starts; /* of documents from 1 on; `count` + 2 of them, those without rows begin where the next does */
	size_t count;
};

/* Zero bytes make none. */
struct evidence {
	enum evidence_kind kind;
	bool splits; /* each row of `rows` made a document of its own */
	struct evidence_rows rows, rules; /* rules: why sentences end where they do */
	size_t *documents; /* in, from 0, of each document out; NULL: as they came */
	size_t *made_by; /* where the row stands that made each document out; NULL: it does not split */
};

/* Takes what was written, for `in` documents that became `out`. The bytes stay until evidence_release. False with `why`
 * where it does not tell which became which. */
bool evidence_take(struct evidence *evidence, struct span rows, struct span rules, size_t in, size_t out,
	struct diag *why);

/* The document, from 0, that the document `out` came from. */
size_t evidence_document(const struct evidence *evidence, size_t out);

/* Fills `origin`: what in `out_text`, the text of the document `out`, came from where in `in_text`, that of the document
 * it came from. False where what is said does not fit the texts. */
bool evidence_origin(const struct evidence *evidence, size_t out, struct span in_text, struct span out_text,
	struct origin *origin);

void evidence_release(struct evidence *evidence);

/* --- rows, for who wants more of them ------------------------------------------------------------------- */

enum { ROW_FIELDS = 9 };

/* A row of --explain. */
struct evidence_row {
	struct span fields[ROW_FIELDS];
	size_t document, start, end; /* from 0 */
};

/* Those of a document, from 0; to be borrowed as long as the evidence. */
struct span evidence_rows_of(const struct evidence_rows *rows, size_t document);

/* Takes the next row off `rest`; false when there is none. Fields that are missing are empty. */
bool evidence_next(struct span *rest, struct evidence_row *row);

#endif
