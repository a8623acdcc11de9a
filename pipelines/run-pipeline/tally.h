/* SPDX-License-Identifier: MIT
 * tally.h - numbers of several JSON objects added up by key path, {"a":{"b":1}} and {"a":{"b":2}} to {"a":{"b":3}}.
 *
 * What is no number stays as the first object has it, and so does what lies deeper than 8. "status" is not added: of
 * several the largest stays. Members keep the order in which they first came. */
#ifndef RUN_PIPELINE_TALLY_H
#define RUN_PIPELINE_TALLY_H

#include "common/arena.h"
#include "common/buf.h"

struct tally_member;

/* Zero bytes make an empty one. */
struct tally {
	struct arena arena;
	struct tally_member *root; /* NULL: nothing was added */
};

/* Adds one object. False, and nothing is added, where `object` is none. */
bool tally_add(struct tally *tally, struct span object);

/* Appends the sum, one object. */
void tally_print(struct buf *into, const struct tally *tally);

void tally_release(struct tally *tally);

#endif
