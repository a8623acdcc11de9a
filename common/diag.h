/* SPDX-License-Identifier: MIT
 * diag.h - what went wrong, in one sentence.
 *
 * Modules and filters fill a diag; only drivers print it. A sentence says what failed first, quotes the
 * culprit, gives a place, has no capital and no full stop: "cannot read 'x.txt': Permission denied". */
#ifndef GHIRBAL_DIAG_H
#define GHIRBAL_DIAG_H

#include "common/buf.h"

/* Exit statuses of every program here. */
enum status {
	STATUS_DONE = 0,
	STATUS_FAILED = 1, /* I/O, memory, a missing FILE, --invalid=error; the output is not complete */
	STATUS_USAGE = 2, /* options, a pipeline that does not check */
	STATUS_REJECTED = 3, /* done, but some records or documents were rejected, each named */
};

struct diag {
	char text[4096]; /* NUL-terminated; longer sentences are cut */
};

void diag_set(struct diag *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints "program: place: sentence" and a newline on stderr, in one write. `place` may be NULL. Both
 * parts may quote untrusted text: it is escaped as diag_escape does. */
void diag_print(const char *program, const char *place, const char *sentence);

/* Appends `text` with what a terminal might obey made visible: controls, line ends, bidi marks and other
 * invisibles as \u{XXXX}, bytes that are not UTF-8 as \x{XX}. */
void diag_escape(struct buf *into, struct span text);

#endif
