/* SPDX-License-Identifier: MIT
 * json_runs.h - the bulk of a JSON string: runs of plain bytes, and the escapes of two bytes that end the lines of a
 * text and quote its words (RFC 8259, section 7). What json_string.c is built of. */
#ifndef GHIRBAL_JSON_RUNS_H
#define GHIRBAL_JSON_RUNS_H

#include <stdbool.h>

#include "common/cpu.h"

enum { JSON_RUN_ROOM = 32 }; /* bytes behind a copy that it may overwrite: the largest vector */

/* The character that the letter of a two-byte escape stands for, and the letter that a character is spelled with; 0 when
 * there is none. */
extern const char json_meanings[256], json_letters[256];

/* Neither a quote nor a backslash nor a control. */
static inline bool json_is_plain(char byte)
{
	return byte != '"' && byte != '\\' && (unsigned char)byte >= 0x20;
}

/* The meaning of the two-byte escape at `at`, where a backslash is; 0 when there is none. */
static inline char json_meaning_at(const char *at, const char *end)
{
	if (end - at < 2)
		return 0;
	return json_meanings[(unsigned char)at[1]];
}

/* The first byte from `at` that is not plain; `end` when there is none. */
const char *json_plain_end(const char *at, const char *end, enum cpu cpu);

/* Copies plain bytes and puts meanings in the place of escapes of two bytes, most of them; stops at a byte that is not
 * plain, an escape perhaps. Returns the end of the copy, behind which JSON_RUN_ROOM bytes are free, and moves
 * `*from`. */
char *json_take_run(char *to, const char **from, const char *end, enum cpu cpu);

/* Copies plain bytes and spells what has an escape of two bytes, most of that; stops at a byte that is not plain. `to` is
 * so far in front of `room` that it would all fit if it were plain, and is so again afterwards; behind `room`
 * JSON_RUN_ROOM bytes are free. Returns and moves the same. */
char *json_spell_run(char *to, const char *room, const char **from, const char *end, enum cpu cpu);

#endif
