/* SPDX-License-Identifier: MIT
 * phases.h - how the result for a whole stream is put together on many machines: what a filter declares, and what
 * --contract prints.
 *
 * A filter whose contract is not CONTRACT_MAP may have a table of phases. Each is one or more tasks, which may run side
 * by side; a phase begins when the one that it reads is complete. What the last one writes, its parts in their order,
 * are the bytes of one process. A phase writes either documents, part for part, or rows, which only phases read. */
#ifndef GHIRBAL_PHASES_H
#define GHIRBAL_PHASES_H

#include "common/arena.h"
#include "common/opts.h"

/* What a task of the phase gets. */
enum phase_deal {
	PHASE_PARTS, /* a part of the documents; a task for each */
	PHASE_TREE, /* some of what the phase before wrote, then some of that, until little is left */
	PHASE_ALL, /* all that the phase before wrote, in its order; one task */
	PHASE_BUCKETS, /* the rows whose key, their first field, is in its share of all keys */
};

/* What puts rows together where it is not the filter. Rows are lines, their fields parted by tabs. */
enum phase_work {
	PHASE_FILTER, /* the filter itself */
	PHASE_OR, /* rows with the same key are one, the hexadecimal digits of their second field put together by OR */
	PHASE_COMES_AGAIN, /* of rows with the same key those behind the first: their second field, a number in its part */
};

/* The words of these two, in their order; end with NULL. */
extern const char *const phase_deal_words[], *const phase_work_words[];

struct phase {
	const char *name; /* a word; NULL ends the table */
	enum phase_deal deal;
	enum phase_work work;
	const char *reads; /* the phase whose rows it gets; NULL: documents, as they came to the stage */
	bool writes_documents;
	bool needs_ids; /* of the first phase: all of them need records with an id of their own */
	/* Options of the stage that this phase has, too: names with a space between. NULL: all but those of `leaves`. */
	const char *keeps;
	const char *leaves; /* likewise; NULL: none */
	/* Words that it has besides, with a space between. A word that ends in "=@NAME" names a file with all that the
	 * phase NAME wrote, in "=@NAME/bucket" with the rows of this task's bucket, in "=@NAME/part" with those of this
	 * task's part; "=@in" is there once for each file of the phase before; "=@out" is where this phase writes: what
	 * comes of documents is then of no use. NULL: none. */
	const char *adds;
};

struct filter;

/* The phases of a stage with these options; NULL: there are none, and it takes one process with the whole stream, unless it
 * is a map. An option that writes a file leaves it with none: there is one stream to tell of. */
const struct phase *phases_of(const struct filter *filter, const struct opt_table *own);

/* Words that say what `table` holds, in the order of rows, those that say nothing new left out: options whose name
 * `wanted` refuses, and values that hold anyway. Files to read are seen from `folder` where they are relative; NULL:
 * left as they are. The array ends with NULL and is the arena's, as all. */
typedef bool phase_wants_fn(const void *ctx, const char *name);
const char **phase_option_words(struct arena *arena, const struct opt_table *table, phase_wants_fn *wanted,
	const void *ctx, const char *folder);

/* The words of a phase of a stage whose options are in `own`, likewise. */
const char **phase_words(
	struct arena *arena, const struct phase *phase, const struct opt_table *own, const char *folder);

/* Appends what --contract prints: map, mergeable or whole; behind mergeable a row for each phase, fields parted by tabs:
 * name, deal, what it reads, what it writes, who works, then its words. */
void phases_print(struct buf *into, const struct filter *filter, const struct opt_table *own);

#endif
