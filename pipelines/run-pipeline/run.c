/* SPDX-License-Identifier: MIT
 * run.c - plans over files. */
#include "run.h"

#include <errno.h>
#include <unistd.h>

#include "chain.h"
#include "common/output.h"
#include "common/report.h"
#include "inputs.h"
#include "jobs.h"
#include "name_list.h"

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
		.file_count = count,
		.files0_from = options->files0_from,
		.zero_in = options->zero_terminated,
		.zero_out = options->zero_terminated,
		.jsonl = options->jsonl,
		.annotate = options->annotate,
		.field = options->field,
		.bad_records = options->bad_records };
}

enum status run_dry(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count)
{
	struct wiring wiring = wire(options, files, count);
	struct arena arena = ARENA_INIT;
	struct trouble trouble = TROUBLE_INIT;
	struct buf line = BUF_INIT;
	struct command *commands = commands_make(&arena, plan, &wiring, &trouble);
	enum status status = STATUS_FAILED;

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

/* Runs the stages with `inputs` into `out`. */
static enum chain_end run_stages(struct arena *arena, const struct plan *plan, struct wiring wiring,
	int out, struct watch *watch, struct trouble *trouble)
{
	bool listed = needs_list(wiring.files, wiring.file_count);
	int in = listed ? name_list(NULL, wiring.files, wiring.file_count) : STDIN_FILENO;
	const struct command *commands;
	enum chain_end end = CHAIN_FAILED;

	if (in < 0) {
		trouble_in(trouble, "list of files", "%s", strerror(errno));
		return CHAIN_FAILED;
	}
	if (listed) {
		wiring.files0_from = "-";
		wiring.file_count = 0;
	}
	commands = commands_make(arena, plan, &wiring, trouble);
	if (commands)
		end = chain_run(commands, plan->stage_count, in, out, NULL, watch, trouble);
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

/* Whether there is something to share among jobs: stages that need one document at a time, and documents that lie
 * apart. */
static bool is_shared(const struct plan *plan, const struct options *options, size_t files)
{
	return options->jobs > 1 && jobs_stages(plan) &&
	       files &&
	       (options->zero_terminated || options->jsonl || files > 1);
}

/* Runs the stages several times side by side. */
static enum chain_end run_jobs(const struct plan *plan, const struct options *options,
	const char *const *files, int out, struct watch *watch, struct trouble *trouble)
{
	struct wiring wiring = wire(options, NULL, 0);
	struct batches batches;
	enum chain_end end;

	wiring.files0_from = NULL;
	if (options->zero_terminated || options->jsonl)
		batches_of_documents(
			&batches, files, options->jsonl ? '\n' : '\0', (size_t)options->batch_size);
	else
		batches_of_files(&batches, files, (size_t)options->batch_size);
	end = jobs_run(plan, &wiring, &batches, (size_t)options->jobs, out, NULL, watch, trouble);
	batches_release(&batches);
	return end;
}

/* Between opening and closing the output. Without operands the one input is "-". */
static enum chain_end run_into(const struct plan *plan, const struct options *options,
	const char *const *files, size_t count, int out, struct watch *watch, bool *some_failed)
{
	static const char *const stdin_only[] = { "-", NULL };
	struct arena arena = ARENA_INIT;
	struct trouble trouble = TROUBLE_INIT;
	bool uses_stdin = count == 0 && !options->files0_from;
	struct inputs inputs =
		inputs_check(&arena, uses_stdin ? stdin_only : files, uses_stdin ? 1 : count, out);
	enum chain_end end = CHAIN_DONE;

	*some_failed = inputs.some_failed;
	if (is_shared(plan, options, inputs.count))
		end = run_jobs(plan, options, inputs.names, out, watch, &trouble);
	else if (inputs.count || options->files0_from)
		end = run_stages(&arena, plan, wire(options, inputs.names, uses_stdin ? 0 : inputs.count),
			out, watch, &trouble);
	if (trouble.text.len)
		trouble_print(&trouble);
	buf_release(&trouble.text);
	arena_release(&arena);
	return end;
}

/* Jobs are dealt names; who is not asked for jobs may read as long a list as it likes. */
static enum status run_listed(const struct plan *plan, const struct options *options)
{
	struct options without = *options;
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **names = name_list_read(&arena, options->files0_from, &count);
	enum status status = STATUS_DONE;

	without.files0_from = NULL;
	if (!names)
		report("run-pipeline", options->files0_from, strerror(errno));
	status = !names ? STATUS_FAILED : count ? run_files(plan, &without, names, count) : STATUS_DONE;
	arena_release(&arena);
	return status;
}

enum status run_files(
	const struct plan *plan, const struct options *options, const char *const *files, size_t count)
{
	struct output output;
	struct diag why;
	struct watch watch;
	enum chain_end end;
	enum status status;
	bool some_failed;

	if (options->files0_from && options->jobs > 1)
		return run_listed(plan, options);
	if (!output_open(&output, options->output, FRAMING_TEXT, &why))
		return fail(why.text);
	if (!watch_begin(&watch)) {
		output_close(&output, false);
		return fail(strerror(errno));
	}
	end = run_into(plan, options, files, count, output.fd, &watch, &some_failed);
	status = status_of(end, some_failed);
	if (!output_close(&output, status != STATUS_FAILED) && end != CHAIN_FAILED)
		status = fail(why.text);
	watch_end(&watch);
	if (end == CHAIN_UNREAD)
		die_by(SIGPIPE);
	return status;
}
