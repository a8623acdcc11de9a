/* SPDX-License-Identifier: MIT
 * stdio_guard.h - what a program does with the descriptors and signals it inherits, before anything else.
 *
 * A closed descriptor 0, 1 or 2 is filled with one that fails as a closed one does, so that no file opened
 * later gets its number and is taken for standard output. SIGXFSZ is ignored: a write beyond a file size
 * limit then fails with a message. SIGPIPE stays as it is: a reader that left ends a filter in silence. */
#ifndef GHIRBAL_STDIO_GUARD_H
#define GHIRBAL_STDIO_GUARD_H

void stdio_guard(void);

#endif
