/* SPDX-License-Identifier: MIT
 * tees.h - --tee ID=FILE: files that get a copy of what a stage wrote, in the user's framing. */
#ifndef RUN_PIPELINE_TEES_H
#define RUN_PIPELINE_TEES_H

#include "common/opts.h"
#include "common/output.h"
#include "plan.h"
#include "relay.h"

struct tee {
	size_t stage; /* its place in the plan */
	struct copy copy;
	struct output output;
};

/* Zero bytes make none. */
struct tees {
	struct tee *items;
	size_t count;
	bool keeps_nul; /* the user's documents end in a NUL, too */
};

/* What a word "ID=FILE" says of `plan`: the place of the stage and, as result, the file. NULL with `why`. */
const char *tee_read(const struct plan *plan, const char *word, size_t *stage, struct diag *why);

/* Opens them all. `why` must stay until tees_close. False with `why`; `*status` says whether it was wrong usage. Close
 * in any case. */
bool tees_open(struct tees *tees, const struct plan *plan, const struct opt_texts *words, struct diag *why,
	enum status *status);

/* That of the stage at this place in the plan; NULL where it has none. */
struct tee *tees_find(const struct tees *tees, size_t stage);

/* Hands everything to the disk. False with `why`. */
bool tees_flush(struct tees *tees, struct diag *why);

/* Puts them in place, or with `keep` false leaves what was there. False with `why`. */
bool tees_close(struct tees *tees, bool keep);

#endif
