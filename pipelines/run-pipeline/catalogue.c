/* SPDX-License-Identifier: MIT
 * catalogue.c - a folder of pipelines. */
#include "catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "home.h"
#include "common/mem.h"
#include "common/nearest.h"

#define SUFFIX ".yaml"

/* The folder of the pipelines; NULL where the system does not tell our own. */
static const char *shared_folder(struct arena *arena)
{
	struct span folder = home_find(arena).folder;
	struct buf path = BUF_INIT;
	const char *slash = folder.len ? memrchr(folder.at, '/', folder.len) : NULL, *copy;

	if (!slash)
		return NULL;
	buf_add(&path, span_head(folder, (size_t)(slash - folder.at)));
	buf_add(&path, SPAN("/share/ghirbal/pipelines"));
	copy = arena_copy(arena, buf_span(&path));
	buf_release(&path);
	return copy;
}

static const char *path_of(struct arena *arena, const char *folder, struct span name)
{
	struct buf path = BUF_INIT;
	const char *copy;

	buf_addf(&path, "%s/", folder);
	buf_add(&path, name);
	buf_add(&path, SPAN(SUFFIX));
	copy = arena_copy(arena, buf_span(&path));
	buf_release(&path);
	return copy;
}

static int is_pipeline(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && span_has_suffix(span_from(entry->d_name), SPAN(SUFFIX));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* The names of all, without suffix, ended by NULL. `error` is why a folder that is there cannot be read; else 0. */
static const char **names_in(struct arena *arena, const char *folder, int *error)
{
	struct dirent **entries = NULL;
	int count = folder ? scandir(folder, &entries, is_pipeline, by_bytes) : 0;
	size_t kept = count > 0 ? (size_t)count : 0;
	const char **names;

	*error = count < 0 && errno != ENOENT ? errno : 0;
	if (*error == ENOMEM)
		mem_lack();
	names = arena_new(arena, kept + 1, sizeof(*names));

	for (size_t i = 0; i < kept; i++) {
		struct span file = span_from(entries[i]->d_name);

		names[i] = arena_copy(arena, span_head(file, file.len - (sizeof(SUFFIX) - 1)));
		free(entries[i]);
	}
	free(entries);
	return names;
}

static const char *nearest_of(const char *const *names, const char *given)
{
	struct nearest nearest = nearest_to(span_from(given));

	for (; *names; names++)
		nearest_try(&nearest, *names);
	return nearest.name;
}

/* A folder may well be called as a pipeline is: it holds what the pipeline made. */
static bool is_file(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

static bool is_mere_name(const char *given)
{
	return *given && !strchr(given, '/') && !span_has_suffix(span_from(given), SPAN(SUFFIX));
}

const char *catalogue_find(struct arena *arena, const char *given, struct diag *why)
{
	const char *folder, *path, *nearest;
	int error;

	if (!is_mere_name(given) || is_file(given))
		return given;
	folder = shared_folder(arena);
	path = folder ? path_of(arena, folder, span_from(given)) : NULL;
	if (path && is_file(path))
		return path;
	nearest = nearest_of(names_in(arena, folder, &error), given);
	if (nearest)
		diag_set(why, "there is no such file, and no predefined pipeline; did you mean '%s'?",
			nearest);
	else
		diag_set(why,
			"there is no such file, and no predefined pipeline; --list names those there are");
	return NULL;
}

void catalogue_list(struct buf *into, read_fn *read, struct trouble *trouble)
{
	struct arena arena = ARENA_INIT;
	const char *folder = shared_folder(&arena);
	int error;
	const char **name = names_in(&arena, folder, &error);

	if (!folder)
		trouble_in(trouble, "--list", "cannot tell where this program is, with which they came");
	else if (error)
		trouble_in(trouble, folder, "cannot read: %s", strerror(error));
	for (; *name; name++) {
		struct plan plan;

		if (plan_load(&plan, path_of(&arena, folder, span_from(*name)), read, trouble))
			buf_addf(into, "%s\t%s\n", *name, plan.pipeline.summary);
		plan_release(&plan);
	}
	arena_release(&arena);
}
