/* SPDX-License-Identifier: MIT
 * steps.h - a run whose every stage was kept: what went in, what came out, what the filter says it did.
 *
 * Stages run one after the other into files of a private folder, with --offsets or --explain added to their options.
 * Files that their options name for writing are not touched. */
#ifndef RUN_PIPELINE_STEPS_H
#define RUN_PIPELINE_STEPS_H

#include "chain.h"
#include "collected.h"
#include "common/common_options.h"
#include "evidence.h"
#include "options.h"
#include "raw.h"
#include "texts.h"

/* A stage, and what it did. */
struct done_step {
	const struct stage *stage;
	struct filter_options options; /* of a filter */
	struct evidence evidence;
	struct span rows, rules; /* mapped files that the evidence borrows */
	struct span relations; /* likewise, what dedupe --near says of pairs of documents; else empty */
	struct texts out;
	struct origin origin; /* of document `known` - 1 of `out` */
	size_t known;
	bool fits; /* it has one */
	bool is_table; /* it sums up: what comes out is no documents */
	struct diag mute; /* empty, or why it cannot be told what it did */
};

struct steps {
	const struct plan *plan; /* as it was asked for */
	const struct options *options;
	struct arena arena;
	struct collected files;
	struct texts input; /* as it lies in files */
	struct raw_reading reading;
	struct raw raw; /* of document `raw_known` - 1 of the input */
	size_t raw_known;
	bool raw_fits;
	struct done_step *items;
	size_t count;
	char *folder;
	bool some_failed; /* inputs; they were reported */
	bool rejected; /* a stage ended with status 3 */
	struct diag why;
};

/* Runs all stages over the inputs that can be read. STATUS_DONE or STATUS_REJECTED when all is there; else it was reported. Does not return
 * when a signal asks us to end. Release in any case. */
enum status steps_run(struct steps *steps, const struct plan *plan, const struct options *options,
	const char *const *files, size_t count);

/* The text of document `index` as step `at` was given it, or, behind the last step, what that wrote; borrowed until the next
 * call for the same step. */
struct span steps_text(struct steps *steps, size_t at, size_t index);

/* Where the text of document `index` that step `at` wrote came from; borrowed until the next call. NULL where that is not
 * known, and step->mute says why. */
const struct origin *steps_origin(struct steps *steps, size_t at, size_t index);

/* The document of the input, with where its text came from. NULL with steps->why. */
const struct raw *steps_raw(struct steps *steps, size_t index);

/* The word that an option has, by its name; NULL where it has none. */
const char *step_word(const struct done_step *step, const char *name);

/* The path of a file in the folder, `name` with the number of a step; in the arena. */
const char *steps_path(struct steps *steps, size_t at, const char *name);

void steps_release(struct steps *steps);

#endif
