/* SPDX-License-Identifier: MIT
 * run_folder.c - plans over folders. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beside.h"
#include "chain.h"
#include "common/file.h"
#include "common/report.h"
#include "folder.h"
#include "inputs.h"
#include "jobs.h"
#include "name_list.h"
#include "run.h"

/* One run over a folder. */
struct sweep {
	const struct plan *plan;
	const struct options *options;
	const char *source; /* the folder of inputs */
	struct inputs inputs; /* names relative to it */
	struct folder folder;
	struct beside beside;
	struct watch watch;
	struct trouble trouble;
	struct diag why; /* of our own, as opposed to a stage's */
	bool failed; /* `why` says why */
	size_t done; /* outputs complete */
	int fd; /* the output at work; -1: none */
	struct compressed compressed; /* the program that it goes through, if any */
	bool has_text; /* it is not empty */
	size_t empty; /* outputs without a byte */
};

static bool fail(struct sweep *sweep)
{
	sweep->failed = true;
	return false;
}

/* --- one output after the other --------------------------------------------------------------- */

/* An output of a compressed file is compressed likewise. */
static bool pack_output(struct sweep *sweep)
{
	const struct codec *codec = codec_of(sweep->inputs.names[sweep->done]);
	int file = sweep->fd;

	if (!codec)
		return true;
	sweep->fd = compressed_write(&sweep->compressed, codec, file, &sweep->why);
	close(file);
	return sweep->fd >= 0 || fail(sweep);
}

static bool open_next(struct sweep *sweep)
{
	if (sweep->done == sweep->inputs.count) {
		diag_set(&sweep->why, "more documents came out than the %zu that went in",
			sweep->inputs.count);
		return fail(sweep);
	}
	sweep->fd = folder_create(&sweep->folder, sweep->inputs.names[sweep->done], &sweep->why);
	sweep->has_text = false;
	return sweep->fd >= 0 ? pack_output(sweep) : fail(sweep);
}

static bool write_failed(struct sweep *sweep)
{
	diag_set(&sweep->why, "cannot write '%s/%s': %s", sweep->options->output,
		sweep->inputs.names[sweep->done], strerror(errno));
	return fail(sweep);
}

static bool close_current(struct sweep *sweep)
{
	int fd = sweep->fd;
	struct diag why;

	sweep->fd = -1;
	if (close(fd) != 0)
		return write_failed(sweep);
	if (!compressed_end(&sweep->compressed, false, &why)) {
		diag_set(&sweep->why, "cannot write '%s/%s': %s", sweep->options->output,
			sweep->inputs.names[sweep->done], why.text);
		return fail(sweep);
	}
	sweep->empty += !sweep->has_text;
	sweep->done++;
	return true;
}

/* --- all files through one run of the stages -------------------------------------------------- */

/* Documents ended by NUL, the n-th for the n-th file. */
static bool split(void *ctx, struct span bytes)
{
	struct sweep *sweep = ctx;

	while (bytes.len) {
		struct span text = span_head(bytes, span_find(bytes, '\0'));

		if (sweep->fd < 0 && !open_next(sweep))
			return false;
		if (!file_write_all(sweep->fd, text))
			return write_failed(sweep);
		sweep->has_text |= text.len > 0;
		if (text.len < bytes.len && !close_current(sweep))
			return false;
		bytes = span_skip(bytes, text.len + 1);
	}
	return true;
}

/* Paths of the files as seen from where we are. */
static const char *const *full_names(struct arena *arena, const struct sweep *sweep)
{
	const char **names = arena_new(arena, sweep->inputs.count + 1, sizeof(*names));
	struct buf path = BUF_INIT;

	for (size_t i = 0; i < sweep->inputs.count; i++) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", sweep->source, sweep->inputs.names[i]);
		names[i] = arena_copy(arena, buf_span(&path));
	}
	buf_release(&path);
	return names;
}

static enum chain_end run_jobs(struct sweep *sweep, const struct tap *tap)
{
	struct wiring wiring = { .zero_out = true };
	struct arena arena = ARENA_INIT;
	struct batches batches;
	enum chain_end end;

