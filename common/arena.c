/* SPDX-License-Identifier: MIT
 * arena.c - blocks of at least 16 KiB, filled from the front. */
#include "common/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/mem.h"

enum { BLOCK = 16384 }; /* bytes */

struct arena_block {
	struct arena_block *before;
	size_t used, cap; /* bytes of memory[] */
	_Alignas(max_align_t) char memory[];
};

static struct arena_block *block_new(size_t need)
{
	size_t cap = need > BLOCK ? need : BLOCK, bytes;
	struct arena_block *block;

	if (__builtin_add_overflow(sizeof(*block), cap, &bytes))
		bytes = (size_t)-1; /* mem_new says that there is no such memory */
	block = mem_new(bytes, 1);
	block->cap = cap;
	return block;
}

void *arena_new(struct arena *arena, size_t count, size_t size)
{
	size_t need;
	struct arena_block *block = arena->last;

	if (__builtin_mul_overflow(count, size, &need) || need > PTRDIFF_MAX)
		need = PTRDIFF_MAX;
	need = (need + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
	if (!block || block->cap - block->used < need) {
		block = block_new(need);
		block->before = arena->last;
		arena->last = block;
	}
	block->used += need;
	return block->memory + block->used - need;
}

char *arena_copy(struct arena *arena, struct span text)
{
	char *copy = arena_new(arena, text.len + 1, 1);

	if (text.len)
		memcpy(copy, text.at, text.len);
	return copy;
}

void arena_release(struct arena *arena)
{
	while (arena->last) {
		struct arena_block *before = arena->last->before;

		free(arena->last);
		arena->last = before;
	}
}
