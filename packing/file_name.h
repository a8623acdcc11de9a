/* SPDX-License-Identifier: MIT
 * file_name.h - names of files as text, and which of them may be made.
 *
 * A name on Unix is bytes; an id in JSON is text. A byte that is not UTF-8 is written \xHH, a backslash \\, so
 * that every name has one spelling of its own in plain characters, which any JSON tool keeps. (Other escapes
 * of JSON itself, lone surrogates, do not survive every tool.) */
#ifndef PACKING_FILE_NAME_H
#define PACKING_FILE_NAME_H

#include "common/buf.h"
#include "common/diag.h"

/* Longest name that can be opened again with one call, in bytes: PATH_MAX of Linux less its NUL. */
enum { FILE_NAME_LONGEST = 4095 };

/* Appends the path as an id: relative, with no '.', '..' or empty part, so that it can be made again inside
 * any folder. As tar does, everything up to the last '..' and slashes in front are left out. */
void file_name_relative(struct buf *into, struct span path);

/* Appends `name` escaped; what is appended is valid UTF-8. */
void file_name_escape(struct buf *into, struct span name);

/* Appends the name that `id` spells. False with `why` when a backslash in it is no escape. */
bool file_name_unescape(struct buf *into, struct span id, struct diag *why);

/* Whether a file of this name lies inside the folder it is made in, whatever is there: a relative path with
 * no '.', '..' or empty part, no NUL, not too long. False with `why`. */
bool file_name_stays_inside(struct span name, struct diag *why);

#endif
