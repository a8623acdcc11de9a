/* SPDX-License-Identifier: MIT
 * cut.h - a plan cut into phases that many machines can share, by what its filters declare (common/phases.h).
 *
 * Stages that take documents one by one are joined as long as nothing else has to read what lies between them. A stage
 * that cannot be shared, and what is no filter, takes one task with all documents; what it writes is one part. */
#ifndef RUN_PIPELINE_CUT_H
#define RUN_PIPELINE_CUT_H

#include "common/phases.h"
#include "plan.h"

enum {
	CUT_PHASES = 256, /* of a folder, levels of trees one by one */
	CUT_BRANCHES = 16, /* files that a task of a tree puts together */
	CUT_BUCKETS = 64, /* at most */
};

/* How documents are told apart where they leave or enter a phase. */
enum cut_framing { CUT_TEXT, CUT_ZERO, CUT_JSONL };

extern const char *const cut_framing_words[]; /* as run-pipeline's options have them */

enum { CUT_SOURCE = -1 }; /* instead of a phase: the inputs */

/* A program of a phase. */
struct cut_stage {
	const char *name;
	const char **words; /* ends with NULL; "=@side" at the end of one is a side below */
	const bool *ok_exit; /* of the stage; NULL: as usual */
	struct cut_stage *next;
};

/* What a phase reads besides documents: a word of a stage ends in "=@NAME", or "=@NAME/bucket" or "=@NAME/part". */
struct cut_side {
	const char *name; /* of the parameter */
	int phase;
	const char *share; /* "all", "bucket" or "part" */
	struct cut_side *next;
};

struct cut_phase {
	const char *name; /* numbered: "02-count" */
	enum phase_deal deal;
	bool is_whole; /* PHASE_ALL over documents, because a stage cannot be shared */
	enum phase_work work;
	int reads; /* the phase whose documents (or, with reads_rows, rows) it gets, or CUT_SOURCE */
	bool reads_rows, writes_rows, writes_aside; /* aside: into a file that an option names */
	bool is_dealt; /* its rows are sorted and dealt out by their keys */
	bool is_last_level; /* of a tree */
	bool runs_programs; /* that are no filters */
	enum cut_framing in, out;
	size_t tasks;
	struct cut_stage *stages;
	struct cut_side *sides;
};

struct cut {
	struct cut_phase phases[CUT_PHASES];
	size_t count, buckets;
};

/* What a run knows besides its plan. */
struct cut_request {
	enum cut_framing framing; /* of inputs and output */
	size_t parts; /* of the inputs */
	const char *folder; /* where files of options are seen from */
};

/* Cuts `plan`. All lives in `arena`. False with `trouble` where it would be too many phases. */
bool cut_plan(struct arena *arena, const struct plan *plan, const struct cut_request *request,
	struct cut *cut, struct trouble *trouble);

#endif
