/* SPDX-License-Identifier: MIT
 * schema.h - the language of pipelines as JSON Schema (draft 7), which editors complete and check by.
 *
 * Made of the rows that the checker itself reads: keys of the language (struct field) and options of the filters
 * (struct opt). It says less than the checker knows: what depends on two values at once, or on parameters, is seen
 * only by run-pipeline --check. */
#ifndef RUN_PIPELINE_SCHEMA_H
#define RUN_PIPELINE_SCHEMA_H

#include "common/buf.h"

void schema_add(struct buf *into);

#endif
