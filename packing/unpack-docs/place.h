/* SPDX-License-Identifier: MIT
 * place.h - a folder in which files are made, and which nothing leaves.
 *
 * Every folder of a name is opened inside the one before it, and a symbolic link in between is not followed:
 * whoever may write there, and whenever, cannot lead a file elsewhere. A file is written under a hidden name
 * beside its own and then renamed, so that nobody sees half of it. */
#ifndef PACKING_UNPACK_DOCS_PLACE_H
#define PACKING_UNPACK_DOCS_PLACE_H

#include "common/buf.h"
#include "common/diag.h"

struct place {
	int folder; /* a descriptor */
	bool force; /* files that are there are replaced; a folder never is */
	struct buf name; /* of the file at hand, NUL-terminated */
};

enum placed {
	PLACED,
	PLACE_REFUSED, /* this file cannot be made, others may be; `why` says why */
	PLACE_FAILED, /* the disk is full, the folder cannot be written to: no other will fare better */
};

/* Opens the folder `into`, made if it is not there (but not what it is in). False with `why`. */
bool place_open(struct place *place, const char *into, bool force, struct diag *why);

/* Makes the file `name`, which passes file_name_stays_inside, with the folders it is in. */
enum placed place_put(struct place *place, struct span name, struct span text, struct diag *why);

void place_close(struct place *place);

#endif
