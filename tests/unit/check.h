/* SPDX-License-Identifier: MIT
 * check.h - cmocka with the headers it wants, and checks that show text. */
#ifndef GHIRBAL_TESTS_CHECK_H
#define GHIRBAL_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"

/* A behaviour: TEST(name) { ... }, listed in main with IT(name). */
#define TEST(name) static void name(void **unused __attribute__((unused)))
#define IT(name)   cmocka_unit_test(name)

/* The buf holds exactly this text. */
static inline void check_buf(struct buf *buf, const char *text)
{
	assert_string_equal(buf_string(buf), text);
}

/* A small generator of pseudo-random numbers (an LCG with its low bits dropped): the same on every machine. */
static inline uint32_t check_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

#endif
