/* SPDX-License-Identifier: MIT
 * mem.h - memory that is there, or the program ends.
 *
 * A filter cannot do anything useful without memory, so running out of it is reported in one place
 * (mem.c): one line on stderr and exit status 1, with temporary files removed on the way out (atexit).
 * No other module checks for NULL. */
#ifndef GHIRBAL_MEM_H
#define GHIRBAL_MEM_H

#include <stddef.h>

/* Memory for `count` items of `size` bytes, zeroed. The caller frees it with free(). */
void *mem_new(size_t count, size_t size);

/* `old` (NULL or from this module) made to hold `count` items of `size` bytes; new bytes are not
 * zeroed. The caller goes on with the result only, and frees it with free(). */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of `len` bytes followed by a NUL. The caller frees it with free(). */
char *mem_copy(const char *bytes, size_t len);

/* Gives memory that was freed back to the system: after large tables, which the C library keeps for later else. */
void mem_trim(void);

/* Ends the program as the functions above do: for a library that was refused memory. */
_Noreturn void mem_lack(void);

enum { MEM_LARGE = 2 << 20 }; /* bytes: a large page of x86-64 and of aarch64 */

/* MEM_LARGE bytes on an address that is a multiple of that, zeroed, for what is read here and there: where the system
 * allows it they are one page, and finding them costs no walk through page tables. Freed by mem_large_free. */
void *mem_large_new(void);
void mem_large_free(void *large);

#endif
