/* SPDX-License-Identifier: MIT
 * share.c - phases to stages. */
#include "share.h"

#include <stdlib.h>

#include "common/common_options.h"

/* Whether a phase is one of the filter over one stream, with no file beside it. */
static bool is_plain(const struct phase *phase, enum phase_deal deal)
{
	return phase->name && phase->deal == deal && phase->work == PHASE_FILTER &&
	       !(phase->adds && strstr(phase->adds, "=@"));
}

/* The last of phases that count parts and add up rows until all are one; NULL: they do something else. */
static const struct phase *adding(const struct phase *phases)
{
	const struct phase *last = phases + 1;

	if (!is_plain(phases, PHASE_PARTS) || phases->writes_documents)
		return NULL;
	while (is_plain(last, PHASE_TREE)) /* what it adds up the last would, too */
		last++;
	return is_plain(last, PHASE_ALL) && last->writes_documents && !last[1].name ? last : NULL;
}

/* Which columns there are only lists can tell, and of nothing there is none. */
static bool has_header(const struct filter_options *options)
{
	const struct opt *row = opts_find(options->tables, 1, SPAN("header"));

	return row && row->kind == OPT_FLAG && *((const bool *)options->own + row->at);
}

static void set_words(struct stage *stage, const char **words)
{
	stage->words = words;
	for (stage->word_count = 0; words[stage->word_count];)
		stage->word_count++;
}

/* Makes two of `stage`. False where it cannot be. */
static bool divide(struct stage *stage, struct arena *arena)
{
	struct stage *sum = arena_new(arena, 1, sizeof(*sum));
	const struct phase *phases = NULL, *last = NULL;
	struct filter_options options;
	struct opt_texts operands;
	struct buf id = BUF_INIT;
	struct diag why;

	filter_options_init(&options, stage->filter);
	opts_parse(options.tables, FILTER_TABLES, (int)stage->word_count, (char *const *)stage->words,
		&operands, &why); /* the plan has seen that they fit */
	free(operands.items);
	if (!options.common.into && !options.common.invalid && !has_header(&options))
		phases = phases_of(stage->filter, &options.tables[0]);
	if (phases)
		last = adding(phases);
	if (last) {
		*sum = *stage;
		sum->is_sum = true;
		sum->instead_of = stage;
		set_words(sum, phase_words(arena, last, &options.tables[0], NULL));
		buf_addf(&id, "%s/%s", stage->id, phases->name);
		stage->instead_of = NULL;
		stage->id = arena_copy(arena, buf_span(&id));
		stage->is_count = true;
		stage->contract = CONTRACT_MAP;
		set_words(stage, phase_words(arena, phases, &options.tables[0], NULL));
		stage->next = sum;
		buf_release(&id);
	}
	filter_options_release(&options);
	return last;
}

const struct plan *plan_share(const struct plan *plan, struct plan *shared, struct arena *arena)
{
	struct stage **end = &shared->stages;

	*shared = *plan;
	for (const struct stage *stage = plan->stages; stage; stage = stage->next) {
		struct stage *copy = arena_new(arena, 1, sizeof(*copy));

		*copy = *stage;
		*end = copy;
		end = &copy->next;
		if (stage->contract == CONTRACT_MAP)
			continue;
		if (!stage->filter || !divide(copy, arena))
			return plan;
		copy->next->instead_of = stage;
		shared->stage_count++;
		return shared;
	}
	return plan;
}
