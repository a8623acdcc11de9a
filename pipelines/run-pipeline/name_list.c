/* SPDX-License-Identifier: MIT
 * name_list.c - memfd_create(2): no name in any file system, so nothing to clean up. */
#include "name_list.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/file.h"

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
