/* SPDX-License-Identifier: MIT
 * when.h - `when:` of a stage, which says whether the stage is there at all. */
#ifndef RUN_PIPELINE_WHEN_H
#define RUN_PIPELINE_WHEN_H

#include "params.h"

/* Decides `when`: true or false in YAML's words, or `A == B`, `A != B`, compared as texts; either side may name
 * parameters, whose values are not looked at for an operator. NULL holds. False with `trouble`. */
bool when_holds(struct arena *arena, struct param *params, const struct node *when, bool *holds,
	struct trouble *trouble);

#endif
