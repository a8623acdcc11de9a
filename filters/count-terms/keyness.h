/* SPDX-License-Identifier: MIT
 * keyness.h - which terms are commoner here than in a reference list, and how sure that is.
 *
 * Log-likelihood (G2): T. Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational
 * Linguistics 19(1), 1993, in the form of P. Rayson and R. Garside, "Comparing corpora using frequency profiling", 2000.
 * Log ratio: the binary logarithm of the ratio of relative frequencies, a count of 0 taken for 0.5 (A. Hardie, 2014). */
#ifndef GHIRBAL_KEYNESS_H
#define GHIRBAL_KEYNESS_H

#include "common/diag.h"
#include "filters/count-terms/cell.h"
#include "filters/count-terms/forms.h"
#include "filters/normalize/keyer.h"

enum { KEYNESS_LENGTHS = 4 }; /* of terms, in words, from 1 */

/* A reference list, and the size of what it is compared with. Zero bytes and a secret in `terms` make an empty one. */
struct reference {
	struct forms terms; /* with their counts */
	uint64_t there[KEYNESS_LENGTHS], here[KEYNESS_LENGTHS]; /* occurrences of terms of so many words */
};

struct keyness {
	uint64_t reference; /* count in the reference list */
	double g2; /* 3.84 and more: 95 % sure that the frequencies differ; negative where the term is rarer here */
	double log_ratio;
};

/* Reads a list as count-terms writes it: count, tab, term, a line each; other columns between and a header are passed
 * over. Terms are taken by their keys. False with `why` when a line is none. */
bool reference_read(struct reference *reference, struct span text, struct keyer *keyer, struct diag *why);

/* Says that `cell` is here, before any is judged. */
void reference_count(struct reference *reference, const struct cell *cell);

struct keyness keyness_of(const struct reference *reference, const struct cell *cell);

/* Greater for what is to be shown first. */
uint64_t keyness_order(const struct keyness *keyness);

void reference_release(struct reference *reference);

#endif
