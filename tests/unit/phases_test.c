/* SPDX-License-Identifier: MIT
 * phases_test.c - options back to words, and what filters declare. */
#include "tests/unit/check.h"

#include <stdlib.h>

#include "common/common_options.h"
#include "common/phases.h"
#include "common/registry.h"

/* What --contract prints for these words. */
static struct buf contract_of(const char *name, const char *const *words)
{
	const struct filter *filter = registry_find(span_from(name));
	struct filter_options options;
	struct opt_texts operands;
	struct buf said = BUF_INIT;
	struct diag why;
	int count = 0;

	while (words[count])
		count++;
	filter_options_init(&options, filter);
	assert_true(
		opts_parse(options.tables, FILTER_TABLES, count, (char *const *)words, &operands, &why));
	phases_print(&said, filter, &options.tables[0]);
	free(operands.items);
	filter_options_release(&options);
	return said;
}

#define CONTRACT(said, name, ...)                                                                          \
	struct buf said = contract_of(name, (const char *const[]){ __VA_ARGS__, NULL })

TEST(a_map_has_no_phases)
{
	CONTRACT(said, "normalize", "--preset=search");

	check_buf(&said, "map\n");
	buf_release(&said);
}

TEST(what_shapes_the_table_waits_for_the_sum)
{
	CONTRACT(said, "count-terms", "--key=case", "--top=3", "--stopwords=ar", "--stopwords=en", "-S",
		"64M", "--no-surface", "--header");

	check_buf(&said,
		"mergeable\n"
		"count\tparts\tdocuments\trows\tcount-terms\t--key=case\t--no-surface\t--stopwords=ar\t--stopwords=en\t"
		"--memory=67108864\t--partial\n"
		"merge\ttree\tcount\trows\tcount-terms\t--memory=67108864\t--merge\t--partial\n"
		"table\tall\tmerge\tdocuments\tcount-terms\t--top=3\t--header\t--memory=67108864\t--merge\n");
	buf_release(&said);
}

TEST(a_step_by_hand_is_not_cut_again)
{
	CONTRACT(partial, "count-terms", "--partial");
	CONTRACT(first, "count-terms", "--sort=first");
	CONTRACT(emit, "dedupe", "--near", "--emit=bands");

	check_buf(&partial, "whole\n");
	check_buf(&first, "whole\n");
	check_buf(&emit, "whole\n");
	buf_release(&partial);
	buf_release(&first);
	buf_release(&emit);
}

TEST(a_file_that_tells_of_the_stream_keeps_it_whole)
{
	CONTRACT(said, "strip-boilerplate", "--learn", "--save-template=site");

	check_buf(&said, "whole\n");
	buf_release(&said);
}

TEST(learning_counts_then_adds_up_then_strips)
{
	CONTRACT(said, "strip-boilerplate", "--learn", "--group=site", "--drop-empty");

	check_buf(&said,
		"mergeable\n"
		"count\tparts\tdocuments\trows\tstrip-boilerplate\t--group=site\t--save-template=@out\n"
		"sum\ttree\tcount\trows\tstrip-boilerplate\t--template=@in\t--save-template=@out\n"
		"strip\tparts\tdocuments\tdocuments\tstrip-boilerplate\t--group=site\t--drop-empty\t--template=@sum\n");
	buf_release(&said);
}

TEST(keys_of_exact_duplicates_are_dealt_out)
{
	CONTRACT(said, "dedupe", "--unit=line", "--key=fold", "-S", "1G", "--leave-empty");

	check_buf(&said,
		"mergeable\n"
		"keys\tparts\tdocuments\trows\tdedupe\t--unit=line\t--key=fold\t--emit=keys\n"
		"repeats\tbuckets\tkeys\trows\tcomes-again\n"
		"apply\tparts\tdocuments\tdocuments\tdedupe\t--unit=line\t--leave-empty\t--drop-numbers=@repeats/part\n");
	buf_release(&said);
}

TEST(controls_in_words_are_escaped)
{
	CONTRACT(said, "split-sentences", "--explode", "--lang=a\tb\nc");

	check_buf(&said,
		"mergeable\nsplit\tparts\tdocuments\tdocuments\tsplit-sentences\t--lang=a\\tb\\nc\t--explode\n");
	buf_release(&said);
}

