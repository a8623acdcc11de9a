/* SPDX-License-Identifier: MIT
 * stage_words.c - YAML values to argument words. */
#include "stage_words.h"

#include <stdlib.h>

#include "common/common_options.h"
#include "common/named.h"
#include "common/mem.h"

/* What a stage's words are made from. */
struct wording {
	struct arena *arena;
	struct stage *stage;
	struct param *params;
	struct trouble *trouble;
	struct filter_options options; /* for finding rows and trying words */
};

/* --- which keys there are --------------------------------------------------------------------- */

/* Common options that are not the runner's. */
static bool is_common_key(struct span key)
{
	return span_equal(key, SPAN("invalid")) || span_equal(key, SPAN("into"));
}

/* The row for a key: the filter's own, or a common one. */
static const struct opt *key_row(struct wording *wording, const struct node *key)
{
	const struct opt *row = opts_find(wording->options.tables, 1, key->text);
	const char *nearest = opts_nearest(wording->options.tables, 1, key->text);
	const char *filter = wording->stage->name;

	if (row || is_common_key(key->text))
		return row ? row : opts_find(wording->options.tables, FILTER_TABLES, key->text);
	if (opts_find(wording->options.tables, FILTER_TABLES, key->text))
		trouble_at(wording->trouble, key->place,
			"option '--%s' of %s is set by run-pipeline itself", key->text.at, filter);
	else if (nearest)
		trouble_at(wording->trouble, key->place, "%s has no option '--%s'; did you mean '%s'?",
			filter, key->text.at, nearest);
	else
		trouble_at(wording->trouble, key->place, "%s has no option '--%s'", filter, key->text.at);
	return NULL;
}

/* --- words ------------------------------------------------------------------------------------ */

static void add_word(struct wording *wording, const char *word)
{
	struct stage *stage = wording->stage;

	stage->words[stage->word_count++] = word;
}

static const char *join(struct arena *arena, const char *a, const char *b, const char *c, const char *d)
{
	struct buf joined = BUF_INIT;
	const char *copy;

	buf_addf(&joined, "%s%s%s%s", a, b, c, d);
	copy = arena_copy(arena, buf_span(&joined));
	buf_release(&joined);
	return copy;
}

/* Tries one word as the filter will read it. */
static bool try_word(struct wording *wording, const struct node *value, const char *word)
{
	char *argv[] = { (char *)word };
	struct opt_texts operands;
	struct diag why;
	bool fits = opts_parse(wording->options.tables, FILTER_TABLES, 1, argv, &operands, &why);

	free(operands.items);
	return fits || trouble_at(wording->trouble, value->place, "%s: %s", wording->stage->name, why.text);
}

static bool add_plain(
	struct wording *wording, const struct opt *row, const struct node *value, const char *text)
{
	bool yes;

	if (!boolean_read(text, &yes))
		return trouble_at(wording->trouble, value->place,
			"%s: option '--%s' is true or false, not '%s'", wording->stage->name, row->name,
			text);
	if (yes || row->kind == OPT_SWITCH)
		add_word(wording, join(wording->arena, yes ? "--" : "--no-", row->name, "", ""));
	return true;
}

static bool is_input(const struct opt *row)
{
	return row->kind == OPT_INPUT || row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS;
}

/* Where a file to read lies: what is written in the pipeline, beside the pipeline; what a parameter says, where the
 * user is. NULL with trouble for standard input. */
static const char *input_path(struct wording *wording, const struct node *value, const char *text)
{
	if (span_find(value->text, '$') == value->text.len)
		return path_beside(wording->arena, value->place.source, text);
	if (strcmp(text, "-") != 0)
		return text;
	trouble_at(wording->trouble, value->place,
		"%s: standard input brings the documents, options read files", wording->stage->name);
	return NULL;
}

static bool add_value(struct wording *wording, const struct opt *row, const struct node *value)
{
	const char *text = params_expand(wording->arena, wording->params, value, wording->trouble);
	const char *word;

	if (!text)
		return false;
	if (row->kind == OPT_FLAG || row->kind == OPT_SWITCH)
		return add_plain(wording, row, value, text);
	if (is_input(row) && opt_is_file(row, text)) {
		text = input_path(wording, value, text);
		if (!text)
			return false;
	}
	word = join(wording->arena, "--", row->name, "=", text);
	add_word(wording, word);
	return try_word(wording, value, word);
}

static bool add_list(struct wording *wording, const struct opt *row, const struct node *list)
{
	if (row->kind != OPT_TEXTS && row->kind != OPT_INPUTS && row->kind != OPT_DOCUMENTS)
		return trouble_at(wording->trouble, list->place,
			"%s: option '--%s' takes one value, not a list", wording->stage->name, row->name);
	for (const struct node *item = list->first; item; item = item->next) {
		if (item->kind != NODE_TEXT)
			return trouble_at(wording->trouble, item->place, "a value must be text");
		if (!add_value(wording, row, item))
			return false;
	}
	return true;
}

