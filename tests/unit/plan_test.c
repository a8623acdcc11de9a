/* SPDX-License-Identifier: MIT
 * plan_test.c - YAML to plan. Files are an array in memory; what is refused is told by golden cases in
 * tests/cli/run-pipeline. */
#include "tests/unit/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pipelines/run-pipeline/plan.h"

#define HEAD "ghirbal: 1\nname: p\nsummary: a test\n"

/* Files that plans may read: names and texts in turn, ends with NULL. */
static const char *const files[] = {
	"plain.yaml",
	HEAD "stages:\n  - run: dedupe\n",
	"words.yaml",
	HEAD
	"stages:\n  - run: dedupe\n    with:\n      unit: document\n      leave-empty: yes\n      key: fold\n",
	"flag_off.yaml",
	HEAD "stages:\n  - run: dedupe\n    with: {leave-empty: off}\n",
	"reads_params.yaml",
	HEAD "params:\n  k: {type: integer, range: [0, 99], default: 7}\n  c: {default: fold}\n"
	     "stages:\n  - run: count-terms\n    with: {top: \"${k}\", key: \"${c}\"}\n"
	     "tests:\n  - {name: t, with: {k: 9}, input: x, output: x}\n",
	"folder/outer.yaml",
	HEAD
	"params:\n  n: {default: \"3\"}\nstages:\n  - run: dedupe\n  - pipeline: inner\n    with: {k: \"${n}\"}\n"
	"  - pipeline: inner\n",
	"folder/inner.yaml",
	HEAD
	"params:\n  k: {type: integer, default: 1}\nstages:\n  - run: count-terms\n    with: {top: \"${k}\"}\n",
	"odd_texts.yaml",
	HEAD "params:\n  dollars: {default: \"${k} $$ `id`\"}\nstages:\n  - run: count-terms\n"
	     "    with: {key: case}\n",
	"paths.yaml",
	HEAD "params:\n  p: {type: path, default: data/x.txt}\nstages:\n  - run: dedupe\n",
	"whole.yaml",
	HEAD "stages:\n  - run: dedupe\n    with: {unit: line}\n  - run: count-terms\n",
	NULL,
};

static bool read_memory(struct buf *into, const char *path)
{
	for (size_t i = 0; files[i]; i += 2)
		if (strcmp(files[i], path) == 0) {
			buf_add(into, span_from(files[i + 1]));
			return true;
		}
	errno = ENOENT;
	return false;
}

/* Stages as lines: the filter and its words. */
static void draw(struct buf *into, const struct plan *plan)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next) {
		buf_add(into, span_from(stage->filter->name));
		for (size_t i = 0; i < stage->word_count; i++)
			buf_addf(into, " %s", stage->words[i]);
		buf_add_byte(into, '\n');
	}
}

/* Plans `path` with settings (ends with NULL) and compares its stages. */
static void check_plan(const char *path, const char *const *settings, const char *expected)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;
	struct buf drawn = BUF_INIT;
	struct diag why;

	assert_true(plan_load(&plan, path, read_memory, &trouble));
	for (; settings && *settings; settings++)
		assert_true(plan_set(&plan, *settings, &why));
	assert_true(plan_stages(&plan, &trouble));
	draw(&drawn, &plan);
	check_buf(&drawn, expected);
	check_buf(&trouble.text, "");
	buf_release(&drawn);
	buf_release(&trouble.text);
	plan_release(&plan);
}

TEST(stage_without_options_has_no_words)
{
	check_plan("plain.yaml", NULL, "dedupe\n");
}

TEST(values_become_words_in_the_order_written)
{
	check_plan("words.yaml", NULL, "dedupe --unit=document --leave-empty --key=fold\n");
}

TEST(flag_that_is_off_is_left_out)
{
	check_plan("flag_off.yaml", NULL, "dedupe\n");
}

TEST(parameters_take_their_defaults_or_what_is_set)
{
	const char *const settings[] = { "k=12", "c=exact", NULL };

	check_plan("reads_params.yaml", NULL, "count-terms --top=7 --key=fold\n");
	check_plan("reads_params.yaml", settings, "count-terms --top=12 --key=exact\n");
}

