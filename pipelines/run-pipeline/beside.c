/* SPDX-License-Identifier: MIT
 * beside.c - opening, checking, closing. */
#include "beside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/progress.h"
#include "common/report.h"
#include "jobs.h"
#include "run_stats.h"

static enum status fail(struct beside *beside, enum status status)
{
	report("run-pipeline", NULL, beside->why.text);
	return status;
}

/* --- statistics --------------------------------------------------------------------------------------------- */

static double cpu_seconds(int who)
{
	struct rusage used;

	getrusage(who, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static bool write_stats(struct beside *beside, enum status status)
{
	const struct run_sum sum = { .status = (int)status,
		.jobs = (int)beside->options->jobs,
		.wall = progress_clock() - beside->started,
		.cpu = cpu_seconds(RUSAGE_SELF) + cpu_seconds(RUSAGE_CHILDREN) };
	struct buf text = BUF_INIT;
	bool fine;

	run_stats_add(&text, beside->plan, &beside->ledger, &sum);
	fine = output_put(&beside->stats, buf_span(&text)) == FLOW_MORE;
	buf_release(&text);
	return fine;
}

static void close_stats(struct beside *beside, enum status *status, bool stopped)
{
	bool fine = stopped || write_stats(beside, *status);

	if (!output_close(&beside->stats, !stopped) || !fine)
		*status = fail(beside, STATUS_FAILED);
}

/* --- clashes ------------------------------------------------------------------------------------------------ */

/* What an output of ours must not be. */
struct taken {
	const struct output *documents; /* NULL: a folder */
	const char *list; /* of names of inputs; NULL: none */
	const char *const *inputs;
	size_t count;
};

static bool is_input(const struct output *output, const char *input)
{
	struct stat about;
	bool is_there =
		strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &about) == 0 : stat(input, &about) == 0;

	return is_there && output_is_over(output, &about);
}

/* Whether `output` is no file that others have; else `why` says whose it is. */
static bool is_apart(
	struct beside *beside, const struct output *output, const char *option, const struct taken *taken)
{
	bool is_apart = true;

	if (taken->documents && output_is_same(output, taken->documents)) {
		diag_set(
			&beside->why, "option '--%s': '%s' is where the output goes", option, output->name);
		is_apart = false;
	}
	if (is_apart && taken->list && is_input(output, taken->list)) {
		diag_set(&beside->why, "option '--%s': '%s' is the list of inputs", option, output->name);
		is_apart = false;
	}
	for (size_t i = 0; i < taken->count && is_apart; i++)
		if (is_input(output, taken->inputs[i])) {
			diag_set(&beside->why, "option '--%s': '%s' is an input", option, output->name);
			is_apart = false;
		}
	return is_apart;
}

static bool are_apart(struct beside *beside, const struct taken *taken)
{
	const struct tees *tees = &beside->tees;

	if (beside->has_stats && !is_apart(beside, &beside->stats, "stats", taken))
		return false;
	if (beside->names_bad && !is_apart(beside, &beside->bad, "bad-records", taken))
		return false;
	if (beside->names_bad && beside->has_stats && output_is_same(&beside->bad, &beside->stats)) {
		diag_set(&beside->why, "option '--bad-records': '%s' is written by --stats",
			beside->bad.name);
		return false;
	}
	for (size_t i = 0; i < tees->count; i++) {
		const struct output *output = &tees->items[i].output;
		bool is_taken = (beside->has_stats && output_is_same(output, &beside->stats)) ||
				(beside->names_bad && output_is_same(output, &beside->bad));

		for (size_t j = 0; j < i; j++)
			is_taken = is_taken || output_is_same(output, &tees->items[j].output);
		if (is_taken)
			diag_set(&beside->why, "option '--tee': '%s' is written by another option",
				output->name);
		if (is_taken || !is_apart(beside, output, "tee", taken))
			return false;
	}
	return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

/* Whether several processes may do the work of one. */
static bool is_shared(const struct beside *beside)
{
	return beside->options->jobs > 1 && jobs_stages(beside->plan);
}

/* One job writes its own. */
static bool collects_bad(const struct beside *beside)
{
	const struct options *options = beside->options;

	return options->bad_records && options->jsonl && is_shared(beside);
}

/* Opens what several jobs could not use; where one job's first stage will, finds it, to be told apart. */
static bool open_bad(struct beside *beside)
{
	const char *path = beside->options->bad_records;

	beside->names_bad = path;
	if (!path)
		return true;
	if (collects_bad(beside))
		return beside->has_bad = output_open(&beside->bad, path, FRAMING_TEXT, &beside->why);
	if (output_find(&beside->bad, path))
		return true;
	diag_set(&beside->why, "cannot write %s: %s", path, strerror(errno));
	return false;
}

/* What was mended is told with the progress. */
static bool needs_ledger(const struct beside *beside)
{
	return beside->has_stats || beside->has_screen || is_shared(beside);
}

/* STATUS_DONE, or with `why`. */
static enum status open_all(struct beside *beside, const struct taken *taken)
{
	const struct options *options = beside->options;
	enum status status;

	if (!tees_open(&beside->tees, beside->plan, &options->tee, &beside->why, &status))
		return status;
	beside->tees.keeps_nul = options->zero_terminated;
	if (options->stats) {
		if (!output_open(&beside->stats, options->stats, FRAMING_TEXT, &beside->why))
			return STATUS_FAILED;
		beside->has_stats = true;
	}
	if (!open_bad(beside))
		return STATUS_FAILED;
	if (!are_apart(beside, taken))
		return STATUS_USAGE;
	beside->has_screen = screen_is_welcome(options->output, options->progress);
	if (!needs_ledger(beside))
		return STATUS_DONE;
	beside->ledger.wants_stats = beside->has_stats;
	beside->ledger.wants_progress = beside->has_screen || is_shared(beside);
	return ledger_open(&beside->ledger, beside->plan, &beside->why) ? STATUS_DONE : STATUS_FAILED;
}

enum status beside_open(struct beside *beside, const struct plan *plan, const struct options *options,
	const struct output *documents, const char *const *inputs, size_t count)
{
	const char *list = options->listed_in ? options->listed_in : options->files0_from;
	const struct taken taken = { documents, list, inputs, count };
	enum status status;

	*beside = (struct beside){ .plan = plan, .options = options, .started = progress_clock() };
	status = open_all(beside, &taken);
	if (status != STATUS_DONE) {
		fail(beside, status);
		beside_close(beside, status, true);
	}
	return status;
}

/* 0 where it cannot be known beforehand. */
static uint64_t size_of_inputs(const char *const *inputs, size_t count)
{
	uint64_t total = 0;
	struct stat about;

	for (size_t i = 0; i < count; i++) {
		bool is_stdin = strcmp(inputs[i], "-") == 0;

		if ((is_stdin ? fstat(STDIN_FILENO, &about) : stat(inputs[i], &about)) != 0 ||
			!S_ISREG(about.st_mode) || codec_of(inputs[i]))
			return 0;
		total += (uint64_t)about.st_size;
	}
	return total;
}

struct screen *beside_screen(struct beside *beside, const char *const *inputs, size_t count)
{
	if (!beside->has_screen)
		return NULL;
	screen_open(&beside->screen, beside->plan, &beside->ledger, size_of_inputs(inputs, count));
	return &beside->screen;
}

void beside_wire(struct beside *beside, struct wiring *wiring)
{
	wiring->ledger = needs_ledger(beside) ? &beside->ledger : NULL;
	wiring->bad_file = beside->has_bad ? &beside->bad : NULL;
	wiring->tees = &beside->tees;
}

bool beside_flush(struct beside *beside)
{
	bool fine =
		ledger_heard_all(&beside->ledger, &beside->why) && tees_flush(&beside->tees, &beside->why);

	if (!fine)
		fail(beside, STATUS_FAILED);
	return fine;
}

enum status beside_close(struct beside *beside, enum status status, bool stopped)
{
	if (!tees_close(&beside->tees, status != STATUS_FAILED && !stopped))
		status = fail(beside, STATUS_FAILED);
	if (beside->has_bad && !output_close(&beside->bad, !stopped) && status != STATUS_FAILED)
		status = fail(beside, STATUS_FAILED);
	if (beside->names_bad && !beside->has_bad)
		free(beside->bad.target);
	beside->has_bad = beside->names_bad = false;
	if (beside->has_stats)
		close_stats(beside, &status, stopped);
	beside->has_stats = false;
	ledger_release(&beside->ledger);
	return status;
}
