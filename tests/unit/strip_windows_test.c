/* SPDX-License-Identifier: MIT
 * strip_windows_test.c - a document longer than a window is judged as if it were not: windows overlap, so what stands
 * around a line is known on either side of a border. Windows are made small here, documents of small articles. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/document.h"

#define LIST_ITEM "Old pier to close\n"
#define BODY      "The ferry went back to the harbour on Monday after a year in the yard.\n"
#define SHORT     "It rained all day long on the pier.\n"

static const char *const pool[] = { "Ferry returns\n", BODY, SHORT, "Share\n", "Source: Harbour Post\n",
	"Read also:\n", LIST_ITEM, "What the captain said\n", "12 May 2021\n", "\n", " \t\n", "Share\r\n",
	"* * *\n", "He spoke. Story continues below advertisement. She did not answer him for a while.\n",
	"الميناء\n", "harbour.example.com\n" };

static const char lexicon[] =
	"[share: line]\nShare\n[source: prefix foot]\nSource:\n[related: prefix list]\nRead also:\n"
	"[advertisement: span cut]\nstory continues below advertisement\n[month: word]\nMay\n";

/* A judge with that lexicon, and a model where there is one. */
struct setting {
	struct phrases phrases;
	struct function_words functions;
	struct document document;
};

static void setting_open(
	struct setting *setting, const struct judge_limits *limits, size_t most, const char *model)
{
	struct judge *judge = &setting->document.judge;
	struct diag why;

	*setting = (struct setting){ .document.most = most };
	judge->phrases = &setting->phrases;
	judge->functions = &setting->functions;
	judge->limits = limits;
	judge->dump.level = model ? LEVEL_NORMAL : LEVEL_CAREFUL;
	assert_true(phrases_add(&setting->phrases, &judge->reader, SPAN("test"), span_from(lexicon), &why));
	if (model)
		assert_true(model_parse(&judge->dump.model, span_from(model), &why));
}

static void setting_close(struct setting *setting)
{
	document_release(&setting->document);
	phrases_release(&setting->phrases);
	function_words_release(&setting->functions);
}

/* What is kept goes to `kept`, and all of it in order to `all`. */
struct outcome {
	struct buf kept, all;
};

static enum flow keep(void *ctx, struct span piece)
{
	struct outcome *outcome = ctx;

	buf_add(&outcome->kept, piece);
	buf_add(&outcome->all, piece);
	return FLOW_MORE;
}

static enum flow drop(void *ctx, struct span undecided, struct span piece, const struct decision *why)
{
	(void)undecided, (void)why;
	buf_add(&((struct outcome *)ctx)->all, piece);
	return FLOW_MORE;
}

/* One document, in pieces of up to `longest` bytes. */
static struct outcome pass(struct setting *setting, struct span text, size_t longest)
{
	struct outcome outcome = { BUF_INIT, BUF_INIT };
	struct sink out = { .put = keep, .drop = drop, .ctx = &outcome };
	uint32_t seed = 3;

	document_begin(&setting->document);
	for (struct span rest = text; rest.len;) {
		struct span piece = span_head(rest, 1 + check_random(&seed) % longest);

		piece = span_head(piece, utf8_whole(piece) ? utf8_whole(piece) : utf8_first(rest).len);
		assert_int_equal(document_text(&setting->document, piece, out), FLOW_MORE);
		rest = span_skip(rest, piece.len);
	}
	assert_int_equal(document_end(&setting->document, out), FLOW_MORE);
	return outcome;
}

static void outcome_release(struct outcome *outcome)
{
	buf_release(&outcome->kept);
	buf_release(&outcome->all);
}

static void check_same(const struct buf *a, const struct buf *b)
{
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->at, b->at, a->len);
}

/* Small articles one after the other: no line waits for the foot longer than windows overlap. */
static void assemble(struct buf *into, uint32_t *seed, size_t articles)
{
	buf_clear(into);
	for (size_t i = 0; i < articles; i++) {
		for (size_t lines = check_random(seed) % 12; lines > 0; lines--)
			buf_add(into, span_from(pool[check_random(seed) % (sizeof pool / sizeof *pool)]));
		buf_add(into, SPAN(BODY));
	}
	for (size_t lines = check_random(seed) % 6; lines > 0; lines--)
		buf_add(into, span_from(pool[check_random(seed) % (sizeof pool / sizeof *pool)]));
}

static const struct judge_limits small = {
	.lines = 64, .ahead_lines = 16, .ahead_bytes = 1200, .back = 16
};

/* Judges documents in windows, and whole, and compares. */
static void check_windows(
	const char *model, const struct judge_limits *limits, size_t most, size_t articles)
{
	struct setting whole, windows;
	struct buf text = BUF_INIT;
	uint32_t seed = 7;

	setting_open(&whole, NULL, STRIP_WINDOW, model);
	setting_open(&windows, limits, most, model);
	for (int i = 0; i < 40; i++) {
		struct outcome wanted, got, cut;

		assemble(&text, &seed, articles);
		wanted = pass(&whole, buf_span(&text), 9000);
		got = pass(&windows, buf_span(&text), 9000);
		cut = pass(&windows, buf_span(&text), 7);
		check_same(&wanted.kept, &got.kept);
		check_same(&got.kept, &cut.kept);
		check_same(&got.all, &text);
		assert_true(wanted.kept.len < text.len);
		outcome_release(&wanted), outcome_release(&got), outcome_release(&cut);
	}
	setting_close(&whole);
	setting_close(&windows);
	buf_release(&text);
}

