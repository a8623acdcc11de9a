/* SPDX-License-Identifier: MIT
 * speech.h - what a stage says on its standard error.
 *
 * Lines are handed on to ours, or to whoever keeps them, as they come, but the last one is held back until the stage is over:
 * when it fails, its last words become the cause in the one message about it. */
#ifndef RUN_PIPELINE_SPEECH_H
#define RUN_PIPELINE_SPEECH_H

#include "common/buf.h"
#include "screen.h"

struct speech {
	int fd; /* -1 when it is over */
	struct buf held;
	bool waits; /* it is not our turn to speak: nothing is handed on, and who says much has to wait */
	struct screen *screen; /* what stands on the terminal where lines go; NULL: nothing */
	struct buf *kept; /* where lines are handed on to; NULL: our standard error */
};

/* Opens a way to speak; its other end, for the stage, is *mouth, close-on-exec. What is heard goes to `kept`, which
 * may be NULL. False with errno. */
bool speech_open(struct speech *speech, struct buf *kept, struct screen *screen, int *mouth);

/* The descriptor to be polled for reading; -1: there is nothing to wait for. */
int speech_fd(const struct speech *speech);

/* It is our turn: what was said meanwhile is handed on. */
void speech_begin(struct speech *speech);

/* Takes what has been said, without waiting for more. */
void speech_hear(struct speech *speech);

/* Hears the rest and ends it. With `last_words` not NULL the held line is appended there, without
 * its newline, otherwise it is handed on. */
void speech_close(struct speech *speech, struct buf *last_words);

#endif
