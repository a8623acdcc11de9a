/* SPDX-License-Identifier: MIT
 * opts_fuzz.c - any words as the command line of every filter.
 *
 * The lines of the input are the words. Reading them ends in values that fit their rows, or in a sentence. */
#include "tests/fuzz/fuzz.h"

#include "common/common_options.h"
#include "common/registry.h"

enum { MOST_WORDS = 64 };

static int split(char **words, char *text)
{
	int count = 0;

	for (char *word = strtok(text, "\n"); word && count < MOST_WORDS; word = strtok(NULL, "\n"))
		words[count++] = word;
	return count;
}

static void check_value(const struct opt *row, const void *value)
{
	int64_t number = row->kind == OPT_INT || row->kind == OPT_SIZE ? *(const int64_t *)value : 0;
	int last = -1;

	if (row->kind == OPT_INT || row->kind == OPT_SIZE)
		LAW(number == row->initial || (number >= row->min && number <= row->max),
			"numbers are in range");
	if (row->kind != OPT_WORD)
		return;
	while (row->words[last + 1])
		last++;
	LAW(*(const int *)value >= -1 && *(const int *)value <= last, "a word is one of the row's");
}

static void check_values(const struct filter_options *options)
{
	for (size_t t = 0; t < FILTER_TABLES; t++)
		for (const struct opt *row = options->tables[t].rows; row->name; row++)
			check_value(row, (const char *)options->tables[t].values + row->at);
}

static void check(const struct filter *filter, char *const *words, int count)
{
	struct filter_options options;
	struct opt_texts operands = { NULL, 0 };
	struct diag why = { "" };
	bool fine;

	filter_options_init(&options, filter);
	fine = opts_parse(options.tables, FILTER_TABLES, count, words, &operands, &why);
	LAW(fine || why.text[0], "who refuses says why");
	LAW(operands.count <= (size_t)count, "operands are words");
	if (fine)
		check_values(&options);
	for (int i = 0; i < count; i++)
		opts_nearest(options.tables, FILTER_TABLES, span_from(words[i]));
	free(operands.items);
	filter_options_release(&options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_copy((const char *)data, size), *words[MOST_WORDS + 1] = { NULL };
	int count = split(words, text);
	const struct filter *filter;

	for (size_t i = 0; (filter = registry_at(i)); i++)
		check(filter, words, count);
	free(text);
	return 0;
}
