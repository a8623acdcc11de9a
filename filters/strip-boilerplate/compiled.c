/* SPDX-License-Identifier: MIT
 * compiled.c - the data files, as the compiler gets them from tools/compile.c. */
#include "compiled.h"

#include "strip-boilerplate/compiled.inc"

uint32_t compiled_languages(const char *primary)
{
	if (strcmp(primary, "auto") == 0)
		return UINT32_MAX;
	for (size_t i = 0; languages[i]; i++)
		if (strcmp(primary, languages[i]) == 0)
			return UINT32_C(1) << i;
	return 0;
}