/* --- every filter's words ----------------------------------------------------------------------------------- */

/* Whether the filter takes what its phase says, names of files in place of what they stand for. */
static void check_words(const struct filter *filter, const char *const *words)
{
	struct filter_options options;
	struct opt_texts operands;
	struct diag why;
	int count = 0;

	while (words[count])
		count++;
	filter_options_init(&options, filter);
	if (!opts_parse(options.tables, FILTER_TABLES, count, (char *const *)words, &operands, &why))
		fail_msg("%s: %s", filter->name, why.text);
	free(operands.items);
	filter_options_release(&options);
}

static void check_phases(const struct filter *filter, const char *word)
{
	struct filter_options options;
	struct opt_texts operands;
	struct arena arena = ARENA_INIT;
	struct diag why;
	const struct phase *phases;
	const char *last = NULL;
	char *const argv[] = { (char *)word };

	filter_options_init(&options, filter);
	assert_true(opts_parse(options.tables, FILTER_TABLES, 1, argv, &operands, &why));
	phases = phases_of(filter, &options.tables[0]);
	for (; phases && phases->name; phases++) {
		assert_true(!phases->reads || (last && strcmp(phases->reads, last) == 0));
		if (phases->work == PHASE_FILTER)
			check_words(filter, phase_words(&arena, phases, &options.tables[0], NULL));
		last = phases->name;
		assert_true(phases[1].name || phases->writes_documents);
	}
	free(operands.items);
	arena_release(&arena);
	filter_options_release(&options);
}

TEST(filters_take_the_words_of_their_phases)
{
	static const char *const tries[] = { "--output=x", "--near", "--learn", "--explode", "--drop-empty",
		"--df", "--unit=line" };
	const struct filter *filter;

	for (size_t i = 0; (filter = registry_at(i)); i++)
		for (size_t t = 0; t < sizeof(tries) / sizeof(tries[0]); t++) {
			struct span name = span_skip(span_from(tries[t]), 2);
			const struct opt_table rows[] = { { "own", filter->opts, NULL },
				{ "common", common_rows, NULL } };

			name = span_head(name, span_find(name, '='));
			if (opts_find(rows, 2, name))
				check_phases(filter, tries[t]);
		}
}

/* --- words -------------------------------------------------------------------------------------------------- */

struct values {
	struct opt_input lexicon;
	struct opt_texts keep;
	bool loud;
};

TEST(files_are_seen_from_the_folder)
{
	static const struct opt rows[] = {
		{ .name = "lexicon",
			.kind = OPT_INPUT,
			.arg = "FILE",
			.at = offsetof(struct values, lexicon) },
		{ .name = "keep", .kind = OPT_TEXTS, .arg = "TEXT", .at = offsetof(struct values, keep) },
		{ .name = "loud", .kind = OPT_FLAG, .at = offsetof(struct values, loud) },
		{ .name = NULL },
	};
	char *const argv[] = { "--lexicon=my words.txt", "--keep=a", "--keep=", "--loud" };
	struct values values;
	struct opt_table table = { "Options", rows, &values };
	struct opt_texts operands;
	struct arena arena = ARENA_INIT;
	struct diag why;
	const char **words;

	opts_init(&table, 1);
	assert_true(opts_parse(&table, 1, 4, argv, &operands, &why));
	words = phase_option_words(&arena, &table, NULL, NULL, "/corpus");
	assert_string_equal(words[0], "--lexicon=/corpus/my words.txt");
	assert_string_equal(words[1], "--keep=a");
	assert_string_equal(words[2], "--keep=");
	assert_string_equal(words[3], "--loud");
	assert_null(words[4]);
	opts_release(&table, 1);
	free(operands.items);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_map_has_no_phases),
		IT(what_shapes_the_table_waits_for_the_sum),
		IT(a_step_by_hand_is_not_cut_again),
		IT(a_file_that_tells_of_the_stream_keeps_it_whole),
		IT(learning_counts_then_adds_up_then_strips),
		IT(keys_of_exact_duplicates_are_dealt_out),
		IT(controls_in_words_are_escaped),
		IT(filters_take_the_words_of_their_phases),
		IT(files_are_seen_from_the_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
