/* SPDX-License-Identifier: MIT
 * clitics.h - what Arabic writes together: a conjunction or preposition, the article, a word.
 *
 * Conservative: split is only where the article stands, because without it a first و or ب is as often a letter of the
 * word (وزير, بيت), and where at least three letters remain. Words that begin with the same letters (الله, التزام) are in
 * data/clitics.txt. */
#ifndef GHIRBAL_CLITICS_H
#define GHIRBAL_CLITICS_H

#include "common/span.h"

/* Cuts `word` (valid UTF-8, not empty) into up to four parts, marks going with the letter in front of them. Returns how many;
 * 1 when there is nothing to split. None of them would be split again. لل, where the article has lost its alef, is one
 * part. */
size_t clitics_split(struct span word, struct span parts[4]);

#endif
