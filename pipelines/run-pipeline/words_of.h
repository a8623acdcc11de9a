/* SPDX-License-Identifier: MIT
 * words_of.h - lines in which a term stands, as count-terms tells words: the filter itself, driven with the options of a
 * stage and --tokens, reads both. */
#ifndef RUN_PIPELINE_WORDS_OF_H
#define RUN_PIPELINE_WORDS_OF_H

#include "steps.h"

/* Zero bytes make none. */
struct words_of {
	const struct filter *filter;
	struct filter_options options;
	void *state;
	struct arena arena; /* of the options */
	struct buf term; /* its words by their keys, a space in front of each and one behind */
	struct buf lines; /* of the text at hand: those of each line, likewise */
};

/* Reads the term as the stage of `step`, count-terms, would. False with `why`, also where it holds no word. Release in any
 * case. */
bool words_of_open(
	struct words_of *words, const struct done_step *step, struct span term, struct diag *why);

/* Calls `each` for every line of `text` that holds the term's words one behind the other; without its newline. Stops with
 * false when it says false. */
bool words_of_lines(struct words_of *words, struct span text,
	bool (*each)(void *ctx, size_t start, size_t end), void *ctx);

void words_of_release(struct words_of *words);

#endif
