/* SPDX-License-Identifier: MIT
 * shell.h - words quoted for bash. */
#ifndef RUN_PIPELINE_SHELL_H
#define RUN_PIPELINE_SHELL_H

#include "common/buf.h"

/* Appends `word` so that bash reads it back byte for byte as one word, on one line, and so that a
 * terminal shows what it holds: bare where no byte means anything to a shell, 'quoted' where the
 * text can be seen, $'…' where it holds controls, invisible characters or bytes that are not
 * UTF-8. */
void shell_add_word(struct buf *into, struct span word);

#endif
