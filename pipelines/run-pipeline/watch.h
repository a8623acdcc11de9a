/* SPDX-License-Identifier: MIT
 * watch.h - signals that wait to be read, so that nothing is left half done when one comes.
 *
 * From watch_begin to watch_end SIGCHLD, SIGINT, SIGTERM and SIGHUP are blocked and arrive on a
 * descriptor. A signal that our parent ignores stays ignored. SIGPIPE is blocked, too, and let go: writes fail
 * instead. */
#ifndef RUN_PIPELINE_WATCH_H
#define RUN_PIPELINE_WATCH_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>

#include "screen.h"

struct watch {
	sigset_t set; /* the signals that wait to be taken */
	sigset_t before; /* the mask that children get, and we again */
	int fd; /* readable when a signal waits */
	bool holds_pipe; /* SIGPIPE would have ended us: a write that fails for it means that nobody reads any more */
	struct screen *screen; /* drawn while we wait; NULL: nothing is. Set after watch_begin */
	int fatal; /* the signal that asked us to end; 0: none yet */
};

/* False with errno. */
bool watch_begin(struct watch *watch);

/* poll(2), with the screen drawn now and then; then takes the signals that wait. False with errno where the system
 * refuses, as it may without memory: who goes on then may wait for ever. */
bool watch_wait(struct watch *watch, struct pollfd *wait, size_t count, int timeout_ms);

/* Takes the signals that wait, without waiting for more; keeps the first fatal one. */
void watch_drain(struct watch *watch);

/* Restores the mask. If a fatal signal came, ends the program by it: clean up before. */
void watch_end(struct watch *watch);

/* Ends the program by `number`, as if nobody had caught it. */
void die_by(int number);

#endif