TEST(nested_pipeline_is_found_beside_the_including_file_and_spliced)
{
	const char *const settings[] = { "n=5", NULL };

	check_plan("folder/outer.yaml", NULL, "dedupe\ncount-terms --top=3\ncount-terms --top=1\n");
	check_plan("folder/outer.yaml", settings, "dedupe\ncount-terms --top=5\ncount-terms --top=1\n");
}

TEST(value_that_does_not_fit_is_refused_in_a_sentence)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;
	struct diag why;

	assert_true(plan_load(&plan, "reads_params.yaml", read_memory, &trouble));
	assert_false(plan_set(&plan, "k=100", &why));
	assert_string_equal(why.text, "parameter 'k': 100 is not between 0 and 99");
	assert_false(plan_set(&plan, "k=ten", &why));
	assert_string_equal(why.text, "parameter 'k': 'ten' is not a whole number");
	assert_false(plan_set(&plan, "k", &why));
	assert_string_equal(why.text, "option '--set' takes NAME=VALUE, not 'k'");
	plan_release(&plan);
}

TEST(parameters_of_a_test_are_gone_after_it)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;
	struct buf drawn = BUF_INIT;

	assert_true(plan_load(&plan, "reads_params.yaml", read_memory, &trouble));
	assert_true(plan_set_members(&plan, plan.pipeline.tests->with, &trouble));
	assert_true(plan_stages(&plan, &trouble));
	plan_reset(&plan);
	draw(&drawn, &plan);
	assert_true(plan_stages(&plan, &trouble));
	draw(&drawn, &plan);
	check_buf(&drawn, "count-terms --top=9 --key=fold\ncount-terms --top=7 --key=fold\n");
	buf_release(&drawn);
	plan_release(&plan);
}

TEST(default_is_taken_as_it_is_written)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;

	assert_true(plan_load(&plan, "odd_texts.yaml", read_memory, &trouble));
	assert_string_equal(plan.pipeline.params->value, "${k} $$ `id`");
	plan_release(&plan);
}

TEST(relative_path_is_seen_from_the_folder_of_its_file)
{
	static const struct source source = { "some folder/p.yaml", { "", 0 } };
	struct arena arena = ARENA_INIT;

	assert_string_equal(path_beside(&arena, &source, "x.txt"), "some folder/x.txt");
	assert_string_equal(path_beside(&arena, &source, "/x.txt"), "/x.txt");
	arena_release(&arena);
}

TEST(contract_is_that_of_the_options_given)
{
	struct plan plan;
	struct trouble trouble = TROUBLE_INIT;

	assert_true(plan_load(&plan, "whole.yaml", read_memory, &trouble));
	assert_true(plan_stages(&plan, &trouble));
	assert_int_equal(plan.stages->contract, CONTRACT_ALIGNED);
	assert_int_equal(plan.stages->next->contract, CONTRACT_WHOLE);
	plan_release(&plan);
}

/* --- replacing ----------------------------------------------------------------------------------- */

/* What `written` becomes with x = "a b" and empty = "". */
static void check_expansion(const char *written, const char *expected)
{
	struct param empty = { .name = "empty", .value = "" };
	struct param params = { .name = "x", .value = "a b${x}", .next = &empty };
	struct source source = { "p.yaml", span_from(written) };
	struct node node = { .kind = NODE_TEXT, .place = { &source, 0 }, .text = span_from(written) };
	struct arena arena = ARENA_INIT;
	struct trouble trouble = TROUBLE_INIT;
	const char *got;

	node.end = node.text.len;
	got = params_expand(&arena, &params, &node, &trouble);
	if (expected)
		assert_string_equal(got, expected);
	else
		assert_null(got);
	buf_release(&trouble.text);
	arena_release(&arena);
}

TEST(parameter_in_a_text_is_replaced_once)
{
	check_expansion("${x}", "a b${x}");
	check_expansion("<${x}${empty}${x}>", "<a b${x}a b${x}>");
	check_expansion("${empty}", "");
}

