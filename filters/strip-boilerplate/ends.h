/* SPDX-License-Identifier: MIT
 * ends.h - what was put in front of or behind a sentence on its line: a dateline, a label, hashtags, a widget. */
#ifndef GHIRBAL_STRIP_ENDS_H
#define GHIRBAL_STRIP_ENDS_H

#include "sight.h"

/* Cuts one span off the start or the end; false when there is none. */
bool ends_cut(const struct phrases *phrases, const struct known *known, struct rest *rest);

#endif
