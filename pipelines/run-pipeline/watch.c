/* SPDX-License-Identifier: MIT
 * watch.c - signals through signalfd(2). */
#include "watch.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "common/mem.h"

static const int fatal_signals[] = { SIGINT, SIGTERM, SIGHUP };

enum { FATAL_SIGNALS = sizeof(fatal_signals) / sizeof(fatal_signals[0]) };

bool watch_begin(struct watch *watch)
{
	struct sigaction now;

	/* Inherited from a parent that does not care for its children, SIG_IGN would lose their
	 * status. */
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&watch->set);
	sigaddset(&watch->set, SIGCHLD);
	for (int i = 0; i < FATAL_SIGNALS; i++)
		if (sigaction(fatal_signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&watch->set, fatal_signals[i]);
	watch->holds_pipe = sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler != SIG_IGN;
	if (watch->holds_pipe)
		sigaddset(&watch->set, SIGPIPE);
	watch->fatal = 0;
	watch->screen = NULL;
	sigprocmask(SIG_BLOCK, &watch->set, &watch->before);
	/* Somebody may have started us with signals blocked; a stage must be stoppable all the
	 * same. */
	for (int i = 0; i < FATAL_SIGNALS; i++)
		sigdelset(&watch->before, fatal_signals[i]);
	sigdelset(&watch->before, SIGPIPE);
	watch->fd = signalfd(-1, &watch->set, SFD_CLOEXEC | SFD_NONBLOCK);
	return watch->fd >= 0;
}

/* The descriptor only wakes poll; sigtimedwait takes the signals without reading. */
void watch_drain(struct watch *watch)
{
	static const struct timespec at_once = { 0, 0 };
	int number;

	while ((number = sigtimedwait(&watch->set, NULL, &at_once)) > 0)
		if (number != SIGCHLD && number != SIGPIPE && !watch->fatal)
			watch->fatal = number;
}

/* poll(2) of those that are open: it refuses to be given more than there may be descriptors, open or not. */
static int poll_open(struct pollfd *wait, size_t count, int timeout_ms)
{
	struct pollfd *open = mem_new(count, sizeof(*open));
	size_t used = 0;
	int got, reason;

	for (size_t i = 0; i < count; i++)
		if (wait[i].fd >= 0)
			open[used++] = wait[i];
	got = poll(open, (nfds_t)used, timeout_ms);
	reason = errno;
	used = 0;
	for (size_t i = 0; i < count; i++) {
		wait[i].revents = 0;
		if (wait[i].fd >= 0)
			wait[i].revents = open[used++].revents;
	}
	free(open);
	errno = reason;
	return got;
}

bool watch_wait(struct watch *watch, struct pollfd *wait, size_t count, int timeout_ms)
{
	screen_draw(watch->screen);
	if (watch->screen && timeout_ms < 0)
		timeout_ms = SCREEN_MS;
	if (poll_open(wait, count, timeout_ms) < 0 && errno != EINTR && errno != EAGAIN)
		return false;
	watch_drain(watch);
	return true;
}

void watch_end(struct watch *watch)
{
	watch_drain(watch);
	if (watch->fd >= 0)
		close(watch->fd);
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
	if (watch->fatal)
		die_by(watch->fatal);
}

void die_by(int number)
{
	sigset_t only;

	signal(number, SIG_DFL);
	sigemptyset(&only);
	sigaddset(&only, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	exit(128 + number); /* not reached unless the signal cannot kill us */
}
