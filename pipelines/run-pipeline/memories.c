/* SPDX-License-Identifier: MIT
 * memories.c - a stack of descriptors; the one used last is the warmest. */
#include "memories.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"

int memories_take(struct memories *memories)
{
	if (memories->count)
		return memories->fds[--memories->count];
	return memfd_create("run-pipeline", MFD_CLOEXEC);
}

long memories_len(int fd)
{
	return lseek(fd, 0, SEEK_CUR);
}

void memories_give(struct memories *memories, int fd)
{
	struct stat about;

	if (fd < 0)
		return;
	if (lseek(fd, 0, SEEK_SET) != 0 || fstat(fd, &about) != 0 ||
		((size_t)about.st_size > memories->keep && ftruncate(fd, 0) != 0)) {
		close(fd);
		return;
	}
	if (memories->count == memories->room) {
		memories->room = memories->room * 2 + 8;
		memories->fds = mem_resize(memories->fds, memories->room, sizeof(*memories->fds));
	}
	memories->fds[memories->count++] = fd;
}

void memories_release(struct memories *memories)
{
	while (memories->count)
		close(memories->fds[--memories->count]);
	free(memories->fds);
	*memories = (struct memories){ .count = 0 };
}
