/* SPDX-License-Identifier: MIT
 * strip_repeats_test.c - what a site prints around its stories goes, what a story says again stays; and learning in
 * parts is learning at once. */
#include "tests/unit/check.h"

#include <stdlib.h>

#include "filters/strip-boilerplate/strip_boilerplate.h"
#include "tests/unit/drive.h"

#define HARBOUR "The ferry went back to the harbour on Monday after a year in the yard.\n"
#define BRIDGE  "Workers closed the old bridge on Tuesday and will open it again in May.\n"
#define MARKET  "Traders in the fish market said on Friday that prices had fallen by half.\n"
#define SCHOOL  "The school on the hill opens its doors on Sunday to two hundred pupils.\n"
#define LIBRARY "The library lent more books this winter than in any winter before it.\n"
#define AGENCY  "The news agency of the port says that it cannot vouch for what others report.\n"

static void learned(struct span documents, const char *expected)
{
	static const char *const words[] = { "--learn", "--level=careful", NULL };
	struct driven driven =
		drive(&strip_boilerplate, words, FRAMING_ZERO, documents, (struct cutting){ 0, 0 });

	for (size_t i = 0; i < driven.text.len; i++)
		if (driven.text.at[i] == '\0')
			driven.text.at[i] = '@';
	check_buf(&driven.text, expected);
	driven_release(&driven);
}

TEST(what_every_document_has_goes)
{
	learned(SPAN("Harbour Post\nOld ferry is back\n" HARBOUR "Our readers 12\0"
		     "Harbour Post\nBridge closed\n" BRIDGE "Our readers 7\0"
		     "Harbour Post\nFish is cheap\n" MARKET "Our Readers 1999\0"),
		"Old ferry is back\n" HARBOUR "@Bridge closed\n" BRIDGE "@Fish is cheap\n" MARKET "@");
}

TEST(one_document_teaches_nothing)
{
	learned(SPAN("Harbour Post\nOld ferry is back\n" HARBOUR "Letters of five readers\0"),
		"Harbour Post\nOld ferry is back\n" HARBOUR "Letters of five readers\n@");
}

TEST(a_document_fetched_twice_keeps_its_text)
{
	learned(SPAN("Harbour Post\nOld ferry is back\n" HARBOUR SCHOOL "\0"
		     "Harbour Post\nOld ferry is back\n" HARBOUR SCHOOL "\0"
		     "Harbour Post\nBridge closed\n" BRIDGE "\0"
		     "Harbour Post\nFish is cheap\n" MARKET "\0"),
		"Old ferry is back\n" HARBOUR SCHOOL "@Old ferry is back\n" HARBOUR SCHOOL
		"@Bridge closed\n" BRIDGE "@Fish is cheap\n" MARKET "@");
}

TEST(a_paragraph_that_two_reports_share_stays)
{
	learned(SPAN("Old ferry is back\n" HARBOUR SCHOOL LIBRARY BRIDGE AGENCY "\0"
		     "Fish is cheap\n" MARKET AGENCY "\0"),
		"Old ferry is back\n" HARBOUR SCHOOL LIBRARY BRIDGE AGENCY "@Fish is cheap\n" MARKET AGENCY
		"@");
}

TEST(a_sentence_that_many_documents_end_with_goes)
{
	learned(SPAN("One\n" HARBOUR AGENCY "\0"
		     "Two\n" BRIDGE AGENCY "\0"
		     "Three\n" MARKET AGENCY "\0"
		     "Four\n" SCHOOL AGENCY "\0"
		     "Five\n" LIBRARY AGENCY "\0"),
		"One\n" HARBOUR "@Two\n" BRIDGE "@Three\n" MARKET "@Four\n" SCHOOL "@Five\n" LIBRARY "@");
}

#define FRAME                                                                                              \
	AGENCY "Readers of the paper vote every year for the boat that they like best of all.\n"           \
	       "All letters to the editor are read, and the best of them are printed on Sunday.\n"         \
	       "The paper has been printed at the old harbour for more than a hundred years now.\n"

TEST(paragraphs_that_frame_every_story_speak_for_none)
{
	learned(SPAN("One\n" HARBOUR FRAME "\0"
		     "Two\n" BRIDGE FRAME "\0"
		     "Three\n" MARKET FRAME "\0"
		     "Four\n" SCHOOL FRAME "\0"
		     "Five\n" LIBRARY FRAME "\0"),
		"One\n" HARBOUR "@Two\n" BRIDGE "@Three\n" MARKET "@Four\n" SCHOOL "@Five\n" LIBRARY "@");
	learned(SPAN("One\n" FRAME "\0One\n" FRAME "\0One\n" FRAME "\0One\n" FRAME "\0One\n" FRAME "\0"),
		"One\n" FRAME "@One\n" FRAME "@One\n" FRAME "@One\n" FRAME "@One\n" FRAME "@");
}

