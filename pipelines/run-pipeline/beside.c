/* SPDX-License-Identifier: MIT
 * beside.c - opening, checking, closing. */
#include "beside.h"

#include <sys/resource.h>
#include <unistd.h>

#include "common/progress.h"
#include "common/report.h"
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
	ledger_release(&beside->ledger);
}

/* --- clashes ------------------------------------------------------------------------------------------------ */

static bool is_input(const struct output *output, const char *input)
{
	struct stat about;

	return strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &about) == 0 && output_is_over(output, &about)
				       : stat(input, &about) == 0 && output_is_over(output, &about);
}

/* Whether `output` is a file of its own; else `why` says whose it is. */
static bool is_apart(struct beside *beside, const struct output *output, const char *option,
	const struct output *documents, const char *const *inputs, size_t count)
{
	bool is_apart = true;

	if (documents && output_is_same(output, documents)) {
		diag_set(
			&beside->why, "option '--%s': '%s' is where the output goes", option, output->name);
		is_apart = false;
	}
	for (size_t i = 0; i < count && is_apart; i++)
		if (is_input(output, inputs[i])) {
			diag_set(&beside->why, "option '--%s': '%s' is an input", option, output->name);
			is_apart = false;
		}
	return is_apart;
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

enum status beside_open(struct beside *beside, const struct plan *plan, const struct options *options,
	const struct output *documents, const char *const *inputs, size_t count)
{
	*beside = (struct beside){ .plan = plan, .options = options, .started = progress_clock() };
	if (!options->stats)
		return STATUS_DONE;
	if (!output_open(&beside->stats, options->stats, FRAMING_TEXT, &beside->why))
		return fail(beside, STATUS_FAILED);
	beside->has_stats = true;
	if (!is_apart(beside, &beside->stats, "stats", documents, inputs, count)) {
		beside_close(beside, STATUS_USAGE, true);
		return fail(beside, STATUS_USAGE);
	}
	if (!ledger_open(&beside->ledger, plan, &beside->why)) {
		beside_close(beside, STATUS_FAILED, true);
		return fail(beside, STATUS_FAILED);
	}
	return STATUS_DONE;
}

void beside_wire(struct beside *beside, struct wiring *wiring)
{
	wiring->ledger = beside->has_stats ? &beside->ledger : NULL;
}

enum status beside_close(struct beside *beside, enum status status, bool stopped)
{
	if (beside->has_stats)
		close_stats(beside, &status, stopped);
	beside->has_stats = false;
	return status;
}
