/* SPDX-License-Identifier: MIT
 * sentence_laws_test.c - what holds for any text: nothing but white space changes, the cut does not matter,
 * and hostile text is neither slow nor held in memory. */
#include <stdio.h>
#include <time.h>

#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/split-sentences/news.h"
#include "filters/split-sentences/split_sentences.h"
#include "tests/unit/check.h"
#include "tests/unit/drive.h"

static const char *const news[] = { "--rules=news", NULL };
static const char *const strict[] = { "--rules=uax29", NULL };
static const char *const joined[] = { "--join-lines", NULL };
static const char *const joined_strict[] = { "--join-lines", "--rules=uax29", NULL };
static const char *const tidy[] = { "--paragraph-mark=", "--dots=break", NULL };
static const char *const tidy_joined[] = { "--paragraph-mark=", "--join-lines", NULL };
static const char *const *const layouts[] = { joined, joined_strict, tidy, tidy_joined };

/* What sentences are made of, and what may derail a splitter. */
static const char *const alphabet[] = { ".", ".", "..", "...", "…", "!", "?", "؟", "۔", "。", "！", "।",
	"։", "،", ",", "؛", ":", ";", "\"", "\"", "'", "“", "”", "«", "»", "„", "`", "(", ")", "[", "]",
	"[1]", "[12]", "」", "-", "—", " ", " ", " ", " ", "  ", "\t", "\xC2\xA0", "\xE2\x80\x8F",
	"\xE2\x80\x8E", "\xE2\x80\xAA", "\xE2\x80\x8B", "\xE2\x80\x8C", "\n", "\n\n", "\r\n", "\r",
	"\xE2\x80\xA8", "\xC2\x85", "3", "٤", "50", "a", "The", "he", "Mr", "U.S", "J", "e.g", "com", "د",
	"أ", "وقال", "بي", "نت", "ق.م", "كلمة", "مدينة", "لم", "קול", "слово", "Слово", "г", "字", "か",
	"क", "ِ", "ـ", "\xF0\x9F\x98\x80", "                                                   " };

enum { ALPHABET = sizeof(alphabet) / sizeof(alphabet[0]) };

static void random_text(struct buf *into, uint32_t *seed)
{
	uint32_t words = check_random(seed) % 60;

	buf_clear(into);
	for (uint32_t i = 0; i < words; i++)
		buf_add(into, span_from(alphabet[check_random(seed) % ALPHABET]));
}

static struct span split(
	struct driven *driven, const char *const *words, struct span text, struct cutting cutting)
{
	*driven = drive(&split_sentences, words, FRAMING_TEXT, text, cutting);
	assert_int_equal(driven->flow, FLOW_MORE);
	return span_head(buf_span(&driven->text), driven->text.len - 1);
}

static void without_space(struct buf *into, struct span text)
{
	buf_clear(into);
	while (text.len) {
		struct rune rune = utf8_first(text);

		text = span_skip(text, rune.len);
		if (!unicode_is_white_space(rune.value))
			utf8_add(into, rune.value);
	}
}

static void check_conserved(struct span text, struct span got)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	without_space(&a, text);
	without_space(&b, got);
	if (!span_equal(buf_span(&a), buf_span(&b)))
		fail_msg("text   %s\nbecame %s", buf_string(&a), buf_string(&b));
	buf_release(&a);
	buf_release(&b);
}

static void check_same(struct span expected, struct span got, struct buf *text)
{
	if (!span_equal(expected, got))
		fail_msg("of %s\nexpected %.*s\ngot      %.*s", buf_string(text), (int)expected.len,
			expected.at, (int)got.len, got.at);
}

typedef void text_law(const char *const *words, struct buf *text, uint32_t seed);

static void for_random_texts(text_law *law)
{
	struct buf text = BUF_INIT;
	uint32_t seed = 20;

	for (int i = 0; i < 600; i++) {
		random_text(&text, &seed);
		law(news, &text, seed);
		law(strict, &text, seed);
		for (size_t k = 0; k < sizeof(layouts) / sizeof(layouts[0]); k++)
			law(layouts[k], &text, seed);
	}
	buf_release(&text);
}

static void only_white_space_changes(const char *const *words, struct buf *text, uint32_t seed)
{
	struct driven driven;

	(void)seed;
	check_conserved(buf_span(text), split(&driven, words, buf_span(text), (struct cutting){ 0, 0 }));
	driven_release(&driven);
}

TEST(nothing_but_white_space_changes)
{
	for_random_texts(only_white_space_changes);
}

static void cut_any_way(const char *const *words, struct buf *text, uint32_t seed)
{
	struct driven whole, single, random;
	struct span expected = split(&whole, words, buf_span(text), (struct cutting){ 0, 0 });

	check_same(expected, split(&single, words, buf_span(text), (struct cutting){ 1, 0 }), text);
	check_same(expected, split(&random, words, buf_span(text), (struct cutting){ 20, seed | 1 }), text);
	driven_release(&whole);
	driven_release(&single);
	driven_release(&random);
}

