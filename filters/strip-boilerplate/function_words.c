/* SPDX-License-Identifier: MIT
 * function_words.c - a set of small words. */
#include "function_words.h"

#include <stdlib.h>

#include "common/mem.h"

static void put(struct function_words *set, uint64_t key)
{
	size_t mask = set->cap - 1, at = key & mask;

	while (set->slots[at] && set->slots[at] != key)
		at = (at + 1) & mask;
	set->count += !set->slots[at];
	set->slots[at] = key;
}

/* At most a quarter full: nearly every word that is asked for is none of these, and finds that out at once. */
static void grow(struct function_words *set)
{
	struct function_words wider = { NULL, 0, set->cap ? set->cap * 2 : 1024 };

	wider.slots = mem_new(wider.cap, sizeof *wider.slots);
	for (size_t i = 0; i < set->cap; i++)
		if (set->slots[i])
			put(&wider, set->slots[i]);
	free(set->slots);
	*set = wider;
}

static void add_line(struct function_words *set, struct reader *reader, struct span line)
{
	size_t tag = span_find(line, ':');

	if (line.len == 0 || line.at[0] == '#')
		return;
	reader_read(reader, tag < line.len ? span_skip(line, tag + 1) : line);
	for (size_t i = 0; i < reader->count; i++) {
		if (reader->words[i].digits || !reader->words[i].key)
			continue;
		if (set->count * 4 >= set->cap)
			grow(set);
		put(set, reader->words[i].key);
	}
}

void function_words_add(struct function_words *set, struct reader *reader, struct span text)
{
	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		add_line(set, reader, line);
		text = span_skip(text, line.len + 1);
	}
}

void function_words_release(struct function_words *set)
{
	free(set->slots);
	*set = (struct function_words){ NULL, 0, 0 };
}
