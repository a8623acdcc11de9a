/* SPDX-License-Identifier: MIT
 * plan.c - splicing. */
#include "plan.h"

#include <errno.h>

#include "common/compressed.h"
#include "common/registry.h"
#include "common/nearest.h"
#include "stage_words.h"
#include "when.h"

/* A pipeline being spliced, and the ones that include it. Recursion ends at PLAN_DEPTH. */
struct splice {
	struct plan *plan;
	struct stage **end; /* where the next stage goes */
	struct trouble *trouble;
};

struct level {
	const struct level *outer;
	const struct pipeline *pipeline;
	const char *ids; /* what ids of its stages begin with: "", or "clean-news/" */
	int depth;
};

/* --- sources ---------------------------------------------------------------------------------- */

/* Reads a file into the arena; NULL with errno. */
static const struct source *source_read(struct plan *plan, const char *path)
{
	struct source *source = arena_new(&plan->arena, 1, sizeof(*source));
	struct buf text = BUF_INIT;
	bool good = plan->read(&text, path);
	int reason = errno;

	if (good) {
		source->name = arena_copy(&plan->arena, span_from(path));
		source->text = span_of(arena_copy(&plan->arena, buf_span(&text)), text.len);
	}
	buf_release(&text);
	errno = reason;
	return good ? source : NULL;
}

bool plan_load(struct plan *plan, const char *path, read_fn *read, struct trouble *trouble)
{
	const struct source *source;

	*plan = (struct plan){ .arena = ARENA_INIT, .read = read };
	source = source_read(plan, path);
	if (!source)
		return trouble_in(trouble, path, "cannot read: %s", strerror(errno));
	return pipeline_read(&plan->arena, source, &plan->pipeline, trouble);
}

void plan_release(struct plan *plan)
{
	arena_release(&plan->arena);
}

/* --- parameters ------------------------------------------------------------------------------- */

static bool unknown_param(const struct param *params, struct span name, struct diag *why)
{
	const char *nearest = params_nearest(params, name);

	if (nearest)
		diag_set(why, "no parameter is called '%.*s'; did you mean '%s'?", (int)name.len, name.at,
			nearest);
	else
		diag_set(why, "no parameter is called '%.*s'", (int)name.len, name.at);
	return false;
}

bool plan_set(struct plan *plan, const char *setting, struct diag *why)
{
	struct span name = span_head(span_from(setting), span_find(span_from(setting), '='));
	struct param *param = params_find(plan->pipeline.params, name);

	if (setting[name.len] != '=') {
		diag_set(why, "option '--set' takes NAME=VALUE, not '%s'", setting);
		return false;
	}
	if (!param)
		return unknown_param(plan->pipeline.params, name, why);
	if (!param_set(&plan->arena, param, setting + name.len + 1, why))
		return false;
	param->initial = param->value;
	return true;
}

/* A parameter's value as given in a file: paths without `${}` are seen from that file. `outer` are
 * the parameters that may be named in it. */
static bool set_member(struct plan *plan, struct param *params, const struct node *member,
	struct param *outer, struct trouble *trouble)
{
	struct param *param = params_find(params, member->key->text);
	struct diag why;
	const char *text;

	if (!param) {
		unknown_param(params, member->key->text, &why);
		return trouble_at(trouble, member->key->place, "%s", why.text);
	}
	if (member->kind != NODE_TEXT)
		return trouble_at(trouble, member->place, "a parameter's value must be text");
	text = params_expand(&plan->arena, outer, member, trouble);
	if (!text)
		return false;
	if (param->type == PARAM_PATH && *text && span_find(member->text, '$') == member->text.len)
		text = path_beside(&plan->arena, member->place.source, text);
	return param_set(&plan->arena, param, text, &why) ||
	       trouble_at(trouble, member->place, "%s", why.text);
}

bool plan_set_members(struct plan *plan, const struct node *with, struct trouble *trouble)
{
	for (const struct node *member = with ? with->first : NULL; member; member = member->next)
		if (!set_member(plan, plan->pipeline.params, member, NULL, trouble))
			return false;
	return true;
}

