/* SPDX-License-Identifier: MIT
 * function_words.c - a set of small words. */
#include "function_words.h"

#include <stdlib.h>

#include "common/mem.h"

/* Returns whether the key is new. */
static bool put(uint64_t *slots, size_t cap, uint64_t key)
{
	size_t mask = cap - 1, at = key & mask;

	while (slots[at] && slots[at] != key)
		at = (at + 1) & mask;
	if (slots[at])
		return false;
	slots[at] = key;
	return true;
}

/* At most a quarter full: nearly every word that is asked for is none of these, and finds that out at once. */
static void grow(struct function_words *set)
{
	size_t cap = set->cap ? set->cap * 2 : 1024;
	uint64_t *slots = mem_new(cap, sizeof(*slots));

	for (size_t i = 0; i < set->cap; i++)
		if (set->own[i])
			put(slots, cap, set->own[i]);
	free(set->own);
	set->slots = set->own = slots;
	set->cap = cap;
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
		set->count += put(set->own, set->cap, reader->words[i].key);
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
	free(set->own);
	*set = (struct function_words){ .slots = NULL };
}
