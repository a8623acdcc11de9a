/* SPDX-License-Identifier: MIT
 * opts_test.c - command lines against rows. */
#include "tests/unit/check.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/nearest.h"
#include "common/opts.h"

struct values {
	bool loud;
	enum switch_state nfc;
	int64_t top;
	int level;
	const char *lang;
	struct opt_texts keep;
	struct opt_input lexicon;
	struct opt_inputs models;
	struct opt_output places;
};

static const char *const levels[] = { "careful", "normal", "eager", NULL };
static const char *const built_in[] = { "small", "large", NULL };

/* clang-format off */
static const struct opt rows[] = {
	{ .letter = 'l', .name = "loud", .kind = OPT_FLAG, .at = offsetof(struct values, loud), .help = "shout" },
	{ .name = "nfc", .kind = OPT_SWITCH, .at = offsetof(struct values, nfc), .help = "compose" },
	{ .letter = 't', .name = "top", .kind = OPT_INT, .arg = "N", .at = offsetof(struct values, top), .min = 1,
		.max = 1000, .initial = 10, .help = "the N most frequent" },
	{ .name = "level", .kind = OPT_WORD, .words = levels, .initial = 1, .at = offsetof(struct values, level),
		.help = "how boldly to cut" },
	{ .name = "lang", .kind = OPT_TEXT, .arg = "TAG", .initial_text = "auto",
		.at = offsetof(struct values, lang), .help = "language" },
	{ .letter = 'k', .name = "keep", .kind = OPT_TEXTS, .arg = "TEXT", .at = offsetof(struct values, keep),
		.help = "keep lines with TEXT" },
	{ .name = "lexicon", .kind = OPT_INPUT, .arg = "FILE", .at = offsetof(struct values, lexicon),
		.help = "phrases" },
	{ .name = "model", .kind = OPT_INPUTS, .arg = "FILE", .words = built_in, .at = offsetof(struct values, models),
		.help = "models, any number" },
	{ .name = "places", .kind = OPT_OUTPUT, .arg = "FILE", .at = offsetof(struct values, places),
		.help = "where things were" },
	{ .name = NULL },
};
/* clang-format on */

/* A command line taken apart; `fine` says whether it was accepted. */
struct parsed {
	struct values values;
	struct opt_table table;
	struct opt_texts operands;
	struct diag why;
	bool fine;
};

static void parse(struct parsed *parsed, const char *const *words)
{
	int count = 0;

	while (words[count])
		count++;
	memset(parsed, 0, sizeof(*parsed));
	parsed->table = (struct opt_table){ "Options", rows, &parsed->values };
	opts_init(&parsed->table, 1);
	parsed->fine =
		opts_parse(&parsed->table, 1, count, (char *const *)words, &parsed->operands, &parsed->why);
}

static void release(struct parsed *parsed)
{
	opts_release(&parsed->table, 1);
	free(parsed->operands.items);
}

#define PARSE(parsed, ...) parse(parsed, (const char *const[]){ __VA_ARGS__, NULL })

TEST(values_start_as_their_rows_say)
{
	struct parsed parsed;

	parse(&parsed, (const char *const[]){ NULL });
	assert_true(parsed.fine);
	assert_false(parsed.values.loud);
	assert_int_equal(parsed.values.nfc, SWITCH_UNSET);
	assert_int_equal(parsed.values.top, 10);
	assert_int_equal(parsed.values.level, 1);
	assert_string_equal(parsed.values.lang, "auto");
	release(&parsed);
}

TEST(values_follow_an_equals_sign_or_a_space_or_a_letter)
{
	struct parsed parsed;

	PARSE(&parsed, "--top=7", "--lang", "ar", "-kone", "-k", "two", "--keep=");
	assert_true(parsed.fine);
	assert_int_equal(parsed.values.top, 7);
	assert_string_equal(parsed.values.lang, "ar");
	assert_int_equal(parsed.values.keep.count, 3);
	assert_string_equal(parsed.values.keep.items[1], "two");
	assert_string_equal(parsed.values.keep.items[2], "");
	release(&parsed);
}

