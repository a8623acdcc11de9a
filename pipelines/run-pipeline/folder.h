/* SPDX-License-Identifier: MIT
 * folder.h - a folder of outputs, of which nobody sees half.
 *
 * Files are made in a hidden folder inside the target, under the names they will have, and moved to
 * their places when all went well. A file that is already there is replaced then, and not
 * before. */
#ifndef RUN_PIPELINE_FOLDER_H
#define RUN_PIPELINE_FOLDER_H

#include "common/buf.h"
#include "common/diag.h"

struct folder {
	const char *target; /* borrowed */
	char *hidden; /* path of the hidden folder; NULL: not made */
};

/* Makes the target, its parents too, where they do not exist, and the hidden folder. False with
 * `why`. */
bool folder_open(struct folder *folder, const char *target, struct diag *why);

/* Opens a new file for the output `name`, relative to the target. Its descriptor; -1 with `why`. */
int folder_create(struct folder *folder, const char *name, struct diag *why);

/* Moves the files `names` to their places. False with `why`; when a target cannot be a file,
 * nothing was moved yet. */
bool folder_publish(struct folder *folder, const char *const *names, size_t count, struct diag *why);

/* Removes the hidden folder and whatever is still in it. */
void folder_close(struct folder *folder);

/* Whether `inner` is `outer` or lies in it. Names of what does not exist yet are fine. */
bool folder_holds(const char *outer, const char *inner);

#endif
