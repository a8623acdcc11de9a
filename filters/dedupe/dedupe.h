/* SPDX-License-Identifier: MIT
 * dedupe.h - the filter that keeps the first of equal lines or documents. */
#ifndef GHIRBAL_DEDUPE_H
#define GHIRBAL_DEDUPE_H

#include "common/filter.h"

extern const struct filter dedupe;

#endif
