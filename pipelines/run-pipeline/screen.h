/* SPDX-License-Identifier: MIT
 * screen.h - how far a run is, a line for the whole and one for each stage, on a terminal and nowhere else.
 *
 * From the second second on, five times a second; gone when the run is over or a message is due. What is said of a
 * stage is what its filter has told last (--progress-to); of other programs nothing is known. */
#ifndef RUN_PIPELINE_SCREEN_H
#define RUN_PIPELINE_SCREEN_H

#include "common/progress.h"
#include "ledger.h"

enum { SCREEN_MS = 200 }; /* between two drawings */

struct screen {
	const struct plan *plan;
	const struct ledger *ledger;
	struct progress whole; /* its own drawing is not used */
	size_t lines; /* on the terminal now */
};

/* Whether a run that writes to `output`, NULL for standard output, should show it: where standard error is a terminal,
 * when it was asked for, or when nothing else would mix with it. */
bool screen_is_welcome(const char *output, bool asked);

/* A run begins; `total` are the bytes that go in, 0 where that is not known. All is borrowed. */
void screen_open(
	struct screen *screen, const struct plan *plan, const struct ledger *ledger, uint64_t total);

/* Draws when it is time. Nothing where `screen` is NULL. */
void screen_draw(struct screen *screen);

/* Takes the lines away. Nothing where `screen` is NULL. */
void screen_clear(struct screen *screen);

/* Appends the lines `seconds` after the start, each cut to `columns` bytes. */
void screen_lines(struct buf *into, const struct screen *screen, double seconds, size_t columns);

#endif
