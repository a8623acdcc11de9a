/* SPDX-License-Identifier: MIT
 * learning.h - what the options --learn, --group, --template and --save-template do together.
 *
 * Templates named with --template say which lines repeat. With --learn those of the documents at hand are added: all
 * documents are seen as previews first. --save-template writes both sums; alone it counts while documents pass and
 * leaves them as they would be without it. */
#ifndef GHIRBAL_STRIP_LEARNING_H
#define GHIRBAL_STRIP_LEARNING_H

#include "group.h"
#include "repeats.h"

struct learning_options {
	bool learn;
	const char *group;
	struct opt_inputs templates;
	struct opt_output save;
};

/* Starts as zero bytes. */
struct learning {
	const struct learning_options *options; /* borrowed */
	struct group group;
	struct templates known; /* what repeats */
	struct templates counted; /* what is to be saved, where it is not the same */
	struct learner learner;
	bool counts; /* the document at hand is counted */
};

/* `index` is where the member of --group stands among those that the filter asks for. False with `why`. */
bool learning_open(struct learning *learning, const struct learning_options *options, size_t index,
	const struct host *host, struct diag *why);

/* A document begins, or its preview; `repeats` is made ready to judge it. */
void learning_begin(struct learning *learning, const struct doc_info *doc, struct repeats *repeats);
void learning_text(struct learning *learning, struct span piece);
void learning_end(struct learning *learning);

/* All documents are over. */
enum flow learning_finish(struct learning *learning);

void learning_release(struct learning *learning);

#endif
