/* SPDX-License-Identifier: MIT
 * names.c - names end to end. */
#include "filters/dedupe/names.h"

#include <stdlib.h>

#include "common/mem.h"

void names_release(struct names *names)
{
	buf_release(&names->text);
	free(names->ends);
	*names = (struct names){ .text = BUF_INIT };
}

void names_add(struct names *names, struct span name)
{
	if (names->count == names->cap) {
		names->cap += names->cap / 2 + 64;
		names->ends = mem_resize(names->ends, names->cap, sizeof(*names->ends));
	}
	buf_add(&names->text, name);
	names->ends[names->count++] = names->text.len;
}

struct span names_get(const struct names *names, size_t number)
{
	size_t start = number ? names->ends[number - 1] : 0;

	return span_of(names->text.at + start, names->ends[number] - start);
}
