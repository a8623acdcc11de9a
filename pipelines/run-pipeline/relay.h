/* SPDX-License-Identifier: MIT
 * relay.h - what a stage writes, handed on and copied on the way.
 *
 * Never waits for who reads or writes: it is stepped when poll says so. The copy goes to a regular file, memory or a
 * device, which take what they are given. */
#ifndef RUN_PIPELINE_RELAY_H
#define RUN_PIPELINE_RELAY_H

#include <poll.h>

#include "common/buf.h"

/* Where a copy goes. */
struct copy {
	int fd; /* borrowed */
	bool without_nul; /* NULs are left out: they only tell documents apart */
	const char *name; /* for messages */
};

/* Zero bytes but for from, -1, make one that is over. */
struct relay {
	int from; /* non-blocking, ours; -1: it is over */
	int to;
	bool is_pipe; /* `to` is a pipe of ours, non-blocking; else somebody else's descriptor */
	bool shares; /* both are pipes: bytes go from one to the other without us */
	bool is_full; /* `to` takes no more for now */
	size_t at_once; /* bytes that `to` takes without making us wait, once it is ready */
	const struct copy *copy;
	struct buf held; /* read, and copied */
	size_t handed_on; /* bytes of it */
	struct buf text; /* of the copy, where that is not what was read */
};

enum relay_end {
	RELAY_RUNS, /* or is over as it should */
	RELAY_UNREAD, /* nobody reads `to` any more; it is over */
	RELAY_FAILED, /* errno: `to` cannot be written */
	RELAY_NOT_READ, /* errno: `from` cannot be read */
	RELAY_NOT_COPIED, /* errno: the copy cannot be written */
};

/* Begins to relay from `from`, a pipe that is ours now, to `to`; with `is_pipe` that is ours, too. */
void relay_open(struct relay *relay, int from, int to, bool is_pipe, const struct copy *copy);

/* What to wait for. */
void relay_wait_for(const struct relay *relay, struct pollfd *wait);

/* Reads, copies and hands on what can be. */
enum relay_end relay_step(struct relay *relay);

void relay_close(struct relay *relay);

#endif
