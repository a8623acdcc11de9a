/* SPDX-License-Identifier: MIT
 * phases.c - options back to words. */
#include "common/phases.h"

#include <inttypes.h>

#include "common/filter.h"
#include "common/row.h"

const char *const phase_deal_words[] = { "parts", "tree", "all", "buckets", NULL };
const char *const phase_work_words[] = { "filter", "or", "comes-again", NULL };

/* --- words ---------------------------------------------------------------------------------------------- */

/* Words in the making. */
struct wording {
	struct arena *arena;
	struct opt_texts words;
	size_t room;
	const char *folder;
};

static void add(struct wording *wording, const char *word)
{
	struct opt_texts *words = &wording->words;

	if (words->count + 1 >= wording->room) {
		const char **grown = arena_new(wording->arena, 2 * wording->room + 16, sizeof(*grown));

		if (words->count)
			memcpy(grown, words->items, words->count * sizeof(*grown));
		words->items = grown;
		wording->room = 2 * wording->room + 16;
	}
	words->items[words->count++] = word;
	words->items[words->count] = NULL;
}

static void add_value(struct wording *wording, const char *name, const char *folder, const char *value)
{
	struct buf word = BUF_INIT;

	buf_addf(&word, "--%s=", name);
	if (folder && value[0] != '/')
		buf_addf(&word, "%s/", folder);
	buf_add(&word, span_from(value));
	add(wording, arena_copy(wording->arena, buf_span(&word)));
	buf_release(&word);
}

static void add_number(struct wording *wording, const char *name, int64_t number)
{
	struct buf digits = BUF_INIT;

	buf_addf(&digits, "%" PRId64, number);
	add_value(wording, name, NULL, buf_string(&digits));
	buf_release(&digits);
}

static void add_flag(struct wording *wording, const char *start, const char *name)
{
	struct buf word = BUF_INIT;

	buf_addf(&word, "%s%s", start, name);
	add(wording, arena_copy(wording->arena, buf_span(&word)));
	buf_release(&word);
}

static void add_inputs(struct wording *wording, const struct opt *row, const struct opt_inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		add_value(wording, row->name,
			opt_is_file(row, inputs->items[i].path) ? wording->folder : NULL,
			inputs->items[i].path);
}

static void add_texts(struct wording *wording, const struct opt *row, const struct opt_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		add_value(wording, row->name, NULL, texts->items[i]);
}

static void add_path(struct wording *wording, const struct opt *row, const char *path)
{
	if (path)
		add_value(wording, row->name, wording->folder, path);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_option(struct wording *wording, const struct opt *row, const void *at)
{
	switch (row->kind) {
	case OPT_FLAG:
		if (*(const bool *)at)
			add_flag(wording, "--", row->name);
		break;
	case OPT_SWITCH:
		if (*(const enum switch_state *)at != SWITCH_UNSET)
			add_flag(wording, *(const enum switch_state *)at == SWITCH_ON ? "--" : "--no-",
				row->name);
		break;
	case OPT_INT:
	case OPT_SIZE:
		if (*(const int64_t *)at != row->initial)
			add_number(wording, row->name, *(const int64_t *)at);
		break;
	case OPT_WORD:
		if (*(const int *)at != row->initial)
			add_value(wording, row->name, NULL, row->words[*(const int *)at]);
		break;
	case OPT_TEXT:
		if (!same_text(*(const char *const *)at, row->initial_text))
			add_value(wording, row->name, NULL, *(const char *const *)at);
		break;
	case OPT_TEXTS:
		add_texts(wording, row, at);
		break;
	case OPT_INPUT:
		add_path(wording, row, ((const struct opt_input *)at)->path);
		break;
	case OPT_INPUTS:
	case OPT_DOCUMENTS:
		add_inputs(wording, row, at);
		break;
	case OPT_OUTPUT:
		add_path(wording, row, ((const struct opt_output *)at)->path);
		break;
	}
}

static void add_options(
	struct wording *wording, const struct opt_table *table, phase_wants_fn *wanted, const void *ctx)
{
	for (const struct opt *row = table->rows; row->name; row++)
		if (!wanted || wanted(ctx, row->name))
			add_option(wording, row, (const char *)table->values + row->at);
}

static struct wording wording_begin(struct arena *arena, const char *folder)
{
	struct wording wording = { .arena = arena, .folder = folder };

	add(&wording, NULL);
	wording.words.count = 0;
	return wording;
}

const char **phase_option_words(struct arena *arena, const struct opt_table *table, phase_wants_fn *wanted,
	const void *ctx, const char *folder)
{
	struct wording wording = wording_begin(arena, folder);

	add_options(&wording, table, wanted, ctx);
	return wording.words.items;
}

/* --- phases ----------------------------------------------------------------------------------------------- */

/* Takes the first of words that have a space between; empty where there is none. */
static struct span take_word(struct span *rest)
{
	struct span word = span_head(*rest, span_find(*rest, ' '));

	*rest = span_skip(*rest, word.len + (word.len < rest->len));
	return word;
}

static bool is_among(const char *words, const char *name)
{
	struct span rest = span_from(words ? words : "");

	while (rest.len)
		if (span_equal(take_word(&rest), span_from(name)))
			return true;
	return false;
}

static bool phase_wants(const void *ctx, const char *name)
{
	const struct phase *phase = ctx;

	return phase->keeps ? is_among(phase->keeps, name) : !is_among(phase->leaves, name);
}

const char **phase_words(
	struct arena *arena, const struct phase *phase, const struct opt_table *own, const char *folder)
{
	struct wording wording = wording_begin(arena, folder);
	struct span rest = span_from(phase->adds ? phase->adds : "");

	if (phase->work == PHASE_FILTER)
		add_options(&wording, own, phase_wants, phase);
	while (rest.len)
		add(&wording, arena_copy(arena, take_word(&rest)));
	return wording.words.items;
}

static bool is_not_given(void *ctx, const struct opt *row, struct opt_output *output)
{
	(void)ctx, (void)row;
	return !output->path;
}

const struct phase *phases_of(const struct filter *filter, const struct opt_table *own)
{
	if (!filter->phases || !opts_each_output(own, 1, is_not_given, NULL))
		return NULL;
	return filter->phases(own->values);
}

static void print_phase(struct buf *into, struct arena *arena, const struct phase *phase,
	const struct filter *filter, const struct opt_table *own)
{
	const char **words = phase_words(arena, phase, own, NULL);

	buf_addf(into, "%s\t%s\t%s\t%s\t%s", phase->name, phase_deal_words[phase->deal],
		phase->reads ? phase->reads : "documents", phase->writes_documents ? "documents" : "rows",
		phase->work == PHASE_FILTER ? filter->name : phase_work_words[phase->work]);
	for (; *words; words++) {
		buf_add_byte(into, '\t');
		row_add_text(into, span_from(*words));
	}
	buf_add_byte(into, '\n');
}

void phases_print(struct buf *into, const struct filter *filter, const struct opt_table *own)
{
	bool is_map = filter->contract && filter->contract(own->values) == CONTRACT_MAP;
	const struct phase *phases = is_map ? NULL : phases_of(filter, own);
	struct arena arena = ARENA_INIT;

	buf_add(into, is_map ? SPAN("map\n") : phases ? SPAN("mergeable\n") : SPAN("whole\n"));
	for (; phases && phases->name; phases++)
		print_phase(into, &arena, phases, filter, own);
	arena_release(&arena);
}
