/* SPDX-License-Identifier: MIT
 * escape.h - terminal escape sequences in text: colours and cursor movements that a log or a copied terminal
 * left behind.
 *
 * ECMA-48, 5.4 (control sequences: ESC [, parameters, a final letter), 5.6 and 8.3.89 (strings: ESC ] and
 * others, up to BEL or ESC \), 5.3 and ISO 2022 (ESC ( B: which character set). An ESC that begins none of
 * these is a control like any other: it alone goes. */
#ifndef GHIRBAL_NORMALIZE_ESCAPE_H
#define GHIRBAL_NORMALIZE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ESCAPE_LONGEST = 256 }; /* code points; real sequences have a dozen, window titles a few dozen */

enum escape_state {
	ESCAPE_NONE,
	ESCAPE_BEGUN, /* ESC */
	ESCAPE_CONTROL, /* ESC [ and parameters */
	ESCAPE_FINISHING, /* ... and intermediate bytes */
	ESCAPE_STRING, /* ESC ] and the string */
	ESCAPE_STRING_ENDING, /* ... and ESC, perhaps of ESC \ */
	ESCAPE_CHARSET, /* ESC ( */
};

struct escape {
	enum escape_state state;
	int32_t held[ESCAPE_LONGEST]; /* what came after the ESC */
	size_t held_count;
};

enum escape_step {
	ESCAPE_TAKEN, /* part of the sequence so far, or its end */
	ESCAPE_REFUSED, /* there is no sequence: what is held is text, then the code point */
};

/* Begins with an ESC. */
void escape_begin(struct escape *escape);

/* Takes the next code point; escape->state must not be ESCAPE_NONE, and is that again after the end of
 * a sequence and after a refusal. After a refusal `held` is valid until the next escape_begin. */
enum escape_step escape_feed(struct escape *escape, int32_t cp);

#endif