TEST(explicit_evidence_in_windows_is_that_of_the_whole)
{
	static const struct judge_limits by_bytes = {
		.lines = 1 << 12, .ahead_lines = 1 << 6, .ahead_bytes = 1200
	};
	static const struct judge_limits by_lines = { .lines = 48, .ahead_lines = 24, .ahead_bytes = 900 };

	check_windows(NULL, &small, 1 << 12, 60);
	check_windows(NULL, &by_bytes, 2400, 60);
	check_windows(NULL, &by_lines, 1 << 14, 90);
}

/* A line is body if there is body within four lines on either side of it. */
static const char near_by[] = "features good-4 good+4\n"
			      "tree 0:0 1:0 1:0 0:32767 0:32767 0:32767 0:32767"
			      " 0:32767 0:32767 0:32767 0:32767 0:32767 0:32767 0:32767 0:32767"
			      " -3000 -3000 -3000 -3000 -3000 -3000 -3000 -3000"
			      " -3000 -3000 -3000 -3000 3000 3000 3000 3000\n";

/* A page of many lines: a long menu, then stretches of short lines and of body in turn. */
static void assemble_page(struct buf *into, uint32_t *seed, size_t stretches)
{
	buf_clear(into);
	for (size_t i = 0; i < stretches; i++) {
		for (size_t lines = 4 + check_random(seed) % 14 + (i ? 0 : 200); lines > 0; lines--)
			buf_addf(into, lines % 2 ? "Menu of %u\n" : "Share\n", check_random(seed) % 9000);
		for (size_t lines = check_random(seed) % 8; lines > 0; lines--)
			buf_add(into, SPAN(BODY));
	}
	buf_add(into, SPAN("Share\nMenu\nPiers\nBoats\n"));
}

TEST(the_model_sees_across_the_border_of_windows)
{
	static const struct judge_limits limits = {
		.lines = 400, .ahead_lines = 32, .ahead_bytes = 2000, .back = 32
	};
	struct setting whole, windows;
	struct buf text = BUF_INIT;
	uint32_t seed = 11;

	setting_open(&whole, NULL, STRIP_WINDOW, near_by);
	setting_open(&windows, &limits, 9000, near_by);
	for (int i = 0; i < 12; i++) {
		struct outcome wanted, got;

		assemble_page(&text, &seed, 150);
		wanted = pass(&whole, buf_span(&text), 9000);
		assert_int_equal(whole.document.judge.dump.regime, REGIME_DUMP);
		got = pass(&windows, buf_span(&text), 100);
		check_same(&wanted.kept, &got.kept);
		check_same(&got.all, &text);
		outcome_release(&wanted), outcome_release(&got);
	}
	setting_close(&whole);
	setting_close(&windows);
	buf_release(&text);
}

TEST(a_document_that_just_fills_a_window_is_judged_whole)
{
	static const char text[] = "Ferry returns\n" BODY "Source: Harbour Post\n";
	struct setting setting;
	struct outcome outcome;

	setting_open(&setting, &small, strlen(text), NULL);
	outcome = pass(&setting, span_from(text), 5);
	check_buf(&outcome.kept, "Ferry returns\n" BODY);
	outcome_release(&outcome);
	setting_close(&setting);
}

/* Empty lines, and lines longer than a window, between those that are judged. */
TEST(nothing_is_lost_where_a_window_holds_no_whole_line)
{
	struct setting setting;
	struct buf text = BUF_INIT, wanted = BUF_INIT;
	struct outcome outcome;

	buf_add(&wanted, SPAN("Ferry returns\n"));
	for (int i = 0; i < 4000; i++)
		buf_add(&wanted, SPAN("العبّارة "));
	buf_add(&wanted, SPAN("\n"));
	for (int i = 0; i < 9000; i++)
		buf_add(&wanted, SPAN("\n"));
	buf_add(&text, SPAN("\n\n\nShare\n"));
	buf_add(&text, buf_span(&wanted));
	buf_add(&wanted, SPAN("\r\n" BODY));
	buf_add(&text, SPAN("\r\n" BODY "\nSource: Harbour Post\n\n"));
	setting_open(&setting, &small, 4000, NULL);
	outcome = pass(&setting, buf_span(&text), 300);
	check_same(&outcome.all, &text);
	check_same(&outcome.kept, &wanted);
	outcome_release(&outcome);
	setting_close(&setting);
	buf_release(&text), buf_release(&wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(explicit_evidence_in_windows_is_that_of_the_whole),
		IT(the_model_sees_across_the_border_of_windows),
		IT(a_document_that_just_fills_a_window_is_judged_whole),
		IT(nothing_is_lost_where_a_window_holds_no_whole_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
