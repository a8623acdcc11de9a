/* SPDX-License-Identifier: MIT
 * model.h - the line model: a sum of small decision trees over the features of a line (features.h).
 *
 * The model is a text file, data/model.txt, written by train/train.py: '#' comment lines, one line `features` with the
 * names of those it uses, and a line `tree` for each tree: 15 questions `feature:threshold` (a feature's place in
 * that list; "is it more?"), the root first, then two, four, eight, and 16 leaves from left (every answer no) to
 * right. All numbers are whole and a sum cannot overflow, so a model says the same on every machine.
 *
 * Trees are asked without a branch, for many lines at once: all 15 questions, then a choice between leaves by masks. The
 * vectors are the compiler's own (GCC and clang have them for any processor); where there is AVX2, they are twice as
 * wide, with AVX-512 four times. */
#ifndef GHIRBAL_STRIP_MODEL_H
#define GHIRBAL_STRIP_MODEL_H

#include "common/cpu.h"
#include "features.h"

enum { MODEL_LEAVES = 16, MODEL_NODES = MODEL_LEAVES - 1, MODEL_SCALE = 512 };

/* Numbers stand there twice, in either half of 32 bits: what is spread over a vector from 32 bits of memory takes no
 * instruction beside the load, from 16 bits it does. */
struct tree {
	uint32_t threshold[MODEL_NODES];
	uint32_t leaf[MODEL_LEAVES];
	uint8_t feature[MODEL_NODES]; /* places in feature_names */
};

static inline uint32_t twice(int16_t number)
{
	return (uint16_t)number * UINT32_C(0x10001);
}

static inline int16_t once(uint32_t number)
{
	return (int16_t)(uint16_t)number;
}

/* Starts as zero bytes, which is a model without trees that says 0 of everything, or as a copy of one that comes with
 * the program (compiled.h). */
struct model {
	const struct tree *trees;
	struct tree *own; /* the same; NULL: they are somebody else's */
	size_t count, cap; /* cap: of its own */
};

/* Lines that are scored at once. */
enum { MODEL_BATCH = FEATURES_APART };

/* Features of a batch: for each feature, its value in each line. */
struct batch {
	int16_t values[FEATURES_MOST][MODEL_BATCH];
};

/* Replaces `model` by what `text` says. False with `why` on the first line that does not fit; `model` is then
 * empty. */
bool model_parse(struct model *model, struct span text, struct diag *why);

/* What the model says of each line of a batch: log odds that it is body, in parts of MODEL_SCALE. */
void model_ask(
	const struct model *model, const struct batch *batch, enum cpu cpu, int16_t scores[MODEL_BATCH]);

void model_release(struct model *model);

#endif
