/* SPDX-License-Identifier: MIT
 * plan.h - YAML to plan: nested pipelines spliced in, parameters replaced, every option checked.
 *
 * Pure but for the function that reads files, which the caller supplies. A plan's stages are
 * programs with their argument words, ready to be joined by pipes; framing options are not among
 * them, they depend on how the plan is run. A stage whose `when:` does not hold is not in the plan
 * and is not looked at any further. */
#ifndef RUN_PIPELINE_PLAN_H
#define RUN_PIPELINE_PLAN_H

#include "common/filter.h"
#include "pipeline.h"

enum { PLAN_DEPTH = 8, PLAN_STAGES = 64 };

enum { STAGE_STATUSES = 256 };

struct stage {
	const char *name; /* of the program */
	const char *
		id; /* the one it was given, else its name; behind those of the pipelines it was spliced from
			 * ("clean-news/normalize"), and numbered where that is taken. No two are the same. */
	const struct filter *filter; /* NULL: a program that is none of ours */
	struct place place; /* of its name in the file */
	bool ok_exit[STAGE_STATUSES]; /* statuses that are no failure */
	const char **words; /* its options; ends with NULL */
	size_t word_count;
	enum contract contract;
	bool is_packer; /* no stage of the pipeline: it compresses the output */
	bool is_count,
		is_sum; /* what several jobs make of a stage (share.h): it writes lists, adds them up */
	const struct stage *instead_of; /* of the sum: the stage as it was; else NULL */
	struct stage *next;
};

/* Appends the content of `path`; false with errno. */
typedef bool read_fn(struct buf *into, const char *path);

struct plan {
	struct arena arena;
	read_fn *read;
	bool allow_exec; /* stages may run programs that are no filters; false until somebody sets it */
	struct pipeline pipeline;
	struct stage *stages;
	size_t stage_count;
};

/* Reads the pipeline `path`. Parameters have their defaults, there are no stages yet. False with
 * `trouble`. The caller releases the plan in any case. */
bool plan_load(struct plan *plan, const char *path, read_fn *read, struct trouble *trouble);

/* Takes "NAME=VALUE"; also the value that plan_reset goes back to. */
bool plan_set(struct plan *plan, const char *setting, struct diag *why);

/* Takes the parameters of a map in the file (a test's `with:`); NULL is an empty one. */
bool plan_set_members(struct plan *plan, const struct node *with, struct trouble *trouble);

/* Parameters and stages of a test: plan_set_members, plan_stages, and no stage behind the one it names as the last.
 * False with `trouble`. */
bool plan_test(struct plan *plan, const struct test *test, struct trouble *trouble);

/* Appends a text of a test; false with `trouble` where its file cannot be read. */
bool plan_test_text(
	struct plan *plan, const struct test_text *text, struct buf *into, struct trouble *trouble);

/* Parameters as they were before plan_set_members. */
void plan_reset(struct plan *plan);

/* Makes the stages from the pipeline and its parameters; earlier ones are forgotten. False with
 * `trouble`. */
bool plan_stages(struct plan *plan, struct trouble *trouble);

/* Makes the stages once with the parameters of every test. False with `trouble` at the first that
 * does not fit. */
bool plan_check_tests(struct plan *plan, struct trouble *trouble);

/* Opens the filter of every stage that is one as a run would. False with `trouble` at the first that refuses. */
bool plan_try(const struct plan *plan, struct trouble *trouble);

/* Adds a stage that compresses the output, where the file's name asks for it. NULL is standard output, which none
 * does. */
void plan_pack(struct plan *plan, const char *output);

void plan_release(struct plan *plan);

#endif
