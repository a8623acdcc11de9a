/* SPDX-License-Identifier: MIT
 * chain.h - processes joined by pipes, started, watched and stopped together.
 *
 * One parent starts every stage itself (posix_spawn, argument vectors, every descriptor of ours
 * close-on-exec). The first stage that fails ends all: SIGTERM, and SIGKILL for who does not obey.
 * Statuses that a stage may end with are no failure; nor is death by SIGPIPE where the stage that read has left, as
 * long as that ends well. For this the pipe between two stages is ours, too, until the first of them is over. */
#ifndef RUN_PIPELINE_CHAIN_H
#define RUN_PIPELINE_CHAIN_H

#include <poll.h>

#include "command.h"
#include "watch.h"

enum chain_end {
	CHAIN_RUNS, /* not over yet */
	CHAIN_DONE, /* all ended well */
	CHAIN_REJECTED, /* so, and some with status 3 */
	CHAIN_FAILED, /* `trouble` says which stage and why */
	CHAIN_UNREAD, /* whoever read our output has left */
	CHAIN_STOPPED, /* a fatal signal came; it is in the watch */
};

/* Who takes what the last stage writes. */
struct tap {
	bool (*take)(void *ctx,
		struct span bytes); /* false: it cannot go on; the chain is stopped, CHAIN_FAILED */
	void *ctx;
	struct buf *said; /* gets what the stages say; NULL: our standard error does */
};

/* Runs the commands to the end. The first reads `in`, the last writes `out`, or to `tap` where that
 * is given. No process is left when it returns. */
enum chain_end chain_run(const struct command *commands, size_t count, int in, int out,
	const struct tap *tap, struct watch *watch, struct trouble *trouble);

/* --- the same in steps, for who runs several side by side ----------------------------------------------- */

struct chain;

/* Starts the commands; they, `watch`, `trouble` and what `tap` points to stay until chain_free. Never NULL: one that
 * could not start is over. */
struct chain *chain_start(const struct command *commands, size_t count, int in, int out,
	const struct tap *tap, struct watch *watch, struct trouble *trouble);

/* What there is to wait for, in chain_wait_count(count) places; the watch is not among them. */
size_t chain_wait_count(size_t count);
void chain_wait_for(const struct chain *chain, struct pollfd *wait);

/* Whether stages may say something now; until then what they say waits. They may from the start. */
void chain_speak(struct chain *chain, bool may);

/* Takes what has come: output, messages, stages that ended. CHAIN_RUNS as long as there is more to come. */
enum chain_end chain_step(struct chain *chain);

/* Stops what still runs; no process is left. */
void chain_free(struct chain *chain);

#endif
