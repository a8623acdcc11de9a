/* SPDX-License-Identifier: MIT
 * repairs.c - one sentence. */
#include "common/repairs.h"

void repairs_say(struct buf *into, const struct repairs *repairs)
{
	unsigned long long parts = repairs->parts;

	if (parts == 0)
		return;
	buf_addf(into, "%llu ill-formed part%s %s", parts, parts == 1 ? "" : "s",
		repairs->drops ? "dropped" : "replaced by U+FFFD");
	if (repairs->documents > 1)
		buf_addf(into, " in %llu of %llu documents", (unsigned long long)repairs->mended,
			(unsigned long long)repairs->documents);
	if (repairs->looks_foreign)
		buf_add(into, SPAN("; this may not be UTF-8: try 'normalize --from=auto' first"));
}
