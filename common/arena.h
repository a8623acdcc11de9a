/* SPDX-License-Identifier: MIT
 * arena.h - memory that is given back all at once.
 *
 * What an arena hands out lives until arena_release; nothing in it is freed one by one. */
#ifndef GHIRBAL_ARENA_H
#define GHIRBAL_ARENA_H

#include "common/span.h"

struct arena_block;

struct arena {
	struct arena_block *last;
};

#define ARENA_INIT ((struct arena){ NULL })

/* Memory for `count` items of `size` bytes, zeroed and aligned for any type. */
void *arena_new(struct arena *arena, size_t count, size_t size);

/* A copy of `text` followed by a NUL. */
char *arena_copy(struct arena *arena, struct span text);

/* Leaves the arena as ARENA_INIT made it. */
void arena_release(struct arena *arena);

#endif
