/* SPDX-License-Identifier: MIT
 * temporary.h - unfinished files, gone whatever ends the program.
 *
 * The list is the one mutable global in the house: a signal handler can reach nothing else. Only drivers use
 * it. SIGINT, SIGTERM, SIGHUP, SIGPIPE and the others that end a program remove what is listed and then end it as
 * they would have; so does exit. A signal that the parent ignores stays ignored. */
#ifndef GHIRBAL_TEMPORARY_H
#define GHIRBAL_TEMPORARY_H

#include <stdbool.h>
#include <sys/types.h>

/* Makes a new file in the folder of `path`, open for writing, and lists it. Its name is the caller's to free,
 * after temporary_forget. Returns the descriptor, -1 with errno. */
int temporary_create(const char *path, char **name);

/* The same, `path` being relative to the open folder `folder` (or to the working one: AT_FDCWD), with these
 * permissions as far as the umask allows. The folder must stay open until temporary_forget. */
int temporary_create_at(int folder, const char *path, mode_t mode, char **name);

/* Makes a new folder in the folder of `path`, nobody else's, and lists it: it is removed with all that is in it. Its
 * name is the caller's to free, after temporary_forget. False with errno. */
bool temporary_create_folder(const char *path, char **name);

/* Takes the file, or folder, off the list; when `remove` is set, removes it too. */
void temporary_forget(const char *name, bool remove);

#endif
