/* SPDX-License-Identifier: MIT
 * repeats.h - lines that a site prints in many of its documents: how they are learned, and which of them are debris.
 *
 * A line is debris by repetition when it stands in two documents and more of its site, and in a fifth of them. What
 * repeats for a good reason is told from that:
 *
 * - A document that was fetched twice, or told again, repeats as a whole. In how many documents its own text
 *   stands is what the body-like lines say that are in the fewest, those left out that are in four fifths of all
 *   documents if there are others; debris must be in twice as many.
 * - A body-like line (a paragraph two reports share, a phrase of an agency) must be in five documents and in half of
 *   them, one that may be the title in three and in half.
 * - A headline stands above its own story and in the lists of others: a line in front of the first body line
 *   counts against those that have it there, too.
 * - A line that parts the body of its document several times ("Pros"), or ends in a colon there, belongs to it.
 *
 * All that depends on sums alone, not on the order of documents. */
#ifndef GHIRBAL_STRIP_REPEATS_H
#define GHIRBAL_STRIP_REPEATS_H

#include "line.h"
#include "rest.h"
#include "template.h"

/* How far a document has been looked at. Zero bytes: not at all. */
struct scan {
	bool any; /* there was a line */
	bool body; /* there was a body-like line */
};

/* Counts the lines of documents that come in pieces. Owns its memory; zero bytes make one, with `templates` set. */
struct learner {
	struct templates *templates;
	struct site *site; /* of the document at hand; NULL: it is not counted */
	struct scan scan;
	struct reader reader;
	struct buf held; /* the start of a line that a piece cut */
};

/* A document begins, of the site called `name`. */
void learner_begin(struct learner *learner, struct span name);
void learner_text(struct learner *learner, struct span piece);
void learner_end(struct learner *learner);
void learner_release(struct learner *learner);

/* Which lines of a window are debris by repetition. Owns its memory; zero bytes make one, with `templates` set. */
struct repeats {
	const struct templates *templates;
	const struct site *site; /* of the document at hand; NULL: nothing is known */
	struct scan scan; /* of what stands in front of the window */
	struct repeat *lines;
	uint32_t *sorted; /* counts */
	size_t count, cap;
	size_t next; /* repeats_has has come so far */
	uint32_t copies; /* documents that have the text of the one at hand */
};

/* A document begins. */
void repeats_begin(struct repeats *repeats, struct span name);

/* Looks at the first `most` lines of `window`, which starts where a line does. */
void repeats_look(struct repeats *repeats, struct reader *reader, struct span window, size_t most);

/* Whether the line that starts at byte `start` is debris; one that may be the title must be so for sure. Asked in the
 * order of lines. */
bool repeats_has(struct repeats *repeats, size_t start, bool may_be_title);

/* Where else the line is that repeats_has was asked about last. */
enum seen repeats_seen(const struct repeats *repeats, size_t start);

/* The share of documents that have the line which repeats_has said yes of, in thousandths. */
uint16_t repeats_share(const struct repeats *repeats);

/* The window was judged up to byte `judged`; the next one starts there. */
void repeats_advance(struct repeats *repeats, size_t judged);

void repeats_release(struct repeats *repeats);

#endif