TEST(the_cut_does_not_matter)
{
	for_random_texts(cut_any_way);
}

/* Where text repeats itself the machine does not judge again what it sees again; in single bytes it never sees enough. */
static void repeated_text(struct buf *into, uint32_t *seed)
{
	struct buf unit = BUF_INIT;

	buf_clear(into);
	for (int part = 0; part < 3; part++) {
		buf_clear(&unit);
		for (uint32_t i = 1 + check_random(seed) % 4; i > 0; i--)
			buf_add(&unit, span_from(alphabet[check_random(seed) % (ALPHABET - 1)]));
		for (uint32_t i = 20 + check_random(seed) % 80; i > 0; i--)
			buf_add(into, buf_span(&unit));
	}
	buf_release(&unit);
}

TEST(repeated_text_is_judged_like_any_other)
{
	struct buf text = BUF_INIT;
	uint32_t seed = 4;

	for (int i = 0; i < 600; i++) {
		repeated_text(&text, &seed);
		cut_any_way(news, &text, seed);
	}
	buf_release(&text);
}

/* Only where a line end takes nothing from the context: news looks for the start of a line, UAX #29 forgets
 * everything there. */
static void strict_twice(const char *const *words, struct buf *text, uint32_t seed)
{
	struct driven once, twice;
	struct span expected;

	(void)seed;
	if (words != strict)
		return;
	expected = split(&once, words, buf_span(text), (struct cutting){ 0, 0 });
	check_same(expected, split(&twice, words, expected, (struct cutting){ 0, 0 }), text);
	driven_release(&once);
	driven_release(&twice);
}

TEST(uax29_twice_is_uax29_once)
{
	for_random_texts(strict_twice);
}

static size_t count_lines(struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == '\n';
	return count;
}

TEST(blank_lines_stay)
{
	struct driven driven;
	struct span got =
		split(&driven, news, SPAN("One. Two.\n\n\nThree.\r\n\r\n"), (struct cutting){ 0, 0 });

	check_same(SPAN("One.\nTwo.\n\n\nThree.\r\n\r\n"), got, &driven.text);
	assert_int_equal(count_lines(got), 6);
	driven_release(&driven);
}

TEST(other_line_ends_become_line_feeds)
{
	struct driven driven;

	check_same(SPAN("a\nb\nc\nd\ne\n"),
		split(&driven, news,
			SPAN("a\xE2\x80\xA8"
			     "b\rc\xC2\x85"
			     "d\xE2\x80\xA9"
			     "e"),
			(struct cutting){ 1, 0 }),
		&driven.text);
	driven_release(&driven);
}

TEST(white_space_behind_the_last_sentence_goes)
{
	struct driven driven;

	check_same(SPAN("One.\nTwo!\nno stop \n"),
		split(&driven, news, SPAN("One. \t\nTwo!  \nno stop "), (struct cutting){ 0, 0 }),
		&driven.text);
	driven_release(&driven);
}

TEST(a_very_wide_gap_is_one_boundary)
{
	struct buf text = BUF_INIT;
	struct driven driven;

	buf_addf(&text, "One.%5000sTwo.%5000s\nThree", "", "");
	check_same(SPAN("One.\nTwo.\nThree\n"),
		split(&driven, news, buf_span(&text), (struct cutting){ 999, 3 }), &driven.text);
	driven_release(&driven);
	buf_release(&text);
}

/* --- hostile text -------------------------------------------------------------------------------------- */

static enum flow drop(void *ctx, struct span piece)
{
	*(size_t *)ctx += piece.len;
	return FLOW_MORE;
}

static enum flow drop_end(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

/* What the machine holds after `count` times `unit` in small pieces. */
static size_t held_after(const char *unit, size_t count)
{
	struct lexicon lexicon = { 0 };
	struct news machine = { .lexicon = &lexicon };
	size_t out_len = 0, most = 0;
	struct sink out = { .put = drop, .end = drop_end, .ctx = &out_len };

	lexicon_read_built_in(&lexicon, "auto");
	news_begin(&machine, &(struct doc_info){ .ordinal = 1 });
	for (size_t i = 0; i < count; i++) {
		news_text(&machine, span_from(unit), out);
		most = machine.held.len > most ? machine.held.len : most;
	}
	news_end(&machine, out);
	assert_true(out_len <= strlen(unit) * count * 2);
	news_release(&machine);
	lexicon_release(&lexicon);
	return most;
}

static const char *const hostile[] = { ".", "\"", "[", ". ", "[1]", "...", "د. ", "U.S. ", "؟\"", "« ", "۔",
	"( ", "a.", "\xE2\x80\x8F", "ِ", " ", "\r", "1.", "Mr. ", ".\xE2\x80\x8F", ". [", "ا.ب", "a.b",
	".\"", "3.5 ", "字。", ".\n", "قال. وقال " };

/* What is decided is put out up to some bytes before its end, which may be within a character. */
TEST(wide_white_space_is_whole_however_the_text_was_cut)
{
	struct buf text = BUF_INIT;
	struct driven whole, cut;

	for (size_t pad = 0; pad < 6; pad++) {
		buf_clear(&text);
		for (size_t i = 0; i < 400; i++)
			buf_add(&text, i < pad       ? SPAN("a")
				       : i % 40 == 0 ? SPAN("\n")
						     : SPAN("A\xE2\x80\x8A"));
		for (uint32_t longest = 1; longest < 60; longest += 7) {
			check_same(split(&whole, joined, buf_span(&text), (struct cutting){ 0, 0 }),
				split(&cut, joined, buf_span(&text), (struct cutting){ longest, 3 }),
				&text);
			driven_release(&whole);
			driven_release(&cut);
		}
	}
	buf_release(&text);
}

TEST(hostile_text_is_not_held)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		assert_true(held_after(hostile[i], 20000) <= 4 * CONTEXT_MAX);
}