static bool add_member(struct wording *wording, const struct node *member)
{
	const struct opt *row = key_row(wording, member->key);

	if (!row)
		return false;
	if (member->kind == NODE_MAP)
		return trouble_at(
			wording->trouble, member->place, "a value must be text or a list of texts");
	if (member->kind == NODE_LIST)
		return add_list(wording, row, member);
	return add_value(wording, row, member);
}

/* --- all of them ------------------------------------------------------------------------------ */

static size_t most_words(const struct step *step)
{
	size_t count = 1 + (step->args ? step->args->count : 0); /* and the NULL at the end */

	for (const struct node *member = step->with ? step->with->first : NULL; member;
		member = member->next)
		count += member->kind == NODE_LIST ? member->count : 1;
	return count;
}

/* Words of a filter are tried like its options in `with`: those of the runner are not among them. */
static bool add_arg(struct wording *wording, const struct node *item)
{
	const char *word;

	if (item->kind != NODE_TEXT)
		return trouble_at(wording->trouble, item->place, "a word of 'args' must be text");
	word = params_expand(wording->arena, wording->params, item, wording->trouble);
	if (!word)
		return false;
	add_word(wording, word);
	return true;
}

static bool check_args(struct wording *wording, const struct node *args, size_t first)
{
	struct stage *stage = wording->stage;
	struct opt_texts operands;
	struct diag why;
	bool fits = opts_parse(wording->options.tables, 1, (int)(stage->word_count - first),
		(char *const *)stage->words + first, &operands, &why);

	if (fits && operands.count)
		trouble_at(wording->trouble, args->place,
			"%s: '%s' is no option; documents come from the runner", stage->name,
			operands.items[0]);
	else if (!fits)
		trouble_at(wording->trouble, args->place, "%s: %s", stage->name, why.text);
	fits = fits && operands.count == 0;
	free(operands.items);
	return fits;
}

static bool add_args(struct wording *wording, const struct node *args)
{
	size_t first = wording->stage->word_count;

	for (const struct node *item = args ? args->first : NULL; item; item = item->next)
		if (!add_arg(wording, item))
			return false;
	return !args || !wording->stage->filter || check_args(wording, args, first);
}

/* What these options together make of documents. */
static bool find_contract(struct wording *wording)
{
	const struct filter *filter = wording->stage->filter;
	struct filter_options options;
	struct opt_texts operands;
	struct diag why;
	bool fits;

	filter_options_init(&options, filter);
	fits = opts_parse(options.tables, FILTER_TABLES, (int)wording->stage->word_count,
		(char *const *)wording->stage->words, &operands, &why);
	if (fits)
		wording->stage->contract =
			filter->contract ? filter->contract(options.own) : CONTRACT_WHOLE;
	else
		trouble_at(wording->trouble, wording->stage->place, "%s: %s", filter->name, why.text);
	free(operands.items);
	filter_options_release(&options);
	return fits;
}

static bool filter_words(struct wording *wording, const struct step *step)
{
	bool good = true;

	filter_options_init(&wording->options, wording->stage->filter);
	for (const struct node *member = step->with ? step->with->first : NULL; member && good;
		member = member->next)
		good = add_member(wording, member);
	good = good && add_args(wording, step->args);
	filter_options_release(&wording->options);
	return good && find_contract(wording);
}

bool stage_words(struct arena *arena, struct stage *stage, const struct step *step, struct param *params,
	struct trouble *trouble)
{
	struct wording wording = { .arena = arena, .stage = stage, .params = params, .trouble = trouble };

	stage->words = arena_new(arena, most_words(step), sizeof(*stage->words));
	stage->word_count = 0;
	stage->contract = CONTRACT_WHOLE;
	if (stage->filter)
		return filter_words(&wording, step);
	if (step->with)
		return trouble_at(trouble, step->with->key->place,
			"'with' is for filters; words for another program are a list: 'args'");
	return add_args(&wording, step->args);
}

static bool try_open(const struct filter *filter, const struct filter_options *options, struct diag *why)
{
	const struct spool_place spools = { NULL, 1 };
	const struct host host = { .cpu = CPU_SCALAR, .reads = FRAMING_ZERO, .spools = &spools };
	void *state = mem_new(1, filter->state_size);
	bool good = filter->open(state, options->own, &host, why) == FLOW_MORE;

	if (filter->close)
		filter->close(state);
	free(state);
	return good;
}

bool stage_try(const struct stage *stage, struct trouble *trouble)
{
	const struct filter *filter = stage->filter;
	struct filter_options options;
	struct opt_texts operands;
	struct diag why;
	bool good;

	filter_options_init(&options, filter);
	good = opts_parse(options.tables, FILTER_TABLES, (int)stage->word_count,
		       (char *const *)stage->words, &operands, &why) &&
	       named_inputs_read(options.tables, FILTER_TABLES, &why) && try_open(filter, &options, &why);
	free(operands.items);
	filter_options_release(&options);
	return good || trouble_at(trouble, stage->place, "%s: %s", filter->name, why.text);
}
