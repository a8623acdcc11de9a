/* SPDX-License-Identifier: MIT
 * ranking.h - the terms of single words, the most frequent first.
 *
 * Who wants a list by counts need not put every term in order by its bytes, with all the ways in which it is written, and that again
 * by count: terms are sorted by count, and by bytes only among those that came equally often. Many tables are added up in
 * parts, each of which has the terms whose hash says so; parts can be made side by side. */
#ifndef GHIRBAL_RANKING_H
#define GHIRBAL_RANKING_H

#include "filters/count-terms/vocabulary.h"

struct ranking_rules {
	bool with_forms; /* how a term is written most is wanted */
	uint64_t min_count; /* of terms that are wanted */
	uint64_t top; /* so many are wanted; 0: all */
};

struct term {
	struct span key,
		written; /* written: as it comes most, of equally common ways the key, else the first by bytes */
	uint64_t count;
};

/* Zero bytes make one without terms. */
struct ranking {
	const struct ranking_rules *rules;
	const struct forms *forms;
	struct forms joined; /* what is only here */
	bool is_packed; /* all of the above is gone */
	struct buf packed; /* terms as they come, see pack in ranking.c */
	uint32_t *written; /* by term: one more than the string it is written as most; 0: itself */
	struct ordered *sorted;
	size_t count, at; /* of `sorted`: those with min_count; or `at` in `packed` */
	uint64_t terms; /* with those below it */
};

/* Puts the terms of a vocabulary in order, which vocabulary_settle has settled; it must stay, and nothing else can be done with
 * it: what its strings count is changed. */
void ranking_open(
	struct ranking *ranking, struct vocabulary *vocabulary, const struct ranking_rules *rules);

/* The same for part `part` of `parts` of the terms of `count` vocabularies that share a secret. They are only read, and not needed
 * afterwards. What becomes of them lies in one piece in the order in which it will be read. */
void ranking_join(struct ranking *ranking, const struct vocabulary *const *vocabularies, size_t count,
	size_t part, size_t parts, const struct ranking_rules *rules);

/* The next term, borrowed from what was opened. False when there are no more. More than `top` have no order among them. */
bool ranking_next(struct ranking *ranking, struct term *term);

/* Which of two terms of different keys comes first. */
bool term_is_before(const struct term *a, const struct term *b);

void ranking_release(struct ranking *ranking);

/* Calls `each` for the terms of all parts, in order, as many as are wanted. False when it said so. */
typedef bool term_fn(void *ctx, const struct term *term);
bool rankings_each(struct ranking *rankings, size_t count, term_fn *each, void *ctx);

#endif
