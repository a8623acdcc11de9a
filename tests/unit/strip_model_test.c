/* SPDX-License-Identifier: MIT
 * strip_model_test.c - the line model: traits and features on documents made by hand, model files with mistakes, trees
 * against a slow walk over them, and what becomes of dumps and of clean articles. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/judge.h"
#include "filters/strip-boilerplate/strip_boilerplate.h"
#include "tests/unit/drive.h"

/* --- traits ------------------------------------------------------------------------------------------------ */

static struct trait trait_in(const char *line)
{
	struct reader reader = { 0 };
	struct function_words functions = { 0 };
	struct trait trait;

	function_words_add(&functions, &reader, SPAN("# small words\nen: the of\nar: في من\n"));
	reader_read(&reader, span_from(line));
	trait = trait_of(&reader, span_from(line), &functions);
	function_words_release(&functions);
	reader_release(&reader);
	return trait;
}

TEST(a_line_is_counted_word_by_word)
{
	struct trait trait = trait_in("The end of the road, 1998: No. 4 | Home.");

	assert_int_equal(trait.words, 9);
	assert_int_equal(trait.functions, 3);
	assert_int_equal(trait.numbers, 2);
	assert_int_equal(trait.capitals, 3);
	assert_int_equal(trait.commas, 1);
	assert_int_equal(trait.bars, 1);
	assert_int_equal(trait.ending, ENDS_STOP);
	assert_int_equal(trait.opening, OPENS_CAPITAL);
	assert_true(trait.year);
	assert_true(trait.good);
}

TEST(lines_end_in_every_script)
{
	assert_int_equal(trait_in("ماذا حدث في المدينة؟").ending, ENDS_ASKING);
	assert_int_equal(trait_in("یہ خبر ہے۔").ending, ENDS_STOP);
	assert_int_equal(trait_in("यह खबर है।").ending, ENDS_STOP);
	assert_int_equal(trait_in("新聞です。").ending, ENDS_STOP);
	assert_int_equal(trait_in("He said “no.”").ending, ENDS_STOP);
	assert_int_equal(trait_in("More...").ending, ENDS_DOTS);
	assert_int_equal(trait_in("Tags:").ending, ENDS_COLON);
	assert_int_equal(trait_in("Home").ending, ENDS_BARE);
}

TEST(text_without_spaces_is_as_long_as_it_is)
{
	struct trait trait = trait_in("港のフェリーは一年にわたる修理を終えて月曜日の朝に運航を再開した。");

	assert_true(trait.size > 12);
	assert_true(trait.good);
	assert_int_equal(trait_in("القائمة").size, 1);
}

TEST(an_empty_line_of_signs_has_no_words)
{
	struct trait trait = trait_in("***");

	assert_int_equal(trait.size, 0);
	assert_int_equal(trait.opening, OPENS_SIGN);
	assert_false(trait.good);
}

/* --- features ---------------------------------------------------------------------------------------------- */

static int16_t feature(const struct features *features, size_t at, const char *name)
{
	int16_t values[FEATURES_MOST];
	size_t count = features_of(features, at, values);

	for (size_t i = 0; i < count; i++)
		if (strcmp(feature_names[i], name) == 0)
			return values[i];
	fail_msg("no feature '%s'", name);
	return 0;
}

