/* SPDX-License-Identifier: MIT
 * diag.c - what went wrong, in one sentence. */
#include "common/diag.h"

#include <stdarg.h>
#include <stdio.h>

void diag_set(struct diag *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why->text, sizeof(why->text), format, args);
	va_end(args);
}
