/* SPDX-License-Identifier: MIT
 * shares.c - text filled into batches, and batches given to a crew. */
#include "filters/count-terms/shares.h"

#include <stdlib.h>

#include "common/mem.h"

enum { FOR_EACH = 3 /* batches; with two a member now and then has none */ };

static void batch_free(struct batch *batch)
{
	if (!batch)
		return;
	buf_release(&batch->text);
	buf_release(&batch->groups);
	buf_release(&batch->out);
	free(batch->parts);
	free(batch);
}

void shares_release(struct shares *shares)
{
	struct batch *batch;

	if (shares->crew) {
		while ((batch = crew_collect(shares->crew)))
			batch_free(batch);
		crew_free(shares->crew);
	}
	batch_free(shares->filling);
	batch_free(shares->spare);
	buf_release(&shares->group);
	*shares = (struct shares){ .rules = shares->rules };
}

/* An empty batch, in the memory of an old one if there is one. */
static struct batch *batch_new(struct shares *shares)
{
	struct batch *batch = shares->spare ? shares->spare : mem_new(1, sizeof(*batch));

	shares->spare = NULL;
	buf_clear(&batch->text);
	buf_clear(&batch->groups);
	buf_clear(&batch->out);
	batch->count = 0;
	batch->task = 0;
	batch->failed = false;
	batch->place = (uint32_t)shares->place++;
	return batch;
}

static struct batch *filling(struct shares *shares)
{
	if (!shares->filling)
		shares->filling = batch_new(shares);
	return shares->filling;
}

static void add_part(struct shares *shares, bool begins)
{
	struct batch *batch = filling(shares);

	if (batch->count == batch->cap) {
		batch->cap = batch->cap ? 2 * batch->cap : 16;
		batch->parts = mem_resize(batch->parts, batch->cap, sizeof(*batch->parts));
	}
	batch->parts[batch->count++] = (struct batch_part){ .at = batch->text.len,
		.group_at = batch->groups.len,
		.group_len = begins ? shares->group.len : 0,
		.ordinal = shares->ordinal,
		.begins = begins };
	if (begins)
		buf_add(&batch->groups, buf_span(&shares->group));
}

/* --- the crew --------------------------------------------------------------------------------------------- */

static void work(void *at, size_t member, void *batch)
{
	struct shares *shares = at;

	shares->rules.work(shares->rules.ctx, member, batch);
}

static bool hire(struct shares *shares)
{
	if (shares->crew)
		return true;
	shares->crew = crew_new(shares->rules.threads, FOR_EACH * shares->rules.threads, work, shares);
	return shares->rules.hired(shares->rules.ctx, crew_members(shares->crew));
}

/* Takes the batch back that was given first. */
static bool collect(struct shares *shares)
{
	struct batch *batch = crew_collect(shares->crew);
	bool fine = shares->rules.done(shares->rules.ctx, batch);

	batch_free(shares->spare);
	shares->spare = batch;
	return fine;
}

static bool collect_all(struct shares *shares)
{
	while (crew_given(shares->crew))
		if (!collect(shares))
			return false;
	return true;
}

/* `goes_on`: the next batch continues this one. */
static bool give(struct shares *shares, bool goes_on)
{
	if (!hire(shares))
		return false;
	if (crew_given(shares->crew) == FOR_EACH * crew_members(shares->crew) && !collect(shares))
		return false;
	if (!shares->continues)
		shares->member = crew_idlest(shares->crew);
	crew_give(shares->crew, shares->member, shares->filling);
	shares->filling = NULL;
	shares->continues = goes_on;
	return true;
}

/* --- documents -------------------------------------------------------------------------------------------- */

/* Whether there is as much as a batch should have, `times` over. Many empty documents are much, too. */
static bool is_full(const struct shares *shares, size_t times)
{
	const struct batch *batch = shares->filling;

	return batch->text.len + batch->groups.len + batch->count * sizeof(*batch->parts) >=
	       times * shares->rules.bytes;
}

bool shares_begin(struct shares *shares, uint64_t ordinal, struct span group)
{
	shares->ordinal = ordinal;
	buf_clear(&shares->group);
	buf_add(&shares->group, group);
	add_part(shares, true);
	return true;
}

/* Gives the batch though the document goes on. */
static bool part_document(struct shares *shares, bool goes_on)
{
	struct batch *batch = shares->filling;

	batch->parts[batch->count - 1].ends = !goes_on;
	if (!give(shares, goes_on))
		return false;
	add_part(shares, !goes_on);
	return true;
}

bool shares_text(struct shares *shares, struct span piece)
{
	bool ends_here = span_has_suffix(piece, SPAN("\n")) && !shares->rules.whole_documents;

	buf_add(&shares->filling->text, piece);
	if (!is_full(shares, ends_here ? 1 : 2))
		return true;
	return part_document(shares, !ends_here);
}

bool shares_end(struct shares *shares)
{
	struct batch *batch = shares->filling;

	batch->parts[batch->count - 1].ends = true;
	return !is_full(shares, 1) || give(shares, false);
}

static bool work_here(struct shares *shares)
{
	struct batch *batch = shares->filling;
	bool fine;

	shares->rules.work(shares->rules.ctx, 0, batch);
	fine = shares->rules.done(shares->rules.ctx, batch);
	batch_free(shares->spare);
	shares->spare = batch;
	shares->filling = NULL;
	return fine;
}

bool shares_flush(struct shares *shares)
{
	bool all_rest = !shares->crew || crew_given(shares->crew) == 0;

	if (shares->filling && all_rest && !shares->continues)
		return work_here(shares); /* handing over would only take time */
	if (shares->filling && !give(shares, false))
		return false;
	return !shares->crew || collect_all(shares);
}

bool shares_all(struct shares *shares, int task)
{
	size_t members = shares->crew ? crew_members(shares->crew) : 0;

	for (size_t i = 0; i < members; i++) {
		struct batch *batch = batch_new(shares);

		batch->task = task;
		crew_give(shares->crew, i, batch);
	}
	return members == 0 || collect_all(shares);
}
