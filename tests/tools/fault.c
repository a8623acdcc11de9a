/* SPDX-License-Identifier: MIT
 * fault.c - a library to preload that makes one call of the system fail, the K-th of a group, as told by the
 * environment. Errors are those that the manual pages of the calls name.
 *
 *   FAULT_GROUP=NAME   which calls: memory, read, write, open, close, sync, rename, seek, stat, spawn, pipe, memfd,
 *                      poll, name (mkdir, link, symlink, mkfifo), change (of mode, owner, length), remove, wait,
 *                      thread, random, advice
 *   FAULT_AT=K         the K-th call of that group fails
 *   FAULT_ON=1         and every one behind it
 *   FAULT_EINTR=1      with EINTR, where reading and writing can be interrupted
 *   FAULT_KILL=1       it does not fail: the program is killed in front of it
 *   FAULT_IN=NAME      only in programs of that name
 *   FAULT_MARK=FILE    made when a call was made to fail: whoever tries K = 1, 2, ... sees where to end
 *
 * Messages are not in the way: writing to descriptor 2 succeeds. What is to reach the disk does not: that takes long,
 * and what programs see of it is only whether it failed.
 *
 * To start and link a program takes longer than most of these runs, so it can be had once for many:
 *
 *   FAULT_SERVE=FD     in front of main, a socket is asked for orders, each a line of what else stands here, a tab between
 *                      two. A copy of the process obeys it, in the folder 'here', with FAULT_STDIN as standard input
 *                      ('|' in front: through a pipe), 'stdout' and 'stderr' beside that folder. What waitpid(2) says of
 *                      it is the answer, once all that it started are over, too.
 *   FAULT_SECONDS=N    it is ended then, and what it left N seconds after it */
#include <dlfcn.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static struct {
	bool is_read;
	const char *group, *mark;
	long at, calls;
	bool goes_on, interrupts, kills;
} plan;

/* getenv and what else is needed here allocates nothing. */
static void read_plan(void)
{
	const char *in = getenv("FAULT_IN"), *at = getenv("FAULT_AT");

	plan.is_read = true;
	if (!at || (in && strcmp(in, program_invocation_short_name) != 0))
		return;
	plan.at = atol(at);
	plan.goes_on = getenv("FAULT_ON");
	plan.interrupts = getenv("FAULT_EINTR");
	plan.kills = getenv("FAULT_KILL");
	plan.mark = getenv("FAULT_MARK");
	plan.group = getenv("FAULT_GROUP");
}

/* Whether this call of the group is to fail; then errno says so. */
static bool fails(const char *group, int error)
{
	if (!environ)
		return false;
	if (!plan.is_read)
		read_plan();
	if (!plan.group || strcmp(plan.group, group) != 0)
		return false;
	/* Threads call, too. */
	long call = __atomic_add_fetch(&plan.calls, 1, __ATOMIC_RELAXED);
	if (call != plan.at && !(plan.goes_on && call > plan.at))
		return false;
	if (plan.mark)
		syscall(SYS_close, (int)syscall(SYS_openat, AT_FDCWD, plan.mark, O_WRONLY | O_CREAT, 0600));
	if (plan.kills)
		raise(SIGKILL);
	errno = plan.interrupts ? EINTR : error;
	return true;
}

/* The real call, looked up once. */
#define REAL(name)                                                                                         \
	__extension__({                                                                                    \
		static __typeof__(&name) found;                                                            \
		if (!found)                                                                                \
			found = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                                \
		found;                                                                                     \
	})

void *malloc(size_t size)
{
	return fails("memory", ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails("memory", ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails("memory", ENOMEM) ? NULL : __libc_realloc(old, size);
}

void *mmap(void *at, size_t size, int how, int flags, int fd, off_t offset)
{
	if (fails("memory", ENOMEM))
		return MAP_FAILED;
	return REAL(mmap)(at, size, how, flags, fd, offset);
}

ssize_t read(int fd, void *into, size_t size)
{
	return fails("read", EIO) ? -1 : REAL(read)(fd, into, size);
}

ssize_t pread(int fd, void *into, size_t size, off_t at)
{
	return fails("read", EIO) ? -1 : REAL(pread)(fd, into, size, at);
}

ssize_t write(int fd, const void *from, size_t size)
{
	return fd != STDERR_FILENO && fails("write", ENOSPC) ? -1 : REAL(write)(fd, from, size);
}

ssize_t sendfile(int out, int in, off_t *at, size_t size)
{
	return fails("write", ENOSPC) ? -1 : REAL(sendfile)(out, in, at, size);
}

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size, unsigned flags)
{
	return fails("write", ENOSPC) ? -1 : REAL(splice)(in, in_at, out, out_at, size, flags);
}

ssize_t tee(int in, int out, size_t size, unsigned flags)
{
	return fails("write", ENOMEM) ? -1 : REAL(tee)(in, out, size, flags);
}

struct dirent *readdir(DIR *folder)
{
	return fails("read", EIO) ? NULL : REAL(readdir)(folder);
}

static int mode_of(int flags, va_list more)
{
	return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, int) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list more;
	int mode;

	va_start(more, flags);
	mode = mode_of(flags, more);
	va_end(more);
	return fails("open", EMFILE) ? -1 : REAL(open)(path, flags, mode);
}