	beside_wire(&sweep->beside, &wiring);
	batches_of_files(&batches, full_names(&arena, sweep), (size_t)sweep->options->batch_size,
		(size_t)sweep->options->jobs);
	end = jobs_run(sweep->plan, &wiring, &batches, (size_t)sweep->options->jobs, -1, tap, &sweep->watch,
		&sweep->trouble);
	batches_release(&batches);
	arena_release(&arena);
	return end;
}

static enum chain_end run_once(struct sweep *sweep, const struct tap *tap)
{
	struct wiring wiring = { .files0_from = "-",
		.zero_out = true,
		.decompress = inputs_any_compressed(sweep->inputs.names, sweep->inputs.count) };
	struct arena arena = ARENA_INIT;
	const struct command *commands;
	int in = name_list(sweep->source, sweep->inputs.names, sweep->inputs.count);
	enum chain_end end = CHAIN_FAILED;

	beside_wire(&sweep->beside, &wiring);
	commands = commands_make(&arena, sweep->plan, &wiring, &sweep->trouble);
	if (in < 0)
		trouble_in(&sweep->trouble, "list of files", "%s", strerror(errno));
	else if (commands)
		end = chain_run(
			commands, sweep->plan->stage_count, in, -1, tap, &sweep->watch, &sweep->trouble);
	if (in >= 0)
		close(in);
	arena_release(&arena);
	return end;
}

static enum chain_end run_together(struct sweep *sweep)
{
	const struct tap tap = { .take = split, .ctx = sweep };
	bool shared = sweep->options->jobs > 1 && jobs_stages(sweep->plan);
	enum chain_end end = shared ? run_jobs(sweep, &tap) : run_once(sweep, &tap);

	if ((end == CHAIN_DONE || end == CHAIN_REJECTED) && sweep->done < sweep->inputs.count) {
		diag_set(&sweep->why, "%zu documents came out for the %zu files that went in", sweep->done,
			sweep->inputs.count);
		fail(sweep);
		end = CHAIN_FAILED;
	}
	return end;
}

/* --- a run for each file ---------------------------------------------------------------------- */

static enum chain_end run_one(struct sweep *sweep, struct arena *arena, const char *path)
{
	struct wiring wiring = { .files = &path,
		.decompress = codec_of(path) != NULL,
		.file_count = 1,
		.zero_in = sweep->options->zero_terminated,
		.zero_out = sweep->options->zero_terminated,
		.jsonl = sweep->options->jsonl,
		.annotate = sweep->options->annotate,
		.field = sweep->options->field };
	const struct command *commands;
	enum chain_end end = CHAIN_FAILED;
	struct stat about;

	beside_wire(&sweep->beside, &wiring);
	commands = commands_make(arena, sweep->plan, &wiring, &sweep->trouble);
	if (!commands || !open_next(sweep))
		return CHAIN_FAILED;
	end = chain_run(commands, sweep->plan->stage_count, STDIN_FILENO, sweep->fd, NULL, &sweep->watch,
		&sweep->trouble);
	if (end == CHAIN_FAILED)
		trouble_in(&sweep->trouble, path, "this file was being processed");
	/* What went through a program is not looked at. */
	sweep->has_text = fstat(sweep->fd, &about) == 0 && (about.st_size > 0 || !S_ISREG(about.st_mode));
	return close_current(sweep) ? end : CHAIN_FAILED;
}

static enum chain_end run_each(struct sweep *sweep)
{
	enum chain_end worst = CHAIN_DONE;

	for (size_t i = 0; i < sweep->inputs.count; i++) {
		struct arena arena = ARENA_INIT;
		struct buf path = BUF_INIT;
		enum chain_end end;

		buf_addf(&path, "%s/%s", sweep->source, sweep->inputs.names[i]);
		end = run_one(sweep, &arena, buf_string(&path));
		buf_release(&path);
		arena_release(&arena);
		if (end != CHAIN_DONE && end != CHAIN_REJECTED)
			return end;
		if (end == CHAIN_REJECTED)
			worst = end;
	}
	return worst;
}

/* --- the whole -------------------------------------------------------------------------------- */

static bool is_one_for_one(const struct plan *plan)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (stage->contract == CONTRACT_WHOLE)
			return false;
	return true;
}

