/* SPDX-License-Identifier: MIT
 * counter.h - documents in, cells out: counts of words and of sequences of words, in bounded memory.
 *
 * Where there is nothing to know but how often each word came, written words are counted and what they count as is worked
 * out in the end; else each word goes into sequences of one to three, by what it counts as. A sequence is of neighbours
 * in one sentence: it goes over no line end, no character that may end a sentence, and no word that is left out. */
#ifndef GHIRBAL_COUNTER_H
#define GHIRBAL_COUNTER_H

#include "filters/count-terms/cell_runs.h"
#include "filters/count-terms/collect.h"
#include "filters/count-terms/stream.h"

struct counter_rules {
	struct vocabulary_rules words;
	enum segment segment;
	size_t shortest, longest; /* sequences, in words */
	bool with_forms, with_documents, with_groups, with_first;
	size_t memory; /* bytes; what is more is kept aside */
};

/* A word that sequences may begin with. */
struct recent {
	uint32_t written, term; /* strings */
	bool is_stop;
};

/* counter_init makes it; it must not move. */
struct counter {
	struct counter_rules rules;
	bool is_simple; /* only written words are counted */
	const struct word_scan *scan;
	struct word_feed feed; /* when it is simple */
	struct forms_queue queue; /* the same */
	struct stream stream;
	struct vocabulary vocabulary;
	struct grams written, terms; /* terms: documents, where `written` is not by terms */
	struct forms groups;
	struct buf group_text;
	uint32_t group;
	struct recent recent[GRAM_WORDS]; /* the last words, the newest last */
	size_t recent_count;
	uint64_t words;
	struct place *places; /* where sequences came first, when that is wanted */
	size_t place_count, place_cap;
	struct cell_runs aside;
	bool is_aside;
	struct collect collect; /* while reading */
	struct collected *collected; /* NULL: what is aside is read */
};

void counter_init(struct counter *counter, const struct counter_rules *rules, const struct word_scan *scan,
	uint64_t secret, const struct spool_place *spools, struct diag *why);

/* A document begins; `group` is what it counts for. */
void counter_begin(struct counter *counter, uint64_t ordinal, struct span group);

/* What comes from here on has this place among all that is counted; at most 2^32 sequences come before the next place. */
void counter_place(struct counter *counter, uint32_t place);

/* False with `why` when something could not be kept aside. */
bool counter_text(struct counter *counter, struct span piece);
bool counter_end(struct counter *counter);

/* Whether the counts of its vocabulary are all there is. */
bool counter_has_terms(const struct counter *counter);

/* Puts everything that was counted in order, to be read. False with `why`. Nothing can be counted afterwards. */
bool counter_open(struct counter *counter);

/* The next of it. FLOW_STOP: there is no more; FLOW_FAIL with `why`. */
enum flow counter_next(struct counter *counter, struct cell *cell);

/* Bytes of memory in use, with what sorting will take. */
size_t counter_memory(const struct counter *counter);

void counter_release(struct counter *counter);

#endif
