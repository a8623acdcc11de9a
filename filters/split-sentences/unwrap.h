/* SPDX-License-Identifier: MIT
 * unwrap.h - hard-wrapped text, whose line ends are no ends of paragraphs: --join-lines.
 *
 * In front of the rules: a line end that lies between two lines of one paragraph becomes a space for each of its
 * bytes, so that every byte keeps its place, and the place is remembered. Behind them layout.h makes one space of it
 * and of the white space around it, unless a sentence ended there.
 *
 * A paragraph ends at a blank line, at white space of UNWRAP_MAX bytes and more from a line end on, and where the
 * document does. Next line, line separator and paragraph separator (U+0085, U+2028, U+2029) are never joined: nobody
 * wraps with them. */
#ifndef GHIRBAL_SPLIT_SENTENCES_UNWRAP_H
#define GHIRBAL_SPLIT_SENTENCES_UNWRAP_H

#include "common/span.h"
#include "filters/split-sentences/places.h"

enum { UNWRAP_MAX = 64 }; /* bytes; as in news.c, where so much ends a sentence */

/* Zero bytes make one; unwrap_begin comes before each document. */
struct unwrap {
	enum unwrap_phase {
		UNWRAP_TEXT,
		UNWRAP_HELD, /* behind a line end that may be inside a paragraph */
		UNWRAP_GAP, /* between paragraphs */
	} phase;
	struct buf held; /* the white space from that line end on */
	struct buf text; /* what is done */
	uint64_t base; /* where `text` starts in the document */
	struct places joined; /* line ends that became spaces, for layout.h */
	struct places counted; /* the same, for explain.h; only with `counts` */
	bool counts;
};

void unwrap_begin(struct unwrap *unwrap);

/* More of the document, cut between characters. Returns what is done, borrowed until the next call. */
struct span unwrap_text(struct unwrap *unwrap, struct span piece);

/* The document is over: returns the rest of it. */
struct span unwrap_end(struct unwrap *unwrap);

void unwrap_release(struct unwrap *unwrap);

#endif
