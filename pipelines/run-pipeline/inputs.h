/* SPDX-License-Identifier: MIT
 * inputs.h - which files a run reads: those that can be, and those that have to be told about. */
#ifndef RUN_PIPELINE_INPUTS_H
#define RUN_PIPELINE_INPUTS_H

#include "common/arena.h"

struct inputs {
	const char **names; /* as to be opened; ends with NULL */
	size_t count;
	bool some_failed; /* and were reported */
};

/* `operands` without those that cannot be read; they are reported. `output` is the descriptor of
 * what will be written, -1 for none: a file that is both is reported, too. */
struct inputs inputs_check(struct arena *arena, const char *const *operands, size_t count, int output);

/* Whether one of the names says that its file is compressed. */
bool inputs_any_compressed(const char *const *names, size_t count);

/* Every file below `folder`, names in order of their bytes, relative to it; dotfiles are left out,
 * symbolic links followed. What cannot be read is reported. */
struct inputs inputs_list(struct arena *arena, const char *folder);

#endif
