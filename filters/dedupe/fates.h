/* SPDX-License-Identifier: MIT
 * fates.h - which document of those that tell the same stays, where that is known only when all have been seen.
 *
 * Documents are numbered from 0 as they come. 16 bytes each, 24 for each group, and the best value of its member. */
#ifndef GHIRBAL_FATES_H
#define GHIRBAL_FATES_H

#include "common/span.h"
#include "filters/dedupe/near.h"

enum keep { KEEP_FIRST, KEEP_LONGEST, KEEP_MIN, KEEP_MAX };

/* What is known of a document. */
struct fate {
	uint32_t group;
	enum relation relation; /* to the first of its group; RELATION_NONE: it is the first */
	float similarity, containment; /* with that */
};

/* Documents that tell the same. */
struct fate_group {
	uint32_t first, best; /* documents */
	uint64_t len; /* bytes of the best */
	char *value; /* of its member, NUL-terminated; NULL: it has none */
};

struct fates {
	enum keep keep;
	struct fate *items;
	size_t count, cap;
	struct fate_group *groups;
	size_t group_count, group_cap;
	uint32_t *of_story; /* groups by the kept text's number in near.stories */
	size_t story_cap;
};

void fates_release(struct fates *fates);

/* Adds a document of `len` bytes. `why` relates it to an earlier one, NULL: it begins a group, as the story of this
 * number. `value` is its member's; NULL: it has none. */
void fates_add(struct fates *fates, const struct relative *why, uint32_t story, uint64_t len,
	const struct span *value);

/* Which document stays of the group of document number `i`. */
uint32_t fates_best(const struct fates *fates, size_t i);

/* What document number `i`, which does not stay, is to the first of its group; or the one that stays, if it is the
 * first itself. */
struct fate fates_why(const struct fates *fates, size_t i);

#endif
