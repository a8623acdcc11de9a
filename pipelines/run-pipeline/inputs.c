/* SPDX-License-Identifier: MIT
 * inputs.c - looking at files before anything runs. */
#include "inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/mem.h"
#include "common/report.h"
#include "common/tree.h"

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

bool inputs_any_compressed(const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (codec_of(names[i]))
			return true;
	return false;
}

/* --- folders ---------------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A walk, and what it has found. */
struct finding {
	struct arena *arena;
	struct inputs *inputs;
	size_t room; /* for names */
	size_t prefix; /* of paths, which names go without */
};

static enum flow take_file(void *ctx, const char *path, bool is_named)
{
	struct finding *finding = ctx;
	struct inputs *inputs = finding->inputs;

	if (is_named) {
		tell(inputs, path, "cannot read", ENOTDIR);
		return FLOW_STOP;
	}
	if (!can_read(inputs, path, -1))
		return FLOW_MORE;
	if (inputs->count + 1 >= finding->room) {
		finding->room = finding->room * 2 + 64;
		inputs->names = mem_resize(inputs->names, finding->room, sizeof(*inputs->names));
	}
	inputs->names[inputs->count++] = arena_copy(finding->arena, span_from(path + finding->prefix));
	return FLOW_MORE;
}

static void tell_trouble(void *ctx, const char *path, enum tree_trouble what, int reason)
{
	static const char *const sentences[] = {
		[TREE_NOT_OPENED] = "cannot open",
		[TREE_NOT_READ] = "cannot read",
		[TREE_LINK_TO_FOLDER] = "passed over: a link to a folder",
		[TREE_NO_FILE] = "passed over: not a file",
	};
	struct finding *finding = ctx;

	tell(finding->inputs, path, sentences[what], reason);
}

struct inputs inputs_list(struct arena *arena, const char *folder)
{
	struct inputs found = { NULL, 0, false };
	struct finding finding = { .arena = arena, .inputs = &found, .prefix = strlen(folder) };
	const struct tree_handler to = { take_file, tell_trouble, &finding };
	const char **kept;

	/* The walk adds a slash only where the folder's name lacks one. */
	finding.prefix += finding.prefix && folder[finding.prefix - 1] != '/';
	tree_walk(folder, false, &to);
	if (found.count)
		qsort(found.names, found.count, sizeof(*found.names), compare_names);
	kept = arena_new(arena, found.count + 1, sizeof(*kept));
	if (found.count)
		memcpy(kept, found.names, found.count * sizeof(*kept));
	free(found.names);
	found.names = kept;
	return found;
}
