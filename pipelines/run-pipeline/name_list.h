/* SPDX-License-Identifier: MIT
 * name_list.h - file names for --files0-from, in memory. */
#ifndef RUN_PIPELINE_NAME_LIST_H
#define RUN_PIPELINE_NAME_LIST_H

#include "common/arena.h"

/* A descriptor to be read from its start: every name, FOLDER/NAME where `folder` is not NULL, ended
 * by a NUL. -1 with errno. */
int name_list(const char *folder, const char *const *names, size_t count);

/* A descriptor of a file in memory that holds `len` bytes, at its start. -1 with errno. */
int memory_file(const char *bytes, size_t len);

/* The names that the list `path` holds ("-" is standard input), each ended by a NUL, in `arena`; ends with NULL. *count of
 * them. NULL with errno. */
const char **name_list_read(struct arena *arena, const char *path, size_t *count);

#endif
