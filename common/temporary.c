/* SPDX-License-Identifier: MIT
 * temporary.c - unfinished files, gone whatever ends the program. */
#include "common/temporary.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/buf.h"

enum { LISTED = 8 };
static char *volatile listed[LISTED];

static void remove_listed(void)
{
	for (int i = 0; i < LISTED; i++)
		if (listed[i])
			unlink(listed[i]);
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

	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &act, NULL);
	atexit(remove_listed);
}

static bool list(char *name)
{
	for (int i = 0; i < LISTED; i++)
		if (!listed[i]) {
			listed[i] = name;
			return true;
		}
	return false;
}

int temporary_create(const char *path, char **name)
{
	const char *slash = strrchr(path, '/');
	struct buf template = BUF_INIT;
	int fd;

	if (slash)
		buf_add(&template, span_of(path, (size_t)(slash - path) + 1));
	buf_add(&template, SPAN(".ghirbal-XXXXXX"));
	buf_string(&template);
	if (!listed[0])
		watch_signals();
	fd = mkostemp(template.at, O_CLOEXEC);
	if (fd >= 0 && !list(template.at)) {
		unlink(template.at);
		close(fd);
		fd = -1;
	}
	if (fd < 0) {
		buf_release(&template);
		return -1;
	}
	*name = template.at;
	return fd;
}

void temporary_forget(const char *name, bool remove)
{
	if (remove)
		unlink(name);
	for (int i = 0; i < LISTED; i++)
		if (listed[i] == name)
			listed[i] = NULL;
}
