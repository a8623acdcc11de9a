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
#include <time.h>
#include <unistd.h>

#include "common/buf.h"

enum { LISTED = 16, LETTERS = 6 /* of a name that chance chooses */ };

/* A signal may come between any two of these stores: the folder is set before the name that makes it count. */
static volatile struct {
	char *name;
	int folder;
} listed[LISTED];

static void remove_listed(void)
{
	for (int i = 0; i < LISTED; i++)
		if (listed[i].name)
			unlinkat(listed[i].folder, listed[i].name, 0);
}

static void on_signal(int number)
{
	remove_listed();
	signal(number, SIG_DFL);
	raise(number);
}

static void watch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
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

static bool list(int folder, char *name)
{
	for (int i = 0; i < LISTED; i++)
		if (!listed[i].name) {
			listed[i].folder = folder;
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

/* Listed first and made then, so that no signal finds it made and not listed. */
static int create_listed(int folder, struct buf *name, mode_t mode)
{
	enum { TRIES = 100 };
	int fd = -1;

	for (int i = 0; i < TRIES; i++) {
		choose_name(name);
		if (!list(folder, name->at))
			return -1;
		fd = openat(folder, name->at, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd >= 0)
			return fd;
		temporary_forget(name->at, false);
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

int temporary_create_at(int folder, const char *path, mode_t mode, char **name)
{
	const char *slash = strrchr(path, '/');
	struct buf made = BUF_INIT;
	int fd;

	if (slash)
		buf_add(&made, span_of(path, (size_t)(slash - path) + 1));
	buf_add(&made, SPAN(".ghirbal-XXXXXX"));
	buf_string(&made);
	watch_signals();
	fd = create_listed(folder, &made, mode);
	if (fd < 0) {
		int reason = errno;

		buf_release(&made);
		errno = reason;
		return -1;
	}
	*name = made.at;
	return fd;
}

int temporary_create(const char *path, char **name)
{
	return temporary_create_at(AT_FDCWD, path, 0600, name);
}

void temporary_forget(const char *name, bool remove)
{
	for (int i = 0; i < LISTED; i++) {
		if (listed[i].name != name)
			continue;
		if (remove)
			unlinkat(listed[i].folder, name, 0);
		listed[i].name = NULL;
	}
}
