/* SPDX-License-Identifier: MIT
 * uax29.h - the sentence boundaries of UAX #29 (Unicode 15.0), untailored, piece by piece.
 *
 * Rule SB8 looks ahead to the next letter, however far that is: what is undecided is held, and its length
 * is bounded by nothing but the text. Linear in time for any text. */
#ifndef GHIRBAL_SPLIT_SENTENCES_UAX29_H
#define GHIRBAL_SPLIT_SENTENCES_UAX29_H

#include "common/filter.h"
#include "filters/split-sentences/explain.h"

/* The rules of the standard that decide behind a terminator. */
enum uax29_rule {
	UAX29_SB2, /* ends: the text does */
	UAX29_SB4, /* ends: the paragraph does */
	UAX29_SB11, /* ends */
	UAX29_SB6, /* the others go on */
	UAX29_SB7,
	UAX29_SB8,
	UAX29_SB8A,
	UAX29_RULES
};

struct uax29 {
	enum uax29_phase {
		UAX29_TEXT,
		UAX29_TERM, /* behind a terminator */
		UAX29_CLOSE, /* behind quotes and brackets after one */
		UAX29_SPACE, /* behind white space after those */
		UAX29_AHEAD, /* looking ahead for SB8 */
		UAX29_CR, /* behind a CR: LF may follow */
	} phase;
	bool full_stop; /* the terminator is an ATerm */
	bool after_cased; /* ... right behind a letter with case */
	bool last_cased; /* the last character is a letter with case */
	struct buf space; /* white space behind a terminator: it goes if that ends a sentence */
	struct buf ahead; /* what SB8 has looked at, without a decision */
	uint64_t tally[UAX29_RULES]; /* how often each rule decided in the run */
	/* For --explain only: */
	struct explain explain;
	enum flow explained; /* what became of the last row */
	struct buf recent; /* the text from some way in front of the terminator on */
	uint64_t base; /* where that begins in the document, bytes */
	uint64_t piece_at; /* where the piece at hand begins in the document, bytes */
	uint64_t term_at, term_end; /* the terminator, and the end of what is attached to it */
};

void uax29_begin(struct uax29 *machine, const struct doc_info *doc);
enum flow uax29_text(struct uax29 *machine, struct span piece, struct sink out);
enum flow uax29_end(struct uax29 *machine, struct sink out);
/* Names what the rules decided, for struct filter. */
void uax29_counts(const struct uax29 *machine, void (*count)(void *ctx, const char *name, uint64_t number),
	void *ctx);

void uax29_release(struct uax29 *machine);

#endif
