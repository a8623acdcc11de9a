/* SPDX-License-Identifier: MIT
 * grams.h - how often each sequence of words came, by group, and in how many documents.
 *
 * A sequence is up to GRAM_WORDS numbers of strings (forms.h) and the number of a group. Numbered from 0 in the order of
 * first sight. Memory: 24 bytes a sequence, 24 more where documents are counted, and room to grow by half; 11 to 21 for its
 * place. */
#ifndef GHIRBAL_GRAMS_H
#define GHIRBAL_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GRAM_WORDS = 3, GRAMS_AT_ONCE = 32 };

#define GRAM_NO_WORD UINT32_MAX /* behind the last word */

struct gram {
	union {
		struct {
			uint32_t words[GRAM_WORDS], group;
		};
		uint64_t halves[2];
	};
	uint64_t count;
};

/* The documents that a sequence came in: how many, and the ordinals of the first and the last. */
struct gram_documents {
	uint64_t count, first, last;
};

/* Zero bytes, a secret and has_documents make an empty one. */
struct grams {
	struct gram *items;
	struct gram_documents *documents; /* NULL unless has_documents */
	size_t count, cap;
	uint32_t *slots; /* as in struct forms */
	size_t slot_cap;
	uint64_t secret, document;
	bool has_documents;
	struct gram
		ahead[GRAMS_AT_ONCE]; /* sequences that wait while memory is fetched; count: their hash */
	size_t ahead_count;
};

/* What is added from here on is in the document with this ordinal, greater than those before. */
void grams_document(struct grams *grams, uint64_t ordinal);

/* One more occurrence; `gram.count` is not looked at. May show in `items` only after grams_settle. There may be up to
 * 2^32 - 2 different ones. */
void grams_add(struct grams *grams, struct gram gram);

/* Counts what waits. */
void grams_settle(struct grams *grams);

/* Bytes of memory in use. */
size_t grams_memory(const struct grams *grams);

/* Leaves it empty. */
void grams_release(struct grams *grams);

#endif
