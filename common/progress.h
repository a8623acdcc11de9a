/* SPDX-License-Identifier: MIT
 * progress.h - how far a long run is, on a terminal and nowhere else.
 *
 * One line on standard error, from the second second on, at most five times a second: bytes read, rate, and
 * where the size is known percentage and time left. It is gone when the run is over or a message is due. */
#ifndef GHIRBAL_PROGRESS_H
#define GHIRBAL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"

struct progress {
	bool is_on;
	const char *name; /* of the program */
	uint64_t total; /* bytes to read; 0: not known */
	uint64_t done; /* bytes read */
	double started, shown; /* seconds on a clock that only goes forward */
	bool is_drawn; /* a line stands on the terminal */
};

/* Seconds on a clock that only goes forward. */
double progress_clock(void);

/* Whether a run should show progress without being asked: somebody watches standard error, and what is
 * written neither scrolls by there nor goes to another program that may show progress of its own. */
bool progress_is_welcome(void);

/* A run begins. `name` is borrowed. */
void progress_start(struct progress *progress, const char *name, uint64_t total);

/* `bytes` more were read. Draws when it is time. */
void progress_add(struct progress *progress, uint64_t bytes);

/* Takes the line away: a message follows, or the run is over. */
void progress_clear(struct progress *progress);

/* Appends a number of bytes in decimal units, as "1.2 MB". */
void progress_add_size(struct buf *into, double bytes);

/* Appends what the line says `seconds` after the start. */
void progress_line(struct buf *into, const struct progress *progress, double seconds);

#endif
