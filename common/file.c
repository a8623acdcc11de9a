/* SPDX-License-Identifier: MIT
 * file.c - reads and writes that finish. */
#include "common/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* Whether the call that just failed may be tried again: after a signal at once, on a non-blocking
 * descriptor when it is ready. */
static bool may_retry(int fd, short events)
{
	struct pollfd wait = { .fd = fd, .events = events };

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN)
		return false;
	poll(&wait, 1, -1);
	return true;
}

long file_read_some(int fd, char *into, size_t size)
{
	ssize_t got;

	do
		got = read(fd, into, size);
	while (got < 0 && may_retry(fd, POLLIN));
	return got;
}

bool file_write_all(int fd, struct span text)
{
	while (text.len) {
		ssize_t wrote = write(fd, text.at, text.len);

		if (wrote == 0)
			errno = ENOSPC; /* who takes nothing and says nothing would be asked for ever */
		if (wrote <= 0 && !may_retry(fd, POLLOUT))
			return false;
		if (wrote > 0)
			text = span_skip(text, (size_t)wrote);
	}
	return true;
}

bool file_read(struct buf *into, const char *path, size_t most)
{
	enum { BLOCK = 64 * 1024 };
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	size_t start = into->len;
	bool is_large = false;
	long got = 0;
	int reason;

	if (fd < 0)
		return false;
	while (!is_large && (got = file_read_some(fd, buf_reserve(into, BLOCK), BLOCK)) > 0) {
		into->len += (size_t)got;
		is_large = into->len - start > most;
	}
	reason = is_large ? EFBIG : errno;
	if (!is_stdin)
		close(fd);
	errno = reason;
	return got == 0 && !is_large;
}

bool file_is_ready(int fd)
{
	struct pollfd look = { .fd = fd, .events = POLLIN };

	return poll(&look, 1, 0) != 0;
}