TEST(a_list_ends_at_a_paragraph_that_goes)
{
	learned(SPAN("Most read\nPier closed\n" AGENCY "Old ferry is back\n" HARBOUR "\0"
		     "Most read\nPier closed\n" AGENCY "Bridge closed\n" BRIDGE "\0"
		     "Most read\nPier closed\n" AGENCY "Fish is cheap\n" MARKET "\0"
		     "Most read\nPier closed\n" AGENCY "School opens\n" SCHOOL "\0"
		     "Most read\nPier closed\n" AGENCY "More books\n" LIBRARY "\0"),
		"Old ferry is back\n" HARBOUR "@Bridge closed\n" BRIDGE "@Fish is cheap\n" MARKET
		"@School opens\n" SCHOOL "@More books\n" LIBRARY "@");
}

TEST(a_headline_listed_below_other_stories_stays_above_its_own)
{
	learned(SPAN("Old ferry is back\n" HARBOUR "Bridge closed\nFish is cheap\n\0"
		     "Bridge closed\n" BRIDGE "Old ferry is back\nFish is cheap\n\0"
		     "Fish is cheap\n" MARKET "Old ferry is back\nBridge closed\n\0"),
		"Old ferry is back\n" HARBOUR "@Bridge closed\n" BRIDGE "@Fish is cheap\n" MARKET "@");
}

TEST(a_title_that_two_of_five_documents_have_stays)
{
	learned(SPAN("Fish is cheap\nOpinion\n" HARBOUR "\0"
		     "Fish is cheap\nOpinion\n" BRIDGE "\0"
		     "Market opens\nOpinion\n" MARKET "\0"
		     "School opens\n" SCHOOL "\0"
		     "More books\n" LIBRARY "\0"),
		"Fish is cheap\n" HARBOUR "@Fish is cheap\n" BRIDGE "@Market opens\n" MARKET
		"@School opens\n" SCHOOL "@More books\n" LIBRARY "@");
}

TEST(a_document_too_large_for_a_window_is_cleaned_in_all)
{
	struct buf documents = BUF_INIT;
	struct driven driven;
	static const char *const words[] = { "--learn", "--level=careful", NULL };

	for (int i = 0; i < 3; i++) {
		buf_addf(&documents, "Harbour Post\nStory %c\n", 'A' + i);
		while (documents.len < (size_t)(i + 1) * (STRIP_WINDOW + 1000))
			buf_addf(&documents,
				"The %zu boats went back to the %c harbour on Monday, they say.\n",
				documents.len, 'A' + i);
		buf_add(&documents, SPAN("Our readers: 12\n"));
		buf_add_byte(&documents, '\0');
	}
	driven = drive(&strip_boilerplate, words, FRAMING_ZERO, buf_span(&documents),
		(struct cutting){ 70000, 0 });
	assert_int_equal(driven.documents, 3);
	assert_null(memmem(driven.text.at, driven.text.len, "Harbour Post", 12));
	assert_null(memmem(driven.text.at, driven.text.len, "readers", 7));
	assert_non_null(memmem(driven.text.at, driven.text.len, "Story C", 7));
	driven_release(&driven);
	buf_release(&documents);
}

TEST(what_parts_the_body_is_of_it)
{
	learned(SPAN("Two boats\n" HARBOUR "Pros\n" BRIDGE "Pros\n" MARKET "Pros\n" SCHOOL
		     "He said:\n" LIBRARY "\0"
		     "Two cars\nPros\n" AGENCY "Pros\nShe said so.\n" AGENCY "Pros\n" AGENCY
		     "He said:\n" AGENCY "\0"),
		"Two boats\n" HARBOUR "Pros\n" BRIDGE "Pros\n" MARKET "Pros\n" SCHOOL "He said:\n" LIBRARY
		"@Two cars\nPros\n" AGENCY "Pros\nShe said so.\n" AGENCY "Pros\n" AGENCY "He said:\n" AGENCY
		"@");
}

/* --- laws ------------------------------------------------------------------------------------------------- */

/* A stream of documents out of few lines, so that much repeats. */
static void add_documents(struct buf *into, size_t count, uint32_t seed)
{
	static const char *const lines[] = { HARBOUR, BRIDGE, MARKET, SCHOOL, LIBRARY, AGENCY, "Home\n",
		"Old ferry is back\n", "Bridge closed\n", "Fish is cheap\n", "Our readers 3\n", "\n", " \n",
		"* * *\n", "News:\n", "Share\n", "مرفأ اليوم\n", "Weather 12\r\n" };

	for (size_t i = 0; i < count; i++) {
		for (size_t j = check_random(&seed) % 14; j > 0; j--)
			buf_add(into, span_from(lines[check_random(&seed) % 18]));
		if (check_random(&seed) % 4 == 0)
			buf_add(into, SPAN("no end"));
		buf_add_byte(into, '\0');
	}
}

