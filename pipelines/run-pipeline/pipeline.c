/* SPDX-License-Identifier: MIT
 * pipeline.c - the keys of the language. */
#include "pipeline.h"

#include <stdlib.h>

#include "fields.h"

/* --- the language ----------------------------------------------------------------------------- */

struct root_nodes {
	const struct node *ghirbal, *name, *summary, *params, *stages, *tests;
};

const struct field root_fields[] = {
	{ "ghirbal", SHAPE_LINE, true, offsetof(struct root_nodes, ghirbal), "version of the language: 1" },
	{ "name", SHAPE_LINE, true, offsetof(struct root_nodes, name), "name of the pipeline" },
	{ "summary", SHAPE_LINE, true, offsetof(struct root_nodes, summary), "what it does, in one line" },
	{ "params", SHAPE_MAP, false, offsetof(struct root_nodes, params), "its parameters, by name" },
	{ "stages", SHAPE_LIST, true, offsetof(struct root_nodes, stages), "what runs, in order" },
	{ "tests", SHAPE_LIST, false, offsetof(struct root_nodes, tests), "what --test tries" },
	{ NULL, SHAPE_LINE, false, 0, NULL },
};

const struct field step_fields[] = {
	{ "run", SHAPE_LINE, false, offsetof(struct step, run),
		"a filter; with --allow-exec any program in PATH" },
	{ "pipeline", SHAPE_LINE, false, offsetof(struct step, pipeline),
		"a pipeline beside this file; its stages take the place of this one" },
	{ "with", SHAPE_MAP, false, offsetof(struct step, with),
		"options of the filter, or parameters of the pipeline" },
	{ "id", SHAPE_LINE, false, offsetof(struct step, id),
		"what this stage is called where one is named" },
	{ "args", SHAPE_LIST, false, offsetof(struct step, args), "further words of the command line" },
	{ "when", SHAPE_LINE, false, offsetof(struct step, when),
		"true, false, or A == B, A != B: where it does not hold the stage is left out" },
	{ "ok-exit", SHAPE_TEXTS, false, offsetof(struct step, ok_exit),
		"exit statuses that are no failure, besides 0 and, of filters, 3" },
	{ NULL, SHAPE_LINE, false, 0, NULL },
};

struct test_nodes {
	const struct node *name, *with, *until, *contains, *absent, *exit;
	struct test_text input, output;
};

const struct field test_fields[] = {
	{ "name", SHAPE_LINE, true, offsetof(struct test_nodes, name), "what is expected, in a sentence" },
	{ "with", SHAPE_MAP, false, offsetof(struct test_nodes, with), "values of parameters" },
	{ "until", SHAPE_LINE, false, offsetof(struct test_nodes, until),
		"the id of the stage to stop behind" },
	{ "input", SHAPE_TEXT, false, offsetof(struct test_nodes, input.text),
		"the document that goes in" },
	{ "input-file", SHAPE_LINE, false, offsetof(struct test_nodes, input.file),
		"or the file that holds it, seen from this file's folder" },
	{ "output", SHAPE_TEXT, false, offsetof(struct test_nodes, output.text), "exactly what comes out" },
	{ "output-file", SHAPE_LINE, false, offsetof(struct test_nodes, output.file),
		"or the file that holds it" },
	{ "contains", SHAPE_TEXTS, false, offsetof(struct test_nodes, contains), "what is in the output" },
	{ "absent", SHAPE_TEXTS, false, offsetof(struct test_nodes, absent), "what is not in the output" },
	{ "exit", SHAPE_LINE, false, offsetof(struct test_nodes, exit), "exit status, 0 to 255" },
	{ NULL, SHAPE_LINE, false, 0, NULL },
};

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_step(struct step *step, const struct node *node, struct trouble *trouble)
{
	if (!fields_read(node, step_fields, "a stage", step, trouble))
		return false;
	if (step->run && step->pipeline)
		return trouble_at(trouble, step->pipeline->key->place,
			"a stage has either 'run' or 'pipeline', not both");
	if (!step->run && !step->pipeline)
		return trouble_at(trouble, node->place, "a stage needs 'run: FILTER' or 'pipeline: NAME'");
	if (step->pipeline && (step->args || step->ok_exit))
		return trouble_at(trouble, (step->args ? step->args : step->ok_exit)->key->place,
			"'%s' is for stages that run a program", step->args ? "args" : "ok-exit");
	return !step->id || name_check(step->id, "an id", trouble);
}

