/* SPDX-License-Identifier: MIT
 * ledger.c - FIFOs in a folder of their own, opened for reading and writing so that nobody waits for anybody
 * (fifo(7)). */
#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/progress.h"
#include "common/temporary.h"

enum { MOST_SAID = 1 << 20 }; /* bytes; a filter says some KiB */

bool ledger_open(struct ledger *ledger, const struct plan *plan, struct diag *why)
{
	struct buf path = BUF_INIT;
	bool made;

	*ledger = (struct ledger){ .count = plan->stage_count };
	ledger->accounts = mem_new(ledger->count, sizeof(*ledger->accounts));
	buf_addf(&path, "%s/stats", spool_folder());
	made = temporary_create_folder(buf_string(&path), &ledger->folder);
	if (!made)
		diag_set(why, "cannot make a temporary folder in '%s': %s (TMPDIR names another place)",
			spool_folder(), strerror(errno));
	buf_release(&path);
	return made;
}

const char *ledger_path(struct ledger *ledger, struct arena *arena)
{
	struct buf path = BUF_INIT;
	const char *copy;

	buf_addf(&path, "%s/%zu", ledger->folder, ledger->entries++);
	copy = arena_copy(arena, buf_span(&path));
	buf_release(&path);
	return copy;
}

void ledger_close(struct ledger *ledger)
{
	if (ledger->folder)
		temporary_forget(ledger->folder, true);
	free(ledger->folder);
	ledger->folder = NULL;
}

void ledger_release(struct ledger *ledger)
{
	ledger_close(ledger);
	for (size_t i = 0; i < ledger->count; i++)
		tally_release(&ledger->accounts[i].tally);
	free(ledger->accounts);
	*ledger = (struct ledger){ .count = 0 };
}

/* --- a run -------------------------------------------------------------------------------------------------- */

bool entry_open(struct entry *entry, struct account *account, const char *path)
{
	*entry = (struct entry){ .account = account, .fd = -1 };
	if (!account)
		return true;
	entry->started = progress_clock();
	if (!path)
		return true;
	if (mkfifo(path, 0600) != 0)
		return false;
	entry->path = path;
	entry->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return entry->fd >= 0;
}

void entry_hear(struct entry *entry)
{
	enum { BLOCK = 4096 };
	ssize_t got;

	while (entry->fd >= 0) {
		got = read(entry->fd, buf_reserve(&entry->said, BLOCK), BLOCK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return;
		if (entry->said.len < MOST_SAID)
			entry->said.len += (size_t)got;
	}
}

void entry_drop(struct entry *entry)
{
	if (entry->path)
		unlink(entry->path);
	if (entry->fd >= 0)
		close(entry->fd);
	buf_release(&entry->said);
	*entry = (struct entry){ .fd = -1 };
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* A signal is worse than any exit status, and a large status worse than a small one. */
static int worse(int a, int b)
{
	if (WIFSIGNALED(a) != WIFSIGNALED(b))
		return WIFSIGNALED(a) ? a : b;
	return WEXITSTATUS(a) >= WEXITSTATUS(b) ? a : b;
}

/* What a stage said that was stopped amid its words is no object, and passed over. */
void entry_close(struct entry *entry, int status, const struct rusage *used)
{
	struct account *account = entry->account;
	size_t peak = (size_t)used->ru_maxrss * 1024; /* getrusage(2): KiB */

	if (!account)
		return;
	entry_hear(entry);
	if (account->runs == 0 || entry->started < account->first)
		account->first = entry->started;
	account->last = progress_clock();
	account->status = account->runs++ ? worse(account->status, status) : status;
	account->cpu += seconds(used->ru_utime) + seconds(used->ru_stime);
	account->peak = peak > account->peak ? peak : account->peak;
	tally_add(&account->tally, buf_span(&entry->said));
	entry_drop(entry);
}
