/* SPDX-License-Identifier: MIT
 * names.h - what documents are called, by number: one run of bytes and where each name ends. */
#ifndef GHIRBAL_NAMES_H
#define GHIRBAL_NAMES_H

#include <stdint.h>

#include "common/buf.h"

struct names {
	struct buf text;
	uint64_t *ends;
	size_t count, cap;
};

void names_release(struct names *names);

/* Remembers `name`; its number is how many came before. */
void names_add(struct names *names, struct span name);

/* The name with that number, borrowed until the next is added. */
struct span names_get(const struct names *names, size_t number);

#endif
