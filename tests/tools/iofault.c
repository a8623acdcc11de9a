/* SPDX-License-Identifier: MIT
 * iofault.c - a library to preload that makes reading and writing go wrong, or slow, as told by the
 * environment. Descriptor 2 is left alone.
 *
 *   IOFAULT_READ_MAX=N     a read returns at most 1..N bytes, N chosen anew each time from IOFAULT_SEED
 *   IOFAULT_READ_FAIL=K    the K-th read fails with EIO
 *   IOFAULT_WRITE_MAX=N    a write takes at most N bytes
 *   IOFAULT_WRITE_FAIL=K   the K-th write fails with EIO
 *   IOFAULT_WRITE_NONE=K   from the K-th on, writes take nothing and say nothing of it */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static long setting(const char *name)
{
	const char *value = getenv(name);

	return value ? atol(value) : 0;
}

ssize_t read(int fd, void *into, size_t size)
{
	static ssize_t (*real)(int, void *, size_t);
	static long calls;
	static unsigned state;
	long max = setting("IOFAULT_READ_MAX"), fail = setting("IOFAULT_READ_FAIL");

	if (!real) {
		real = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
		state = (unsigned)setting("IOFAULT_SEED");
	}
	if (++calls == fail) {
		errno = EIO;
		return -1;
	}
	if (max > 0) {
		size_t most = (size_t)max;

		state = state * 1664525u + 1013904223u;
		if (max > 1)
			most = 1 + (state >> 8) % (size_t)max;
		if (size > most)
			size = most;
	}
	return real(fd, into, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
	static ssize_t (*real)(int, const void *, size_t);
	static long calls;
	long max = setting("IOFAULT_WRITE_MAX"), fail = setting("IOFAULT_WRITE_FAIL");
	long none = setting("IOFAULT_WRITE_NONE");

	if (!real)
		real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	if (fd == STDERR_FILENO)
		return real(fd, from, size);
	if (++calls == fail) {
		errno = EIO;
		return -1;
	}
	if (none > 0 && calls >= none)
		return 0;
	if (max > 0 && size > (size_t)max)
		size = (size_t)max;
	return real(fd, from, size);
}
