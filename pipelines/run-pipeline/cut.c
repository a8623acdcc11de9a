/* SPDX-License-Identifier: MIT
 * cut.c - stages joined, phases numbered, names of phases found. */
#include "cut.h"

#include <stdlib.h>

#include "common/common_options.h"

const char *const cut_framing_words[] = { "text", "zero", "jsonl" };

/* Stages that wait for what follows them: one phase, in the end. */
struct waiting {
	struct cut_stage *first, **end;
	struct cut_side *sides;
	bool is_whole, runs_programs;
};

struct cutting {
	struct arena *arena;
	const struct cut_request *request;
	struct cut *cut;
	struct waiting waiting;
	int documents; /* the phase that wrote those at hand, or CUT_SOURCE */
	size_t parts; /* of them */
	struct trouble *trouble;
	bool is_full;
};

/* --- pieces ----------------------------------------------------------------------------------------------- */

/* The framing of documents between phases: boundaries must survive. */
static enum cut_framing between(const struct cutting *cutting)
{
	return cutting->request->framing == CUT_JSONL ? CUT_JSONL : CUT_ZERO;
}

static enum cut_framing framing_of_documents(const struct cutting *cutting)
{
	return cutting->documents == CUT_SOURCE ? cutting->request->framing : between(cutting);
}

static const char *numbered(struct cutting *cutting, const char *name, size_t level)
{
	struct buf text = BUF_INIT;
	const char *copy;

	buf_addf(&text, "%02zu-%s", cutting->cut->count + 1, name);
	if (level)
		buf_addf(&text, "-%zu", level);
	copy = arena_copy(cutting->arena, buf_span(&text));
	buf_release(&text);
	return copy;
}

/* A new phase; the last one again where there are too many, which is told in the end. */
static struct cut_phase *phase_new(struct cutting *cutting, const char *name, size_t level)
{
	struct cut *cut = cutting->cut;
	struct cut_phase *phase;

	cutting->is_full = cut->count == CUT_PHASES;
	phase = &cut->phases[cut->count - cutting->is_full];
	*phase = (struct cut_phase){ .name = numbered(cutting, name, level) };
	cut->count += !cutting->is_full;
	return phase;
}

static int last_phase(const struct cutting *cutting)
{
	return (int)cutting->cut->count - 1;
}

static struct cut_stage *stage_new(struct cutting *cutting, const struct stage *stage, const char **words)
{
	struct cut_stage *made = arena_new(cutting->arena, 1, sizeof(*made));

	*made = (struct cut_stage){ .name = stage->name, .words = words, .ok_exit = stage->ok_exit };
	return made;
}

/* --- waiting stages --------------------------------------------------------------------------------------- */

static void wait_begin(struct cutting *cutting)
{
	cutting->waiting = (struct waiting){ .first = NULL };
	cutting->waiting.end = &cutting->waiting.first;
}

static void wait_add(struct cutting *cutting, struct cut_stage *stage)
{
	*cutting->waiting.end = stage;
	cutting->waiting.end = &stage->next;
}

/* Makes one phase of the stages that wait. */
static struct cut_phase *flush(struct cutting *cutting, const char *name)
{
	struct cut_phase *phase = phase_new(cutting, name, 0);
	const struct waiting *waiting = &cutting->waiting;

	phase->deal = waiting->is_whole ? PHASE_ALL : PHASE_PARTS;
	phase->is_whole = waiting->is_whole;
	phase->runs_programs = waiting->runs_programs;
	phase->reads = cutting->documents;
	phase->in = framing_of_documents(cutting);
	phase->out = between(cutting);
	phase->tasks = waiting->is_whole ? 1 : cutting->parts;
	phase->stages = waiting->first;
	phase->sides = waiting->sides;
	wait_begin(cutting);
	return phase;
}

/* The same, where what they write is read by others. */
static void flush_documents(struct cutting *cutting)
{
	struct cut_phase *phase;

	if (!cutting->waiting.first)
		return;
	phase = flush(cutting, cutting->waiting.is_whole ? "whole" : "map");
	cutting->documents = last_phase(cutting);
	cutting->parts = phase->tasks;
}

/* --- the phases of a filter ------------------------------------------------------------------------------- */

/* Phases of one stage at work. */
struct sharing {
	struct cutting *cutting;
	const struct stage *stage;
	const struct phase *table;
	const struct opt_table *own;
	int found[CUT_PHASES]; /* which phase of the folder has what the row of the table writes */
};

/* The row called `name`, which stands in the table. */
static size_t row_of(const struct sharing *sharing, struct span name)
{
	size_t i = 0;

	while (sharing->table[i].name && !span_equal(span_from(sharing->table[i].name), name))
		i++;
	return i;
}

