/* SPDX-License-Identifier: MIT
 * pipeline.h - one pipeline file: its tree checked against the language, nothing spliced or run
 * yet.
 *
 * The language is described in pipelines/README.md; its keys are the rows in pipeline.c. */
#ifndef RUN_PIPELINE_PIPELINE_H
#define RUN_PIPELINE_PIPELINE_H

#include "params.h"

/* The keys of the outermost map, of a stage, of a test; each ends with a row without name. */
extern const struct field root_fields[], step_fields[], test_fields[];

/* A step as written: either a program or a nested pipeline. All but one of the two may be NULL. */
struct step {
	const struct node *run, *pipeline;
	const struct node *id; /* what it is called */
	const struct node *with; /* a map */
	const struct node *args; /* a list of texts */
	const struct node *when; /* whether it is there */
	const struct node *ok_exit; /* a status or a list of them */
	struct step *next;
};

/* A text of a test, written there or the name of a file beside the pipeline; both NULL: not given. */
struct test_text {
	const struct node *text, *file;
};

/* An entry of `tests:`. */
struct test {
	const char *name;
	struct place place;
	const struct node *with; /* values of parameters: a map, or NULL */
	const struct node *until; /* the id of the stage that is the last to run; NULL: all run */
	struct test_text input;
	struct test_text output; /* what must come out, where asked */
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

/* The status that `node`, a text, says; -1 with `trouble`. */
int exit_status_read(const struct node *node, struct trouble *trouble);

#endif
