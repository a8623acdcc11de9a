/* SPDX-License-Identifier: MIT
 * measure.c - measure IN COMMAND...: runs COMMAND with IN as its standard input and nothing as its output, and prints
 * what it and all it started took: CPU microseconds (user and system), microseconds of wall time, and the KiB that the
 * largest of these processes held at its peak. Ends in the status of the command.
 *
 * A program of its own because Perl knows CPU time only in hundredths of a second, and because a child's
 * peak counts from its fork: here that is a small process. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long us_of(struct timeval t)
{
	return t.tv_sec * 1000000LL + t.tv_usec;
}

static long long us_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void run(const char *in, char **command)
{
	int from = open(in, O_RDONLY), to = open("/dev/null", O_WRONLY);

	if (from < 0 || to < 0 || dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0) {
		perror(in);
		_exit(126);
	}
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

int main(int argc, char **argv)
{
	long long started = us_now();
	struct rusage used;
	pid_t child;
	int status;

	if (argc < 3) {
		fputs("usage: measure IN COMMAND...\n", stderr);
		return 2;
	}
	child = fork();
	if (child == 0)
		run(argv[1], argv + 2);
	if (child < 0 || wait4(child, &status, 0, &used) < 0) {
		perror("measure");
		return 1;
	}
	printf("%lld %lld %ld\n", us_of(used.ru_utime) + us_of(used.ru_stime), us_now() - started,
		used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
