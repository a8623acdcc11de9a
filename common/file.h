/* SPDX-License-Identifier: MIT
 * file.h - reads that are not stopped by a signal or a descriptor that is not ready. For drivers: a filter
 * opens nothing. Failures leave errno. */
#ifndef GHIRBAL_FILE_H
#define GHIRBAL_FILE_H

#include "common/buf.h"

/* As read(2), but waits where the descriptor is non-blocking, and goes on after a signal. Bytes read, 0 at
 * the end, -1 on failure. */
long file_read_some(int fd, char *into, size_t size);

/* As write(2) of all of `text`, waiting and going on likewise; false on failure. */
bool file_write_all(int fd, struct span text);

/* Appends the whole content of `path`; "-" is standard input. One of more than `most` bytes fails with EFBIG,
 * `most` and a block of it read. */
bool file_read(struct buf *into, const char *path, size_t most);

/* Whether `fd` has something to read, or is at its end, without waiting. */
bool file_is_ready(int fd);

#endif
