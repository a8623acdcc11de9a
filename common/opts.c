/* SPDX-License-Identifier: MIT
 * opts.c - reading a command line by its rows. Printing them is opts_print.c. */
#include "common/opts.h"

#include <errno.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/nearest.h"
#include "common/spool.h"
#include "common/utf8.h"

/* A row and the table it is in, which may be one without values: rows are looked up to print them, too. */
struct slot {
	const struct opt *row;
	const struct opt_table *table;
};

/* One option word taken apart: "--no-name=value", or one letter of "-abc". */
struct word {
	struct span name; /* as typed, without dashes; for a letter the letter */
	const char *value; /* behind "=", or the rest behind a letter; NULL when there is none */
	bool is_letter;
};

static void *opt_value(const struct opt_table *table, const struct opt *row)
{
	return (char *)table->values + row->at;
}

/* --- initial values and release ------------------------------------------------------------------- */

static void opt_init(const struct opt *row, void *value)
{
	switch (row->kind) {
	case OPT_FLAG:
		*(bool *)value = false;
		break;
	case OPT_SWITCH:
		*(enum switch_state *)value = SWITCH_UNSET;
		break;
	case OPT_INT:
	case OPT_SIZE:
		*(int64_t *)value = row->initial;
		break;
	case OPT_WORD:
		*(int *)value = (int)row->initial;
		break;
	case OPT_TEXT:
		*(const char **)value = row->initial_text;
		break;
	case OPT_TEXTS:
		*(struct opt_texts *)value = (struct opt_texts){ NULL, 0 };
		break;
	case OPT_INPUT:
		*(struct opt_input *)value = (struct opt_input){ NULL, { NULL, 0 }, -1 };
		break;
	case OPT_INPUTS:
	case OPT_DOCUMENTS:
		*(struct opt_inputs *)value = (struct opt_inputs){ NULL, 0 };
		break;
	case OPT_OUTPUT:
		*(struct opt_output *)value = (struct opt_output){ .path = NULL };
		break;
	}
}

void opts_init(const struct opt_table *tables, size_t count)
{
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			opt_init(row, opt_value(&tables[t], row));
}

static bool release_text(void *ctx, const struct opt *row, struct opt_input *input)
{
	(void)ctx, (void)row;
	free((char *)input->text.at);
	return true;
}

static bool release_was(void *ctx, const struct opt *row, struct opt_output *output)
{
	(void)ctx, (void)row;
	if (output->was)
		spool_release(output->was);
	free(output->was);
	return true;
}

void opts_release(const struct opt_table *tables, size_t count)
{
	opts_each_input(tables, count, release_text, NULL);
	opts_each_output(tables, count, release_was, NULL);
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++) {
			if (row->kind == OPT_TEXTS)
				free(((struct opt_texts *)opt_value(&tables[t], row))->items);
			if (row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS)
				free(((struct opt_inputs *)opt_value(&tables[t], row))->items);
			opt_init(row, opt_value(&tables[t], row));
		}
}

/* --- finding rows ----------------------------------------------------------------------------------- */

static struct slot slot_by_name(const struct opt_table *tables, size_t count, struct span name)
{
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			if (span_equal(span_from(row->name), name))
				return (struct slot){ row, &tables[t] };
	return (struct slot){ NULL, NULL };
}

static struct slot slot_by_letter(const struct opt_table *tables, size_t count, char letter)
{
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			if (row->letter == letter)
				return (struct slot){ row, &tables[t] };
	return (struct slot){ NULL, NULL };
}

const struct opt *opts_find(const struct opt_table *tables, size_t count, struct span name)
{
	return slot_by_name(tables, count, name).row;
}

/* The row of "no-NAME", where NAME is a switch. */
static struct slot slot_by_negation(const struct opt_table *tables, size_t count, struct span name)
{
	struct slot slot = { NULL, NULL };

	if (span_has_prefix(name, SPAN("no-")))
		slot = slot_by_name(tables, count, span_skip(name, 3));
	if (slot.row && slot.row->kind != OPT_SWITCH)
		slot.row = NULL;
	return slot;
}

const char *opts_nearest(const struct opt_table *tables, size_t count, struct span name)
{
	struct nearest nearest = nearest_to(name);

	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			nearest_try(&nearest, row->name);
	return nearest.name;
}

/* --- storing one value -------------------------------------------------------------------------------- */

static bool store_int(const struct opt *row, int64_t *value, const char *text, struct diag *why)
{
	char *end;
	long long number;

	errno = 0;
	number = strtoll(text, &end, 10);
	if (end == text || *end || text[0] == ' ') {
		diag_set(why, "option '--%s': '%s' is not a whole number", row->name, text);
		return false;
	}
	if (errno || number < row->min || number > row->max) {
		diag_set(why, "option '--%s': %s is not between %lld and %lld", row->name, text,
			(long long)row->min, (long long)row->max);
		return false;
	}
	*value = number;
	return true;
}