int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
	return fails("open", EMFILE) ? -1 : REAL(open)(path, flags);
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list more;
	int mode;

	va_start(more, flags);
	mode = mode_of(flags, more);
	va_end(more);
	return fails("open", EMFILE) ? -1 : REAL(openat)(folder, path, flags, mode);
}

int mkostemp(char *name, int flags)
{
	return fails("open", EACCES) ? -1 : REAL(mkostemp)(name, flags);
}

DIR *opendir(const char *path)
{
	return fails("open", EMFILE) ? NULL : REAL(opendir)(path);
}

int scandir(const char *path, struct dirent ***entries, int (*is_wanted)(const struct dirent *),
	int (*order)(const struct dirent **, const struct dirent **))
{
	return fails("open", EMFILE) ? -1 : REAL(scandir)(path, entries, is_wanted, order);
}

int signalfd(int fd, const sigset_t *signals, int flags)
{
	return fails("open", EMFILE) ? -1 : REAL(signalfd)(fd, signals, flags);
}

iconv_t iconv_open(const char *to, const char *from)
{
	return fails("open", EMFILE) ? (iconv_t)-1 : REAL(iconv_open)(to, from);
}

/* Of what it does, only another descriptor may be too many. */
int fcntl(int fd, int what, ...)
{
	va_list more;
	void *value;

	va_start(more, what);
	value = va_arg(more, void *);
	va_end(more);
	if ((what == F_DUPFD_CLOEXEC || what == F_DUPFD) && fails("open", EMFILE))
		return -1;
	return REAL(fcntl)(fd, what, value);
}

/* What a failed close leaves is closed, as on Linux. */
int close(int fd)
{
	int result = REAL(close)(fd);

	return fails("close", EIO) ? -1 : result;
}

int fsync(int fd)
{
	(void)fd;
	return fails("sync", EIO) ? -1 : 0;
}

int syncfs(int fd)
{
	(void)fd;
	return fails("sync", EIO) ? -1 : 0;
}

