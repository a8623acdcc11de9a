/* SPDX-License-Identifier: MIT
 * point.h - what stages hand on to each other: one code point at a time. */
#ifndef GHIRBAL_NORMALIZE_POINT_H
#define GHIRBAL_NORMALIZE_POINT_H

#include <stdint.h>

/* Takes the next code point of the document. */
typedef void point_fn(void *ctx, int32_t cp);

#endif