/* What the letter behind a number multiplies it by; 0 when it is no such letter. */
static int64_t unit_of(const char *letter)
{
	static const char letters[] = "KMG";
	const char *hit;
	int64_t unit = 1;

	if (*letter == '\0')
		return 1;
	hit = strchr(letters, *letter & ~0x20);
	if (!hit || letter[1] != '\0')
		return 0;
	for (const char *at = letters; at <= hit; at++)
		unit *= 1024;
	return unit;
}

static bool store_size(const struct opt *row, int64_t *value, const char *text, struct diag *why)
{
	char *end;
	long long number;
	int64_t unit;

	errno = 0;
	number = strtoll(text, &end, 10);
	unit = unit_of(end);
	if (end == text || text[0] < '0' || text[0] > '9' || unit == 0) {
		diag_set(why, "option '--%s': '%s' is not a size such as 4096, 64M or 2G", row->name, text);
		return false;
	}
	if (errno || __builtin_mul_overflow(number, unit, value) || *value < row->min ||
		*value > row->max) {
		diag_set(why, "option '--%s': %s is not between %lld and %lld bytes", row->name, text,
			(long long)row->min, (long long)row->max);
		return false;
	}
	return true;
}

static bool store_word(const struct opt *row, int *value, const char *text, struct diag *why)
{
	struct buf all = BUF_INIT;

	for (int i = 0; row->words[i]; i++) {
		if (strcmp(row->words[i], text) == 0) {
			buf_release(&all);
			*value = i;
			return true;
		}
		buf_addf(&all, "%s%s", i ? ", " : "", row->words[i]);
	}
	diag_set(why, "option '--%s': '%s' is not one of %s", row->name, text, buf_string(&all));
	buf_release(&all);
	return false;
}

static bool store_value(struct slot slot, const char *text, struct diag *why)
{
	void *value = opt_value(slot.table, slot.row);
	struct opt_texts *texts = value;
	struct opt_inputs *inputs = value;

	switch (slot.row->kind) {
	case OPT_INT:
		return store_int(slot.row, value, text, why);
	case OPT_SIZE:
		return store_size(slot.row, value, text, why);
	case OPT_WORD:
		return store_word(slot.row, value, text, why);
	case OPT_TEXT:
		*(const char **)value = text;
		return true;
	case OPT_INPUT:
		((struct opt_input *)value)->path = text;
		return true;
	case OPT_INPUTS:
	case OPT_DOCUMENTS:
		inputs->items = mem_resize(inputs->items, inputs->count + 1, sizeof(*inputs->items));
		inputs->items[inputs->count++] = (struct opt_input){ text, { NULL, 0 }, -1 };
		return true;
	case OPT_OUTPUT:
		((struct opt_output *)value)->path = text;
		return true;
	case OPT_TEXTS:
		texts->items = mem_resize(texts->items, texts->count + 1, sizeof(*texts->items));
		texts->items[texts->count++] = text;
		return true;
	case OPT_FLAG:
	case OPT_SWITCH:
		break;
	}
	diag_set(why, "option '--%s' takes no value", slot.row->name);
	return false;
}

static bool opt_is_plain(const struct opt *row)
{
	return row->kind == OPT_FLAG || row->kind == OPT_SWITCH;
}

static void store_plain(struct slot slot, bool on)
{
	void *value = opt_value(slot.table, slot.row);

	if (slot.row->kind == OPT_FLAG)
		*(bool *)value = on;
	else
		*(enum switch_state *)value = on ? SWITCH_ON : SWITCH_OFF;
}

/* --- the command line --------------------------------------------------------------------------------- */

static struct word word_long(const char *typed)
{
	struct span name = span_from(typed + 2);
	size_t equals = span_find(name, '=');
	const char *value = equals < name.len ? name.at + equals + 1 : NULL;

	return (struct word){ span_head(name, equals), value, false };
}

static struct word word_letter(const char *at)
{
	return (struct word){ span_of(at, 1), at[1] ? at + 1 : NULL, true };
}

static bool unknown_option(const struct opt_table *tables, size_t count, struct word word, struct diag *why)
{
	const char *nearest = word.is_letter ? NULL : opts_nearest(tables, count, word.name);
	const char *dashes = word.is_letter ? "-" : "--";

	if (nearest)
		diag_set(why, "unknown option '%s%.*s'; did you mean '--%s'?", dashes, (int)word.name.len,
			word.name.at, nearest);
	else
		diag_set(why, "unknown option '%s%.*s'; --help lists the options", dashes,
			(int)word.name.len, word.name.at);
	return false;
}

