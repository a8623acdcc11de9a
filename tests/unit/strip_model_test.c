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
	struct topics topics = { 0 };
	struct trait trait;

	function_words_add(&functions, &reader, SPAN("# small words\nen: the of\nar: في من\n"));
	reader_read(&reader, span_from(line));
	trait = trait_of(&reader, span_from(line), &functions, &topics);
	topics_release(&topics);
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

TEST(topics_are_the_words_a_line_is_about)
{
	struct reader reader = { 0 };
	struct function_words functions = { 0 };
	struct topics topics = { 0 };
	static const char line[] = "The ferry of the harbour, 1998, a new ferry";
	struct trait trait;

	function_words_add(&functions, &reader, SPAN("the of over\n"));
	reader_read(&reader, span_from(line));
	trait = trait_of(&reader, span_from(line), &functions, &topics);
	assert_int_equal(trait.topics.count, 3); /* ferry, harbour, ferry: "new" is short */
	assert_int_equal(topics.hashes[0], topics.hashes[2]);
	assert_int_not_equal(topics.hashes[0], topics.hashes[1]);
	topics_release(&topics);
	function_words_release(&functions);
	reader_release(&reader);
}

TEST(a_line_of_many_words_has_some_topics_only)
{
	struct reader reader = { 0 };
	struct function_words functions = { 0 };
	struct topics topics = { 0 };
	struct buf line = BUF_INIT;
	struct trait trait;

	for (int i = 0; i < 3 * TOPICS_MOST; i++)
		buf_addf(&line, "word%c%c ", 'a' + i % 26, 'a' + i / 26);
	reader_read(&reader, buf_span(&line));
	trait = trait_of(&reader, buf_span(&line), &functions, &topics);
	assert_int_equal(trait.topics.count, TOPICS_MOST);
	assert_int_equal(topics.count, TOPICS_MOST);
	buf_release(&line);
	topics_release(&topics);
	reader_release(&reader);
}

/* --- features ---------------------------------------------------------------------------------------------- */

static int16_t feature(const struct page *page, size_t at, const char *name)
{
	int16_t values[FEATURES_MOST];
	size_t count = features_of(page, at, values);

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
	struct page page = { 0 };
	struct topics topics = { 0 };

	traits[3].key = 4;
	page_read(&page, lines, traits, &topics, 5);
	assert_int_equal(feature(&page, 0, "copies"), 2);
	assert_int_equal(feature(&page, 0, "again"), 0);
	assert_int_equal(feature(&page, 4, "again"), 1);
	assert_int_equal(feature(&page, 2, "copies"), 0);
	assert_int_equal(feature(&page, 2, "leads"), 1);
	assert_int_equal(feature(&page, 2, "main-inside"), 1);
	assert_int_equal(feature(&page, 1, "main-inside"), 0);
	assert_int_equal(feature(&page, 4, "main-inside"), 0);
	assert_int_equal(feature(&page, 2, "size"), 80);
	assert_int_equal(feature(&page, 2, "size-1"), 16);
	assert_int_equal(feature(&page, 0, "size-1"), -1);
	assert_int_equal(feature(&page, 4, "size+1"), -1);
	assert_int_equal(feature(&page, 1, "good-after"), 16);
	assert_int_equal(feature(&page, 1, "good-before"), 400);
	assert_int_equal(feature(&page, 4, "found-4"), 1);
	assert_int_equal(feature(&page, 0, "good-lines"), 400);
	page_release(&page);
}

/* Lines of the given topics; good ones are in capitals. "ab" is two topics. */
static void add_lines(
	struct line *lines, struct trait *traits, struct topics *topics, const char *const *words)
{
	for (size_t i = 0; words[i]; i++) {
		uint16_t *hash = topics_reserve(topics);
		size_t count = strlen(words[i]);

		lines[i] = (struct line){ 0 };
		traits[i] = (struct trait){ .key = (uint32_t)i + 1,
			.size = 30,
			.good = words[i][0] < 'a',
			.topics = { (uint32_t)topics->count, (uint8_t)count } };
		for (size_t k = 0; k < count; k++)
			hash[k] = (uint16_t)(words[i][k] | 0x20);
		topics->count += count;
	}
}

