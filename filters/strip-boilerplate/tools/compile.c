/* SPDX-License-Identifier: MIT
 * compile.c - build tool: reads the data files with the filter's own code and prints what came of it, as C.
 *
 * What it prints is included by compiled.c, and says the same wherever it is made: the tables hold keys and numbers, in
 * the order of the files. A mistake in a data file ends the build with its name and line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "filters/strip-boilerplate/compiled.h"
#include "strip-boilerplate/data.inc"

enum { FILES = sizeof(data_files) / sizeof(data_files[0]), LANGUAGES_MOST = 32 };

static struct span file_text(struct span name)
{
	for (size_t i = 0; i < FILES; i++)
		if (span_equal(data_files[i].name, name))
			return data_files[i].text;
	return SPAN("");
}

/* --- numbers ---------------------------------------------------------------------------------------------- */

static void print_numbers_64(const uint64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%#" PRIx64 ",%s", numbers[i], i % 8 == 7 || i + 1 == count ? "\n" : " ");
}

static void print_numbers_32(const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%#" PRIx32 ",%s", numbers[i], i % 16 == 15 || i + 1 == count ? "\n" : " ");
}

static void print_numbers_8(const uint8_t *numbers, size_t count)
{
	printf("{ ");
	for (size_t i = 0; i < count; i++)
		printf("%u%s", numbers[i], i + 1 == count ? " }" : i % 32 == 31 ? ",\n" : ", ");
}

/* --- lexicons --------------------------------------------------------------------------------------------- */

/* Lexicons are named by the tag of their language, or hold what counts everywhere. */
static bool is_language(struct span name)
{
	return name.len <= 3 && !span_equal(name, SPAN("en"));
}

static bool is_lexicon(struct span name)
{
	return !span_equal(name, SPAN("model")) && !span_equal(name, SPAN("headline")) &&
	       !span_equal(name, SPAN("function-words")) && !span_equal(name, SPAN("dates")) &&
	       !span_equal(name, SPAN("datelines"));
}

static bool read_lexicons(struct phrases *phrases, struct reader *reader, struct diag *why)
{
	unsigned languages = 0;

	for (size_t i = 0; i < FILES; i++) {
		struct span name = data_files[i].name;
		uint32_t counts = 0;

		if (!is_lexicon(name))
			continue;
		if (is_language(name) && languages == LANGUAGES_MOST) {
			diag_set(why, "lexicons of more than %d languages", LANGUAGES_MOST);
			return false;
		}
		if (is_language(name))
			counts = UINT32_C(1) << languages++;
		if (!phrases_add_for(phrases, counts, reader, name, data_files[i].text, why))
			return false;
	}
	return true;
}

static void print_languages(void)
{
	puts("static const char *const languages[] = {");
	for (size_t i = 0; i < FILES; i++)
		if (is_lexicon(data_files[i].name) && is_language(data_files[i].name))
			printf("\"%.*s\", ", (int)data_files[i].name.len, data_files[i].name.at);
	puts("NULL };");
}

/* The languages of which function words are known, lexicon or not: what a line of that file starts with, up to its
 * colon. */
static void print_read(struct span text)
{
	puts("static const char *const read[] = {");
	while (text.len) {
		size_t end = span_find(text, '\n'), tag = span_find(span_head(text, end), ':');

		if (text.at[0] != '#' && tag < end)
			printf("\"%.*s\", ", (int)tag, text.at);
		text = span_skip(text, end + 1);
	}
	puts("NULL };");
}

static void print_items(const char *name, const struct phrase *items, size_t count)
{
	printf("static const struct phrase %s[] = {\n", name);
	for (size_t i = 0; i < count; i++)
		if (items[i].words)
			printf("[%zu] = { %#" PRIx64 ", %#" PRIx32 ", %#" PRIx32 ", %" PRIu32
			       ", %u, %u, %u, %u, %u, %d },\n",
				i, items[i].key, items[i].terms, items[i].languages, items[i].older,
				items[i].kind, items[i].category, items[i].effect, items[i].zone,
				items[i].words, items[i].marked);
	printf("[%zu] = { 0 } };\n", count);
}

static void print_openers(const struct opener *openers, size_t count)
{
	puts("static const struct opener openers[] = {");
	for (size_t i = 0; i < count; i++)
		if (openers[i].opens)
			printf("[%zu] = { %#" PRIx64 ", %#" PRIx32 ", %u, %u, %u, %d },\n", i,
				openers[i].word, openers[i].terms, openers[i].opens, openers[i].is_whole,
				openers[i].goes_on, openers[i].in_some);
	printf("[%zu] = { 0 } };\n", count);
}

static void print_marks(const struct phrase_marks *marks)
{
	puts("static const struct phrase_marks marks = { .openings = {");
	print_numbers_64(marks->openings, PHRASE_BITS / 64);
	puts("}, .first = {");
	print_numbers_32(marks->first, OPENING_CLASSES);
	puts("} };");
}

