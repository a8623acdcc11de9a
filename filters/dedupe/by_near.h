/* SPDX-License-Identifier: MIT
 * by_near.h - drop the documents that nearly were there before (near.h), and say so.
 *
 * A document without text (white space only, or nothing) is never a duplicate. A document is held in memory until it
 * is decided. A document is called what rows of --explain call it, or where that is nothing by its ordinal. */
#ifndef GHIRBAL_BY_NEAR_H
#define GHIRBAL_BY_NEAR_H

#include "common/filter.h"
#include "filters/dedupe/fates.h"
#include "filters/dedupe/names.h"
#include "filters/dedupe/near.h"
#include "filters/dedupe/near_choices.h"

/* Why the document at hand goes. */
struct by_near_reason {
	enum relation relation; /* RELATION_NONE: it stays */
	double similarity, containment;
	struct span of; /* what the one that stays is called; borrowed from names */
};

struct by_near {
	struct near near;
	enum near_print print;
	const struct opt_output *relations, *state; /* the options', borrowed */
	struct buf made_with; /* where there is a state */
	struct story_bits known; /* what is common, where that is given */
	enum emit emit;
	struct engine engine; /* where a step of it is asked for */
	bool applies;
	struct ids dropped; /* by whom --apply says so */
	bool leave_empty; /* an empty document takes the place of a dropped one */
	bool needs_ids; /* steps put records together by their ids alone */
	bool remembers; /* somebody will ask what kept documents are called */
	enum cpu cpu;
	struct names names; /* of remembered documents, by story */
	struct fates fates; /* where all documents come as previews first */
	struct names document_names; /* then, of all documents with text */
	bool in_preview;
	size_t document; /* documents with text that came, after previews */
	struct buf held, name, value; /* the document at hand; its member that decides */
	bool has_value;
	struct by_near_reason why;
	struct spool table; /* where that is what comes out */
	struct buf row; /* of it, or of relations */
	uint64_t compared, kept; /* documents with text, in the run */
};

/* Whether documents must come as previews first. */
bool by_near_previews(const struct near_choices *choices);

/* The member of records that decides which document stays; empty: none does. */
struct span by_near_member(const struct near_choices *choices);

/* Words are compared by their keys; `choices` and `keyer` are borrowed until release, which is due also after a
 * failure: false with `why` where there is a state that does not fit. */
bool by_near_init(struct by_near *by, const struct near_choices *choices,
	const struct near_options *options, struct keyer *keyer, const struct host *host, struct diag *why);
void by_near_release(struct by_near *by);

/* A document begins, continues with a piece, ends. by_near_end writes and closes it if it is to come out. */
void by_near_begin(struct by_near *by, const struct doc_info *doc);
void by_near_text(struct by_near *by, struct span piece);
enum flow by_near_end(struct by_near *by, struct sink out, struct diag *why);

/* The stream is over: puts the table out where there is one. */
enum flow by_near_finish(struct by_near *by, struct sink out, struct diag *why);

/* Appends what became of the document at hand, members of JSON. */
void by_near_annotate(const struct by_near *by, struct buf *into);

#endif
