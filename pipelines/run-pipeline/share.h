/* SPDX-License-Identifier: MIT
 * share.h - a plan as several jobs run it: what can be counted apart and added up is two stages.
 *
 * Filters say how (phases.h). Behind the stages that need one document at a time stands the one that is shared: its first
 * phase counts each batch by itself, its last adds up what all of them counted. What comes out are the bytes of the stage as
 * it was. */
#ifndef RUN_PIPELINE_SHARE_H
#define RUN_PIPELINE_SHARE_H

#include "plan.h"

/* The plan, or `shared`, a copy of it in which such a stage is two; what that needs is in `arena`. */
const struct plan *plan_share(const struct plan *plan, struct plan *shared, struct arena *arena);

#endif
