/* SPDX-License-Identifier: MIT
 * parts_totals.h - what a folder's parts did and used, added up.
 *
 * A pure function of the statistics in done/: the same files give the same bytes, whoever ran the tasks where and in
 * which order. */
#ifndef RUN_PIPELINE_PARTS_TOTALS_H
#define RUN_PIPELINE_PARTS_TOTALS_H

#include "common/buf.h"
#include "common/diag.h"

/* Appends one object: a member for each phase, in their order, with the number of tasks done and the sum of their
 * statistics. False with `why` where `folder` is none, or a file cannot be read or says no object. */
bool parts_totals_add(struct buf *into, const char *folder, struct diag *why);

#endif
