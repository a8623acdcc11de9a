/* SPDX-License-Identifier: MIT
 * data.h - the files of data/, compiled in. */
#ifndef GHIRBAL_NORMALIZE_DATA_H
#define GHIRBAL_NORMALIZE_DATA_H

#include "common/diag.h"
#include "common/span.h"

#include <stdint.h>

/* The content of data/`name`.txt, which must exist; lives as long as the program. */
struct span data_file(struct span name);

/* Takes the next line of `rest` that is neither empty nor a comment ('#'). False at the end. */
bool data_line(struct span *rest, struct span *line);

/* Takes the next word of `line`; empty at the end. Words are separated by single spaces. */
struct span data_word(struct span *line);

/* Reads `word`, hexadecimal and nothing else, as a number up to 10FFFF; -1 when it is not one. */
int32_t data_hex(struct span word);

#endif
