/* SPDX-License-Identifier: MIT
 * mem.c - the one place where lack of memory ends the program. */
#include "common/mem.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

_Noreturn void mem_lack(void)
{
	fprintf(stderr, "%s: out of memory\n", program_invocation_short_name);
	exit(1);
}

static void *mem_checked(void *got)
{
	if (!got)
		mem_lack();
	return got;
}

void *mem_new(size_t count, size_t size)
{
	return mem_checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		return mem_checked(NULL);
	return mem_checked(realloc(old, bytes ? bytes : 1));
}

void mem_trim(void)
{
/* The sanitizers have an allocator of their own: the C library's was never set up then. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	malloc_trim(0);
#endif
}

char *mem_copy(const char *bytes, size_t len)
{
	char *copy = mem_new(len + 1, 1);

	if (len)
		memcpy(copy, bytes, len);
	return copy;
}

/* Twice as much as wanted surely holds what is wanted on the right address; the rest is given back. */
void *mem_large_new(void)
{
	char *room = mmap(
		NULL, (size_t)2 * MEM_LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t ahead;

	if (room == MAP_FAILED)
		return mem_checked(NULL);
	ahead = -(uintptr_t)room % MEM_LARGE;
	if (ahead)
		munmap(room, ahead);
	munmap(room + ahead + MEM_LARGE, MEM_LARGE - ahead);
	madvise(room + ahead, MEM_LARGE, MADV_HUGEPAGE); /* a wish */
	return room + ahead;
}

void mem_large_free(void *large)
{
	if (large)
		munmap(large, MEM_LARGE);
}
