/* SPDX-License-Identifier: MIT
 * group.h - the value of --group: which member of a record says what site it is from, MEMBER or MEMBER:host.
 *
 * With :host the member is a URL (RFC 3986), and the site is its host: without user, port and a leading "www.", ASCII
 * letters made small. Without --group all documents are of one site, whose name is empty. */
#ifndef GHIRBAL_STRIP_GROUP_H
#define GHIRBAL_STRIP_GROUP_H

#include "common/filter.h"

struct group {
	struct span member; /* empty: there is none */
	bool is_host;
	size_t index; /* of the member among those asked for */
	struct buf name; /* the site of the document at hand */
};

/* Reads the option (NULL: not given) for documents framed as `reads`; `index` is where its member stands among those
 * that the filter asks for. False with `why` where it makes no sense. */
bool group_init(struct group *group, const char *text, size_t index, enum framing reads, struct diag *why);

/* For the filter's members(): appends the member's name to `count` names; returns how many these are then. */
size_t group_members(const char *text, struct span *names, size_t count);

/* The document's site, borrowed until the next call. False where its record does not say. */
bool group_of(struct group *group, const struct doc_info *doc, struct span *name);

void group_release(struct group *group);

#endif
