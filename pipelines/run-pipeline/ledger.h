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
#include "common/repairs.h"
#include "plan.h"
#include "tally.h"

struct extent {
	uint64_t documents, read, written; /* the latter two in bytes, framing included */
};

struct account {
	struct extent extent; /* how far all runs are together */
	struct repairs repairs; /* what all that are over have mended, as far as they told */
	size_t runs; /* that are over */
	int status; /* the worst of them, as of waitpid */
	double cpu; /* seconds, of all runs */
	double first, last; /* seconds on progress_clock: the first start, the last end */
	size_t peak; /* bytes, of the largest run */
	struct tally tally; /* what the filter said */
	int unheard; /* error number: not all that it said could be read; 0: all was */
};

struct ledger {
	struct account *accounts; /* one for each stage of the plan, in order */
	size_t count;
	char *folder; /* of FIFOs */
	size_t entries; /* made so far */
	bool wants_stats, wants_progress,
		wants_bad; /* what filters are to say: counts, how far they are, bad records */
};

/* A FIFO that a stage writes to. */
struct ear {
	const char *path; /* NULL: there is none */
	int fd; /* to be polled for reading; -1: nothing will come */
	int error; /* number of the one that reading ended with; 0: none */
	struct buf said;
};

/* What a stage is told to write to; NULL: nothing. */
struct entry_paths {
	const char *stats, *progress, *bad;
	struct buf *bad_to; /* gets what was written to `bad` */
};

/* A run of a stage. */
struct entry {
	struct account *account; /* NULL: nobody keeps one */
	struct ear stats, progress, bad; /* of the last all is kept */
	struct buf *bad_to;
	struct extent extent; /* how far it is; in the account, too */
	struct repairs repairs; /* likewise, but in the account when it is over */
	double started;
};

#define ENTRY_INIT ((struct entry){ .stats.fd = -1, .progress.fd = -1, .bad.fd = -1 })

/* What is wanted is set; the rest is zero bytes. False with `why` when the folder cannot be made. Close in any case. */
bool ledger_open(struct ledger *ledger, const struct plan *plan, struct diag *why);

/* A path for the next FIFO, in `arena`. */
const char *ledger_path(struct ledger *ledger, struct arena *arena);

/* Whether all could be read that those said which are over, of counts and bad records. False with `why`. */
bool ledger_heard_all(const struct ledger *ledger, struct diag *why);

/* Removes the folder; accounts stay until ledger_release. */
void ledger_close(struct ledger *ledger);
void ledger_release(struct ledger *ledger);

/* A stage is about to start; `account` may be NULL. False with errno when a FIFO cannot be made. */
bool entry_open(struct entry *entry, struct account *account, struct entry_paths paths);

/* Takes what has come, without waiting for more. */
void entry_hear(struct entry *entry);

/* The stage is over. */
void entry_close(struct entry *entry, int status, const struct rusage *used);

/* It never ran, or nobody wants to know. */
void entry_drop(struct entry *entry);

#endif
