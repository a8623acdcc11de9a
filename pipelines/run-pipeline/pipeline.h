/* SPDX-License-Identifier: MIT
 * pipeline.h - one pipeline file: its tree checked against the language, nothing spliced or run
 * yet.
 *
 * The language is described in pipelines/README.md; its keys are the rows in pipeline.c. */
#ifndef RUN_PIPELINE_PIPELINE_H
#define RUN_PIPELINE_PIPELINE_H

#include "params.h"

/* A step as written: either a filter or a nested pipeline. */
struct step {
	const struct node *run, *pipeline; /* one of the two is NULL */
	const struct node *with; /* a map, or NULL */
	struct step *next;
};

/* An entry of `tests:`. */
struct test {
	const char *name;
	struct place place;
	const struct node *with; /* values of parameters: a map, or NULL */
	struct span input;
	const struct node *output; /* what must come out; NULL: not asked */
	const struct node *contains, *absent; /* a text or a list of texts, or NULL */
	int exit; /* -1: not asked, and then it must be 0 */
	struct test *next;
};

struct pipeline {
	const struct source *source;
	const char *name, *summary;
	struct param *params;
	struct step *steps;
	struct test *tests;
};

/* Reads the pipeline in `source`. What it points to lives in the arena. False with `trouble`. */
bool pipeline_read(struct arena *arena, const struct source *source, struct pipeline *pipeline,
	struct trouble *trouble);

#endif
