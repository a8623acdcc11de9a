/* SPDX-License-Identifier: MIT
 * tree.h - the files in a folder, in the order of their paths' bytes.
 *
 * fts(3) would do, but glibc's (2.36) does not look whether it got the memory for the path it was given. */
#ifndef GHIRBAL_TREE_H
#define GHIRBAL_TREE_H

#include "common/filter.h"

enum tree_trouble {
	TREE_NOT_OPENED, /* as errno says */
	TREE_NOT_READ, /* a folder; likewise */
	TREE_LINK_TO_FOLDER, /* is not followed: it could bring in anything, the folder it is in included */
	TREE_NO_FILE /* a device, a socket, a named pipe */
};

struct tree_handler {
	/* A file to be read. `is_named` tells that it is `path` itself, of whatever kind. */
	enum flow (*file)(void *ctx, const char *path, bool is_named);
	/* Something else; `reason` is an errno, or 0 where `what` says all. */
	void (*trouble)(void *ctx, const char *path, enum tree_trouble what, int reason);
	void *ctx;
};

/* Walks `path`: a file is handed on, a folder is walked with all that is in it. A symbolic link there is
 * followed to a file, but not to a folder; `path` itself may be a link to either. Names in it
 * that begin with a dot are passed over unless `all`. Anything but FLOW_MORE ends the walk. Holds the paths of
 * what is in the folders above, not of all. */
enum flow tree_walk(const char *path, bool all, const struct tree_handler *to);

#endif
