/* SPDX-License-Identifier: MIT
 * run.c - plans over files. */
#include "run.h"

#include <errno.h>
#include <unistd.h>

#include "beside.h"
#include "chain.h"
#include "common/output.h"
#include "common/report.h"
#include "inputs.h"
#include "jobs.h"
#include "name_list.h"
#include "share.h"

enum {
	OPERAND_BYTES = 64 * 1024
}; /* more names than that go through a list: argument vectors have limits */

static enum status fail(const char *sentence)
{
	report("run-pipeline", NULL, sentence);
	return STATUS_FAILED;
}

enum status print_out(struct span text)
{
	struct diag why;
	struct output output;
	bool fine;

	if (!output_open(&output, NULL, FRAMING_TEXT, &why))
		return fail(why.text);
	fine = output_put(&output, text) == FLOW_MORE;
	if (!output_close(&output, true) || !fine)
		return fail(why.text);
	return STATUS_DONE;
}

static struct wiring wire(const struct options *options, const char *const *files, size_t count)
{
	return (struct wiring){ .files = files,
		.decompress = options->files0_from || inputs_any_compressed(files, count),
		.file_count = count,
		.files0_from = options->files0_from,
		.zero_in = options->read < 0 ? options->zero_terminated : options->read > 0,
		.zero_out = options->write < 0 ? options->zero_terminated : options->write > 0,
		.jsonl = options->jsonl,
		.annotate = options->annotate,
		.field = options->field,
		.bad_records = options->bad_records };
}

/* Whether the names are too many for an argument vector. A "-" among them means standard input,
 * which a list would take the place of. */
static bool needs_list(const char *const *files, size_t count)
{
	size_t bytes = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(files[i], "-") == 0)
			return false;
		bytes += strlen(files[i]) + 1;
	}
	return bytes > OPERAND_BYTES;
}

/* --- one line for bash -------------------------------------------------------------------------------------- */

/* Copies as they would be, nothing opened. */
static bool name_copies(
	struct tees *tees, struct arena *arena, const struct plan *plan, const struct options *options)
{
	struct diag why;

	tees->items = arena_new(arena, options->tee.count + 1, sizeof(*tees->items));
	tees->keeps_nul = options->zero_terminated;
	for (; tees->count < options->tee.count; tees->count++) {
		struct tee *tee = &tees->items[tees->count];

		tee->copy.name = tee_read(plan, options->tee.items[tees->count], &tee->stage, &why);
		if (!tee->copy.name) {
			fail(why.text);
			return false;
		}
	}
	return true;
}

enum status run_dry(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count)
{
	struct wiring wiring = wire(options, files, count);
	struct arena arena = ARENA_INIT;
	struct trouble trouble = TROUBLE_INIT;
	struct buf line = BUF_INIT;
	struct tees tees = { .items = NULL };
	struct command *commands;
	enum status status = STATUS_FAILED;

	if (!name_copies(&tees, &arena, plan, options)) {
		arena_release(&arena);
		return STATUS_USAGE;
	}
	wiring.tees = &tees;
	commands = commands_make(&arena, plan, &wiring, &trouble);
	if (commands) {
		commands_print(&line, commands, plan->stage_count, options->output);
		status = print_out(buf_span(&line));
	} else {
		trouble_print(&trouble);
	}
	buf_release(&line);
	buf_release(&trouble.text);
	arena_release(&arena);
	return status;
}

/* --- runs --------------------------------------------------------------------------------------------------- */

/* One run. */
struct run {
	const struct plan *plan;
	const struct options *options;
	struct output output;
	struct beside beside;
	struct watch watch;
	struct trouble trouble;
	struct arena arena;
	struct diag why; /* of the output */
	bool some_failed; /* inputs, and it was reported */
};

static struct wiring wire_run(struct run *run, const char *const *files, size_t count)
{
	struct wiring wiring = wire(run->options, files, count);

	beside_wire(&run->beside, &wiring);
	return wiring;
}

/* Runs the stages once over all inputs. */
static enum chain_end run_stages(struct run *run, struct wiring wiring)
{
	bool listed = needs_list(wiring.files, wiring.file_count);
	int in = listed ? name_list(NULL, wiring.files, wiring.file_count) : STDIN_FILENO;
	const struct command *commands;
	enum chain_end end = CHAIN_FAILED;

	if (in < 0) {
		trouble_in(&run->trouble, "list of files", "%s", strerror(errno));
		return CHAIN_FAILED;
	}
	if (listed) {
		wiring.files0_from = "-";
		wiring.file_count = 0;
	}
	commands = commands_make(&run->arena, run->plan, &wiring, &run->trouble);
	if (commands)
		end = chain_run(commands, run->plan->stage_count, in, run->output.fd, NULL, &run->watch,
			&run->trouble);
	if (listed)
		close(in);
	return end;
}

