/* SPDX-License-Identifier: MIT
 * jail.c - a library to preload that has the kernel kill a program, by SIGSYS, which does more than read what it is
 * given and write what is open: starts a program, opens a socket, opens a file for writing, makes, renames, removes
 * or changes one. Files without a name (O_TMPFILE) are allowed, and threads. See seccomp(2).
 *
 *   JAIL_STARTS=NAME      the program of that name may start others, which are in jail, too
 *   JAIL_PROGRAMS=FOLDER  only programs in this folder may run at all, others end with status 126
 *
 * It needs Linux on x86-64 or arm64; elsewhere programs end with status 125. */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#define ARCH 0
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const uint32_t forbidden[] = {
	SYS_socket,
	SYS_socketpair,
	SYS_connect,
	SYS_bind,
	SYS_ptrace,
	SYS_process_vm_writev,
	SYS_mkdirat,
	SYS_mknodat,
	SYS_symlinkat,
	SYS_linkat,
	SYS_unlinkat,
	SYS_renameat2,
	SYS_truncate,
	SYS_fchmodat,
	SYS_fchownat,
	SYS_setxattr,
	SYS_mount,
	SYS_io_uring_setup,
	SYS_openat2,
#ifdef SYS_renameat
	SYS_renameat,
#endif
#ifdef SYS_mkdir
	SYS_mkdir,
	SYS_mknod,
	SYS_symlink,
	SYS_link,
	SYS_unlink,
	SYS_rmdir,
	SYS_rename,
	SYS_chmod,
	SYS_chown,
	SYS_lchown,
	SYS_creat,
	SYS_utimes,
#endif
};

static const uint32_t starting[] = {
	SYS_execve,
	SYS_execveat,
#ifdef SYS_fork
	SYS_fork,
	SYS_vfork,
#endif
};

/* Programs for the kernel, an instruction after the other. */
struct code {
	struct sock_filter lines[128];
	unsigned short count;
};

static void add(struct code *code, struct sock_filter line)
{
	code->lines[code->count++] = line;
}

static void load(struct code *code, size_t offset)
{
	add(code, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void kill_if_equal(struct code *code, uint32_t number)
{
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
	add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
}

/* An open call whose flags are that argument: for reading, or without a name. */
static void check_open(struct code *code, uint32_t number, size_t argument)
{
	const uint32_t nameless = O_TMPFILE, writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 8));
	load(code, offsetof(struct seccomp_data, args) + 8 * argument); /* little-endian */
	add(code, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, nameless));
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nameless, 0, 1));
	add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	load(code, offsetof(struct seccomp_data, args) + 8 * argument);
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writing, 0, 1));
	add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
	load(code, offsetof(struct seccomp_data, nr));
}

/* Only threads may be made. The flags of clone3 are in memory, where nobody can look: the C library then takes clone. */
static void check_clone(struct code *code)
{
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1));
	add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4));
	load(code, offsetof(struct seccomp_data, args)); /* little-endian */
	add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
	add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
	load(code, offsetof(struct seccomp_data, nr));
}

static bool lock_up(bool may_start)
{
	struct code code = { .count = 0 };
	struct sock_fprog program = { .filter = code.lines };

	load(&code, offsetof(struct seccomp_data, arch));
	add(&code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0));
	add(&code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
	load(&code, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < COUNT(forbidden); i++)
		kill_if_equal(&code, forbidden[i]);
	for (size_t i = 0; i < COUNT(starting) && !may_start; i++)
		kill_if_equal(&code, starting[i]);
	if (!may_start)
		check_clone(&code);
	check_open(&code, SYS_openat, 2);
#ifdef SYS_open
	check_open(&code, SYS_open, 1);
#endif
	add(&code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	program.len = code.count;
	return ARCH != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static bool is_in(const char *folder)
{
	const char *path =
		(const char *)getauxval(AT_EXECFN); /* as it was started; not every machine has /proc */

	if (!folder)
		return true;
	return path && strncmp(path, folder, strlen(folder)) == 0 && path[strlen(folder)] == '/';
}

__attribute__((constructor)) static void jail(void)
{
	const char *starts = getenv("JAIL_STARTS");

	if (!is_in(getenv("JAIL_PROGRAMS")))
		_exit(126);
	if (!lock_up(starts && strcmp(starts, program_invocation_short_name) == 0))
		_exit(125);
}
