/* SPDX-License-Identifier: MIT
 * hurry.c - preloaded, makes time pass a thousand times as fast: for what a program does only when it has run a while. The
 * clock that only goes forward runs so, and who polls waits a thousandth of what was asked. */
#include <dlfcn.h>
#include <poll.h>
#include <time.h>

enum { TIMES = 1000 };

int clock_gettime(clockid_t clock, struct timespec *time)
{
	int (*real)(clockid_t, struct timespec *) =
		(int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	int result = real(clock, time);

	if (result == 0 && clock == CLOCK_MONOTONIC) {
		long ns = time->tv_nsec * TIMES;

		time->tv_sec = time->tv_sec * TIMES + ns / 1000000000;
		time->tv_nsec = ns % 1000000000;
	}
	return result;
}

int poll(struct pollfd *wait, nfds_t count, int timeout)
{
	int (*real)(struct pollfd *, nfds_t, int) =
		(int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");

	return real(wait, count, timeout > 0 ? (timeout + TIMES - 1) / TIMES : timeout);
}
