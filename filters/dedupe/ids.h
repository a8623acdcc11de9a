/* SPDX-License-Identifier: MIT
 * ids.h - numbers for texts: each different one has the number of those that came before it. */
#ifndef GHIRBAL_IDS_H
#define GHIRBAL_IDS_H

#include "filters/dedupe/names.h"

enum { IDS_NONE = UINT32_MAX };

/* Zero bytes and a secret make an empty one; slots depend on the secret, numbers do not. */
struct ids {
	struct names names;
	uint32_t *slots; /* a number and one; 0: free */
	size_t cap;
	uint64_t secret;
};

void ids_release(struct ids *ids);

/* The number of `id`; IDS_NONE if it was not added. */
uint32_t ids_find(const struct ids *ids, struct span id);

/* The same, added where it is new. */
uint32_t ids_add(struct ids *ids, struct span id);

#endif