TEST(what_a_line_shares_with_the_body_counts)
{
	struct line lines[6];
	struct trait traits[6];
	struct topics topics = { 0 };
	struct page page = { 0 };

	add_lines(lines, traits, &topics, (const char *const[]){ "axyz", "ABC", "ABD", "pa", "PQ", NULL });
	traits[4].size = 5; /* good, but too far off for the main stretch */
	traits[3].size = 1;
	page_read(&page, lines, traits, &topics, 5);
	assert_int_equal(page.mains[MAIN_USUAL].start, 1);
	assert_int_equal(page.mains[MAIN_USUAL].end, 3);
	assert_int_equal(feature(&page, 0, "akin"), 250); /* a */
	assert_int_equal(feature(&page, 1, "akin"), 666); /* a, b: c stands here only */
	assert_int_equal(feature(&page, 3, "akin"), 500); /* a */
	assert_int_equal(feature(&page, 3, "akin-good"), 1000); /* p, too */
	page_release(&page);
	topics_release(&topics);
}

TEST(evidence_near_by_is_seen_with_its_kind)
{
	static const struct trait trait = { .words = 1 };
	struct trait traits[6] = { trait, trait, trait, trait, trait, trait };
	struct line lines[6] = { [1] = { .how = HOW_PLAIN, .found = CATEGORY_COMMENTS },
		[4] = { .how = HOW_PLAIN, .found = CATEGORY_STAMP },
		[2] = { .how = HOW_ITEM, .found = CATEGORY_RELATED } };
	struct topics topics = { 0 };
	struct page page = { 0 };

	page_read(&page, lines, traits, &topics, 6);
	assert_int_equal(feature(&page, 3, "found-before-what"), CATEGORY_COMMENTS);
	assert_int_equal(feature(&page, 3, "found-after-what"), CATEGORY_STAMP);
	assert_int_equal(feature(&page, 3, "comments-before"), log16(2));
	assert_int_equal(feature(&page, 3, "stamp-before"), 400);
	assert_int_equal(feature(&page, 5, "stamp-before"), log16(1));
	assert_int_equal(feature(&page, 5, "list-before"), 400);
	assert_int_equal(feature(&page, 0, "found-before-what"), -1);
	page_release(&page);
}

TEST(small_parts_of_large_wholes_are_exact)
{
	assert_int_equal(permille(0, 0), 0);
	assert_int_equal(permille(1, 3), 333);
	assert_int_equal(permille(UINT32_MAX / 1000, UINT32_MAX / 1000), 1000);
	assert_int_equal(permille((size_t)1 << 33, (size_t)1 << 34), 500);
	assert_int_equal(log16(0), 0);
	assert_int_equal(log16(1), 16);
	assert_int_equal(log16(2), 24);
	assert_int_equal(log16(1023), 160);
	assert_int_equal(log16(((size_t)1 << 53) - 2), 53 * 16 - 1);
}

