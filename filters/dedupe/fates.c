/* SPDX-License-Identifier: MIT
 * fates.c - groups, and the best of each so far. */
#include "filters/dedupe/fates.h"

#include <stdlib.h>

#include "common/mem.h"

void fates_release(struct fates *fates)
{
	for (size_t i = 0; i < fates->group_count; i++)
		free(fates->groups[i].value);
	free(fates->groups);
	free(fates->items);
	free(fates->of_story);
	*fates = (struct fates){ .keep = fates->keep };
}

static bool is_digits(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return text.len > 0;
}

static struct span without_zeros(struct span digits)
{
	while (digits.len > 1 && digits.at[0] == '0')
		digits = span_skip(digits, 1);
	return digits;
}

/* Orders numbers as numbers, anything else by bytes: dates as ISO 8601 has them, too. */
static int value_compare(struct span a, struct span b)
{
	if (!is_digits(a) || !is_digits(b))
		return span_compare(a, b);
	a = without_zeros(a);
	b = without_zeros(b);
	return a.len != b.len ? (a.len > b.len) - (a.len < b.len) : span_compare(a, b);
}

/* Whether a document is to stay instead of the best of its group. Of equals the first stays. */
static bool is_better(
	const struct fates *fates, const struct fate_group *group, uint64_t len, const struct span *value)
{
	int order;

	if (fates->keep == KEEP_LONGEST)
		return len > group->len;
	if (!value || !group->value)
		return value && !group->value;
	order = value_compare(*value, span_from(group->value));
	return fates->keep == KEEP_MIN ? order < 0 : order > 0;
}

static void make_best(struct fate_group *group, uint32_t document, uint64_t len, const struct span *value)
{
	free(group->value);
	group->best = document;
	group->len = len;
	group->value = value ? mem_copy(value->at, value->len) : NULL;
}

static uint32_t group_new(struct fates *fates, uint32_t document, uint32_t story)
{
	if (fates->group_count == fates->group_cap) {
		fates->group_cap = fates->group_cap + fates->group_cap / 2 + 64;
		fates->groups = mem_resize(fates->groups, fates->group_cap, sizeof(*fates->groups));
	}
	if (story >= fates->story_cap) {
		fates->story_cap = story + story / 2 + 64;
		fates->of_story = mem_resize(fates->of_story, fates->story_cap, sizeof(*fates->of_story));
	}
	fates->groups[fates->group_count] = (struct fate_group){ .first = document };
	fates->of_story[story] = (uint32_t)fates->group_count;
	return (uint32_t)fates->group_count++;
}

void fates_add(struct fates *fates, const struct relative *why, uint32_t story, uint64_t len,
	const struct span *value)
{
	uint32_t document = (uint32_t)fates->count;
	struct fate fate = { .relation = RELATION_NONE };

	if (fates->count == fates->cap) {
		fates->cap = fates->cap + fates->cap / 2 + 64;
		fates->items = mem_resize(fates->items, fates->cap, sizeof(*fates->items));
	}
	if (why)
		fate = (struct fate){ fates->of_story[why->story], why->relation, (float)why->similarity,
			(float)why->containment };
	else
		fate.group = group_new(fates, document, story);
	fates->items[fates->count++] = fate;
	if (!why || is_better(fates, &fates->groups[fate.group], len, value))
		make_best(&fates->groups[fate.group], document, len, value);
}

uint32_t fates_best(const struct fates *fates, size_t i)
{
	return fates->groups[fates->items[i].group].best;
}

struct fate fates_why(const struct fates *fates, size_t i)
{
	return fates->items[i].relation ? fates->items[i] : fates->items[fates_best(fates, i)];
}
