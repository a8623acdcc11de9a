/* SPDX-License-Identifier: MIT
 * compressed.c - one program, one pipe. The options are those that all three have: -d, -c and -q of their pages. */
#include "common/compressed.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const zstd_out[] = { "zstd", "-dcq", NULL }, *const zstd_in[] = { "zstd", "-cq", NULL };
static const char *const gzip_out[] = { "gzip", "-dcq", NULL }, *const gzip_in[] = { "gzip", "-cq", NULL };
static const char *const xz_out[] = { "xz", "-dcq", NULL }, *const xz_in[] = { "xz", "-cq", NULL };

static const struct codec codecs[] = {
	{ ".zst", "zstd", zstd_out, zstd_in },
	{ ".gz", "gzip", gzip_out, gzip_in },
	{ ".xz", "xz", xz_out, xz_in },
};

const struct codec *codec_of(const char *name)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		if (span_has_suffix(span_from(name), span_from(codecs[i].suffix)))
			return &codecs[i];
	return NULL;
}

/* As posix_spawnp; its error number. Signals are as a fresh program has them: a pipe that nobody reads ends it. A parent
 * that does not care for its children may have had us ignore SIGCHLD: then nobody would learn how this one ended. */
static int start(pid_t *pid, const char *const *words, int in, int out)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults, none;
	int error; /* without memory the program would read and write what we do */

	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	signal(SIGCHLD, SIG_DFL);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	error = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (error == 0)
		error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	if (error == 0)
		error = posix_spawnp(pid, words[0], &actions, &attributes, (char *const *)words, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

/* `ours` is the end of the pipe that is returned. */
static int begin(
	struct compressed *compressed, const char *const *words, int file, int ours, struct diag *why)
{
	int ends[2], error;

	if (pipe2(ends, O_CLOEXEC) != 0) {
		diag_set(why, "cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	error = ours == 0 ? start(&compressed->pid, words, file, ends[1])
			  : start(&compressed->pid, words, ends[0], file);
	close(ends[!ours]);
	if (error == 0)
		return ends[ours];
	close(ends[ours]);
	compressed->pid = 0;
	if (error == ENOENT)
		diag_set(why, "there is no program '%s' in PATH", words[0]);
	else
		diag_set(why, "cannot start '%s': %s", words[0], strerror(error));
	return -1;
}

int compressed_read(struct compressed *compressed, const struct codec *codec, int file, struct diag *why)
{
	compressed->codec = codec;
	return begin(compressed, codec->unpack, file, 0, why);
}

int compressed_write(struct compressed *compressed, const struct codec *codec, int file, struct diag *why)
{
	compressed->codec = codec;
	return begin(compressed, codec->pack, file, 1, why);
}

bool compressed_end(struct compressed *compressed, bool early, struct diag *why)
{
	const char *program = compressed->codec ? compressed->codec->program : "";
	pid_t pid = compressed->pid;
	int status = 0;
	pid_t got;

	compressed->pid = 0;
	if (!pid)
		return true;
	do
		got = waitpid(pid, &status, 0);
	while (got < 0 && errno == EINTR);
	if (got != pid) {
		diag_set(why, "cannot tell how %s ended: %s", program, strerror(errno));
		return false;
	}
	if ((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
		(early && WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE))
		return true;
	if (WIFSIGNALED(status))
		diag_set(why, "%s was killed by signal %d (%s)", program, WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	else
		diag_set(why, "%s failed with status %d", program, WEXITSTATUS(status));
	return false;
}
