/* SPDX-License-Identifier: MIT
 * parts_run.c - from the command line to the folder. */
#include "parts_run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "common/file.h"
#include "common/registry.h"
#include "common/report.h"
#include "common/version.h"
#include "home.h"
#include "inputs.h"
#include "name_list.h"
#include "parts_folder.h"
#include "parts_totals.h"
#include "run.h"

static enum status fail(enum status status, const char *place, const char *sentence)
{
	report("run-pipeline", place, sentence);
	return status;
}

/* --- versions --------------------------------------------------------------------------------------------- */

static bool add_program(struct buf *into, struct arena *arena, const char *name)
{
	const char *path = home_program(arena, name);
	XXH3_state_t *state = XXH3_createState();
	struct buf block = BUF_INIT;
	enum { BLOCK = 1 << 18 };
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	long got = fd >= 0 && state ? 1 : -1;

	if (state)
		XXH3_64bits_reset(state);
	while (got > 0) {
		got = file_read_some(fd, buf_reserve(&block, BLOCK), BLOCK);
		if (got > 0)
			XXH3_64bits_update(state, block.at, (size_t)got);
	}
	if (got == 0)
		buf_addf(into, "program %s %016" PRIx64 "\n", name, (uint64_t)XXH3_64bits_digest(state));
	if (fd >= 0)
		close(fd);
	buf_release(&block);
	XXH3_freeState(state);
	return got == 0;
}

/* Data first: where that differs, the program does, too. */
static bool add_versions(struct buf *into, struct arena *arena)
{
	const struct filter *filter;
	bool good = true;

	buf_addf(into, "ghirbal %s\n", GHIRBAL_VERSION);
	for (size_t i = 0; (filter = registry_at(i)); i++)
		for (const struct data_hash *data = filter->data; data && data->name; data++)
			buf_addf(into, "data %s/%s %s\n", filter->name, data->name, data->xxh3);
	for (size_t i = 0; (filter = registry_at(i)) && good; i++)
		good = add_program(into, arena, filter->name);
	return good && add_program(into, arena, "run-pipeline");
}

enum status parts_run_versions(void)
{
	struct buf text = BUF_INIT;
	struct arena arena = ARENA_INIT;
	enum status status = STATUS_FAILED;

	if (add_versions(&text, &arena))
		status = print_out(buf_span(&text));
	else
		fail(STATUS_FAILED, NULL, "cannot read one of the programs beside run-pipeline");
	buf_release(&text);
	arena_release(&arena);
	return status;
}

/* --- inputs ----------------------------------------------------------------------------------------------- */

/* Names of all files, those in folders in the order of their names. */
struct names {
	struct opt_texts list;
	size_t room;
};

static void add_name(struct names *names, struct arena *arena, const char *name)
{
	if (names->list.count + 1 >= names->room) {
		const char **grown = arena_new(arena, names->room * 2 + 64, sizeof(*grown));

		if (names->list.count)
			memcpy(grown, names->list.items, names->list.count * sizeof(*grown));
		names->list.items = grown;
		names->room = names->room * 2 + 64;
	}
	names->list.items[names->list.count++] = name;
}

static const char *joined(struct arena *arena, const char *folder, const char *name)
{
	struct buf path = BUF_INIT;
	const char *copy;

	buf_addf(&path, "%s/%s", folder, name);
	copy = arena_copy(arena, buf_span(&path));
	buf_release(&path);
	return copy;
}

static enum status add_input(struct names *names, struct arena *arena, const char *input)
{
	struct stat about;
	struct inputs found;

	if (strcmp(input, "-") == 0)
		return fail(STATUS_USAGE, NULL,
			"parts are read when their turn comes: --parts needs files, not standard input");
	if (stat(input, &about) != 0 || !S_ISDIR(about.st_mode)) {
		add_name(names, arena, input);
		return STATUS_DONE;
	}
	found = inputs_list(arena, input);
	for (size_t i = 0; i < found.count; i++)
		add_name(names, arena, joined(arena, input, found.names[i]));
	return found.some_failed ? STATUS_FAILED : STATUS_DONE;
}

static enum status list_inputs(struct names *names, struct arena *arena, const struct options *options,
	const char *const *inputs, size_t count)
{
	enum status status = STATUS_DONE;

	if (options->files0_from) {
		inputs = name_list_read(arena, options->files0_from, &count);
		if (!inputs)
			return fail(STATUS_FAILED, options->files0_from, strerror(errno));
	}
	for (size_t i = 0; i < count && status == STATUS_DONE; i++)
		status = add_input(names, arena, inputs[i]);
	if (status == STATUS_DONE && names->list.count == 0)
		return fail(STATUS_USAGE, NULL, "--parts needs inputs: files, folders, or --files0-from");
	return status;
}

