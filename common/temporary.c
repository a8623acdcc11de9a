/* SPDX-License-Identifier: MIT
 * temporary.c - unfinished files, gone whatever ends the program. */
#include "common/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "common/buf.h"

enum { LISTED = 16, LETTERS = 6 /* of a name that chance chooses */ };

/* A signal may come between any two of these stores: the others are set before the name that makes them count. */
static volatile struct {
	char *name;
	int folder;
	bool is_folder;
} listed[LISTED];

/* --- removing ------------------------------------------------------------------------------------------- */

/* Handlers of signals come here, and who ran out of memory: nothing below allocates, or calls what may not be called
 * then. */

/* An entry as getdents64(2) writes it. */
struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short size;
	unsigned char type;
	char name[];
};

/* Removes an entry of the folder, unless it is a folder with something in it. */
static bool remove_entry(int folder, const char *name)
{
	return unlinkat(folder, name, 0) == 0 || unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

static bool is_own_name(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Removes what is in the open folder, up to a folder that is not empty, and opens that: its descriptor; -1 when there
 * is none. Counts what it removes. */
static int remove_entries(int folder, size_t *removed)
{
	_Alignas(struct entry) char block[4096];
	long got;

	while ((got = syscall(SYS_getdents64, folder, block, sizeof(block))) > 0)
		for (long at = 0; at < got; at += ((const struct entry *)(block + at))->size) {
			const char *name = ((const struct entry *)(block + at))->name;
			int inner;

			if (is_own_name(name))
				continue;
			if (remove_entry(folder, name)) {
				++*removed;
				continue;
			}
			inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (inner >= 0)
				return inner;
		}
	return -1;
}

/* Down to a folder of files only, and then anew from the top, which holds less now, or there is nothing to be done. */
static void remove_folder(int at, const char *name)
{
	size_t removed;

	do {
		int folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		removed = 0;
		while (folder >= 0) {
			int inner = remove_entries(folder, &removed);

			close(folder);
			folder = inner;
		}
	} while (removed && unlinkat(at, name, AT_REMOVEDIR) != 0);
	unlinkat(at, name, AT_REMOVEDIR);
}

static void remove_one(int i)
{
	if (listed[i].is_folder)
		remove_folder(listed[i].folder, listed[i].name);
	else
		unlinkat(listed[i].folder, listed[i].name, 0);
}

static void remove_listed(void)
{
	for (int i = 0; i < LISTED; i++)
		if (listed[i].name)
			remove_one(i);
}

/* The first process of a container is not ended by a signal that it does not catch: it exits then. */
static void on_signal(int number)
{
	sigset_t only;

	remove_listed();
	signal(number, SIG_DFL);
	sigemptyset(&only);
	sigaddset(&only, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	_exit(128 + number);
}

/* What ends a program that does not catch it, but for faults of its own, which leave a core to look at. */
static void watch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGXCPU, SIGUSR1,
		SIGUSR2, SIGVTALRM, SIGPROF, SIGPOLL };
	struct sigaction act = { .sa_handler = on_signal }, old;
	static bool watching;

	if (watching)
		return;
	watching = true;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &act, NULL);
	atexit(remove_listed);
}

/* --- making --------------------------------------------------------------------------------------------- */

static bool list(int folder, char *name, bool is_folder)
{
	for (int i = 0; i < LISTED; i++)
		if (!listed[i].name) {
			listed[i].folder = folder;
			listed[i].is_folder = is_folder;
			listed[i].name = name;
			return true;
		}
	errno = EMFILE;
	return false;
}

/* Writes six letters over the end of `name`. They need not be secret: a name that is taken is not used. */
static void choose_name(struct buf *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345"; /* 32 */
	unsigned char chance[LETTERS] = { 0 };
	struct timespec time;

	if (getrandom(chance, sizeof(chance), GRND_NONBLOCK) != (ssize_t)sizeof(chance)) {
		clock_gettime(CLOCK_MONOTONIC, &time); /* early in boot */
		memcpy(chance, &time.tv_nsec, sizeof(int32_t));
	}
	for (size_t i = 0; i < LETTERS; i++)
		name->at[name->len - LETTERS + i] = letters[chance[i] % 32];
}

static int make_file(int folder, const char *name, mode_t mode)
{
	return openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
}

/* Listed first and made then, so that no signal finds it made and not listed. What `make` returns. */
static int create_listed(int folder, struct buf *name, mode_t mode, int (*make)(int, const char *, mode_t))
{
	enum { TRIES = 100 };
	int made = -1;

	for (int i = 0; i < TRIES; i++) {
		choose_name(name);
		if (!list(folder, name->at, make == mkdirat))
			return -1;
		made = make(folder, name->at, mode);
		if (made >= 0)
			return made;
		temporary_forget(name->at, false);
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

/* With a name beside `path`, which the caller frees. What `make` returns. */
static int create(
	int folder, const char *path, mode_t mode, int (*make)(int, const char *, mode_t), char **name)
{
	const char *slash = strrchr(path, '/');
	struct buf chosen = BUF_INIT;
	int made;

	if (slash)
		buf_add(&chosen, span_of(path, (size_t)(slash - path) + 1));
	buf_add(&chosen, SPAN(".ghirbal-XXXXXX"));
	buf_string(&chosen);
	watch_signals();
	made = create_listed(folder, &chosen, mode, make);
	if (made < 0) {
		int reason = errno;

		buf_release(&chosen);
		errno = reason;
		return -1;
	}
	*name = chosen.at;
	return made;
}

int temporary_create_at(int folder, const char *path, mode_t mode, char **name)
{
	return create(folder, path, mode, make_file, name);
}

int temporary_create(const char *path, char **name)
{
	return temporary_create_at(AT_FDCWD, path, 0600, name);
}

bool temporary_create_folder(const char *path, char **name)
{
	return create(AT_FDCWD, path, 0700, mkdirat, name) == 0;
}

void temporary_forget(const char *name, bool remove)
{
	for (int i = 0; i < LISTED; i++) {
		if (listed[i].name != name)
			continue;
		if (remove)
			remove_one(i);
		listed[i].name = NULL;
	}
}
