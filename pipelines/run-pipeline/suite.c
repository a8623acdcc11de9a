/* SPDX-License-Identifier: MIT
 * suite.c - a document in memory through the stages, and what came out compared. */
#include "suite.h"

#include <errno.h>
#include <unistd.h>

#include "chain.h"
#include "common/report.h"
#include "name_list.h"
#include "run.h"

/* What a test's run gave. */
struct outcome {
	struct buf input, wanted; /* what went in; what must come out, where that is asked */
	struct buf output;
	struct buf said; /* by the stages */
	struct trouble trouble;
	enum chain_end end;
};

/* --- running ---------------------------------------------------------------------------------- */

static bool keep(void *ctx, struct span bytes)
{
	buf_add(ctx, bytes);
	return true;
}

static enum chain_end run_document(const struct plan *plan, struct watch *watch, struct outcome *outcome)
{
	const struct wiring wiring = { .files = NULL };
	const struct tap tap = { .take = keep, .ctx = &outcome->output, .said = &outcome->said };
	struct arena arena = ARENA_INIT;
	const struct command *commands = commands_make(&arena, plan, &wiring, &outcome->trouble);
	int in = memory_file(buf_string(&outcome->input), outcome->input.len);
	enum chain_end end = CHAIN_FAILED;

	if (in < 0)
		trouble_in(&outcome->trouble, "input", "%s", strerror(errno));
	else if (commands)
		end = chain_run(commands, plan->stage_count, in, -1, &tap, watch, &outcome->trouble);
	if (in >= 0)
		close(in);
	arena_release(&arena);
	return end;
}

static int status_of(enum chain_end end)
{
	if (end == CHAIN_DONE)
		return STATUS_DONE;
	return end == CHAIN_REJECTED ? STATUS_REJECTED : STATUS_FAILED;
}

/* --- comparing -------------------------------------------------------------------------------- */

static void add_lines(struct buf *into, char mark, struct span text)
{
	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		buf_addf(into, "#   %c ", mark);
		report_escape(into, line);
		buf_add(into, line.len == text.len ? SPAN(" (no newline at the end)\n") : SPAN("\n"));
		text = span_skip(text, line.len + 1);
	}
}

/* Bytes of the whole lines that both begin with. */
static size_t shared_head(struct span a, struct span b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++)
		if (a.at[i] == '\n')
			shared = i + 1;
	return shared;
}

static size_t shared_tail(struct span a, struct span b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		if (i && a.at[a.len - i - 1] == '\n' && b.at[b.len - i - 1] == '\n')
			shared = i;
		if (a.at[a.len - i - 1] != b.at[b.len - i - 1])
			return shared;
	}
	return a.len == b.len ? a.len : shared;
}

/* What was expected (-) and what came (+), without the lines both begin and end with. */
static void add_difference(struct buf *into, struct span expected, struct span got)
{
	size_t head = shared_head(expected, got), tail;

	expected = span_skip(expected, head);
	got = span_skip(got, head);
	tail = shared_tail(expected, got);
	add_lines(into, '-', span_head(expected, expected.len - tail));
	add_lines(into, '+', span_head(got, got.len - tail));
}

static bool holds(struct span text, struct span part)
{
	return memmem(text.at, text.len, part.at, part.len) != NULL;
}

/* Whether each of `texts` (one, or a list) is in the output just if `wanted`. */
static bool check_parts(struct buf *into, const struct node *texts, struct span output, bool wanted)
{
	const struct node *part = texts && texts->kind == NODE_LIST ? texts->first : texts;
	bool good = true;

	for (; part; part = texts->kind == NODE_LIST ? part->next : NULL) {
		if (holds(output, part->text) == wanted)
			continue;
		buf_addf(into, "#   %s: ", wanted ? "not in the output" : "in the output");
		report_escape(into, part->text);
		buf_add_byte(into, '\n');
		good = false;
	}
	return good;
}

static bool asks_for_output(const struct test *test)
{
	return test->output.text || test->output.file;
}

/* Whether the test holds; what does not is appended as comments. */
static bool judge(struct buf *into, const struct test *test, const struct outcome *outcome)
{
	struct span output = buf_span(&outcome->output);
	int status = status_of(outcome->end), wanted = test->exit < 0 ? 0 : test->exit;
	bool good = true;

	if (status != wanted) {
		buf_addf(into, "#   the exit status is %d, not %d\n", status, wanted);
		add_lines(into, ' ', buf_span(&outcome->trouble.text));
		good = false;
	}
	if (asks_for_output(test) && !span_equal(buf_span(&outcome->wanted), output)) {
		add_difference(into, buf_span(&outcome->wanted), output);
		good = false;
	}
	if (!check_parts(into, test->contains, output, true))
		good = false;
	if (!check_parts(into, test->absent, output, false))
		good = false;
	return good;
}

/* --- the suite -------------------------------------------------------------------------------- */

static void run_test(
	struct plan *plan, const struct test *test, struct watch *watch, struct outcome *outcome)
{
	*outcome = (struct outcome){ .end = CHAIN_FAILED };
	if (plan_test(plan, test, &outcome->trouble) &&
		plan_test_text(plan, &test->input, &outcome->input, &outcome->trouble) &&
		plan_test_text(plan, &test->output, &outcome->wanted, &outcome->trouble))
		outcome->end = run_document(plan, watch, outcome);
	plan_reset(plan);
}

static void outcome_release(struct outcome *outcome)
{
	buf_release(&outcome->input);
	buf_release(&outcome->wanted);
	buf_release(&outcome->output);
	buf_release(&outcome->said);
	buf_release(&outcome->trouble.text);
}

/* Runs one test and appends its lines; false when it fails. */
static bool try_test(
	struct plan *plan, const struct test *test, size_t number, struct watch *watch, struct buf *tap)
{
	struct outcome outcome;
	struct buf comments = BUF_INIT;
	bool good;

	run_test(plan, test, watch, &outcome);
	good = judge(&comments, test, &outcome);
	buf_addf(tap, "%sok %zu - ", good ? "" : "not ", number);
	report_escape(tap, span_from(test->name));
	buf_add_byte(tap, '\n');
	if (!good) {
		buf_add(tap, SPAN("# "));
		report_escape(tap, span_from(test->place.source->name));
		buf_addf(tap, ":%zu: this test fails\n", place_line(test->place));
		buf_add(tap, buf_span(&comments));
		add_lines(tap, '!', buf_span(&outcome.said));
	}
	buf_release(&comments);
	outcome_release(&outcome);
	return good;
}

enum status suite_run(struct plan *plan)
{
	struct watch watch;
	struct buf tap = BUF_INIT;
	size_t number = 0;
	bool good = true;

	if (!watch_begin(&watch)) {
		report("run-pipeline", "signals", strerror(errno));
		return STATUS_FAILED;
	}
	for (const struct test *test = plan->pipeline.tests; test && !watch.fatal; test = test->next)
		good = try_test(plan, test, ++number, &watch, &tap) && good;
	watch_end(&watch);
	buf_addf(&tap, "1..%zu%s\n", number, number ? "" : " # SKIP this pipeline has no tests");
	good = print_out(buf_span(&tap)) == STATUS_DONE && good;
	buf_release(&tap);
	return good ? STATUS_DONE : STATUS_FAILED;
}