void plan_reset(struct plan *plan)
{
	for (struct param *param = plan->pipeline.params; param; param = param->next)
		param->value = param->initial;
}

/* --- splicing --------------------------------------------------------------------------------- */

static bool unknown_filter(const struct splice *splice, const struct node *name)
{
	struct nearest nearest = nearest_to(name->text);
	const struct filter *filter;

	for (size_t i = 0; (filter = registry_at(i)); i++)
		nearest_try(&nearest, filter->name);
	if (nearest.name)
		return trouble_at(splice->trouble, name->place,
			"no filter is called '%s'; did you mean '%s'?", name->text.at, nearest.name);
	return trouble_at(splice->trouble, name->place,
		"no filter is called '%s'; another program runs only with --allow-exec", name->text.at);
}

/* --- ids -------------------------------------------------------------------------------------- */

static bool id_is_taken(const struct plan *plan, const char *id)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (strcmp(stage->id, id) == 0)
			return true;
	return false;
}

static const char *id_of(struct arena *arena, const char *ids, const char *name, int number)
{
	struct buf id = BUF_INIT;
	const char *copy;

	buf_addf(&id, "%s%s", ids, name);
	if (number > 1)
		buf_addf(&id, "-%d", number);
	copy = arena_copy(arena, buf_span(&id));
	buf_release(&id);
	return copy;
}

/* The id of a step, behind those around it: its own, which must be free, or `name`, numbered until it is. NULL with
 * trouble. */
static const char *find_id(
	struct splice *splice, const struct level *level, const struct node *own, const char *name)
{
	struct plan *plan = splice->plan;
	const char *id = id_of(&plan->arena, level->ids, own ? own->text.at : name, 1);

	for (int number = 2; !own && id_is_taken(plan, id); number++)
		id = id_of(&plan->arena, level->ids, name, number);
	if (!own || !id_is_taken(plan, id))
		return id;
	trouble_at(splice->trouble, own->place, "another stage has the id '%s'", id);
	return NULL;
}

/* --- steps ------------------------------------------------------------------------------------ */

/* Statuses that end a stage well: 0, what is written, and 3 of our own, which then has rejected some. */
static bool read_ok_exit(struct stage *stage, const struct node *list, struct trouble *trouble)
{
	const struct node *item = list && list->kind == NODE_LIST ? list->first : list;

	stage->ok_exit[STATUS_DONE] = true;
	stage->ok_exit[STATUS_REJECTED] = stage->filter != NULL;
	for (; item; item = list->kind == NODE_LIST ? item->next : NULL) {
		int status = exit_status_read(item, trouble);

		if (status < 0)
			return false;
		stage->ok_exit[status] = true;
	}
	return true;
}

static bool add_stage(struct splice *splice, const struct level *level, const struct step *step)
{
	struct plan *plan = splice->plan;
	struct stage *stage = arena_new(&plan->arena, 1, sizeof(*stage));

	if (plan->stage_count == PLAN_STAGES)
		return trouble_at(splice->trouble, step->run->place, "more than %d stages", PLAN_STAGES);
	stage->name = step->run->text.at;
	stage->filter = registry_find(step->run->text);
	stage->place = step->run->place;
	if (!stage->filter && !plan->allow_exec)
		return unknown_filter(splice, step->run);
	if (!stage->filter && !plan->stages)
		return trouble_at(splice->trouble, stage->place,
			"the first stage must be a filter: another program would not get the documents");
	stage->id = find_id(splice, level, step->id, stage->name);
	if (!stage->id || !read_ok_exit(stage, step->ok_exit, splice->trouble) ||
		!stage_words(&plan->arena, stage, step, level->pipeline->params, splice->trouble))
		return false;
	plan->stage_count++;
	*splice->end = stage;
	splice->end = &stage->next;
	return true;
}