static enum flow gather(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

/* What --explain says of `text`, that comes in pieces of `longest` bytes and less, but whole characters. */
static void explained(struct buf *rows, const struct lexicon *lexicon, struct span text, size_t longest)
{
	struct news machine = { .lexicon = lexicon };
	size_t out_len = 0;
	struct sink out = { .put = drop, .end = drop_end, .ctx = &out_len };
	struct sink to = { .put = gather, .end = drop_end, .ctx = rows };
	struct opt_output file = { .path = "rows", .to = &to };

	buf_clear(rows);
	machine.explain.file = &file;
	news_begin(&machine, &(struct doc_info){ .ordinal = 1, .id = SPAN("id") });
	while (text.len) {
		size_t len = utf8_whole(span_head(text, longest));

		news_text(&machine, span_head(text, len ? len : utf8_first(text).len), out);
		text = span_skip(text, len ? len : utf8_first(text).len);
	}
	news_end(&machine, out);
	news_release(&machine);
}

/* Each row has the bytes and the line that it says, but for what has to be escaped. */
static void check_rows(struct buf *rows, struct span text)
{
	for (char *row = strtok(rows->at, "\n"); row; row = strtok(NULL, "\n")) {
		unsigned long long line, start, end;
		int shown = 0;

		assert_int_equal(
			sscanf(row, "1\tid\t%llu\t%llu\t%llu\t%*s %*s 1\t%n", &line, &start, &end, &shown),
			3);
		assert_true(shown && start < end && end <= text.len && end - start <= CONTEXT_MAX);
		assert_int_equal(line, 1 + span_count(span_head(text, start), '\n'));
		if (!strchr(row + shown, '\\'))
			assert_true(
				span_equal(span_from(row + shown), span_skip(span_head(text, end), start)));
	}
}

TEST(rows_say_where_candidates_stand_however_the_text_was_cut)
{
	struct buf text = BUF_INIT, whole = BUF_INIT, cut = BUF_INIT;
	struct lexicon lexicon = { 0 };
	uint32_t seed = 8;

	lexicon_read_built_in(&lexicon, "auto");
	for (int i = 0; i < 600; i++) {
		random_text(&text, &seed);
		explained(&whole, &lexicon, buf_span(&text), text.len + 1);
		explained(&cut, &lexicon, buf_span(&text), 1 + seed % 20);
		check_same(buf_span(&whole), buf_span(&cut), &text);
		buf_string(&whole);
		check_rows(&whole, buf_span(&text));
	}
	lexicon_release(&lexicon);
	buf_release(&text);
	buf_release(&whole);
	buf_release(&cut);
}

static double seconds_for(const char *const *words, const char *unit, size_t count)
{
	struct buf text = BUF_INIT;
	struct driven driven;
	clock_t start;

	for (size_t i = 0; i < count; i++)
		buf_add(&text, span_from(unit));
	start = clock();
	driven =
		drive(&split_sentences, words, FRAMING_TEXT, buf_span(&text), (struct cutting){ 65536, 0 });
	start = clock() - start;
	driven_release(&driven);
	buf_release(&text);
	return (double)start / CLOCKS_PER_SEC;
}

/* A quadratic machine would need minutes for the longer text. */
TEST(hostile_text_is_linear)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		double strict_time = seconds_for(strict, hostile[i], 100000);
		double news_time = seconds_for(news, hostile[i], 100000);

		assert_true(strict_time + news_time < 2.0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(nothing_but_white_space_changes),
		IT(the_cut_does_not_matter),
		IT(repeated_text_is_judged_like_any_other),
		IT(uax29_twice_is_uax29_once),
		IT(blank_lines_stay),
		IT(other_line_ends_become_line_feeds),
		IT(white_space_behind_the_last_sentence_goes),
		IT(a_very_wide_gap_is_one_boundary),
		IT(wide_white_space_is_whole_however_the_text_was_cut),
		IT(hostile_text_is_not_held),
		IT(rows_say_where_candidates_stand_however_the_text_was_cut),
		IT(hostile_text_is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
