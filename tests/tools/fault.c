/* SPDX-License-Identifier: MIT
 * fault.c - a library to preload that makes one call of the system fail, the K-th of a group, as told by the
 * environment. Errors are those that the manual pages of the calls name.
 *
 *   FAULT_GROUP=NAME   which calls: memory, read, write, open, close, sync, rename, seek, stat, spawn, pipe, memfd,
 *                      poll, name (mkdir, unlink, link), change (fchmod, ftruncate)
 *   FAULT_AT=K         the K-th call of that group fails
 *   FAULT_ON=1         and every one behind it
 *   FAULT_EINTR=1      with EINTR, where reading and writing can be interrupted
 *   FAULT_KILL=1       it does not fail: the program is killed in front of it
 *   FAULT_IN=NAME      only in programs of that name
 *   FAULT_MARK=FILE    made when a call was made to fail: whoever tries K = 1, 2, ... sees where to end
 *
 * Messages are not in the way: writing to descriptor 2 succeeds. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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
	plan.calls++;
	if (plan.calls != plan.at && !(plan.goes_on && plan.calls > plan.at))
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

/* What a failed close leaves is closed, as on Linux. */
int close(int fd)
{
	int result = REAL(close)(fd);

	return fails("close", EIO) ? -1 : result;
}

int fsync(int fd)
{
	return fails("sync", EIO) ? -1 : REAL(fsync)(fd);
}

int syncfs(int fd)
{
	return fails("sync", EIO) ? -1 : REAL(syncfs)(fd);
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

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
	const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
	return fails("spawn", EAGAIN)
		       ? EAGAIN
		       : REAL(posix_spawn)(pid, path, actions, attributes, arguments, environment);
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

int fchmod(int fd, mode_t mode)
{
	return fails("change", EPERM) ? -1 : REAL(fchmod)(fd, mode);
}

int ftruncate(int fd, off_t size)
{
	return fails("change", EIO) ? -1 : REAL(ftruncate)(fd, size);
}
