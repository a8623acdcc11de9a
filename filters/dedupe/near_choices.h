/* SPDX-License-Identifier: MIT
 * near_choices.h - what the command line says of --near. */
#ifndef GHIRBAL_NEAR_CHOICES_H
#define GHIRBAL_NEAR_CHOICES_H

#include "common/filter.h"
#include "filters/dedupe/engine.h"
#include "filters/dedupe/fates.h"

/* The measured operating point, as the option rows have it: dedupe(1), "How well near duplicates are told". */
#define NEAR_SIMILARITY  "0.35"
#define NEAR_CONTAINMENT "0.6"
#define NEAR_DROPS       "same,near,contained-in"

/* What comes out. */
enum near_print {
	NEAR_PRINT_KEPT,
	NEAR_PRINT_DROPPED,
	NEAR_PRINT_MARKED, /* all; --annotate says what became of each */
	NEAR_PRINT_CLUSTERS, /* a table: id, cluster */
};

/* The words of enum near_print, in its order, for an option row. */
extern const char *const near_print_words[];

struct near_choices {
	bool is_on; /* --near */
	const char *similarity, *containment, *drop, *keep;
	int print; /* enum near_print */
	struct opt_output relations, state;
	int emit; /* enum emit */
	struct opt_input frequencies, bands, pairs, apply;
};

/* Whether documents are compared by near.h, or what came of that is applied. */
bool near_choices_are_on(const struct near_choices *choices);

/* Whether they ask for something that documents must have names for, or come twice. */
bool near_choices_name(const struct near_choices *choices);

/* The words of --keep, for an option row; the last two are followed by the name of a member. */
extern const char *const near_keep_words[];

/* Which document stays. Where `member` is not NULL it gets the member that decides: empty if none does. */
enum keep near_keep_of(const struct near_choices *choices, struct span *member);

/* Appends what a state must have been made with, a line without its end. */
void near_choices_describe(struct buf *into, const struct near_choices *choices,
	const struct near_options *options, enum key key);

/* Makes `options` of them. False with `why` where they make no sense. */
bool near_choices_read(const struct near_choices *choices, enum framing reads, struct near_options *options,
	struct diag *why);

#endif
