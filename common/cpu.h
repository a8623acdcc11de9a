/* SPDX-License-Identifier: MIT
 * cpu.h - which vector instructions may be used.
 *
 * Every vector path has a scalar twin with the same bytes; which one runs is chosen at run time, once,
 * by the driver. GHIRBAL_CPU=scalar|ssse3|avx2|avx512 in the environment lowers the choice (tests, doubts). */
#ifndef GHIRBAL_CPU_H
#define GHIRBAL_CPU_H

enum cpu { CPU_SCALAR, CPU_SSSE3, CPU_AVX2, CPU_AVX512 /* its foundation and BW */ };

/* The best level this machine has, but not above `wish` ("scalar", "ssse3", "avx2", "avx512"). NULL and
 * unknown words wish for the best. */
enum cpu cpu_best(const char *wish);

#endif