/* Runs with these words; "a" and "b" are files. */
static struct driven run(
	struct driven_file files[2], const char *const *words, const struct buf *documents, unsigned cut)
{
	struct driven driven = drive_with(&strip_boilerplate, words, (struct driven_files){ files, 2 },
		FRAMING_ZERO, buf_span(documents), (struct cutting){ cut, cut });

	if (driven.flow != FLOW_MORE)
		fail_msg("%s", driven.why.text);
	return driven;
}

static void same(const struct driven *a, const struct driven *b)
{
	assert_int_equal(a->text.len, b->text.len);
	assert_memory_equal(a->text.at, b->text.at, a->text.len);
}

TEST(learning_in_parts_is_learning_at_once)
{
	static const char *const learn[] = { "--learn", NULL },
				 *const save_a[] = { "--save-template=a", NULL },
				 *const save_b[] = { "--save-template=b", NULL },
				 *const use[] = { "--template=a", "--template=b", NULL },
				 *const learn_a[] = { "--learn", "--save-template=a", NULL },
				 *const sum[] = { "--template=a", "--template=b", "--save-template=c",
					 NULL };

	for (uint32_t seed = 0; seed < 60; seed++) {
		struct driven_file files[3] = { { "a", BUF_INIT }, { "b", BUF_INIT }, { "c", BUF_INIT } };
		struct buf one = BUF_INIT, two = BUF_INIT, all = BUF_INIT, none = BUF_INIT;
		struct driven at_once, in_parts, first, second, nothing, saved;

		add_documents(&one, 1 + seed % 7, seed);
		add_documents(&two, 1 + seed % 3, seed + 100);
		buf_add(&all, buf_span(&one)), buf_add(&all, buf_span(&two));
		at_once = run(files, learn, &all, 0);
		first = run(files, save_a, &one, 3);
		second = run(files, save_b, &two, 0);
		in_parts = run(files, use, &all, 5);
		same(&at_once, &in_parts);
		nothing = drive_with(&strip_boilerplate, sum, (struct driven_files){ files, 3 },
			FRAMING_ZERO, buf_span(&none), (struct cutting){ 0, 0 });
		buf_clear(&files[0].text);
		saved = run(files, learn_a, &all, 1);
		same(&at_once, &saved);
		assert_string_equal(buf_string(&files[0].text), buf_string(&files[2].text));
		driven_release(&at_once), driven_release(&in_parts), driven_release(&first);
		driven_release(&second), driven_release(&nothing), driven_release(&saved);
		for (int i = 0; i < 3; i++)
			buf_release(&files[i].text);
		buf_release(&one), buf_release(&two), buf_release(&all);
	}
}

/* A sink that writes down what is kept and what is dropped, in order. */
static enum flow note(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static enum flow note_drop(
	void *ctx, struct span undecided, struct span piece, const struct decision *decision)
{
	(void)decision;
	assert_int_equal(undecided.len, 0);
	return note(ctx, piece);
}

static enum flow note_end(void *ctx)
{
	buf_add_byte(ctx, '\0');
	return FLOW_MORE;
}

TEST(kept_and_dropped_are_the_input)
{
	static const char *const words[] = { "--learn", NULL };
	const struct host host = { .cpu = CPU_SCALAR, .reads = FRAMING_ZERO, .spools = &driving_spools };

	for (uint32_t seed = 0; seed < 60; seed++) {
		struct buf documents = BUF_INIT, noted = BUF_INIT;
		const struct sink out = { .put = note, .end = note_end, .drop = note_drop, .ctx = &noted };
		struct diag why;
		struct driving *driving = driving_open(
			&strip_boilerplate, words, (struct driven_files){ NULL, 0 }, &host, &why);

		add_documents(&documents, 6, seed);
		assert_int_equal(driving_documents(driving, buf_span(&documents),
					 (struct cutting){ 9, seed }, out, &why),
			FLOW_MORE);
		assert_int_equal(noted.len, documents.len);
		assert_memory_equal(noted.at, documents.at, noted.len);
		driving_close(driving);
		buf_release(&documents), buf_release(&noted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(what_every_document_has_goes),
		IT(one_document_teaches_nothing),
		IT(a_document_fetched_twice_keeps_its_text),
		IT(a_paragraph_that_two_reports_share_stays),
		IT(a_sentence_that_many_documents_end_with_goes),
		IT(paragraphs_that_frame_every_story_speak_for_none),
		IT(a_list_ends_at_a_paragraph_that_goes),
		IT(a_headline_listed_below_other_stories_stays_above_its_own),
		IT(a_title_that_two_of_five_documents_have_stays),
		IT(a_document_too_large_for_a_window_is_cleaned_in_all),
		IT(what_parts_the_body_is_of_it),
		IT(learning_in_parts_is_learning_at_once),
		IT(kept_and_dropped_are_the_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
