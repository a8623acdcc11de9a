/* SPDX-License-Identifier: MIT
 * function_words.c - a set of small words. */
#include "function_words.h"

#include <stdlib.h>

#include "common/mem.h"

enum { MOVES = 64 }; /* after so many the table is taken for too full; it is, from half full on */

/* Puts the key in one of its places; who stands there goes to his other one, and so on. Returns the key that found none
 * in the end; 0: all have one. */
static uint64_t put(uint64_t *slots, size_t cap, uint64_t key)
{
	size_t at = function_place(key, cap);

	for (size_t moves = 0; key && moves < MOVES; moves++) {
		uint64_t other = slots[at];

		slots[at] = key;
		key = other;
		at = function_place(key, cap) == at ? function_second_place(key, cap)
						    : function_place(key, cap);
	}
	return key;
}

static bool put_all(uint64_t *slots, size_t cap, const uint64_t *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i] && put(slots, cap, keys[i]))
			return false;
	return true;
}

/* A table in which `key` and all that the set holds have a place. */
static void grow(struct function_words *set, uint64_t key)
{
	size_t cap = set->cap;
	uint64_t *slots = NULL;

	do {
		free(slots);
		cap = cap ? cap * 2 : 1024;
		slots = mem_new(cap, sizeof(*slots));
	} while (!put_all(slots, cap, set->own, set->cap) || put(slots, cap, key));
	free(set->own);
	set->slots = set->own = slots;
	set->cap = cap;
}

static void add(struct function_words *set, uint64_t key)
{
	uint64_t left = set->cap ? put(set->own, set->cap, key) : key;

	if (left)
		grow(set, left);
	set->count++;
}

static void add_line(struct function_words *set, struct reader *reader, struct span line)
{
	size_t tag = span_find(line, ':');

	if (line.len == 0 || line.at[0] == '#')
		return;
	reader_read(reader, tag < line.len ? span_skip(line, tag + 1) : line);
	for (size_t i = 0; i < reader->count; i++) {
		if (reader->words[i].digits || !reader->words[i].key ||
			function_words_has(set, reader->words[i].key))
			continue;
		add(set, reader->words[i].key);
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