/* --- planning --------------------------------------------------------------------------------------------- */

static const char *without_end(const struct options *options)
{
	if (options->output)
		return "--parts writes into its folder: leave out --output";
	if (options->tee.count || options->stats || options->bad_records)
		return "--parts keeps statistics and bad records of each part by itself: leave out --tee, --stats and "
		       "--bad-records";
	if (options->annotate)
		return "--parts cannot say what became of records: leave out --annotate";
	return options->jobs > 1
		       ? "--parts runs nothing: give the number of jobs to make, as in make -C DIR -j2"
		       : NULL;
}

static enum cut_framing framing_of(const struct options *options)
{
	return options->jsonl ? CUT_JSONL : options->zero_terminated ? CUT_ZERO : CUT_TEXT;
}

static enum status make_folder(const struct plan *plan, const struct options *options, struct arena *arena,
	const struct parts *parts, const char *here)
{
	const struct cut_request request = { framing_of(options), parts->parts, here };
	struct home home = home_find(arena);
	struct cut *cut = arena_new(arena, 1, sizeof(*cut));
	struct trouble trouble = TROUBLE_INIT;
	struct buf versions = BUF_INIT;
	struct diag why;
	enum status status;

	if (!cut_plan(arena, plan, &request, cut, &trouble)) {
		trouble_print(&trouble);
		status = STATUS_USAGE;
	} else if (!home.folder.len) {
		status = fail(STATUS_FAILED, NULL,
			"cannot tell where run-pipeline is, which the parts are to run");
	} else if (!add_versions(&versions, arena)) {
		status = fail(STATUS_FAILED, NULL, "cannot read one of the programs beside run-pipeline");
	} else {
		const struct parts_plan all = { .plan = plan,
			.options = options,
			.parts = parts,
			.cut = cut,
			.bin = arena_copy(arena, home.folder),
			.prefix = arena_copy(arena, home.prefix),
			.versions = buf_string(&versions) };

		status = parts_folder_make(options->parts, &all, &why);
		if (status != STATUS_DONE)
			fail(status, NULL, why.text);
	}
	buf_release(&trouble.text);
	buf_release(&versions);
	return status;
}

enum status parts_run_plan(
	const struct plan *plan, const struct options *options, const char *const *inputs, size_t count)
{
	static const int ends[] = { [CUT_TEXT] = -1, [CUT_ZERO] = '\0', [CUT_JSONL] = '\n' };
	struct arena arena = ARENA_INIT;
	struct names names = { .room = 0 };
	struct parts parts = { .pieces = NULL };
	const char *wrong = without_end(options);
	char *here = getcwd(NULL, 0);
	struct diag why;
	enum status status;

	if (wrong)
		status = fail(STATUS_USAGE, NULL, wrong);
	else if (!here)
		status = fail(STATUS_FAILED, NULL, strerror(errno));
	else
		status = list_inputs(&names, &arena, options, inputs, count);
	if (status == STATUS_DONE &&
		!parts_deal(&arena, names.list.items, names.list.count, (uint64_t)options->part_size,
			ends[framing_of(options)], &parts, &why))
		status = fail(STATUS_FAILED, NULL, why.text);
	if (status == STATUS_DONE)
		status = make_folder(plan, options, &arena, &parts, here);
	parts_release(&parts);
	free(here);
	arena_release(&arena);
	return status;
}

enum status parts_run_totals(const char *folder)
{
	struct buf text = BUF_INIT;
	struct diag why;
	enum status status;

	if (parts_totals_add(&text, folder, &why))
		status = print_out(buf_span(&text));
	else
		status = fail(STATUS_FAILED, NULL, why.text);
	buf_release(&text);
	return status;
}

/* --- the folder's own program ------------------------------------------------------------------------------- */

static enum status become(const char *folder, const char *const *words)
{
	struct arena arena = ARENA_INIT;
	const char *path = joined(&arena, folder, words[0]);
	const char *argv[6] = { path };

	for (size_t i = 1; words[i]; i++)
		argv[i] = words[i];
	execv(path, (char *const *)argv);
	fail(STATUS_FAILED, folder, errno == ENOENT ? "no folder that --parts made" : strerror(errno));
	arena_release(&arena);
	return STATUS_FAILED;
}

enum status parts_run_status(const char *folder)
{
	return become(folder, (const char *const[]){ "run-part", "--status", NULL });
}

enum status parts_run_resume(const char *folder, int64_t jobs)
{
	struct buf digits = BUF_INIT;
	enum status status;

	buf_addf(&digits, "%" PRId64, jobs);
	status = become(folder, (const char *const[]){ "run-part", "--resume", buf_string(&digits), NULL });
	buf_release(&digits);
	return status;
}