/* Makes a side of "NAME/share", the end of a word behind "=@". */
static struct cut_side *side_new(struct sharing *sharing, const char *said)
{
	struct cut_side *side = arena_new(sharing->cutting->arena, 1, sizeof(*side));
	struct span name = span_head(span_from(said), span_find(span_from(said), '/'));
	int phase = sharing->found[row_of(sharing, name)];

	side->name = arena_copy(sharing->cutting->arena, name);
	side->share = said[name.len] ? said + name.len + 1 : "all";
	side->phase = phase;
	if (strcmp(side->share, "bucket") == 0)
		sharing->cutting->cut->phases[phase].is_dealt = true;
	return side;
}

/* Finds what words name. Returns the sides; `aside` is set where a word names the place to write to. */
static struct cut_side *find_sides(struct sharing *sharing, const char **words, bool *aside)
{
	struct cut_side *sides = NULL;

	*aside = false;
	for (; *words; words++) {
		const char *at = strstr(*words, "=@");
		struct cut_side *side;

		if (!at || strcmp(at, "=@in") == 0)
			continue;
		if (strcmp(at, "=@out") == 0) {
			*aside = true;
			continue;
		}
		side = side_new(sharing, at + 2);
		side->next = sides;
		sides = side;
	}
	return sides;
}

static const char **words_of(struct sharing *sharing, const struct phase *row)
{
	return phase_words(sharing->cutting->arena, row, sharing->own, sharing->cutting->request->folder);
}

/* A tree: levels until one file is left. Where there is one already, none. */
static void add_tree(struct sharing *sharing, size_t i)
{
	struct cutting *cutting = sharing->cutting;
	const struct phase *row = &sharing->table[i];
	int reads = sharing->found[row_of(sharing, span_from(row->reads))];
	size_t left = cutting->cut->phases[reads].tasks;
	const char **words = words_of(sharing, row);

	for (size_t level = 1; left > 1 && !cutting->is_full; level++) {
		struct cut_phase *phase = phase_new(cutting, row->name, level);

		left = (left + CUT_BRANCHES - 1) / CUT_BRANCHES;
		phase->deal = PHASE_TREE;
		phase->work = row->work;
		phase->reads = reads;
		phase->reads_rows = phase->writes_rows = true;
		phase->is_last_level = left == 1;
		phase->tasks = left;
		phase->stages = stage_new(cutting, sharing->stage, words);
		reads = last_phase(cutting);
	}
	sharing->found[i] = reads;
}

/* Work on rows, or the filter on them. */
static void add_on_rows(struct sharing *sharing, size_t i)
{
	struct cutting *cutting = sharing->cutting;
	const struct phase *row = &sharing->table[i];
	struct cut_phase *phase = phase_new(cutting, row->name, 0);

	phase->deal = row->deal;
	phase->work = row->work;
	phase->reads = sharing->found[row_of(sharing, span_from(row->reads))];
	phase->reads_rows = true;
	phase->writes_rows = !row->writes_documents;
	phase->in = CUT_TEXT;
	phase->out = between(cutting) == CUT_JSONL ? CUT_TEXT : CUT_ZERO;
	phase->tasks = row->deal == PHASE_BUCKETS ? cutting->cut->buckets : 1;
	phase->stages = stage_new(cutting, sharing->stage, words_of(sharing, row));
	if (row->deal == PHASE_BUCKETS)
		cutting->cut->phases[phase->reads].is_dealt = true;
	sharing->found[i] = last_phase(cutting);
	if (!row->writes_documents)
		return;
	cutting->documents = last_phase(cutting);
	cutting->parts = phase->tasks;
}

/* The filter on documents, behind the stages that wait. */
static void add_on_documents(struct sharing *sharing, size_t i)
{
	struct cutting *cutting = sharing->cutting;
	const struct phase *row = &sharing->table[i];
	const char **words = words_of(sharing, row);
	struct cut_phase *phase;
	bool aside;
	struct cut_side *sides = find_sides(sharing, words, &aside);

	wait_add(cutting, stage_new(cutting, sharing->stage, words));
	cutting->waiting.sides = sides;
	if (row->writes_documents)
		return; /* what follows may join it */
	phase = flush(cutting, row->name);
	phase->deal = row->deal;
	phase->writes_rows = true;
	phase->writes_aside = aside;
	phase->tasks = row->deal == PHASE_PARTS     ? cutting->parts
		       : row->deal == PHASE_BUCKETS ? cutting->cut->buckets
						    : 1;
	sharing->found[i] = last_phase(cutting);
}

