/* SPDX-License-Identifier: MIT
 * report.h - messages to people, on stderr, with nothing in them that a terminal might obey.
 *
 * Only drivers report. A message is "program: place: sentence" on one line. */
#ifndef GHIRBAL_REPORT_H
#define GHIRBAL_REPORT_H

#include "common/buf.h"

/* Prints one message in one write. `place` may be NULL. Both parts may quote untrusted text: it is escaped
 * as report_escape does. A stderr that is closed or full is no error: there is nowhere left to say so. */
void report(const char *program, const char *place, const char *sentence);

/* Appends `text` with what a terminal might obey made visible: controls, line ends, bidi marks and other
 * invisibles as \u{XXXX}, bytes that are not UTF-8 as \x{XX}. */
void report_escape(struct buf *into, struct span text);

#endif
