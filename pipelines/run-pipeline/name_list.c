/* SPDX-License-Identifier: MIT
 * name_list.c - memfd_create(2): no name in any file system, so nothing to clean up. */
#include "name_list.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/file.h"

enum { LIST_BYTES = 1 << 30 };

int memory_file(const char *bytes, size_t len)
{
	int fd = memfd_create("run-pipeline", MFD_CLOEXEC), reason;

	if (fd < 0)
		return -1;
	if (file_write_all(fd, span_of(bytes, len)) && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	reason = errno;
	close(fd);
	errno = reason;
	return -1;
}

int name_list(const char *folder, const char *const *names, size_t count)
{
	struct buf list = BUF_INIT;
	int fd;

	for (size_t i = 0; i < count; i++) {
		if (folder)
			buf_addf(&list, "%s/", folder);
		buf_add(&list, span_of(names[i], strlen(names[i]) + 1));
	}
	fd = memory_file(list.at, list.len);
	buf_release(&list);
	return fd;
}

const char **name_list_read(struct arena *arena, const char *path, size_t *count)
{
	struct buf list = BUF_INIT;
	const char **names = NULL;
	struct span rest;

	*count = 0;
	if (file_read(&list, path, LIST_BYTES)) {
		rest = span_of(arena_copy(arena, buf_span(&list)), list.len);
		for (size_t i = 0; i < rest.len; i++)
			*count += rest.at[i] == '\0';
		*count += rest.len && rest.at[rest.len - 1] != '\0';
		names = arena_new(arena, *count + 1, sizeof(*names));
		for (size_t i = 0; i < *count; i++) {
			names[i] = rest.at;
			rest = span_skip(rest, strlen(rest.at) + 1);
		}
	}
	buf_release(&list);
	return names;
}