/* How often documents are read by the phases of the table. */
static size_t count_readings(const struct phase *table)
{
	size_t count = 0;

	for (; table->name; table++)
		count += table->deal != PHASE_TREE && table->work == PHASE_FILTER && !table->reads;
	return count;
}

static void share(struct sharing *sharing)
{
	struct cutting *cutting = sharing->cutting;

	if (count_readings(sharing->table) > 1 || cutting->waiting.is_whole || cutting->waiting.sides)
		flush_documents(cutting);
	for (size_t i = 0; sharing->table[i].name && !cutting->is_full; i++) {
		if (sharing->table[i].deal == PHASE_TREE)
			add_tree(sharing, i);
		else if (sharing->table[i].reads)
			add_on_rows(sharing, i);
		else
			add_on_documents(sharing, i);
	}
}

/* --- stages ----------------------------------------------------------------------------------------------- */

static void wait_alone(struct cutting *cutting, const struct stage *stage, const char **words)
{
	flush_documents(cutting);
	cutting->waiting.is_whole = cutting->parts > 1;
	wait_add(cutting, stage_new(cutting, stage, words));
}

static bool take_filter(struct cutting *cutting, const struct stage *stage)
{
	struct filter_options options;
	struct opt_texts operands;
	struct sharing sharing = { .cutting = cutting, .stage = stage };
	struct diag why;
	const char **words;

	filter_options_init(&options, stage->filter);
	if (!opts_parse(options.tables, FILTER_TABLES, (int)stage->word_count, (char *const *)stage->words,
		    &operands, &why)) {
		filter_options_release(&options);
		return trouble_on(cutting->trouble, stage->place, "%s", why.text);
	}
	words = phase_option_words(
		cutting->arena, &options.tables[0], NULL, NULL, cutting->request->folder);
	sharing.own = &options.tables[0];
	sharing.table = stage->contract == CONTRACT_MAP ? NULL : phases_of(stage->filter, sharing.own);
	if (sharing.table && sharing.table->needs_ids && cutting->request->framing != CUT_JSONL)
		sharing.table = NULL;
	if (stage->contract == CONTRACT_MAP)
		wait_add(cutting, stage_new(cutting, stage, words));
	else if (sharing.table)
		share(&sharing);
	else
		wait_alone(cutting, stage, words);
	free(operands.items);
	filter_options_release(&options);
	return true;
}

/* The first stage of a run must be a filter; this one changes nothing. */
static void add_nothing(struct cutting *cutting)
{
	static const char *const words[] = { "--preset=none", NULL };
	struct cut_stage *made = arena_new(cutting->arena, 1, sizeof(*made));

	*made = (struct cut_stage){ .name = "normalize", .words = (const char **)words };
	wait_add(cutting, made);
}

/* A program that is no filter reads and writes what it would in a pipe of the shell, so all from the last phase on is
 * one task. */
static void take_program(struct cutting *cutting, const struct stage *stage)
{
	if (cutting->waiting.sides)
		flush_documents(cutting);
	if (!cutting->waiting.first)
		add_nothing(cutting);
	cutting->waiting.is_whole = cutting->parts > 1;
	cutting->waiting.runs_programs = true;
	wait_add(cutting, stage_new(cutting, stage, stage->words));
}

static enum cut_framing last_framing(const struct cutting *cutting, const struct cut_phase *last)
{
	return last->reads_rows && cutting->request->framing == CUT_JSONL ? CUT_TEXT
									  : cutting->request->framing;
}

static size_t choose_buckets(size_t parts)
{
	size_t count = parts / 4;

	if (parts > 1 && count < 2)
		count = 2;
	return count > CUT_BUCKETS ? CUT_BUCKETS : count ? count : 1;
}

bool cut_plan(struct arena *arena, const struct plan *plan, const struct cut_request *request,
	struct cut *cut, struct trouble *trouble)
{
	struct cutting cutting = { .arena = arena,
		.request = request,
		.cut = cut,
		.documents = CUT_SOURCE,
		.parts = request->parts,
		.trouble = trouble };

	cut->count = 0;
	cut->buckets = choose_buckets(request->parts);
	wait_begin(&cutting);
	for (const struct stage *stage = plan->stages; stage; stage = stage->next) {
		if (!stage->filter)
			take_program(&cutting, stage);
		else if (!take_filter(&cutting, stage))
			return false;
	}
	flush_documents(&cutting);
	if (cutting.is_full)
		return trouble_in(trouble, "plan", "more than %d phases", CUT_PHASES);
	cut->phases[cut->count - 1].out = last_framing(&cutting, &cut->phases[cut->count - 1]);
	return true;
}
