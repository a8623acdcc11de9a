/* SPDX-License-Identifier: MIT
 * temporary.h - unfinished files, gone whatever ends the program.
 *
 * The list is the one mutable global in the house: a signal handler can reach nothing else. Only drivers use
 * it. SIGINT, SIGTERM and SIGHUP remove what is listed and then end the program as they would have; so does
 * exit. A signal that the parent ignores stays ignored. */
#ifndef GHIRBAL_TEMPORARY_H
#define GHIRBAL_TEMPORARY_H

#include <stdbool.h>

/* Makes a new file in the folder of `path`, open for writing, and lists it. Its name is the caller's to free,
 * after temporary_forget. Returns the descriptor, -1 with errno. */
int temporary_create(const char *path, char **name);

/* Takes the file off the list; when `remove` is set, removes it too. */
void temporary_forget(const char *name, bool remove);

#endif
