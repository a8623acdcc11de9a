/* SPDX-License-Identifier: MIT
 * plan_fuzz.c - any bytes as YAML become a plan, or a trouble that says where; never anything else.
 *
 * A form feed separates files: the first is the pipeline, the others are called a.yaml, b.yaml and so on, so
 * that pipelines may include each other. */
#include "tests/fuzz/fuzz.h"

#include <errno.h>

#include "common/utf8.h"
#include "pipelines/run-pipeline/plan.h"

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
