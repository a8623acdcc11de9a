/* SPDX-License-Identifier: MIT
 * suite.h - the tests a pipeline brings along, run and told as TAP. */
#ifndef RUN_PIPELINE_SUITE_H
#define RUN_PIPELINE_SUITE_H

#include "plan.h"

/* Runs every test of the plan and prints a line for each on standard output, with what differs
 * under those that fail. STATUS_DONE when all passed; STATUS_FAILED otherwise, or where nothing
 * could be run. */
enum status suite_run(struct plan *plan);

#endif
