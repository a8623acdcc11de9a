/* SPDX-License-Identifier: MIT
 * registry.h - every filter in the tree, for those who need them all: the pipeline checker, the man page
 * generator, the fuzzer. The table is generated from filters/<name>/ (Makefile). */
#ifndef GHIRBAL_REGISTRY_H
#define GHIRBAL_REGISTRY_H

#include "common/filter.h"

/* The `index`-th filter by name; NULL behind the last. */
const struct filter *registry_at(size_t index);

/* The filter called `name`; NULL when there is none. */
const struct filter *registry_find(struct span name);

#endif
