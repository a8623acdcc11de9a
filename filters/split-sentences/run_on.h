/* SPDX-License-Identifier: MIT
 * run_on.h - items of a list that run on in one line, without a stop between them.
 *
 * "1. The first item 2. The second item": pages are flattened that way. An item begins at a number (or at a letter) that
 * follows the one of the item before, written the same way, if that is in sight. */
#ifndef GHIRBAL_SPLIT_SENTENCES_RUN_ON_H
#define GHIRBAL_SPLIT_SENTENCES_RUN_ON_H

#include "common/span.h"

/* `left` (valid UTF-8, whole characters) ends where a full stop follows. Returns where in `left` the item begins whose
 * number that full stop is of, a bullet in front of it included; 0 when it is of none. `whole_line` says that a line
 * begins where `left` does. */
size_t run_on_item(struct span left, bool whole_line);

#endif
