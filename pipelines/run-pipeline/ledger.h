/* SPDX-License-Identifier: MIT
 * ledger.h - what every stage used and counted.
 *
 * Time and memory are the kernel's (wait4(2)) and cost nothing. The rest is what filters say with --stats: each process
 * is given a FIFO of its own in a private folder, so nothing is synced to a disk and nothing half-written can be left. A
 * stage that runs many times, for many batches or files, has one account. The kernel counts a process's memory from
 * what we held when we started it: peaks below that (some MiB) are not seen. */
#ifndef RUN_PIPELINE_LEDGER_H
#define RUN_PIPELINE_LEDGER_H

#include <sys/resource.h>

#include "common/diag.h"
#include "plan.h"
#include "tally.h"

struct account {
	size_t runs; /* that are over */
	int status; /* the worst of them, as of waitpid */
	double cpu; /* seconds, of all runs */
	double first, last; /* seconds on progress_clock: the first start, the last end */
	size_t peak; /* bytes, of the largest run */
	struct tally tally; /* what the filter said */
};

struct ledger {
	struct account *accounts; /* one for each stage of the plan, in order */
	size_t count;
	char *folder; /* of FIFOs */
	size_t entries; /* made so far */
};

/* A run of a stage. Zero bytes but for fd, -1, make one that is not noted. */
struct entry {
	struct account *account; /* NULL: nobody keeps one */
	const char *path; /* of the FIFO; NULL: it has none */
	int fd; /* to be polled for reading; -1: nothing will come */
	double started;
	struct buf said;
};

/* False with `why` when the folder cannot be made. Close in any case. */
bool ledger_open(struct ledger *ledger, const struct plan *plan, struct diag *why);

/* A path for the next FIFO, in `arena`. */
const char *ledger_path(struct ledger *ledger, struct arena *arena);

/* Removes the folder; accounts stay until ledger_release. */
void ledger_close(struct ledger *ledger);
void ledger_release(struct ledger *ledger);

/* A stage is about to start: `account` and `path` may be NULL. False with errno when the FIFO cannot be made. */
bool entry_open(struct entry *entry, struct account *account, const char *path);

/* Takes what has come, without waiting for more. */
void entry_hear(struct entry *entry);

/* The stage is over. */
void entry_close(struct entry *entry, int status, const struct rusage *used);

/* It never ran, or nobody wants to know. */
void entry_drop(struct entry *entry);

#endif
