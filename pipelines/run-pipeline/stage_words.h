/* SPDX-License-Identifier: MIT
 * stage_words.h - `with:` and `args:` of a stage to the words of its command line, those of a filter checked by its own
 * rows. */
#ifndef RUN_PIPELINE_STAGE_WORDS_H
#define RUN_PIPELINE_STAGE_WORDS_H

#include "plan.h"

/* Fills the words and the contract of `stage`, whose name, filter and place are set, from the step it is written as. A
 * value becomes
 * --key=value; of flags and switches true becomes --key, false of a switch --no-key and of a flag
 * nothing; a list is the option given again and again. Names of files without `${}` are seen from
 * the folder of the pipeline. False with `trouble`, in the filter's own words. */
bool stage_words(struct arena *arena, struct stage *stage, const struct step *step, struct param *params,
	struct trouble *trouble);

/* Opens and closes the stage's filter with its words, files that its options name included, as a run
 * would: what the filter refuses only then is found now. False with `trouble`. */
bool stage_try(const struct stage *stage, struct trouble *trouble);

#endif
