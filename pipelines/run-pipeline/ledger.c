/* SPDX-License-Identifier: MIT
 * ledger.c - FIFOs in a folder of their own, opened for reading and writing so that nobody waits for anybody
 * (fifo(7)). */
#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

	ledger->count = plan->stage_count;
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

bool ledger_heard_all(const struct ledger *ledger, struct diag *why)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (ledger->accounts[i].unheard) {
			diag_set(why, "cannot read what stage %zu says it did: %s", i + 1,
				strerror(ledger->accounts[i].unheard));
			return false;
		}
	return true;
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

/* --- FIFOs -------------------------------------------------------------------------------------------------- */

static bool ear_open(struct ear *ear, const char *path)
{
	if (!path)
		return true;
	if (mkfifo(path, 0600) != 0)
		return false;
	ear->path = path;
	ear->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return ear->fd >= 0;
}

static void ear_hear(struct ear *ear, size_t most)
{
	enum { BLOCK = 4096 };
	ssize_t got;

	while (ear->fd >= 0) {
		got = read(ear->fd, buf_reserve(&ear->said, BLOCK), BLOCK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno != EAGAIN)
			ear->error = errno;
		if (got <= 0)
			return;
		if (ear->said.len < most)
			ear->said.len += (size_t)got;
	}
}

static void ear_close(struct ear *ear)
{
	if (ear->path)
		unlink(ear->path);
	if (ear->fd >= 0)
		close(ear->fd);
	buf_release(&ear->said);
}

/* --- a run -------------------------------------------------------------------------------------------------- */

bool entry_open(struct entry *entry, struct account *account, struct entry_paths paths)
{
	*entry = ENTRY_INIT;
	entry->account = account;
	if (!account)
		return true;
	entry->started = progress_clock();
	entry->bad_to = paths.bad_to;
	return ear_open(&entry->stats, paths.stats) && ear_open(&entry->progress, paths.progress) &&
	       ear_open(&entry->bad, paths.bad);
}

/* Takes digits and the space behind them off `rest`; false when there are none. */
static bool take_number(struct span *rest, uint64_t *number)
{
	size_t len = 0;

	for (*number = 0; len < rest->len && rest->at[len] >= '0' && rest->at[len] <= '9'; len++)
		*number = *number * 10 + (uint64_t)(rest->at[len] - '0');
	*rest = span_skip(*rest, len < rest->len && rest->at[len] == ' ' ? len + 1 : len);
	return len > 0;
}

/* What stands behind in the line; programs that are no filters may say less. */
static void take_repairs(struct repairs *repairs, struct span line, uint64_t documents)
{
	uint64_t parts, mended, is_foreign, drops;

	if (take_number(&line, &parts) && take_number(&line, &mended) && take_number(&line, &is_foreign) &&
		take_number(&line, &drops))
		*repairs = (struct repairs){ parts, mended, documents, is_foreign, drops };
}

static void add_repairs(struct repairs *all, const struct repairs *own)
{
	all->parts += own->parts;
	all->mended += own->mended;
	all->documents += own->documents;
	all->looks_foreign |= own->looks_foreign;
	all->drops |= own->drops;
}

/* A line says "documents read written" and repairs; the last that is whole counts. */
static void take_progress(struct entry *entry)
{
	struct extent *all = &entry->account->extent, *own = &entry->extent, now;
	struct buf *said = &entry->progress.said;
	const char *end = said->len ? memrchr(said->at, '\n', said->len) : NULL, *before;
	struct span line;

	if (!end)
		return;
	before = end > said->at ? memrchr(said->at, '\n', (size_t)(end - said->at)) : NULL;
	line = span_of(before ? before + 1 : said->at, 0);
	line.len = (size_t)(end - line.at);
	if (take_number(&line, &now.documents) && take_number(&line, &now.read) &&
		take_number(&line, &now.written)) {
		all->documents += now.documents - own->documents;
		all->read += now.read - own->read;
		all->written += now.written - own->written;
		*own = now;
		take_repairs(&entry->repairs, line, now.documents);
	}
	buf_drop_head(said, (size_t)(end - said->at) + 1);
}

void entry_hear(struct entry *entry)
{
	ear_hear(&entry->stats, MOST_SAID);
	ear_hear(&entry->progress, MOST_SAID);
	ear_hear(&entry->bad, SIZE_MAX);
	if (entry->account)
		take_progress(entry);
}

void entry_drop(struct entry *entry)
{
	ear_close(&entry->stats);
	ear_close(&entry->progress);
	ear_close(&entry->bad);
	*entry = ENTRY_INIT;
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
	add_repairs(&account->repairs, &entry->repairs);
	if (entry->stats.error || entry->bad.error)
		account->unheard = entry->stats.error ? entry->stats.error : entry->bad.error;
	tally_add(&account->tally, buf_span(&entry->stats.said));
	if (entry->bad_to)
		buf_add(entry->bad_to, buf_span(&entry->bad.said));
	entry_drop(entry);
}
