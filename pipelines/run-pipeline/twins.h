/* SPDX-License-Identifier: MIT
 * twins.h - what dedupe dropped because it is the same as something that it kept, or with --near tells the same. */
#ifndef RUN_PIPELINE_TWINS_H
#define RUN_PIPELINE_TWINS_H

#include "filters/normalize/keyer.h"
#include "kin.h"
#include "steps.h"

/* Something that was dropped. */
struct twin {
	uint64_t hash; /* of its key; its family, where there are families */
	size_t document, start, end; /* from 0 */
	struct span what; /* action and rule */
};

/* All that a stage dropped. Zero bytes make none. */
struct twins {
	bool is_open;
	bool is_document; /* it compares documents */
	bool is_paragraph; /* or what lies between blank lines; else lines */
	bool in_document; /* only within each document */
	bool has_kin; /* documents are compared by what --relations says */
	struct kin kin;
	struct keyer keyer;
	size_t known; /* document `known` - 1 has the hash */
	uint64_t known_hash;
	struct twin *items; /* by hash, then as they came */
	size_t count;
};

/* Gathers what step `at`, a dedupe, dropped. False with `why`. */
bool twins_open(struct twins *twins, struct steps *steps, size_t at, struct diag *why);

/* Those that are the same as what stands at `start` in document `document` of what the step was given: a run of
 * *count items. */
const struct twin *twins_find(
	struct twins *twins, struct steps *steps, size_t at, size_t document, size_t start, size_t *count);

/* The document that was kept in the place of this one, which is dropped, of step `at`: *kept, and the twin that this one is.
 * NULL where that is not known. */
const struct twin *twins_of_dropped(
	struct twins *twins, struct steps *steps, size_t at, size_t document, size_t *kept);

void twins_release(struct twins *twins);

#endif
