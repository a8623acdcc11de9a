/* SPDX-License-Identifier: MIT
 * split_sentences.h - the filter split-sentences: paragraphs in, one sentence a line out.
 *
 * Two sets of rules: news.h (tailored, constant memory) and uax29.h (the standard to the letter). */
#ifndef GHIRBAL_SPLIT_SENTENCES_H
#define GHIRBAL_SPLIT_SENTENCES_H

#include "common/filter.h"

extern const struct filter split_sentences;

#endif