TEST(dollar_is_itself_unless_a_brace_follows)
{
	check_expansion("$", "$");
	check_expansion("$x 5$", "$x 5$");
	check_expansion("$$", "$");
	check_expansion("$${x}", "${x}");
	check_expansion("$$$${x}", "$${x}");
	check_expansion("$$${empty}", "$");
}

TEST(unknown_or_unclosed_parameter_is_refused)
{
	check_expansion("${y}", NULL);
	check_expansion("${}", NULL);
	check_expansion("${x", NULL);
}

/* --- hostile files -------------------------------------------------------------------------------- */

/* Reading `unit` again and again, up to the largest file, ends soon and without a plan. */
static void check_hostile(const char *head, const char *unit)
{
	struct buf text = BUF_INIT;
	struct source source = { "hostile.yaml", { NULL, 0 } };
	struct pipeline pipeline;
	struct arena arena = ARENA_INIT;
	struct trouble trouble = TROUBLE_INIT;

	buf_add(&text, span_from(head));
	while (text.len + strlen(unit) <= YAML_BYTES)
		buf_add(&text, span_from(unit));
	source.text = buf_span(&text);
	assert_false(pipeline_read(&arena, &source, &pipeline, &trouble));
	assert_true(trouble.text.len > 0 && trouble.text.len < 4096);
	arena_release(&arena);
	buf_release(&trouble.text);
	buf_release(&text);
}

TEST(hostile_files_of_full_size_are_refused_in_no_time)
{
	static const char *const units[] = { "[", "{", "- ", "? ", "{a: ", "!", "&a ", "*a ", "\"", "'",
		"|\n", "a: ", "a", "\xFF", "%", "#", "\t", " ", "\n", "---\n", "...\n", ",", "]", "\r",
		"a: b\n", "? a\n", "- a\n" };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		check_hostile("", units[i]);
		check_hostile("stages: [", units[i]);
	}
}

TEST(random_files_are_refused_without_harm)
{
	static const char *const parts[] = { "ghirbal: 1\n", "name: x\n", "stages:\n", "  - run: dedupe\n",
		"    with: ", "{", "}", "[", "]", "key: ", "fold", "\n", "  ", "- ", ": ", "\"", "'", "${",
		"}", "$$", "params:\n", "tests:\n", "خبر", "\xC3", "&a", "*a", "!t", "|\n", "#", ",", "\t",
		"default: ", "type: integer", "\\" };
	uint32_t seed = 11;

	for (int round = 0; round < 3000; round++) {
		struct buf text = BUF_INIT;
		struct source source = { "random.yaml", { NULL, 0 } };
		struct pipeline pipeline;
		struct arena arena = ARENA_INIT;
		struct trouble trouble = TROUBLE_INIT;

		for (uint32_t i = check_random(&seed) % 40; i > 0; i--)
			buf_add(&text,
				span_from(parts[check_random(&seed) % (sizeof(parts) / sizeof(parts[0]))]));
		source.text = buf_span(&text);
		if (!pipeline_read(&arena, &source, &pipeline, &trouble))
			assert_true(trouble.text.len > 0);
		arena_release(&arena);
		buf_release(&trouble.text);
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(stage_without_options_has_no_words),
		IT(values_become_words_in_the_order_written),
		IT(flag_that_is_off_is_left_out),
		IT(parameters_take_their_defaults_or_what_is_set),
		IT(nested_pipeline_is_found_beside_the_including_file_and_spliced),
		IT(value_that_does_not_fit_is_refused_in_a_sentence),
		IT(parameters_of_a_test_are_gone_after_it),
		IT(default_is_taken_as_it_is_written),
		IT(relative_path_is_seen_from_the_folder_of_its_file),
		IT(contract_is_that_of_the_options_given),
		IT(parameter_in_a_text_is_replaced_once),
		IT(dollar_is_itself_unless_a_brace_follows),
		IT(unknown_or_unclosed_parameter_is_refused),
		IT(hostile_files_of_full_size_are_refused_in_no_time),
		IT(random_files_are_refused_without_harm),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
