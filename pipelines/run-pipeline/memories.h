/* SPDX-License-Identifier: MIT
 * memories.h - files in memory (memfd_create(2)) that are used again and again: what a batch was written to serves the
 * next one, so pages are not asked for and given back for each. */
#ifndef RUN_PIPELINE_MEMORIES_H
#define RUN_PIPELINE_MEMORIES_H

#include <stddef.h>

/* Those that nobody uses. Zero bytes but for `keep` make none. */
struct memories {
	int *fds;
	size_t count, room;
	size_t keep; /* bytes that one may hold on to; more is given back to the system */
};

/* One at its first byte, close-on-exec; what was written before may be behind. -1 with errno. */
int memories_take(struct memories *memories);

/* Bytes written since then: where the descriptor, or one made of it, has got to. */
long memories_len(int fd);

/* Nobody uses it any more; -1 is none. */
void memories_give(struct memories *memories, int fd);

void memories_release(struct memories *memories);

#endif
