/* SPDX-License-Identifier: MIT
 * cpu.c - asks the processor what it can do. */
#include "common/cpu.h"

#include <string.h>

static enum cpu cpu_of_machine(void)
{
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx2"))
		return CPU_AVX512;
	if (__builtin_cpu_supports("avx2"))
		return CPU_AVX2;
	if (__builtin_cpu_supports("ssse3"))
		return CPU_SSSE3;
#endif
	return CPU_SCALAR;
}

enum cpu cpu_best(const char *wish)
{
	static const char *const levels[] = {
		[CPU_SCALAR] = "scalar", [CPU_SSSE3] = "ssse3", [CPU_AVX2] = "avx2", [CPU_AVX512] = "avx512"
	};
	enum cpu best = cpu_of_machine();

	for (enum cpu cpu = CPU_SCALAR; wish && cpu < best; cpu++)
		if (strcmp(wish, levels[cpu]) == 0)
			return cpu;
	return best;
}