static enum chain_end run_stages(struct sweep *sweep)
{
	bool holds_one = !sweep->options->zero_terminated && !sweep->options->jsonl; /* document a file */
	struct arena arena = ARENA_INIT;
	enum chain_end end;

	sweep->watch.screen = beside_screen(&sweep->beside, full_names(&arena, sweep), sweep->inputs.count);
	arena_release(&arena);
	end = is_one_for_one(sweep->plan) && holds_one ? run_together(sweep) : run_each(sweep);
	screen_clear(sweep->watch.screen);
	return end;
}

static enum chain_end run_and_publish(struct sweep *sweep)
{
	enum chain_end end = run_stages(sweep);
	struct diag why;

	if (sweep->fd >= 0)
		close(sweep->fd);
	compressed_end(&sweep->compressed, true, &why);
	if (end != CHAIN_DONE && end != CHAIN_REJECTED)
		return end;
	watch_drain(&sweep->watch);
	if (sweep->watch.fatal)
		return CHAIN_STOPPED;
	if (!beside_flush(&sweep->beside))
		return CHAIN_FAILED;
	if (folder_publish(&sweep->folder, sweep->inputs.names, sweep->inputs.count, &sweep->why))
		return end;
	fail(sweep);
	return CHAIN_FAILED;
}

static void tell(const struct sweep *sweep, enum chain_end end)
{
	struct buf line = BUF_INIT;

	if (sweep->failed)
		report("run-pipeline", NULL, sweep->why.text);
	else if (sweep->trouble.text.len)
		trouble_print(&sweep->trouble);
	else if (sweep->empty && (end == CHAIN_DONE || end == CHAIN_REJECTED)) {
		buf_addf(&line, "%zu of %zu outputs %s empty", sweep->empty, sweep->inputs.count,
			sweep->empty == 1 ? "is" : "are");
		report("run-pipeline", sweep->options->output, buf_string(&line));
	}
	buf_release(&line);
}

/* Whether the two folders keep out of each other's way. */
static bool check_folders(const char *source, const char *target)
{
	const char *sentence = NULL;

	if (folder_holds(source, target))
		sentence = "the folder of outputs cannot lie in the folder of inputs, nor be it";
	else if (folder_holds(target, source))
		sentence = "the folder of outputs holds the folder of inputs; outputs might replace inputs";
	if (sentence)
		report("run-pipeline", target, sentence);
	return !sentence;
}

static enum status status_of(const struct sweep *sweep, enum chain_end end)
{
	if (end == CHAIN_REJECTED && !sweep->inputs.some_failed)
		return STATUS_REJECTED;
	return end == CHAIN_DONE && !sweep->inputs.some_failed ? STATUS_DONE : STATUS_FAILED;
}

static enum status sweep_run(struct sweep *sweep)
{
	enum status status =
		beside_open(&sweep->beside, sweep->plan, sweep->options, NULL, &sweep->source, 1);
	enum chain_end end = CHAIN_FAILED;

	if (status != STATUS_DONE)
		return status;
	if (!folder_open(&sweep->folder, sweep->options->output, &sweep->why))
		fail(sweep);
	else if (!watch_begin(&sweep->watch))
		trouble_in(&sweep->trouble, "signals", "%s", strerror(errno));
	else
		end = run_and_publish(sweep);
	folder_close(&sweep->folder);
	tell(sweep, end);
	status = beside_close(&sweep->beside, status_of(sweep, end), end == CHAIN_STOPPED);
	if (sweep->watch.fd >= 0)
		watch_end(&sweep->watch);
	return status;
}

enum status run_folder(const struct plan *plan, const struct options *options, const char *folder)
{
	struct sweep sweep = {
		.plan = plan, .options = options, .source = folder, .fd = -1, .watch.fd = -1
	};
	struct arena names = ARENA_INIT;
	enum status status;

	if (!check_folders(folder, options->output))
		return STATUS_USAGE;
	sweep.inputs = inputs_list(&names, folder);
	if (sweep.inputs.count) {
		status = sweep_run(&sweep);
	} else {
		report("run-pipeline", folder, "there are no files in this folder");
		status = STATUS_FAILED;
	}
	buf_release(&sweep.trouble.text);
	arena_release(&names);
	return status;
}
