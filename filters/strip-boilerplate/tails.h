/* SPDX-License-Identifier: MIT
 * tails.h - what pages put behind the last sentence of a line: "... he said. Read also: ...", "... he said. 12 comments",
 * "... he said. (Reuters)", "... he said. The quay at noon Photo: Jane Roe". */
#ifndef GHIRBAL_STRIP_TAILS_H
#define GHIRBAL_STRIP_TAILS_H

#include "sight.h"

/* Cuts it; false when there is none. */
bool tail_cut(const struct sight *sight, struct rest *rest);

#endif