TEST(there_is_a_name_for_every_feature)
{
	static const struct trait trait = { .words = 1 };
	static const struct line line = { 0 };
	struct page page = { 0 };
	struct topics topics = { 0 };
	int16_t values[FEATURES_MOST];
	size_t names = 0;

	page_read(&page, &line, &trait, &topics, 1);
	while (feature_names[names])
		names++;
	assert_int_equal(features_of(&page, 0, values), names);
	assert_true(names <= FEATURES_MOST);
	page_release(&page);
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
		at = 2 * at + 1 + (batch->values[tree->feature[at]][lane] > once(tree->threshold[at]));
	return once(tree->leaf[at - MODEL_NODES]);
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
			trees[i].threshold[k] = twice((int16_t)(dice >> 20 & 31));
		}
		for (size_t k = 0; k < MODEL_LEAVES; k++)
			trees[i].leaf[k] =
				twice((int16_t)(((dice = dice * 1103515245 + 12345) >> 16 & 4095) - 2048));
	}
	for (enum cpu cpu = CPU_SCALAR; cpu <= cpu_best(NULL); cpu++) {
		model_ask(&model, &batch, cpu, scores);
		for (size_t lane = 0; lane < MODEL_BATCH; lane++) {
			int sum = 0;

			for (size_t i = 0; i < 9; i++)
				sum += walk(&trees[i], &batch, lane);
			assert_int_equal(scores[lane], sum);
		}
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
	"Harbour\nJobs\nHealth\nGardens\nLetters\nPictures\n"
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

TEST(a_dump_keeps_its_headline)
{
	becomes(NULL, MENU TITLE "Share\nBy Dana Whitcombe\n" STORY FOOTER, TITLE STORY);
	becomes(NULL, MENU TITLE TITLE "12 May 2024\n" STORY FOOTER, TITLE STORY);
}

/* Asks one question, sixteen times: whether the line is longer than five words. */
static struct model model_of_length(const char *shorter, const char *longer)
{
	struct model model = { 0 };
	struct buf text = BUF_INIT;
	struct diag why;

	buf_addf(&text, "features size\ntree");
	for (int i = 0; i < MODEL_NODES; i++)
		buf_addf(&text, " 0:40");
	for (int i = 0; i < MODEL_LEAVES; i++)
		buf_addf(&text, " %s", i == 0 ? shorter : longer);
	assert_true(model_parse(&model, buf_span(&text), &why));
	buf_release(&text);
	return model;
}

/* Twenty lines of debris and as many of body; of the debris at their ends, `named` each are known to the rules. */
static void judge_lines(struct line lines[80], size_t named)
{
	struct trait traits[80];
	struct topics topics = { 0 };
	struct dump dump = { .level = LEVEL_NORMAL, .model = model_of_length("-900", "900") };

	for (size_t i = 0; i < 80; i++) {
		bool body = i >= 20 && i < 60, known = i < named || i >= 80 - named;

		lines[i] = (struct line){ .rule = known ? CATEGORY_SHARE : CATEGORY_NONE,
			.found = known ? CATEGORY_SHARE : CATEGORY_NONE,
			.how = known ? HOW_PLAIN : HOW_NOT };
		traits[i] = (struct trait){ .key = (uint32_t)i + 1, .size = body ? 20 : 2, .good = body };
	}
	lines[30] = (struct line){ .rule = CATEGORY_RELATED, .found = CATEGORY_RELATED, .how = HOW_ITEM };
	lines[31] = (struct line){ .rule = CATEGORY_SHARE, .found = CATEGORY_SHARE, .how = HOW_PLAIN };
	dump_judge(&dump, lines, traits, &topics, 80);
	dump_release(&dump);
}

TEST(what_a_rule_names_goes_whatever_the_model_says)
{
	struct line lines[80];

	judge_lines(lines, 15);
	assert_int_equal(lines[10].rule, CATEGORY_SHARE);
	assert_int_equal(lines[70].rule, CATEGORY_SHARE);
	assert_int_equal(lines[17].rule, CATEGORY_MODEL);
	assert_int_equal(lines[25].rule, CATEGORY_NONE);
	assert_int_equal(
		lines[30].rule, CATEGORY_NONE); /* for its neighbours only: the model knows better */
	assert_int_equal(lines[31].rule, CATEGORY_SHARE);
}

TEST(a_story_whose_debris_the_rules_know_is_no_dump)
{
	struct line lines[80];

	judge_lines(lines, 17);
	assert_int_equal(lines[10].rule, CATEGORY_SHARE);
	assert_int_equal(lines[18].rule, CATEGORY_NONE);
	assert_int_equal(lines[30].rule, CATEGORY_RELATED);
}

/* Forty lines of a site around twenty that no other page of it has; the model takes them all for debris, if not for sure. */
static size_t kept_among(enum seen frame)
{
	struct line lines[60];
	struct trait traits[60];
	struct topics topics = { 0 };
	struct dump dump = {
		.level = LEVEL_NORMAL, .model = model_of_length("-700", "-700"), .regime = REGIME_DUMP
	};
	size_t kept = 0;

	for (size_t i = 0; i < 60; i++) {
		bool own = i >= 20 && i < 40;

		lines[i] = (struct line){ .seen = (uint8_t)(own ? SEEN_HERE : frame) };
		traits[i] = (struct trait){ .key = (uint32_t)i + 1, .size = 3 };
	}
	dump_judge(&dump, lines, traits, &topics, 60);
	for (size_t i = 20; i < 40; i++)
		kept += lines[i].rule == CATEGORY_NONE;
	dump_release(&dump);
	return kept;
}

TEST(what_stands_on_no_other_page_is_more_likely_to_be_body)
{
	assert_int_equal(kept_among(SEEN_ELSEWHERE), 20);
	assert_int_equal(kept_among(SEEN_HERE), 0);
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
		IT(topics_are_the_words_a_line_is_about),
		IT(a_line_of_many_words_has_some_topics_only),
		IT(features_say_where_a_line_stands),
		IT(what_a_line_shares_with_the_body_counts),
		IT(evidence_near_by_is_seen_with_its_kind),
		IT(small_parts_of_large_wholes_are_exact),
		IT(there_is_a_name_for_every_feature),
		IT(a_model_with_a_mistake_is_refused),
		IT(trees_say_what_a_walk_over_them_says),
		IT(a_clean_article_stays_byte_for_byte),
		IT(a_poem_or_a_list_is_no_dump),
		IT(a_dump_loses_its_menu_and_its_footer),
		IT(a_dump_keeps_its_headline),
		IT(what_a_rule_names_goes_whatever_the_model_says),
		IT(what_stands_on_no_other_page_is_more_likely_to_be_body),
		IT(a_story_whose_debris_the_rules_know_is_no_dump),
		IT(the_careful_level_leaves_what_no_rule_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