static const char *nested_path(struct plan *plan, const struct node *name)
{
	struct buf file = BUF_INIT;
	const char *path;

	buf_addf(&file, "%s.yaml", name->text.at);
	path = path_beside(&plan->arena, name->place.source, arena_copy(&plan->arena, buf_span(&file)));
	buf_release(&file);
	return path;
}

/* Whether including `path` from `level` would go round in circles; then the circle is the
 * sentence. */
static bool check_circle(
	const struct splice *splice, const struct level *level, const struct node *name, const char *path)
{
	struct buf circle = BUF_INIT;
	bool found = false;

	buf_addf(&circle, "'%s'", name->text.at);
	for (; level && !found; level = level->outer) {
		found = strcmp(level->pipeline->source->name, path) == 0;
		buf_addf(&circle, ", which '%s' includes", level->pipeline->name);
	}
	if (found)
		trouble_at(splice->trouble, name->place, "a pipeline cannot include itself: %s",
			buf_string(&circle));
	buf_release(&circle);
	return !found;
}

static bool load_nested(
	struct splice *splice, const struct level *level, const struct node *name, struct pipeline *nested)
{
	const char *path = nested_path(splice->plan, name);
	const struct source *source;

	if (memchr(name->text.at, '/', name->text.len))
		return trouble_at(splice->trouble, name->place,
			"a nested pipeline is named, not given as a path: it is found beside this file");
	if (!check_circle(splice, level, name, path))
		return false;
	if (level->depth == PLAN_DEPTH)
		return trouble_at(
			splice->trouble, name->place, "pipelines nested deeper than %d", PLAN_DEPTH);
	source = source_read(splice->plan, path);
	if (!source)
		return trouble_at(
			splice->trouble, name->place, "cannot read '%s': %s", path, strerror(errno));
	if (pipeline_read(&splice->plan->arena, source, nested, splice->trouble))
		return true;
	return trouble_at(splice->trouble, name->place, "included from here");
}

static bool splice_steps(struct splice *splice, const struct level *level);

/* Stages of pipelines are told apart by the id of the pipeline. */
static bool prefix_is_taken(const struct plan *plan, const char *ids)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (strncmp(stage->id, ids, strlen(ids)) == 0)
			return true;
	return false;
}

/* What ids within a nested pipeline begin with; NULL with trouble. */
static const char *inner_ids(struct splice *splice, const struct level *level, const struct step *step)
{
	struct arena *arena = &splice->plan->arena;
	const char *name = step->id ? step->id->text.at : step->pipeline->text.at;
	const char *ids = id_of(arena, id_of(arena, level->ids, name, 1), "/", 1);

	for (int number = 2; !step->id && prefix_is_taken(splice->plan, ids); number++)
		ids = id_of(arena, id_of(arena, level->ids, name, number), "/", 1);
	if (!step->id || !prefix_is_taken(splice->plan, ids))
		return ids;
	trouble_at(splice->trouble, step->id->place, "another stage has the id '%s'", name);
	return NULL;
}

static bool add_nested(struct splice *splice, const struct level *level, const struct step *step)
{
	struct pipeline nested = { .source = NULL };
	struct level inner = { level, &nested, NULL, level->depth + 1 };

	if (!load_nested(splice, level, step->pipeline, &nested))
		return false;
	inner.ids = inner_ids(splice, level, step);
	if (!inner.ids)
		return false;
	for (const struct node *member = step->with ? step->with->first : NULL; member;
		member = member->next)
		if (!set_member(
			    splice->plan, nested.params, member, level->pipeline->params, splice->trouble))
			return false;
	for (const struct param *param = nested.params; param; param = param->next)
		if (!param->value)
			return trouble_at(splice->trouble, step->pipeline->place,
				"'%s' needs a value for '%s'", nested.name, param->name);
	return splice_steps(splice, &inner) ||
	       trouble_at(splice->trouble, step->pipeline->place, "included from here");
}

