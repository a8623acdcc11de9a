/* SPDX-License-Identifier: MIT
 * inputs.c - looking at files before anything runs. */
#include "inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/report.h"

static void tell(struct inputs *inputs, const char *name, const char *what, int reason)
{
	struct buf sentence = BUF_INIT;

	buf_addf(&sentence, "%s%s%s", what, reason ? ": " : "", reason ? strerror(reason) : "");
	report("run-pipeline", name, buf_string(&sentence));
	buf_release(&sentence);
	inputs->some_failed = true;
}

static bool is_same_file(const struct stat *input, int output)
{
	struct stat about;

	return output >= 0 && fstat(output, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 &&
	       about.st_dev == input->st_dev && about.st_ino == input->st_ino;
}

/* Looks without opening: whoever writes into a FIFO would notice. */
static bool can_read(struct inputs *inputs, const char *name, int output)
{
	struct stat about;

	if (stat(name, &about) != 0 || faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) != 0)
		tell(inputs, name, "cannot open", errno);
	else if (S_ISDIR(about.st_mode))
		tell(inputs, name, "cannot read", EISDIR);
	else if (is_same_file(&about, output))
		tell(inputs, name, "this file is both input and output; use -o to replace it", 0);
	else
		return true;
	return false;
}

static bool can_read_stdin(struct inputs *inputs, int output)
{
	struct stat about;

	if (fstat(STDIN_FILENO, &about) != 0 || !is_same_file(&about, output) ||
		lseek(STDIN_FILENO, 0, SEEK_CUR) >= about.st_size)
		return true; /* what else is wrong with it the first stage will say */
	tell(inputs, "standard input", "this file is both input and output; use -o to replace it", 0);
	return false;
}

struct inputs inputs_check(struct arena *arena, const char *const *operands, size_t count, int output)
{
	struct inputs inputs = { arena_new(arena, count + 1, sizeof(*inputs.names)), 0, false };

	for (size_t i = 0; i < count; i++)
		if (strcmp(operands[i], "-") == 0 ? can_read_stdin(&inputs, output)
						  : can_read(&inputs, operands[i], output))
			inputs.names[inputs.count++] = operands[i];
	return inputs;
}

/* --- folders ---------------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a link leads to a file. One to a folder is not followed: it may lead back here, or out to anywhere. */
static bool leads_to_file(struct inputs *inputs, const FTSENT *entry)
{
	struct stat target;

	if (stat(entry->fts_accpath, &target) != 0)
		tell(inputs, entry->fts_path, "cannot open", errno);
	else if (S_ISDIR(target.st_mode))
		tell(inputs, entry->fts_path, "passed over: a link to a folder", 0);
	else if (!S_ISREG(target.st_mode))
		tell(inputs, entry->fts_path, "passed over: not a file", 0);
	else
		return true;
	return false;
}

/* Takes one entry of the walk. */
static void visit(
	struct arena *arena, struct inputs *inputs, size_t *room, const FTSENT *entry, size_t prefix)
{
	switch (entry->fts_info) {
	case FTS_F:
		break;
	case FTS_SL:
	case FTS_SLNONE:
		if (leads_to_file(inputs, entry))
			break;
		return;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		tell(inputs, entry->fts_path, "cannot read", entry->fts_errno);
		return;
	case FTS_DEFAULT:
		tell(inputs, entry->fts_path, "passed over: not a file", 0);
		return;
	default:
		return;
	}
	if (!can_read(inputs, entry->fts_accpath, -1))
		return;
	if (inputs->count + 1 >= *room) {
		*room = *room * 2 + 64;
		inputs->names = mem_resize(inputs->names, *room, sizeof(*inputs->names));
	}
	inputs->names[inputs->count++] = arena_copy(arena, span_from(entry->fts_path + prefix));
}

static bool is_hidden(const FTSENT *entry)
{
	return entry->fts_level > 0 && entry->fts_name[0] == '.';
}

static void walk(struct arena *arena, struct inputs *inputs, FTS *tree)
{
	size_t room = 0, prefix = 0;
	FTSENT *entry;

	while ((entry = fts_read(tree))) {
		if (entry->fts_level == 0 && entry->fts_info == FTS_D) {
			prefix = entry->fts_pathlen;
			/* fts adds a slash only where the folder's name lacks one */
			prefix += entry->fts_path[prefix - 1] != '/';
		} else if (is_hidden(entry)) {
			fts_set(tree, entry, FTS_SKIP);
		} else {
			visit(arena, inputs, &room, entry, prefix);
		}
	}
}

struct inputs inputs_list(struct arena *arena, const char *folder)
{
	char *const roots[] = { (char *)folder, NULL };
	struct inputs found = { NULL, 0, false };
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
	const char **kept;

	if (!tree) {
		tell(&found, folder, "cannot read", errno);
		return found;
	}
	walk(arena, &found, tree);
	fts_close(tree);
	if (found.count)
		qsort(found.names, found.count, sizeof(*found.names), compare_names);
	kept = arena_new(arena, found.count + 1, sizeof(*kept));
	if (found.count)
		memcpy(kept, found.names, found.count * sizeof(*kept));
	free(found.names);
	found.names = kept;
	return found;
}
