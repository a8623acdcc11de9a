/* SPDX-License-Identifier: MIT
 * plan_fuzz.c - any bytes as YAML become a plan, or a trouble that says where; never anything else.
 *
 * A plan is the same when it is made again, and its filters take its words, or say why not.
 *
 * A form feed separates files: the first is the pipeline, the others are called a.yaml, b.yaml and so on, so
 * that pipelines may include each other. */
#include "tests/fuzz/fuzz.h"

#include <errno.h>
#include <xxhash.h>

#include "common/utf8.h"
#include "pipelines/run-pipeline/plan.h"

enum { TRIED = 64 }; /* of so many plans one is opened */

/* A plan's reader takes no context: the input at hand is the one global. */
static struct span files;

static bool read_part(struct buf *into, const char *path)
{
	struct span rest = files;
	bool is_main = strcmp(path, "main.yaml") == 0;

	if (!is_main && (path[0] < 'a' || path[0] > 'z' || strcmp(path + 1, ".yaml") != 0)) {
		errno = ENOENT;
		return false;
	}
	for (int which = is_main ? 0 : path[0] - 'a' + 1; which > 0; which--)
		rest = span_skip(rest, span_find(rest, '\f') + 1);
	buf_add(into, span_head(rest, span_find(rest, '\f')));
	return true;
}

/* --- what a plan holds ------------------------------------------------------------------------------------ */

/* All words of all stages, each ended by a NUL. */
static void add_words(struct buf *into, const struct plan *plan)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next) {
		buf_addf(into, "%s%c", stage->filter->name, '\0');
		for (size_t i = 0; i < stage->word_count; i++)
			buf_addf(into, "%s%c", stage->words[i], '\0');
		LAW(stage->words[stage->word_count] == NULL, "words end with NULL");
	}
}

/* Stages are made again of the same file and parameters. */
static void check_same_again(struct plan *plan, struct trouble *trouble)
{
	struct buf once = BUF_INIT, again = BUF_INIT;

	add_words(&once, plan);
	LAW(plan_stages(plan, trouble), "what made stages makes them again");
	add_words(&again, plan);
	fuzz_same(buf_span(&once), buf_span(&again), "the same stages");
	buf_release(&once);
	buf_release(&again);
}

static bool is_file(const struct opt *row)
{
	return row->kind == OPT_INPUT || row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS ||
	       row->kind == OPT_OUTPUT;
}

/* Whether the stage would open a file that the input names: /dev/zero, say. */
static bool names_file(const struct stage *stage)
{
	for (const struct opt *row = stage->filter->opts; row->name; row++)
		for (size_t i = 0; is_file(row) && i < stage->word_count; i++)
			if (span_has_prefix(span_skip(span_from(stage->words[i]), 2), span_from(row->name)))
				return true;
	return false;
}

/* Opens the filters. To read their lexicons takes longer than all the rest: a few plans have to do. */
static void check_opens(const struct plan *plan, struct span input)
{
	struct trouble trouble = TROUBLE_INIT;

	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (names_file(stage))
			return;
	if (XXH3_64bits(input.at, input.len) % TRIED == 0)
		LAW(plan_try(plan, &trouble) == (trouble.text.len == 0), "filters open, or say why not");
	buf_release(&trouble.text);
}

static bool make_plan(struct plan *plan, struct trouble *trouble)
{
	struct diag why = { "" };
	bool fine = plan_load(plan, "main.yaml", read_part, trouble);

	if (!fine)
		return false;
	LAW(plan_set(plan, "lang=ar", &why) || why.text[0], "who refuses says why");
	if (!plan_stages(plan, trouble))
		return false;
	LAW(plan->stage_count > 0 && plan->stage_count <= PLAN_STAGES, "plans have stages, not too many");
	check_same_again(plan, trouble);
	check_opens(plan, files);
	return plan_check_tests(plan, trouble);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;
	bool fine;

	files = span_of((const char *)data, size);
	fine = make_plan(&plan, &trouble);
	LAW(fine == (trouble.text.len == 0), "either a plan or a trouble");
	plan_release(&plan);
	buf_release(&trouble.text);
	return 0;
}
