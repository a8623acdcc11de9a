/* SPDX-License-Identifier: MIT
 * tree.c - walking a folder with fts(3), which holds the names of one folder at each depth. */
#include "packing/pack-docs/tree.h"

#include <errno.h>
#include <fts.h>
#include <sys/stat.h>

static int byte_or_slash(const FTSENT *entry, unsigned char byte)
{
	return byte == 0 && entry->fts_info == FTS_D ? '/' : byte;
}

/* As strcmp orders whole paths: a folder's name goes on with a slash. */
static int by_bytes(const FTSENT **a, const FTSENT **b)
{
	const unsigned char *x = (const unsigned char *)(*a)->fts_name;
	const unsigned char *y = (const unsigned char *)(*b)->fts_name;

	while (*x && *x == *y) {
		x++;
		y++;
	}
	return byte_or_slash(*a, *x) - byte_or_slash(*b, *y);
}

static bool is_hidden(const FTSENT *entry)
{
	return entry->fts_level > 0 && entry->fts_name[0] == '.';
}

static enum flow left_out(const struct tree_handler *to, const FTSENT *entry, const char *what, int reason)
{
	to->trouble(to->ctx, entry->fts_path, what, reason);
	return FLOW_MORE;
}

/* A link may stand for one article. One to a folder could bring in anything, the folder it is in included. */
static enum flow visit_link(const struct tree_handler *to, const FTSENT *entry)
{
	struct stat target;

	if (stat(entry->fts_accpath, &target) != 0)
		return left_out(to, entry, "open", errno);
	if (S_ISDIR(target.st_mode))
		return left_out(to, entry, "left out: a symbolic link to a folder", 0);
	if (!S_ISREG(target.st_mode))
		return left_out(to, entry, "left out: not a file", 0);
	return to->file(to->ctx, entry->fts_path, false);
}

static enum flow visit(const struct tree_handler *to, const FTSENT *entry)
{
	bool is_named = entry->fts_level == 0;

	switch (entry->fts_info) {
	case FTS_F:
		return to->file(to->ctx, entry->fts_path, is_named);
	case FTS_SL:
		return visit_link(to, entry);
	case FTS_DEFAULT:
		return is_named ? to->file(to->ctx, entry->fts_path, true)
				: left_out(to, entry, "left out: not a file", 0);
	case FTS_DC:
		return left_out(to, entry, "left out: this folder holds itself", 0);
	case FTS_DNR:
	case FTS_ERR:
		return left_out(to, entry, "read", entry->fts_errno);
	case FTS_NS:
		return left_out(to, entry, "open", entry->fts_errno);
	case FTS_SLNONE:
		return left_out(to, entry, "open", ENOENT);
	default: /* a folder, before or after what is in it */
		return FLOW_MORE;
	}
}

enum flow tree_walk(const char *path, bool all, const struct tree_handler *to)
{
	char *const roots[] = { (char *)path, NULL };
	FTS *tree = *path ? fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_bytes) : NULL;
	enum flow flow = FLOW_MORE;
	FTSENT *entry;

	if (!tree) {
		to->trouble(to->ctx, path, "open", *path ? errno : ENOENT);
		return FLOW_MORE;
	}
	while (flow == FLOW_MORE && (errno = 0, entry = fts_read(tree))) {
		if (is_hidden(entry) && !all)
			fts_set(tree, entry, FTS_SKIP);
		else
			flow = visit(to, entry);
	}
	if (flow == FLOW_MORE && errno)
		to->trouble(to->ctx, path, "read", errno);
	fts_close(tree);
	return flow;
}