TEST(the_ends_of_a_range_are_in_it_and_what_is_beyond_is_not)
{
	static const struct {
		const char *word;
		bool fine;
	} tries[] = { { "--top=0", false }, { "--top=1", true }, { "--top=1000", true },
		{ "--top=1001", false }, { "--top=18446744073709551617", false }, { "--top=-1", false },
		{ "--top=", false } };

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct parsed parsed;

		PARSE(&parsed, tries[i].word);
		assert_int_equal(parsed.fine, tries[i].fine);
		release(&parsed);
	}
}

TEST(letters_may_be_bundled_and_the_last_may_take_a_value)
{
	struct parsed parsed;

	PARSE(&parsed, "-lt5", "-lt", "6");
	assert_true(parsed.fine);
	assert_true(parsed.values.loud);
	assert_int_equal(parsed.values.top, 6);
	assert_int_equal(parsed.operands.count, 0);
	release(&parsed);
}

TEST(operands_may_stand_anywhere_and_two_dashes_end_the_options)
{
	struct parsed parsed;

	PARSE(&parsed, "a", "-l", "-", "--", "--top=3", "-x");
	assert_true(parsed.fine);
	assert_int_equal(parsed.operands.count, 4);
	assert_string_equal(parsed.operands.items[1], "-");
	assert_string_equal(parsed.operands.items[2], "--top=3");
	assert_int_equal(parsed.values.top, 10);
	release(&parsed);
}

TEST(a_switch_can_be_turned_off_and_the_last_word_counts)
{
	struct parsed parsed;

	PARSE(&parsed, "--nfc", "--no-nfc");
	assert_int_equal(parsed.values.nfc, SWITCH_OFF);
	release(&parsed);
	PARSE(&parsed, "--no-nfc", "--nfc");
	assert_int_equal(parsed.values.nfc, SWITCH_ON);
	release(&parsed);
}

static void refuses(const char *const *words, const char *sentence)
{
	struct parsed parsed;

	parse(&parsed, words);
	assert_false(parsed.fine);
	assert_string_equal(parsed.why.text, sentence);
	release(&parsed);
}

#define REFUSES(sentence, ...) refuses((const char *const[]){ __VA_ARGS__, NULL }, sentence)

TEST(wrong_words_are_named_with_what_would_be_right)
{
	REFUSES("unknown option '--levle'; did you mean '--level'?", "--levle=eager");
	REFUSES("unknown option '--xyzzy'; --help lists the options", "--xyzzy");
	REFUSES("unknown option '-q'; --help lists the options", "-lq");
	REFUSES("unknown option '--no-top'; did you mean '--top'?", "--no-top");
	REFUSES("option '--top': 'many' is not a whole number", "--top=many");
	REFUSES("option '--top': '5x' is not a whole number", "-t5x");
	REFUSES("option '--top': '' is not a whole number", "--top=");
	REFUSES("option '--top': 0 is not between 1 and 1000", "--top=0");
	REFUSES("option '--top': 99999999999999999999 is not between 1 and 1000",
		"--top=99999999999999999999");
	REFUSES("option '--level': 'bold' is not one of careful, normal, eager", "--level=bold");
	REFUSES("option '--top' needs a value", "--top");
	REFUSES("option '--loud' takes no value", "--loud=yes");
	REFUSES("option '--nfc' takes no value", "--no-nfc=1");
}

static bool note_input(void *ctx, const struct opt *row, struct opt_input *input)
{
	buf_addf(ctx, "%s<%s ", row->name, input->path);
	input->text = span_of(mem_copy("x", 1), 1);
	return strcmp(input->path, "last") != 0;
}

static bool note_output(void *ctx, const struct opt *row, struct opt_output *output)
{
	buf_addf(ctx, "%s>%s ", row->name, output->path);
	return true;
}

TEST(files_that_are_given_are_walked_through_in_order)
{
	struct parsed parsed;
	struct buf seen = BUF_INIT;

	PARSE(&parsed, "--model=b", "--places=out", "--model=a", "--lexicon=c", "--model=last",
		"--model=d");
	assert_true(parsed.fine);
	assert_int_equal(parsed.values.models.count, 4);
	assert_false(opts_each_input(&parsed.table, 1, note_input, &seen));
	assert_true(opts_each_output(&parsed.table, 1, note_output, &seen));
	assert_string_equal(buf_string(&seen), "lexicon<c model<b model<a model<last places>out ");
	buf_release(&seen);
	release(&parsed);
}