static bool compile_phrases(struct reader *reader, struct diag *why)
{
	struct phrases phrases = { .items = NULL };
	bool fine = read_lexicons(&phrases, reader, why);

	if (fine) {
		print_languages();
		for (size_t i = 0; i < FILES; i++)
			if (span_equal(data_files[i].name, SPAN("function-words")))
				print_read(data_files[i].text);
		print_items("items", phrases.items, phrases.slots);
		print_items("olds", phrases.olds, phrases.old);
		print_openers(phrases.openers, phrases.opener_slots);
		print_marks(phrases.marks);
		printf("const struct phrases compiled_phrases = { .items = items, .olds = olds, .marks = &marks,\n"
		       ".used = %zu, .slots = %zu, .old = %zu, .openers = openers, .openers_used = %zu,\n"
		       ".opener_slots = %zu, .languages = UINT32_MAX };\n",
			phrases.used, phrases.slots, phrases.old, phrases.openers_used,
			phrases.opener_slots);
	}
	phrases_release(&phrases);
	return fine;
}

/* --- the rest --------------------------------------------------------------------------------------------- */

static bool compile_function_words(struct reader *reader, struct diag *why)
{
	struct function_words set = { .slots = NULL };

	(void)why;
	function_words_add(&set, reader, file_text(SPAN("function-words")));
	puts("static const uint64_t function_slots[] = {");
	print_numbers_64(set.slots, set.cap);
	printf("};\nconst struct function_words compiled_function_words = {\n"
	       ".slots = function_slots, .count = %zu, .cap = %zu };\n",
		set.count, set.cap);
	function_words_release(&set);
	return true;
}

static void print_tree(const struct tree *tree)
{
	printf("{ { ");
	print_numbers_32(tree->threshold, MODEL_NODES);
	printf("}, { ");
	print_numbers_32(tree->leaf, MODEL_LEAVES);
	printf("}, ");
	print_numbers_8(tree->feature, MODEL_NODES);
	puts(" },");
}

static bool compile_model(struct span name, struct diag *why)
{
	struct model model = { .trees = NULL };
	bool fine = model_parse(&model, file_text(name), why);

	if (fine) {
		printf("static const struct tree %.*s_trees[] = {\n", (int)name.len, name.at);
		for (size_t i = 0; i < model.count; i++)
			print_tree(&model.trees[i]);
		printf("};\nconst struct model compiled_%.*s = { .trees = %.*s_trees, .count = %zu };\n",
			(int)name.len, name.at, (int)name.len, name.at, model.count);
	}
	model_release(&model);
	return fine;
}

static bool compile_models(struct reader *reader, struct diag *why)
{
	(void)reader;
	return compile_model(SPAN("model"), why) && compile_model(SPAN("headline"), why);
}

static bool compile_dates(struct reader *reader, struct diag *why)
{
	struct dates dates = { .names = NULL };
	bool fine = dates_parse(&dates, reader, file_text(SPAN("dates")), why);

	if (fine) {
		puts("static const struct date_name date_names[] = {");
		for (size_t i = 0; i < dates.count; i++)
			printf("{ %#" PRIx64 ", %u, %u },\n", dates.names[i].key, dates.names[i].words,
				dates.names[i].value);
		printf("};\nconst struct dates compiled_dates = { .names = date_names, .count = %zu };\n",
			dates.count);
	}
	dates_release(&dates);
	return fine;
}

static void print_form(const struct form *form)
{
	printf("{ .count = %u, .anywhere = %d, .arabic = %d, .steps = {", form->count, form->anywhere,
		form->arabic);
	for (size_t i = 0; i < form->count; i++)
		printf(" { %#" PRIx32 ", %d, %u, %d },", form->steps[i].parts, form->steps[i].sign,
			form->steps[i].most, form->steps[i].optional);
	puts(" } },");
}

static void print_words(const char *name, struct form_words words)
{
	printf("static const struct span %s_words[] = {\n", name);
	for (size_t i = 0; i < words.count; i++) {
		printf("SPAN(\"");
		for (size_t k = 0; k < words.items[i].len; k++)
			printf("\\%03o", (unsigned char)words.items[i].at[k]);
		puts("\"),");
	}
	puts("};");
}

static void print_forms(const struct forms *forms)
{
	puts("static const struct form forms[] = {");
	for (size_t i = 0; i < forms->count; i++)
		print_form(&forms->items[i]);
	puts("};\nstatic const uint64_t lead_keys[] = {");
	print_numbers_64(forms->leads.keys, forms->leads.count);
	puts("};");
	print_words("before", forms->before);
	print_words("glued", forms->glued);
	print_words("behind", forms->behind);
	printf("const struct forms compiled_datelines = { .items = forms, .count = %zu,\n"
	       ".leads = { .keys = lead_keys, .count = %zu },\n"
	       ".before = { .items = before_words, .count = %zu },\n"
	       ".glued = { .items = glued_words, .count = %zu },\n"
	       ".behind = { .items = behind_words, .count = %zu } };\n",
		forms->count, forms->leads.count, forms->before.count, forms->glued.count,
		forms->behind.count);
}

static bool compile_datelines(struct reader *reader, struct diag *why)
{
	struct forms forms;
	bool fine = dateline_forms_parse(&forms, reader, file_text(SPAN("datelines")), why);

	if (fine)
		print_forms(&forms);
	dateline_forms_release(&forms);
	return fine;
}

int main(void)
{
	static bool (*const parts[])(struct reader * reader, struct diag * why) = { compile_phrases,
		compile_function_words, compile_models, compile_dates, compile_datelines };
	struct reader reader = { .words = NULL };
	struct diag why;
	bool fine = true;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && fine; i++)
		fine = parts[i](&reader, &why);
	reader_release(&reader);
	if (!fine)
		fprintf(stderr, "strip-boilerplate/data: %s\n", why.text);
	return fine && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
