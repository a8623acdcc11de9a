/* SPDX-License-Identifier: MIT
 * diag.h - what went wrong, in one sentence.
 *
 * Modules and filters fill a diag; only drivers print it (report.h). A sentence says what failed first, quotes the
 * culprit, gives a place, has no capital and no full stop: "cannot read 'x.txt': Permission denied". */
#ifndef GHIRBAL_DIAG_H
#define GHIRBAL_DIAG_H

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

#endif
