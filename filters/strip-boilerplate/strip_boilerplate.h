/* SPDX-License-Identifier: MIT
 * strip_boilerplate.h - the filter that keeps title and body and drops the debris of scraping. */
#ifndef GHIRBAL_STRIP_BOILERPLATE_H
#define GHIRBAL_STRIP_BOILERPLATE_H

#include "common/filter.h"

extern const struct filter strip_boilerplate;

/* A document is judged as a whole up to this size in bytes, a longer one in windows of it. */
enum { STRIP_WINDOW = 16 << 20 };

#endif
