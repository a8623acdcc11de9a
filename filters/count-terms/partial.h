/* SPDX-License-Identifier: MIT
 * partial.h - lists that can be added up: every count, in text that says how it was made.
 *
 * The first line is PARTIAL_MAGIC, a tab, and what was counted, fields with a tab between: any two lists that agree in it can
 * be added up. A line each follows for the terms, in the order of their groups and then of their bytes: the group, where there
 * are groups; the term; its count; in how many documents, where these are counted; and for each way in which it is
 * written differently that way and its count, in the order of bytes; a tab between all. */
#ifndef GHIRBAL_PARTIAL_H
#define GHIRBAL_PARTIAL_H

#include "filters/count-terms/cell_runs.h"

#define PARTIAL_MAGIC "#count-terms-partial-1"

/* What the lines have. */
struct partial_columns {
	bool groups, documents;
};

/* Appends the line of a cell. */
void partial_add(struct buf *into, const struct cell *cell, struct partial_columns columns);

/* Lists to be added up. partial_init makes it. */
struct partial {
	struct buf signature; /* of the first list: what is behind PARTIAL_MAGIC and the tab */
	struct partial_columns columns;
	bool has_signature, in_list; /* in_list: the first line of the list at hand was seen */
	uint64_t line; /* number, of the list at hand */
	uint64_t total; /* all counts of all lists, so that no sum of some overflows */
	struct cell cell;
	struct buf last; /* key of the line before */
	struct cell_runs *into;
};

void partial_init(struct partial *partial, struct cell_runs *into);

/* A list begins. */
void partial_begin(struct partial *partial);

/* Takes a line, its newline included if it has one. False with `why` when it is none of a list, out of order, or of a list that
 * was made in another way, or where all counts add up to more than 64 bits hold. */
bool partial_line(struct partial *partial, struct span line, struct diag *why);

/* Whether the signature has `field`, such as "by=date:4"; `field` ending in '=' matches any value, which goes to `value`. */
bool partial_has(const struct partial *partial, struct span field, struct span *value);

void partial_release(struct partial *partial);

#endif
