/* SPDX-License-Identifier: MIT
 * tree.c - walking a folder: a stack of paths, those of folders with a slash at their end. */
#include "common/tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/buf.h"
#include "common/mem.h"

struct tree {
	const struct tree_handler *to;
	bool all;
	char **todo; /* the next one last */
	size_t count, room;
};

static enum flow left_out(const struct tree *tree, const char *path, enum tree_trouble what, int reason)
{
	tree->to->trouble(tree->to->ctx, path, what, reason);
	return FLOW_MORE;
}

/* --- a folder ------------------------------------------------------------------------------------------- */

static void push(struct tree *tree, char *path)
{
	if (tree->count == tree->room) {
		tree->room = tree->room * 2 + 64;
		tree->todo = mem_resize(tree->todo, tree->room, sizeof(*tree->todo));
	}
	tree->todo[tree->count++] = path;
}

/* What the system cannot say of an entry without looking shows when its turn comes; here it decides the order. */
static bool is_folder(const char *path, const struct dirent *entry)
{
	struct stat about;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static void push_entry(struct tree *tree, struct span folder, const struct dirent *entry)
{
	struct buf path = BUF_INIT;

	buf_add(&path, folder);
	buf_add(&path, span_from(entry->d_name));
	if (is_folder(buf_string(&path), entry))
		buf_add_byte(&path, '/');
	buf_string(&path);
	push(tree, path.at);
}

static bool is_wanted(const struct tree *tree, const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	return tree->all || name[0] != '.';
}

static int last_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

static enum flow walk_folder(struct tree *tree, const char *path)
{
	DIR *folder = opendir(path);
	struct buf prefix = BUF_INIT;
	const struct dirent *entry;
	size_t start = tree->count;
	int reason;

	if (!folder)
		return left_out(tree, path, TREE_NOT_READ, errno);
	buf_add(&prefix, span_from(path));
	if (path[prefix.len - 1] != '/')
		buf_add_byte(&prefix, '/');
	while (errno = 0, (entry = readdir(folder)))
		if (is_wanted(tree, entry->d_name))
			push_entry(tree, buf_span(&prefix), entry);
	reason = errno;
	closedir(folder);
	buf_release(&prefix);
	if (tree->count > start)
		qsort(tree->todo + start, tree->count - start, sizeof(*tree->todo), last_first);
	return reason ? left_out(tree, path, TREE_NOT_READ, reason) : FLOW_MORE;
}

/* --- a path --------------------------------------------------------------------------------------------- */

/* A link may stand for one article. */
static enum flow visit_link(const struct tree *tree, const char *path)
{
	struct stat target;

	if (stat(path, &target) != 0)
		return left_out(tree, path, TREE_NOT_OPENED, errno);
	if (S_ISDIR(target.st_mode))
		return left_out(tree, path, TREE_LINK_TO_FOLDER, 0);
	if (!S_ISREG(target.st_mode))
		return left_out(tree, path, TREE_NO_FILE, 0);
	return tree->to->file(tree->to->ctx, path, false);
}

static enum flow visit(struct tree *tree, const char *path, bool is_named)
{
	struct stat about;

	if ((is_named ? stat(path, &about) : lstat(path, &about)) != 0)
		return left_out(tree, path, TREE_NOT_OPENED, errno);
	if (S_ISDIR(about.st_mode))
		return walk_folder(tree, path);
	if (S_ISLNK(about.st_mode))
		return visit_link(tree, path);
	if (!is_named && !S_ISREG(about.st_mode))
		return left_out(tree, path, TREE_NO_FILE, 0);
	return tree->to->file(tree->to->ctx, path, is_named);
}

/* A folder is shown without the slash that put it in its place. */
static enum flow visit_next(struct tree *tree)
{
	char *path = tree->todo[--tree->count];
	size_t len = strlen(path);
	enum flow flow;

	if (path[len - 1] == '/')
		path[len - 1] = '\0';
	flow = visit(tree, path, false);
	free(path);
	return flow;
}

enum flow tree_walk(const char *path, bool all, const struct tree_handler *to)
{
	struct tree tree = { .to = to, .all = all };
	enum flow flow = visit(&tree, path, true);

	while (flow == FLOW_MORE && tree.count)
		flow = visit_next(&tree);
	while (tree.count)
		free(tree.todo[--tree.count]);
	free(tree.todo);
	return flow;
}
