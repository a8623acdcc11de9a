/* SPDX-License-Identifier: MIT
 * mem.c - the one place where lack of memory ends the program. */
#include "common/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *mem_checked(void *got)
{
	if (got)
		return got;
	fprintf(stderr, "%s: out of memory\n", program_invocation_short_name);
	exit(1);
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

char *mem_copy(const char *bytes, size_t len)
{
	char *copy = mem_new(len + 1, 1);

	if (len)
		memcpy(copy, bytes, len);
	return copy;
}
