/* SPDX-License-Identifier: MIT
 * newlines.h - where the lines of a text end, many at once.
 *
 * Where lines are short a call of memchr for each takes longer than what there is to look at. By SSE2, which every
 * x86-64 has, so that there is nothing to choose at run time; elsewhere by the scalar twin. */
#ifndef GHIRBAL_NEWLINES_H
#define GHIRBAL_NEWLINES_H

#include <stdint.h>

#include "common/span.h"

/* Writes the bytes behind the first newlines of `text` to `ends`, at most `room` of them; returns how many. `text` is
 * shorter than 4 GiB: what is beyond is not looked at. */
size_t newlines_find(struct span text, uint32_t *ends, size_t room);
size_t newlines_find_scalar(struct span text, uint32_t *ends, size_t room);

#endif
