/* SPDX-License-Identifier: MIT
 * features.c - what the training script reads: the features of every line of documents, and what the filter keeps of
 * documents with models that are being tried, both made by the filter's own code, so that there is one implementation.
 *
 * Standard input is documents, each ended by a NUL (valid UTF-8, and no longer than a window). Without operands,
 * standard output is a line with the names of the features, then a record for each line that is not blank: document
 * (from 0), start and end in bytes, as 32-bit numbers of this machine, and the features as 16-bit numbers. With the
 * files of a line model and a headline model as operands it is what is kept of each document, ended by a NUL. Made by
 * `make build/tool/line-features`. */
#include <stdio.h>
#include <stdlib.h>

#include "filters/strip-boilerplate/compiled.h"
#include "filters/strip-boilerplate/judge.h"
#include "filters/strip-boilerplate/strip_boilerplate.h"

static bool load_model(struct model *model, const char *path)
{
	struct diag why = { .text = "cannot be read" };
	char *text = NULL;
	size_t cap = 0;
	FILE *file = fopen(path, "r");
	ssize_t len = file ? getdelim(&text, &cap, '\0', file) : -1;
	bool done = len > 0 && model_parse(model, span_of(text, (size_t)len), &why);

	if (!done)
		fprintf(stderr, "%s: %s\n", path, why.text);
	if (file)
		fclose(file);
	free(text);
	return done;
}

static void print_names(void)
{
	for (size_t i = 0; feature_names[i]; i++)
		printf("%s%s", i ? " " : "", feature_names[i]);
	printf("\n");
}

static void print_lines(const struct page *page, int32_t document)
{
	for (size_t i = 0; i < page->count; i++) {
		int16_t values[FEATURES_MOST];
		size_t count = features_of(page, i, values);
		int32_t where[] = { document, (int32_t)page->lines[i].start, (int32_t)page->lines[i].end };

		fwrite(where, sizeof where, 1, stdout);
		fwrite(values, sizeof *values, count, stdout);
	}
}

static void print_kept(const struct cuts *cuts, struct span text)
{
	size_t at = 0;

	for (size_t i = 0; i < cuts->count; i++) {
		fwrite(text.at + at, cuts->items[i].start - at, 1, stdout);
		at = cuts->items[i].end;
	}
	fwrite(text.at + at, text.len - at, 1, stdout);
	putchar('\0');
}

/* Document after document. With models what is kept of it is printed, else the features of its lines. */
static void print_documents(struct judge *judge, bool models)
{
	struct page page = { 0 };
	char *text = NULL;
	size_t cap = 0;
	ssize_t len;

	for (int32_t document = 0; (len = getdelim(&text, &cap, '\0', stdin)) > 0; document++) {
		struct span window = span_of(text, (size_t)len - !text[len - 1]);

		judge_begin(judge);
		judge_window(judge, span_head(window, STRIP_WINDOW), true);
		if (models) {
			print_kept(&judge->cuts, window);
			continue;
		}
		page_read(&page, judge->lines, judge->traits, &judge->topics, judge->line_count);
		print_lines(&page, document);
	}
	free(text);
	page_release(&page);
}

int main(int argc, char **argv)
{
	struct judge judge = { .phrases = &compiled_phrases,
		.functions = &compiled_function_words,
		.dump.level = LEVEL_NORMAL };
	bool models = argc == 3;

	if (models &&
		!(load_model(&judge.dump.model, argv[1]) && load_model(&judge.dump.headline, argv[2])))
		return EXIT_FAILURE;
	if (!models)
		print_names();
	print_documents(&judge, models);
	judge_release(&judge);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