static bool splice_steps(struct splice *splice, const struct level *level)
{
	struct arena *arena = &splice->plan->arena;

	for (const struct step *step = level->pipeline->steps; step; step = step->next) {
		bool holds;

		if (!when_holds(arena, level->pipeline->params, step->when, &holds, splice->trouble))
			return false;
		if (!holds)
			continue;
		if (!(step->pipeline ? add_nested(splice, level, step) : add_stage(splice, level, step)))
			return false;
	}
	return true;
}

bool plan_stages(struct plan *plan, struct trouble *trouble)
{
	struct splice splice = { plan, &plan->stages, trouble };
	const struct level top = { NULL, &plan->pipeline, "", 1 };

	plan->stages = NULL;
	plan->stage_count = 0;
	if (!splice_steps(&splice, &top))
		return false;
	return plan->stages ||
	       trouble_in(trouble, plan->pipeline.source->name, "with these parameters no stage is left");
}

static bool cut_behind(struct plan *plan, const struct node *until, struct trouble *trouble)
{
	struct nearest nearest = nearest_to(until->text);
	size_t count = 1;

	for (struct stage *stage = plan->stages; stage; stage = stage->next, count++) {
		nearest_try(&nearest, stage->id);
		if (!span_equal(span_from(stage->id), until->text))
			continue;
		stage->next = NULL;
		plan->stage_count = count;
		return true;
	}
	if (nearest.name)
		return trouble_at(trouble, until->place, "no stage has the id '%s'; did you mean '%s'?",
			until->text.at, nearest.name);
	return trouble_at(trouble, until->place, "no stage has the id '%s'", until->text.at);
}

bool plan_test(struct plan *plan, const struct test *test, struct trouble *trouble)
{
	return plan_set_members(plan, test->with, trouble) && plan_stages(plan, trouble) &&
	       (!test->until || cut_behind(plan, test->until, trouble));
}

bool plan_test_text(
	struct plan *plan, const struct test_text *text, struct buf *into, struct trouble *trouble)
{
	const char *path;

	if (text->text)
		buf_add(into, text->text->text);
	if (!text->file)
		return true;
	path = path_beside(&plan->arena, text->file->place.source, text->file->text.at);
	if (!plan->read(into, path))
		return trouble_at(
			trouble, text->file->place, "cannot read '%s': %s", path, strerror(errno));
	return into->len <= YAML_BYTES ||
	       trouble_at(trouble, text->file->place, "'%s' has more than %d bytes", path, YAML_BYTES);
}

static bool check_texts(struct plan *plan, const struct test *test, struct trouble *trouble)
{
	struct buf input = BUF_INIT, output = BUF_INIT;
	bool good = plan_test_text(plan, &test->input, &input, trouble) &&
		    plan_test_text(plan, &test->output, &output, trouble);

	buf_release(&input);
	buf_release(&output);
	return good;
}

bool plan_check_tests(struct plan *plan, struct trouble *trouble)
{
	bool good = true;

	for (const struct test *test = plan->pipeline.tests; test && good; test = test->next) {
		good = plan_test(plan, test, trouble) && check_texts(plan, test, trouble);
		plan_reset(plan);
	}
	return good && plan_stages(plan, trouble);
}

void plan_pack(struct plan *plan, const char *output)
{
	const struct codec *codec = output ? codec_of(output) : NULL;
	struct stage **end = &plan->stages, *packer;
	struct place place = { .source = plan->pipeline.source };

	if (!codec)
		return;
	for (; *end; end = &(*end)->next)
		place = (*end)->place;
	packer = arena_new(&plan->arena, 1, sizeof(*packer));
	*packer = (struct stage){ .name = codec->program,
		.id = codec->program,
		.place = place,
		.words = (const char **)codec->pack + 1,
		.contract = CONTRACT_WHOLE,
		.is_packer = true };
	packer->ok_exit[0] = true;
	while (packer->words[packer->word_count])
		packer->word_count++;
	*end = packer;
	plan->stage_count++;
}

bool plan_try(const struct plan *plan, struct trouble *trouble)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (stage->filter && !stage_try(stage, trouble))
			return false;
	return true;
}
