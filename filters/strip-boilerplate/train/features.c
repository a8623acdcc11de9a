/* SPDX-License-Identifier: MIT
 * features.c - what the training script reads: the features of every line of documents, made by the filter's own
 * code, so that there is one implementation of them.
 *
 * Standard input is documents, each ended by a NUL (valid UTF-8). Standard output is a line with the names of the
 * features, then a record for each line that is not blank: document (from 0), start and end in bytes, as 32-bit
 * numbers of this machine, and the features as 16-bit numbers. Made by `make build/tool/line-features`. */
#include <stdio.h>
#include <stdlib.h>

#include "filters/strip-boilerplate/judge.h"
#include "filters/strip-boilerplate/strip_boilerplate.h"
#include "strip-boilerplate/data.inc"

static bool load(struct phrases *phrases, struct function_words *functions, struct reader *reader)
{
	for (size_t i = 0; i < sizeof data_files / sizeof *data_files; i++) {
		struct diag why;

		if (span_equal(data_files[i].name, SPAN("model")) ||
			span_equal(data_files[i].name, SPAN("dates")))
			continue;
		if (span_equal(data_files[i].name, SPAN("function-words")))
			function_words_add(functions, reader, data_files[i].text);
		else if (!phrases_add(phrases, reader, data_files[i].name, data_files[i].text, &why)) {
			fprintf(stderr, "%s\n", why.text);
			return false;
		}
	}
	return true;
}

static void print_lines(const struct features *features, int32_t document)
{
	for (size_t i = 0; i < features->count; i++) {
		int16_t values[FEATURES_MOST];
		size_t count = features_of(features, i, values);
		int32_t where[] = { document, (int32_t)features->lines[i].start,
			(int32_t)features->lines[i].end };

		fwrite(where, sizeof where, 1, stdout);
		fwrite(values, sizeof *values, count, stdout);
	}
}

int main(void)
{
	struct phrases phrases = { 0 };
	struct function_words functions = { 0 };
	struct judge judge = { .phrases = &phrases, .functions = &functions, .dump.level = LEVEL_NORMAL };
	struct features features = { 0 };
	char *text = NULL;
	size_t cap = 0;
	ssize_t len;

	if (!load(&phrases, &functions, &judge.reader))
		return EXIT_FAILURE;
	for (size_t i = 0; feature_names[i]; i++)
		printf("%s%s", i ? " " : "", feature_names[i]);
	printf("\n");
	for (int32_t document = 0; (len = getdelim(&text, &cap, '\0', stdin)) > 0; document++) {
		struct span window = span_of(text, (size_t)len - !text[len - 1]);

		judge_begin(&judge);
		judge_window(&judge, span_head(window, STRIP_WINDOW), true);
		features_make(&features, judge.lines, judge.traits, judge.line_count);
		print_lines(&features, document);
	}
	free(text);
	features_release(&features);
	judge_release(&judge);
	phrases_release(&phrases);
	function_words_release(&functions);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