static bool read_steps(
	struct arena *arena, const struct node *list, struct step **steps, struct trouble *trouble)
{
	if (list->count == 0)
		return trouble_at(trouble, list->place, "'stages' is empty");
	for (const struct node *item = list->first; item; item = item->next) {
		*steps = arena_new(arena, 1, sizeof(**steps));
		if (!read_step(*steps, item, trouble))
			return false;
		steps = &(*steps)->next;
	}
	return true;
}

int exit_status_read(const struct node *node, struct trouble *trouble)
{
	char *end;
	long status = strtol(node->text.at, &end, 10);

	if (node->text.len && end == node->text.at + node->text.len && status >= 0 && status <= 255)
		return (int)status;
	trouble_at(trouble, node->place, "an exit status is a number from 0 to 255");
	return -1;
}

static bool read_exit(struct test *test, const struct node *node, struct trouble *trouble)
{
	test->exit = node ? exit_status_read(node, trouble) : -1;
	return !node || test->exit >= 0;
}

/* An empty text is in every output, so it would prove nothing, or never hold. */
static bool check_needles(const struct node *texts, struct trouble *trouble)
{
	if (!texts)
		return true;
	if (texts->kind == NODE_TEXT && texts->text.len == 0)
		return trouble_at(trouble, texts->place, "an empty text is in every output");
	if (texts->kind == NODE_LIST && texts->count == 0)
		return trouble_at(trouble, texts->place, "an empty list asks for nothing");
	for (const struct node *item = texts->first; item; item = item->next)
		if (item->text.len == 0)
			return trouble_at(trouble, item->place, "an empty text is in every output");
	return true;
}

static bool check_one(const struct test_text *text, const char *name, struct trouble *trouble)
{
	if (!text->text || !text->file)
		return true;
	return trouble_at(
		trouble, text->file->key->place, "either '%s' or '%s-file', not both", name, name);
}

static bool read_test(struct test *test, const struct node *node, struct trouble *trouble)
{
	struct test_nodes said;

	if (!fields_read(node, test_fields, "a test", &said, trouble))
		return false;
	if (!check_one(&said.input, "input", trouble) || !check_one(&said.output, "output", trouble))
		return false;
	if (!said.input.text && !said.input.file)
		return trouble_at(trouble, node->place, "a test lacks 'input' or 'input-file'");
	if (!said.output.text && !said.output.file && !said.contains && !said.absent && !said.exit)
		return trouble_at(trouble, node->place,
			"a test that asks for nothing; give 'output', 'contains', 'absent' or 'exit'");
	*test = (struct test){ .name = said.name->text.at,
		.place = node->place,
		.with = said.with,
		.until = said.until,
		.input = said.input,
		.output = said.output,
		.contains = said.contains,
		.absent = said.absent };
	return check_needles(said.contains, trouble) && check_needles(said.absent, trouble) &&
	       read_exit(test, said.exit, trouble);
}

static bool read_tests(
	struct arena *arena, const struct node *list, struct test **tests, struct trouble *trouble)
{
	for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
		*tests = arena_new(arena, 1, sizeof(**tests));
		if (!read_test(*tests, item, trouble))
			return false;
		tests = &(*tests)->next;
	}
	return true;
}

bool pipeline_read(struct arena *arena, const struct source *source, struct pipeline *pipeline,
	struct trouble *trouble)
{
	const struct node *root = yaml_read(arena, source, trouble);
	struct root_nodes said;

	*pipeline = (struct pipeline){ .source = source };
	if (!root || !fields_read(root, root_fields, "a pipeline", &said, trouble))
		return false;
	if (!span_equal(said.ghirbal->text, SPAN("1")))
		return trouble_at(trouble, said.ghirbal->place,
			"version '%s' of the language is not known here; 1 is", said.ghirbal->text.at);
	pipeline->name = said.name->text.at;
	pipeline->summary = said.summary->text.at;
	return params_read(arena, said.params, &pipeline->params, trouble) &&
	       read_steps(arena, said.stages, &pipeline->steps, trouble) &&
	       read_tests(arena, said.tests, &pipeline->tests, trouble);
}
