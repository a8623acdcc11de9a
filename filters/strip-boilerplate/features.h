/* SPDX-License-Identifier: MIT
 * features.h - what the line model knows of a line: the line, its neighbours, its place, its document.
 *
 * All are small whole numbers, made of traits (traits.h) and of what explicit evidence said (judge.h), so they are
 * the same on every machine. Making those of all lines takes time linear in their number: sums over
 * neighbourhoods are differences of running sums. */
#ifndef GHIRBAL_STRIP_FEATURES_H
#define GHIRBAL_STRIP_FEATURES_H

#include "line.h"
#include "phrases.h"
#include "traits.h"

/* Names of the features, in order, ending with NULL: data/model.txt calls them so. */
extern const char *const feature_names[];

/* At least as many as there are. */
enum { FEATURES_MOST = 80 };

/* Running sums over the lines in front of one. */
struct sums {
	uint32_t size, good, lines_good, found, copies;
};

/* A window's lines, read as a whole. Owns its memory; starts as zero bytes. */
struct features {
	const struct line *lines; /* borrowed, as is `traits` */
	const struct trait *traits;
	size_t count;
	struct sums *sums; /* count + 1 */
	uint32_t *good_before, *good_after; /* the nearest good line; count: none */
	int16_t *logs; /* of the sizes of lines */
	uint8_t *copies, *leads; /* lines with the same words, with the same two first words; at most 255 */
	bool *again; /* a line with the same words stands in front of it */
	uint32_t *slots; /* of a hash table */
	size_t cap, slot_mask;
	size_t main_start, main_end; /* the densest stretch of good lines */
	int32_t document[8]; /* features that all lines share */
};

/* Prepares the features of `count` lines. */
void features_make(
	struct features *features, const struct line *lines, const struct trait *traits, size_t count);

/* The features of line `at`, FEATURES_MOST places in `into`; how many there are is returned. */
size_t features_of(const struct features *features, size_t at, int16_t *into);

/* 16 times the logarithm to base 2 of n + 1, its fraction interpolated. */
int16_t log16(size_t n);

void features_release(struct features *features);

#endif
