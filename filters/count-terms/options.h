/* SPDX-License-Identifier: MIT
 * options.h - the options of count-terms, and what they have to do with each other. */
#ifndef GHIRBAL_COUNT_TERMS_OPTIONS_H
#define GHIRBAL_COUNT_TERMS_OPTIONS_H

#include "common/filter.h"

struct options {
	int key, segment, numbers, clitics, sort, format;
	int surface; /* enum switch_state */
	int64_t min_length, min_count, top, memory, threads;
	const char *ngrams, *by, *stem;
	struct opt_inputs stopwords;
	struct opt_input keyness;
	bool df, header, tokens, partial, merge;
};

extern const struct opt options_rows[];

/* What --ngrams says: from how many words to how many. False with `why`. */
bool options_ngrams(const struct options *options, size_t *shortest, size_t *longest, struct diag *why);

/* A value of --by is in every row of its list: one of megabytes would make tables of terabytes. */
enum { GROUP_CHARACTERS = 1000 };

/* What --by says; the name is empty when it was not given. `len` in characters. */
struct span options_by(const struct options *options, size_t *len);

/* How many threads are to count. */
size_t options_threads(const struct options *options);

/* Whether it is shown how terms are written. */
bool options_surface(const struct options *options);

/* Whether the options fit together, where documents are framed as `reads`. False with `why`. */
bool options_check(const struct options *options, enum framing reads, struct diag *why);

/* Appends what a partial list says of how it was made, fields with a tab between. `stops` is a hash of the stop words. */
void options_signature(struct buf *into, const struct options *options, uint64_t stops);

#endif