static enum status status_of(enum chain_end end, bool some_failed)
{
	if (some_failed || end == CHAIN_FAILED || end == CHAIN_STOPPED || end == CHAIN_UNREAD)
		return STATUS_FAILED;
	return end == CHAIN_REJECTED ? STATUS_REJECTED : STATUS_DONE;
}

/* Whether documents lie apart, so that jobs can be dealt some each. */
static bool may_share(const struct options *options, size_t files)
{
	return options->jobs > 1 && files && (options->zero_terminated || options->jsonl || files > 1);
}

/* Whether there are stages that need one document at a time, and such documents. */
static bool is_shared(const struct plan *plan, const struct options *options, size_t files)
{
	return jobs_stages(plan) && may_share(options, files);
}

/* Runs the stages several times side by side. */
static enum chain_end run_jobs(struct run *run, const char *const *files)
{
	const struct options *options = run->options;
	struct wiring wiring = wire_run(run, NULL, 0);
	struct batches batches;
	enum chain_end end;

	wiring.files0_from = NULL;
	if (options->zero_terminated || options->jsonl)
		batches_of_documents(&batches, files, options->jsonl ? '\n' : '\0',
			(size_t)options->batch_size, (size_t)options->jobs);
	else
		batches_of_files(&batches, files, (size_t)options->batch_size, (size_t)options->jobs);
	end = jobs_run(run->plan, &wiring, &batches, (size_t)options->jobs, run->output.fd, NULL,
		&run->watch, &run->trouble);
	batches_release(&batches);
	return end;
}

/* Between opening and closing the output. */
static enum chain_end run_into(struct run *run, const char *const *files, size_t count, bool uses_stdin)
{
	const struct options *options = run->options;
	struct inputs inputs = inputs_check(&run->arena, files, count, run->output.fd);
	enum chain_end end = CHAIN_DONE;

	run->some_failed = inputs.some_failed;
	run->watch.screen = beside_screen(&run->beside, inputs.names, inputs.count);
	if (is_shared(run->plan, options, inputs.count))
		end = run_jobs(run, inputs.names);
	else if (inputs.count || options->files0_from)
		end = run_stages(run, wire_run(run, inputs.names, uses_stdin ? 0 : inputs.count));
	screen_clear(run->watch.screen);
	if (run->trouble.text.len)
		trouble_print(&run->trouble);
	return end;
}

/* Jobs are dealt names, and what is written beside the output must be none of them. Who is asked for neither may read as
 * long a list as it likes. */
static bool needs_names(const struct options *options)
{
	return options->files0_from && !options->listed_in &&
	       (options->jobs > 1 || options->stats || options->tee.count);
}

static enum status run_listed(const struct plan *plan, const struct options *options)
{
	struct options without = *options;
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **names = name_list_read(&arena, options->files0_from, &count);
	enum status status = STATUS_FAILED;

	without.files0_from = count ? NULL : "/dev/null";
	without.listed_in = options->files0_from;
	if (!names)
		report("run-pipeline", options->files0_from, strerror(errno));
	else
		status = run_files(plan, &without, names, count);
	arena_release(&arena);
	return status;
}

static enum status run_open(struct run *run, const char *const *files, size_t count)
{
	enum status status;

	if (!output_open(&run->output, run->options->output, FRAMING_TEXT, &run->why))
		return fail(run->why.text);
	status = beside_open(&run->beside, run->plan, run->options, &run->output, files, count);
	if (status == STATUS_DONE && !watch_begin(&run->watch)) {
		status = fail(strerror(errno));
		beside_close(&run->beside, status, true);
	}
	if (status != STATUS_DONE)
		output_close(&run->output, false);
	return status;
}

/* Status of the run; does not return after a fatal signal. */
static enum status run_close(struct run *run, enum chain_end end)
{
	enum status status = status_of(end, run->some_failed);

	if (status != STATUS_FAILED && !beside_flush(&run->beside))
		status = STATUS_FAILED;
	if (!output_close(&run->output, status != STATUS_FAILED) && end != CHAIN_FAILED)
		status = fail(run->why.text);
	status = beside_close(&run->beside, status, end == CHAIN_STOPPED);
	buf_release(&run->trouble.text);
	arena_release(&run->arena);
	watch_end(&run->watch);
	if (end == CHAIN_UNREAD)
		die_by(SIGPIPE);
	return status;
}

enum status run_files(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count)
{
	static const char *const stdin_only[] = { "-", NULL };
	bool uses_stdin = count == 0 && !options->files0_from;
	struct run run = { .plan = plan, .options = options, .arena = ARENA_INIT };
	struct plan shared;
	enum status status;

	if (needs_names(options))
		return run_listed(plan, options);
	if (uses_stdin)
		files = stdin_only, count = 1;
	if (may_share(options, count))
		run.plan = plan_share(plan, &shared, &run.arena);
	status = run_open(&run, files, count);
	if (status == STATUS_DONE)
		return run_close(&run, run_into(&run, files, count, uses_stdin));
	arena_release(&run.arena);
	return status;
}
