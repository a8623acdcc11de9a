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
	bool dots_end; /* a pause is an end also where there is no case: --dots=break */
	bool strong; /* holds a terminator that is neither full stop nor ellipsis */
	bool closed; /* a quote, bracket or footnote is attached */
	bool bracket; /* ... of which the last is a bracket */
	bool titled; /* the last one closes a title: 《…》 */
	bool stopped; /* ... and a terminator stands behind it */
	bool all_bracketed; /* only terminators between two brackets: (...) (!) */
};

/* What decided; the page explains each by its name. */
enum rule {
	RULE_STOP, /* a full stop and white space, and nothing that speaks against an end */
	RULE_MARK, /* another terminator */
	RULE_LINE_END, /* the line ends, or the document */
	RULE_WIDE_GAP, /* more white space than anyone writes inside a sentence */
	RULE_MISSING_SPACE, /* a full stop between two real words */
	RULE_ABBREVIATION, /* a word of a list: title, abbreviation, unit, in front of a number, etc */
	RULE_INITIALS, /* letters spelled one by one */
	RULE_ACRONYM, /* names of letters, or letters that white space parts */
	RULE_SMALL_LETTER, /* one follows */
	RULE_PAUSE, /* full stops in a row, an ellipsis */
	RULE_INSIDE, /* a number, an address, a name */
	RULE_LIST_NUMBER,
	RULE_ORDINAL,
	RULE_QUOTATION, /* who said it follows the quotation */
	RULE_BRACKETED, /* nothing but terminators between brackets */
	RULE_CONTINUED, /* a comma, a semicolon or the like follows */
	RULES
};

struct verdict {
	enum rule rule;
	bool ends; /* the sentence does; else it goes on */
};

/* Whether a sentence ends behind `cluster` and the next begins with `after`; `glued` says that no white
 * space lies between. Fills in what else it needs to know of both. Only asked where the line goes on, so RULE_LINE_END and RULE_WIDE_GAP are the caller's. */
struct verdict verdict_at(
	const struct lexicon *lexicon, struct cluster *cluster, struct after *after, bool glued);

/* What --explain calls the rule. */
const char *verdict_rule(struct verdict verdict);

/* What --stats calls a verdict: the same behind ends_ or stays_. NULL for one that is never given. */
const char *verdict_name(struct verdict verdict);

#endif