TEST(features_say_where_a_line_stands)
{
	static const struct trait menu = { .key = 1, .lead = 1, .size = 1, .words = 1 };
	static const struct trait body = { .key = 2, .lead = 3, .size = 31, .words = 31, .good = true };
	struct trait traits[] = { menu, menu, body, body, menu };
	struct line lines[5] = { { .how = HOW_PLAIN }, { 0 } };
	struct features features = { 0 };

	traits[3].key = 4;
	features_make(&features, lines, traits, 5);
	assert_int_equal(feature(&features, 0, "copies"), 2);
	assert_int_equal(feature(&features, 0, "again"), 0);
	assert_int_equal(feature(&features, 4, "again"), 1);
	assert_int_equal(feature(&features, 2, "copies"), 0);
	assert_int_equal(feature(&features, 2, "leads"), 1);
	assert_int_equal(feature(&features, 2, "main-inside"), 1);
	assert_int_equal(feature(&features, 1, "main-inside"), 0);
	assert_int_equal(feature(&features, 4, "main-inside"), 0);
	assert_int_equal(feature(&features, 2, "size"), 80);
	assert_int_equal(feature(&features, 2, "size-1"), 16);
	assert_int_equal(feature(&features, 0, "size-1"), -1);
	assert_int_equal(feature(&features, 4, "size+1"), -1);
	assert_int_equal(feature(&features, 1, "good-after"), 16);
	assert_int_equal(feature(&features, 1, "good-before"), 400);
	assert_int_equal(feature(&features, 4, "found-4"), 1);
	assert_int_equal(feature(&features, 0, "good-lines"), 400);
	features_release(&features);
}

TEST(there_is_a_name_for_every_feature)
{
	static const struct trait trait = { .words = 1 };
	static const struct line line = { 0 };
	struct features features = { 0 };
	int16_t values[FEATURES_MOST];
	size_t names = 0;

	features_make(&features, &line, &trait, 1);
	while (feature_names[names])
		names++;
	assert_int_equal(features_of(&features, 0, values), names);
	assert_true(names <= FEATURES_MOST);
	features_release(&features);
}

/* --- the model --------------------------------------------------------------------------------------------- */

#define QUESTIONS "0:5 0:2 0:9 0:1 0:3 0:7 0:11 0:0 0:1 0:2 0:3 0:6 0:7 0:10 0:12"

static void refuses(const char *text, const char *reason)
{
	struct model model = { 0 };
	struct diag why;

	assert_false(model_parse(&model, span_from(text), &why));
	assert_string_equal(why.text, reason);
	assert_int_equal(model.count, 0);
	model_release(&model);
}

TEST(a_model_with_a_mistake_is_refused)
{
	refuses("features size\nfeatures length\n", "model: line 2: unknown feature 'length'");
	refuses("branch 1\n", "model: line 1: neither features nor a tree: 'branch'");
	refuses("# none named\ntree " QUESTIONS " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
		"model: line 2: a tree is 15 questions and 16 leaves: '0:5'");
	refuses("features size\ntree " QUESTIONS " 1 2 3\n",
		"model: line 2: a tree is 15 questions and 16 leaves: ''");
	refuses("features size\ntree " QUESTIONS " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 1x\n",
		"model: line 2: a tree is 15 questions and 16 leaves: '1x'");
	refuses("features size\ntree " QUESTIONS " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n",
		"model: line 2: a tree has more than 16 leaves");
	refuses("features size\ntree " QUESTIONS " 20000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\ntree " QUESTIONS
		" 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -20000\n",
		"model: the leaves add up to more than 32767");
}

/* The slow way: one question after the other. */
static int16_t walk(const struct tree *tree, const struct batch *batch, size_t lane)
{
	size_t at = 0;

	while (at < MODEL_NODES)
		at = 2 * at + 1 + (batch->values[tree->feature[at]][lane] > tree->threshold[at]);
	return tree->leaf[at - MODEL_NODES];
}

TEST(trees_say_what_a_walk_over_them_says)
{
	struct tree trees[9];
	struct model model = { .trees = trees, .count = 9 };
	struct batch batch;
	int16_t scores[MODEL_BATCH];
	uint32_t dice = 1;

	for (size_t i = 0; i < FEATURES_MOST; i++)
		for (size_t k = 0; k < MODEL_BATCH; k++)
			batch.values[i][k] = (int16_t)((dice = dice * 1103515245 + 12345) >> 20 & 31);
	for (size_t i = 0; i < 9; i++) {
		for (size_t k = 0; k < MODEL_NODES; k++) {
			dice = dice * 1103515245 + 12345;
			trees[i].feature[k] = (uint8_t)((dice >> 8) % FEATURES_MOST);
			trees[i].threshold[k] = (int16_t)(dice >> 20 & 31);
		}
		for (size_t k = 0; k < MODEL_LEAVES; k++)
			trees[i].leaf[k] =
				(int16_t)(((dice = dice * 1103515245 + 12345) >> 16 & 4095) - 2048);
	}
	model_ask(&model, &batch, scores);
	for (size_t lane = 0; lane < MODEL_BATCH; lane++) {
		int sum = 0;

		for (size_t i = 0; i < 9; i++)
			sum += walk(&trees[i], &batch, lane);
		assert_int_equal(scores[lane], sum);
	}
}

