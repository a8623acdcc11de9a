/* SPDX-License-Identifier: MIT
 * compiled.c - the data files, as the compiler gets them from tools/compile.c. */
#include "compiled.h"

#include "strip-boilerplate/compiled.inc"

static bool is_among(const char *const *names, const char *name)
{
	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

bool compiled_knows(const char *primary)
{
	static const char *const none[] = { "auto", "und", "mul", "zxx", NULL };

	return is_among(languages, primary) || is_among(read, primary) || is_among(none, primary);
}

void compiled_name_languages(struct buf *into)
{
	buf_add(into, SPAN("en"));
	for (size_t i = 0; languages[i]; i++)
		buf_addf(into, ", %s", languages[i]);
}

uint32_t compiled_languages(const char *primary)
{
	for (size_t i = 0; languages[i]; i++)
		if (strcmp(primary, languages[i]) == 0)
			return UINT32_C(1) << i;
	return strcmp(primary, "en") == 0 ? 0 : UINT32_MAX;
}
