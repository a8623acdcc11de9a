/* SPDX-License-Identifier: MIT
 * verdict.h - does a sentence end here? The rules for news, over what context.h has read.
 *
 * The base is UAX #29; what is tailored, and why, stands at each rule in verdict.c. */
#ifndef GHIRBAL_SPLIT_SENTENCES_VERDICT_H
#define GHIRBAL_SPLIT_SENTENCES_VERDICT_H

#include "filters/split-sentences/context.h"

/* Terminators that stand together, with the quotes, brackets and footnotes behind them. */
struct cluster {
	char left[CONTEXT_MAX]; /* what stands before: read only when the rest does not decide */
	size_t left_len;
	struct before before; /* by verdict_ends */
	bool in_bracket; /* an opening bracket stands right before */
	int32_t first; /* the first terminator */
	unsigned
		dots; /* full stops and ellipses, saturating at 2 for an ellipsis: 2 and more are a pause */
	bool strong; /* holds a terminator that is neither full stop nor ellipsis */
	bool closed; /* a quote, bracket or footnote is attached */
	bool all_bracketed; /* only terminators between two brackets: (...) (!) */
};

/* True when a sentence ends behind `cluster` and the next begins with `after`; `glued` says that no white
 * space lies between. Only asked where the line goes on. */
bool verdict_ends(
	const struct lexicon *lexicon, struct cluster *cluster, const struct after *after, bool glued);

#endif
