/* SPDX-License-Identifier: MIT
 * name_list.h - file names for --files0-from, in memory. */
#ifndef RUN_PIPELINE_NAME_LIST_H
#define RUN_PIPELINE_NAME_LIST_H

#include <stddef.h>

/* A descriptor to be read from its start: every name, FOLDER/NAME where `folder` is not NULL, ended
 * by a NUL. -1 with errno. */
int name_list(const char *folder, const char *const *names, size_t count);

/* A descriptor of a file in memory that holds `len` bytes, at its start. -1 with errno. */
int memory_file(const char *bytes, size_t len);

#endif
