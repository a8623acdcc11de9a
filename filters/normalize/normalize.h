/* SPDX-License-Identifier: MIT
 * normalize.h - the filter: repairs encodings, then Unicode and Arabic normalization. */
#ifndef GHIRBAL_NORMALIZE_H
#define GHIRBAL_NORMALIZE_H

#include "common/filter.h"

extern const struct filter normalize;

#endif
