/* SPDX-License-Identifier: MIT
 * collected.h - all inputs of a run in one file of ours, unpacked, and which bytes are whose. */
#ifndef RUN_PIPELINE_COLLECTED_H
#define RUN_PIPELINE_COLLECTED_H

#include "common/arena.h"
#include "common/diag.h"

/* A file that went in. */
struct collected_file {
	const char *name; /* borrowed; "-" is standard input */
	size_t start, end; /* its bytes */
};

struct collected {
	struct collected_file *files;
	size_t count;
};

/* Copies the files `names`, `count` of them, to a new file `path`; for "-" what `stdin_path` holds. All of it lives in
 * `arena`. False with `why`. */
bool collect(struct collected *collected, struct arena *arena, const char *const *names, size_t count,
	const char *path, const char *stdin_path, struct diag *why);

/* Copies all that `from` has to a new file `path`. False with `why`. */
bool copy_to(int from, const char *path, struct diag *why);

/* The file that byte `at` is of. */
const struct collected_file *collected_at(const struct collected *collected, size_t at);

#endif