/* Stores one option. `next` is the word behind it, which becomes its value when it needs one and has none
 * of its own; `took_next` tells. For letters, `took_rest` tells that the rest of the cluster was a value. */
static bool take_option(const struct opt_table *tables, size_t count, struct word word, const char *next,
	bool *took_next, bool *took_rest, struct diag *why)
{
	struct slot slot = word.is_letter ? slot_by_letter(tables, count, word.name.at[0])
					  : slot_by_name(tables, count, word.name);
	bool on = true;

	*took_next = *took_rest = false;
	if (!slot.row && !word.is_letter) {
		slot = slot_by_negation(tables, count, word.name);
		on = false;
	}
	if (!slot.row)
		return unknown_option(tables, count, word, why);
	if (opt_is_plain(slot.row)) {
		if (word.value && !word.is_letter)
			return store_value(slot, word.value, why);
		store_plain(slot, on);
		return true;
	}
	*took_rest = true;
	if (!word.value) {
		*took_next = true;
		word.value = next;
	}
	if (!word.value) {
		diag_set(why, "option '--%s' needs a value", slot.row->name);
		return false;
	}
	return store_value(slot, word.value, why);
}

static bool take_letters(const struct opt_table *tables, size_t count, const char *cluster,
	const char *next, bool *took_next, struct diag *why)
{
	bool took_rest = false;

	*took_next = false;
	for (const char *at = cluster + 1; *at && !took_rest; at++)
		if (!take_option(tables, count, word_letter(at), next, took_next, &took_rest, why))
			return false;
	return true;
}

bool opts_parse(const struct opt_table *tables, size_t count, int argc, char *const *argv,
	struct opt_texts *operands, struct diag *why)
{
	bool options_over = false;

	operands->items = mem_new((size_t)argc + 1, sizeof(*operands->items));
	operands->count = 0;
	for (int i = 0; i < argc; i++) {
		const char *typed = argv[i];
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool took_next, took_rest, fine;

		if (options_over || typed[0] != '-' || typed[1] == '\0') {
			operands->items[operands->count++] = typed;
			continue;
		}
		if (strcmp(typed, "--") == 0) {
			options_over = true;
			continue;
		}
		if (typed[1] == '-')
			fine = take_option(
				tables, count, word_long(typed), next, &took_next, &took_rest, why);
		else
			fine = take_letters(tables, count, typed, next, &took_next, why);
		if (!fine)
			return false;
		i += took_next;
	}
	return true;
}

/* --- files ---------------------------------------------------------------------------------------------- */

static bool takes_file(const struct opt *row)
{
	return row->kind == OPT_INPUT || row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS ||
	       row->kind == OPT_OUTPUT;
}

bool opt_is_file(const struct opt *row, const char *value)
{
	for (int i = 0; row->words && row->words[i]; i++)
		if (strcmp(row->words[i], value) == 0)
			return false;
	return takes_file(row);
}

static bool each_of_inputs(const struct opt *row, struct opt_inputs *inputs, opt_input_fn *each, void *ctx)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (opt_is_file(row, inputs->items[i].path) && !each(ctx, row, &inputs->items[i]))
			return false;
	return true;
}

static bool each_input_of(const struct opt *row, void *value, opt_input_fn *each, void *ctx)
{
	struct opt_input *input = value;

	if (row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS)
		return each_of_inputs(row, value, each, ctx);
	return row->kind != OPT_INPUT || !input->path || each(ctx, row, input);
}

bool opts_each_input(const struct opt_table *tables, size_t count, opt_input_fn *each, void *ctx)
{
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			if (!each_input_of(row, opt_value(&tables[t], row), each, ctx))
				return false;
	return true;
}

bool opt_input_check(const struct opt *row, const struct opt_input *input, struct diag *why)
{
	size_t valid = row->is_bytes ? input->text.len : utf8_valid_prefix(input->text, CPU_SCALAR);
	struct span good = span_head(input->text, valid);

	if (valid == input->text.len)
		return true;
	diag_set(why, "%s:%zu: %s at byte %zu", input->path, span_count(good, '\n') + 1,
		input->text.at[valid] ? "invalid UTF-8" : "a NUL, which is not text,", valid);
	return false;
}

bool opts_each_output(const struct opt_table *tables, size_t count, opt_output_fn *each, void *ctx)
{
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++) {
			struct opt_output *output = opt_value(&tables[t], row);

			if (row->kind == OPT_OUTPUT && output->path && !each(ctx, row, output))
				return false;
		}
	return true;
}
