/* SPDX-License-Identifier: MIT
 * catalogue.h - the pipelines that came with the program, known by name.
 *
 * They lie in ../share/ghirbal/pipelines as seen from the program's folder; while building, build/share leads to
 * the ones in the tree. */
#ifndef RUN_PIPELINE_CATALOGUE_H
#define RUN_PIPELINE_CATALOGUE_H

#include "plan.h"

/* The file that `given` stands for: itself when there is such a file, or when it is no mere name (it has a slash
 * or ends in .yaml); else the pipeline of that name that came along. NULL with `why` when there is none. The
 * path is `given`, or lives in the arena. */
const char *catalogue_find(struct arena *arena, const char *given, struct diag *why);

/* Appends the name and the summary of each, a tab between and a line each, in order of their names. One that
 * cannot be read is left out and told in `trouble`. */
void catalogue_list(struct buf *into, read_fn *read, struct trouble *trouble);

#endif