/* --- documents --------------------------------------------------------------------------------------------- */

static void becomes(const char *const *words, const char *input, const char *output)
{
	struct driven driven = { 0 };

	assert_string_equal(drive_text(&driven, &strip_boilerplate, words, input), output);
	driven_release(&driven);
}

#define TITLE "Ferry returns after a year\n"
#define BODY                                                                                               \
	"The ferry that links the two shores went back into service on Monday, a year after the fire.\n"   \
	"Passengers queued from five in the morning to be on the first crossing of the day.\n"             \
	"“We have been counting the days,” said the baker, who lost half of her customers last year.\n"
#define MORE                                                                                               \
	"What changes now\n"                                                                               \
	"The company said that the timetable would stay as it was, with nine crossings a day in summer.\n" \
	"Tickets have become dearer, and the card for ten journeys has been withdrawn since the spring.\n" \
	"The council asked the company to think again about the card, on which most pupils depend.\n"
#define SHORT                                                                                              \
	"Yes\nNo\nPerhaps\nA day at sea\nNine in summer\nSix in winter\nTwo pounds more\nA card\nThe pupils\n"
#define STORY BODY MORE
#define MENU                                                                                                  \
	"Skip to content\nHome\nNews\nSport\nCulture\nTravel\nWeather\nSign in\nSubscribe\nSearch\nMarkets\n" \
	"Harbour\nJobs\nHealth\n"
#define FOOTER                                                                                                       \
	"Most read\nStorm closes road\nBakery of the year\nNewsletter\nFollow us\nAbout us\nContact\nTerms of use\n" \
	"Privacy policy\nCookie settings\n"

static const char *const careful[] = { "--level=careful", NULL };
static const char *const eager[] = { "--level=eager", NULL };

TEST(a_clean_article_stays_byte_for_byte)
{
	becomes(NULL, TITLE BODY "\n" MORE, TITLE BODY "\n" MORE);
	becomes(NULL, TITLE BODY SHORT MORE, TITLE BODY SHORT MORE);
	becomes(eager, TITLE STORY, TITLE STORY);
}

TEST(a_poem_or_a_list_is_no_dump)
{
	static const char list[] =
		"Sizes\nSmall\nMedium\nLarge\nTall\nWide\nDeep\nRed\nGreen\nBlue\nGrey\nTeal\n"
		"Oak\nPine\nAsh\nElm\nBirch\nBeech\n";

	becomes(NULL, list, list);
	becomes(eager, list, list);
}

TEST(a_dump_loses_its_menu_and_its_footer)
{
	becomes(NULL, MENU STORY FOOTER, STORY);
}

TEST(the_careful_level_leaves_what_no_rule_names)
{
	struct driven driven = { 0 };
	const char *text = drive_text(&driven, &strip_boilerplate, careful, MENU STORY FOOTER);

	assert_non_null(strstr(text, "Travel\nWeather\n"));
	assert_null(strstr(text, "Skip to content"));
	driven_release(&driven);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_line_is_counted_word_by_word),
		IT(lines_end_in_every_script),
		IT(text_without_spaces_is_as_long_as_it_is),
		IT(an_empty_line_of_signs_has_no_words),
		IT(features_say_where_a_line_stands),
		IT(there_is_a_name_for_every_feature),
		IT(a_model_with_a_mistake_is_refused),
		IT(trees_say_what_a_walk_over_them_says),
		IT(a_clean_article_stays_byte_for_byte),
		IT(a_poem_or_a_list_is_no_dump),
		IT(a_dump_loses_its_menu_and_its_footer),
		IT(the_careful_level_leaves_what_no_rule_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