int rename(const char *from, const char *to)
{
	return fails("rename", EACCES) ? -1 : REAL(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	return fails("rename", EACCES) ? -1 : REAL(renameat)(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
	return fails("rename", EACCES) ? -1 : REAL(renameat2)(from_folder, from, to_folder, to, flags);
}

off_t lseek(int fd, off_t by, int from)
{
	return fails("seek", EOVERFLOW) ? -1 : REAL(lseek)(fd, by, from);
}

int stat(const char *path, struct stat *about)
{
	return fails("stat", EIO) ? -1 : REAL(stat)(path, about);
}

int fstat(int fd, struct stat *about)
{
	return fails("stat", EIO) ? -1 : REAL(fstat)(fd, about);
}

int fstatat(int folder, const char *path, struct stat *about, int flags)
{
	return fails("stat", EIO) ? -1 : REAL(fstatat)(folder, path, about, flags);
}

int lstat(const char *path, struct stat *about)
{
	return fails("stat", EIO) ? -1 : REAL(lstat)(path, about);
}

int access(const char *path, int how)
{
	return fails("stat", EIO) ? -1 : REAL(access)(path, how);
}

int faccessat(int folder, const char *path, int how, int flags)
{
	return fails("stat", EIO) ? -1 : REAL(faccessat)(folder, path, how, flags);
}

ssize_t readlink(const char *path, char *into, size_t size)
{
	return fails("stat", EIO) ? -1 : REAL(readlink)(path, into, size);
}

char *realpath(const char *path, char *into)
{
	return fails("stat", EIO) ? NULL : REAL(realpath)(path, into);
}

char *getcwd(char *into, size_t size)
{
	return fails("stat", ENOENT) ? NULL : REAL(getcwd)(into, size);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
	return fails("spawn", EAGAIN)
		       ? EAGAIN
		       : REAL(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}

int posix_spawnp(pid_t *pid, const char *name, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
	return fails("spawn", EAGAIN)
		       ? EAGAIN
		       : REAL(posix_spawnp)(pid, name, actions, attributes, arguments, environment);
}

int execv(const char *path, char *const arguments[])
{
	return fails("spawn", ENOMEM) ? -1 : REAL(execv)(path, arguments);
}

int pthread_create(
	pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *context)
{
	return fails("thread", EAGAIN) ? EAGAIN : REAL(pthread_create)(thread, attributes, start, context);
}

pid_t waitpid(pid_t pid, int *status, int how)
{
	return fails("wait", ECHILD) ? -1 : REAL(waitpid)(pid, status, how);
}

ssize_t getrandom(void *into, size_t size, unsigned flags)
{
	return fails("random", EAGAIN) ? -1 : REAL(getrandom)(into, size, flags);
}

int madvise(void *at, size_t size, int advice)
{
	return fails("advice", EINVAL) ? -1 : REAL(madvise)(at, size, advice);
}

int posix_fadvise(int fd, off_t at, off_t size, int advice)
{
	return fails("advice", EINVAL) ? EINVAL : REAL(posix_fadvise)(fd, at, size, advice);
}

int pipe2(int ends[2], int flags)
{
	return fails("pipe", EMFILE) ? -1 : REAL(pipe2)(ends, flags);
}

int memfd_create(const char *name, unsigned flags)
{
	return fails("memfd", ENFILE) ? -1 : REAL(memfd_create)(name, flags);
}

int poll(struct pollfd *fds, nfds_t count, int wait)
{
	return fails("poll", ENOMEM) ? -1 : REAL(poll)(fds, count, wait);
}

int mkdir(const char *path, mode_t mode)
{
	return fails("name", ENOSPC) ? -1 : REAL(mkdir)(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
	return fails("name", ENOSPC) ? -1 : REAL(mkdirat)(folder, path, mode);
}

char *mkdtemp(char *name)
{
	return fails("name", ENOSPC) ? NULL : REAL(mkdtemp)(name);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	return fails("name", EPERM) ? -1 : REAL(linkat)(from_folder, from, to_folder, to, flags);
}

int symlink(const char *to, const char *path)
{
	return fails("name", ENOSPC) ? -1 : REAL(symlink)(to, path);
}

int mkfifo(const char *path, mode_t mode)
{
	return fails("name", ENOSPC) ? -1 : REAL(mkfifo)(path, mode);
}

int unlink(const char *path)
{
	return fails("remove", EACCES) ? -1 : REAL(unlink)(path);
}

int unlinkat(int folder, const char *path, int flags)
{
	return fails("remove", EACCES) ? -1 : REAL(unlinkat)(folder, path, flags);
}

int chmod(const char *path, mode_t mode)
{
	return fails("change", EPERM) ? -1 : REAL(chmod)(path, mode);
}

int fchown(int fd, uid_t owner, gid_t group)
{
	return fails("change", EPERM) ? -1 : REAL(fchown)(fd, owner, group);
}

int fchmod(int fd, mode_t mode)
{
	return fails("change", EPERM) ? -1 : REAL(fchmod)(fd, mode);
}

int ftruncate(int fd, off_t size)
{
	return fails("change", EIO) ? -1 : REAL(ftruncate)(fd, size);
}

/* --- serving ------------------------------------------------------------------------------------------------ */

/* Descriptor `at` is the file, or the end of a pipe that has all of it. */
static void put_file(int at, const char *path, int flags)
{
	int fd = open(path, flags, 0600), ends[2];
	struct stat about;

	if (fd < 0 || fstat(fd, &about) != 0)
		_exit(126);
	if (at == STDIN_FILENO && getenv("FAULT_STDIN")[0] == '|') {
		if (pipe2(ends, 0) != 0 || fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) < 0 ||
			splice(fd, NULL, ends[1], NULL, (size_t)about.st_size, 0) != about.st_size)
			_exit(126);
		close(fd);
		close(ends[1]);
		fd = ends[0];
	}
	dup2(fd, at);
	close(fd);
}

/* A copy goes on into main, as ordered. */
static void obey(int orders, char *order)
{
	const char *in;

	close(orders);
	unsetenv("FAULT_SERVE");
	for (char *rest = order, *word; (word = strsep(&rest, "\t"));)
		putenv(word);
	in = getenv("FAULT_STDIN");
	put_file(STDIN_FILENO, *in == '|' ? in + 1 : in, O_RDONLY);
	put_file(STDOUT_FILENO, "stdout", O_WRONLY | O_CREAT | O_TRUNC);
	put_file(STDERR_FILENO, "stderr", O_WRONLY | O_CREAT | O_TRUNC);
	if (chdir("here") != 0)
		_exit(126);
	alarm((unsigned)atoi(getenv("FAULT_SECONDS")));
	unsetenv("FAULT_SECONDS");
	read_plan();
}

static volatile pid_t copy;

static void end_copy(int signal)
{
	(void)signal;
	kill(-copy, SIGKILL);
}

/* Waits for the copy, and for whom it started and left: what they leave behind is its doing. */
static int await(void)
{
	pid_t ended;
	int status = 0, other;

	do {
		ended = waitpid(-1, &other, 0);
		if (ended == copy) {
			status = other;
			alarm((unsigned)atoi(getenv("FAULT_SECONDS")));
		}
	} while (ended > 0 || errno == EINTR);
	alarm(0);
	return status;
}

__attribute__((constructor)) static void serve(void)
{
	static char order[4096];
	const char *number = getenv("FAULT_SERVE");
	int orders = number ? atoi(number) : -1, status;
	ssize_t len;

	if (orders < 0)
		return;
	signal(SIGALRM, end_copy);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	while ((len = recv(orders, order, sizeof(order) - 1, 0)) > 0) {
		order[len] = '\0';
		copy = fork();
		setpgid(copy, copy);
		if (copy == 0) {
			signal(SIGALRM, SIG_DFL);
			obey(orders, order);
			return;
		}
		if (copy < 0)
			break;
		status = await();
		send(orders, &status, sizeof(status), MSG_NOSIGNAL);
	}
	_exit(0);
}
