/* SPDX-License-Identifier: MIT
 * tree.h - the files in a folder, in the order of their names' bytes. */
#ifndef PACKING_PACK_DOCS_TREE_H
#define PACKING_PACK_DOCS_TREE_H

#include "common/filter.h"

struct tree_handler {
	/* A file to be read. `is_named` tells that it is the operand itself, of whatever kind. */
	enum flow (*file)(void *ctx, const char *path, bool is_named);
	/* Something that is no file, or cannot be looked at: `reason` is an errno, or 0 where `what` says all. */
	void (*trouble)(void *ctx, const char *path, const char *what, int reason);
	void *ctx;
};

/* Walks `path`: a file is handed on, a folder is walked with all that is in it. A symbolic link there is
 * followed to a file, but not to a folder; `path` itself may be a link to either. Names in it
 * that begin with a dot are passed over unless `all`. Anything but FLOW_MORE ends the walk. */
enum flow tree_walk(const char *path, bool all, const struct tree_handler *to);

#endif