TEST(words_for_what_is_built_in_are_no_files)
{
	struct parsed parsed;
	struct buf seen = BUF_INIT;

	PARSE(&parsed, "--model=large", "--model=./large", "--model=small");
	assert_true(parsed.fine);
	assert_int_equal(parsed.values.models.count, 3);
	assert_true(opts_each_input(&parsed.table, 1, note_input, &seen));
	assert_string_equal(buf_string(&seen), "model<./large ");
	opts_help(&seen, &parsed.table, 1);
	assert_non_null(strstr(buf_string(&seen), "--model=small|large|FILE\n"));
	buf_release(&seen);
	release(&parsed);
}

TEST(a_file_that_is_read_is_text_unless_its_row_wants_bytes)
{
	struct opt text = { .name = "lexicon" }, bytes = { .name = "model", .is_bytes = true };
	struct opt_input fine = { "a", SPAN("سطر\n"), -1 }, ill = { "b", SPAN("x\ny\n\xC3(\n"), -1 };
	struct opt_input nul = { "c", span_of("x\0", 2), -1 };
	struct diag why;

	assert_true(opt_input_check(&text, &fine, &why));
	assert_false(opt_input_check(&text, &ill, &why));
	assert_string_equal(why.text, "b:3: invalid UTF-8 at byte 4");
	assert_false(opt_input_check(&text, &nul, &why));
	assert_string_equal(why.text, "c:1: a NUL, which is not text, at byte 1");
	assert_true(opt_input_check(&bytes, &ill, &why));
	assert_true(opt_input_check(&bytes, &nul, &why));
}

TEST(files_that_are_not_given_are_not_there)
{
	struct parsed parsed;
	struct buf seen = BUF_INIT;

	parse(&parsed, (const char *const[]){ NULL });
	assert_true(opts_each_input(&parsed.table, 1, note_input, &seen));
	assert_true(opts_each_output(&parsed.table, 1, note_output, &seen));
	assert_int_equal(seen.len, 0);
	assert_null(parsed.values.lexicon.path);
	assert_null(parsed.values.places.to);
	release(&parsed);
}

TEST(every_row_is_in_help_and_in_the_man_page)
{
	struct opt_table table = { "Options", rows, NULL };
	struct buf help = BUF_INIT, page = BUF_INIT;

	opts_help(&help, &table, 1);
	opts_mdoc(&page, &table, 1);
	for (const struct opt *row = rows; row->name; row++) {
		assert_non_null(strstr(buf_string(&help), row->name));
		assert_non_null(strstr(buf_string(&page), row->name));
	}
	assert_non_null(strstr(buf_string(&help), "careful|normal|eager"));
	assert_non_null(strstr(buf_string(&help), "(default 10)"));
	buf_release(&help);
	buf_release(&page);
}

TEST(name_distance_counts_edits)
{
	assert_int_equal(name_distance(SPAN("level"), SPAN("level")), 0);
	assert_int_equal(name_distance(SPAN("levle"), SPAN("level")), 1);
	assert_int_equal(name_distance(SPAN(""), SPAN("abc")), 3);
	assert_int_equal(name_distance(SPAN("kitten"), SPAN("sitting")), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(values_start_as_their_rows_say),
		IT(values_follow_an_equals_sign_or_a_space_or_a_letter),
		IT(the_ends_of_a_range_are_in_it_and_what_is_beyond_is_not),
		IT(letters_may_be_bundled_and_the_last_may_take_a_value),
		IT(operands_may_stand_anywhere_and_two_dashes_end_the_options),
		IT(a_switch_can_be_turned_off_and_the_last_word_counts),
		IT(wrong_words_are_named_with_what_would_be_right),
		IT(files_that_are_given_are_walked_through_in_order),
		IT(words_for_what_is_built_in_are_no_files),
		IT(a_file_that_is_read_is_text_unless_its_row_wants_bytes),
		IT(files_that_are_not_given_are_not_there),
		IT(every_row_is_in_help_and_in_the_man_page),
		IT(name_distance_counts_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
