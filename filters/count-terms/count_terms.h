/* SPDX-License-Identifier: MIT
 * count_terms.h - the filter that counts words. */
#ifndef GHIRBAL_COUNT_TERMS_H
#define GHIRBAL_COUNT_TERMS_H

#include "common/filter.h"

extern const struct filter count_terms;

#endif
