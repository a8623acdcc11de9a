/* SPDX-License-Identifier: MIT
 * cpu.c - asks the processor what it can do. */
#include "common/cpu.h"

#include <string.h>

static enum cpu cpu_of_machine(void)
{
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx2"))
		return CPU_AVX2;
	if (__builtin_cpu_supports("ssse3"))
		return CPU_SSSE3;
#endif
	return CPU_SCALAR;
}

enum cpu cpu_best(const char *wish)
{
	enum cpu best = cpu_of_machine();

	if (wish && strcmp(wish, "scalar") == 0)
		return CPU_SCALAR;
	if (wish && strcmp(wish, "ssse3") == 0 && best > CPU_SSSE3)
		return CPU_SSSE3;
	return best;
}
