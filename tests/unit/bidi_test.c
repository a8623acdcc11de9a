/* SPDX-License-Identifier: MIT
 * bidi_test.c - which bidirectional controls stay: cases, a slow oracle on random lines, and hostile lines.
 *
 * Controls are written as ASCII: "(" RLE, "[" RLI, "{" LRI, "o" RLO, ")" PDF, "]" PDI, "^" a mark. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

#include "common/utf8.h"
#include "filters/normalize/bidi.h"

static const struct {
	char sign;
	int32_t cp;
} signs[] = {
	{ '(', 0x202B },
	{ '<', 0x202A },
	{ 'o', 0x202E },
	{ 'O', 0x202D },
	{ ')', 0x202C },
	{ '[', 0x2067 },
	{ '{', 0x2066 },
	{ '~', 0x2068 },
	{ ']', 0x2069 },
	{ '^', 0x200F },
};

enum { SIGNS = sizeof(signs) / sizeof(signs[0]) };

static int32_t meant(char c)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (signs[i].sign == c)
			return signs[i].cp;
	return (unsigned char)c;
}

static char written(int32_t cp)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (signs[i].cp == cp)
			return signs[i].sign;
	return (char)cp;
}

static void put(void *ctx, int32_t cp)
{
	buf_add_byte(ctx, written(cp));
}

static uint64_t strip(struct span text, struct buf *to)
{
	struct bidi bidi = { .next = NULL };
	uint64_t dropped;

	bidi_init(&bidi, put, to);
	bidi_begin(&bidi);
	for (size_t i = 0; i < text.len; i++)
		bidi_add(&bidi, meant(text.at[i]));
	bidi_end(&bidi);
	assert_false(bidi_wait(&bidi));
	dropped = bidi.dropped;
	bidi_release(&bidi);
	return dropped;
}

static void check_becomes(const char *from, const char *to)
{
	struct buf out = BUF_INIT, again = BUF_INIT;
	uint64_t dropped = strip(span_from(from), &out);

	check_buf(&out, to);
	assert_int_equal(dropped, strlen(from) - strlen(to));
	assert_int_equal(strip(buf_span(&out), &again), 0);
	check_buf(&again, to);
	buf_release(&out);
	buf_release(&again);
}

TEST(text_without_controls_is_left_alone)
{
	check_becomes("", "");
	check_becomes("a\n\nb", "a\n\nb");
}

TEST(balanced_pairs_stay)
{
	check_becomes("a (b) c", "a (b) c");
	check_becomes("[a] {b] ~c]", "[a] {b] ~c]");
	check_becomes("(a [b (c) d] e)", "(a [b (c) d] e)");
	check_becomes("oa) Ob) <c)", "oa) Ob) <c)");
	check_becomes("()[]", "()[]");
}

TEST(marks_go_inside_pairs_too)
{
	check_becomes("^a (b^) [^]", "a (b) []");
}

TEST(lone_openers_and_closers_go)
{
	check_becomes("a ( b", "a  b");
	check_becomes("a ) b ] c", "a  b  c");
	check_becomes("[a) b", "a b");
	check_becomes("(a] b", "a b");
	check_becomes("((a)", "(a)");
	check_becomes("(a))", "(a)");
}

TEST(a_pair_does_not_reach_into_the_next_line)
{
	check_becomes("a (b\nc) d", "a b\nc d");
	check_becomes("[a\rb] (c)\n", "a\rb (c)\n");
}

TEST(an_isolate_closes_the_embeddings_inside_it)
{
	check_becomes("[a (b] c)", "[a b] c");
	check_becomes("([(((])", "([])");
	check_becomes("[[(]a(])", "[[]a]");
}

TEST(an_embedding_does_not_close_across_an_isolate)
{
	check_becomes("(a [b) c] d)", "(a [b c] d)");
	check_becomes("(a [b) c] d", "a [b c] d");
}

static void add_many(struct buf *text, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add(text, span_from(what));
}

static void check_nested(size_t levels, size_t stay)
{
	struct buf from = BUF_INIT, to = BUF_INIT;

	for (int isolates = 0; isolates < 2; isolates++) {
		buf_clear(&from);
		buf_clear(&to);
		add_many(&from, isolates ? "[" : "(", levels);
		buf_add(&from, SPAN("a"));
		add_many(&from, isolates ? "]" : ")", levels);
		add_many(&to, isolates ? "[" : "(", stay);
		buf_add(&to, SPAN("a"));
		add_many(&to, isolates ? "]" : ")", stay);
		check_becomes(buf_string(&from), buf_string(&to));
	}
	buf_release(&from);
	buf_release(&to);
}

TEST(deeper_than_unicode_allows_is_unbalanced)
{
	check_nested(124, 124);
	check_nested(125, 125);
	check_nested(126, 125);
	check_nested(100000, 125);
}

TEST(closers_of_deep_openers_do_not_close_others)
{
	struct buf from = BUF_INIT, to = BUF_INIT;

	add_many(&from, "(", 125);
	buf_add(&from, SPAN("[()(](a))[b]"));
	add_many(&from, ")", 125);
	add_many(&to, "(", 125);
	buf_add(&to, SPAN("a)[b]"));
	add_many(&to, ")", 124);
	check_becomes(buf_string(&from), buf_string(&to));
	buf_release(&from);
	buf_release(&to);
}

/* A pair of `inside` letters between other text. */
static void check_long_pair(size_t inside, const char *end, bool stays)
{
	struct buf from = BUF_INIT, to = BUF_INIT;

	buf_add(&from, SPAN("x [("));
	add_many(&from, "a", inside);
	buf_add(&from, span_from(end));
	buf_add(&to, stays ? SPAN("x [(") : SPAN("x "));
	add_many(&to, "a", inside);
	buf_add(&to, stays ? SPAN(")] (b)\n") : SPAN(" (b)\n"));
	check_becomes(buf_string(&from), buf_string(&to));
	buf_release(&from);
	buf_release(&to);
}

TEST(what_is_held_is_bounded)
{
	check_long_pair(BIDI_HELD - 3, ")] (b)\n", true);
	check_long_pair(BIDI_HELD - 1, ")] (b)\n", false);
	check_long_pair(3 * BIDI_HELD, ")] (b)\n", false);
	check_long_pair(3 * BIDI_HELD, "] (b)\n", false);
	check_long_pair(3 * BIDI_HELD, "]) (b)\n", false);
}

TEST(millions_of_controls_take_linear_time)
{
	static const char *const hostile[] = { "(", "[", ")", "]", "([", "[(]", "(a\n", "[(((((((((", "^" };

	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct buf from = BUF_INIT, to = BUF_INIT, again = BUF_INIT;

		add_many(&from, hostile[i], 1000000);
		strip(buf_span(&from), &to);
		assert_int_equal(strip(buf_span(&to), &again), 0);
		buf_release(&from);
		buf_release(&to);
		buf_release(&again);
	}
}

TEST(a_document_does_not_reach_into_the_next)
{
	struct bidi bidi = { .next = NULL };
	struct buf out = BUF_INIT;

	bidi_init(&bidi, put, &out);
	for (int i = 0; i < 2; i++) {
		bidi_begin(&bidi);
		bidi_add(&bidi, meant(')'));
		bidi_add(&bidi, 'a');
		assert_false(bidi_wait(&bidi));
		bidi_add(&bidi, meant('('));
		assert_true(bidi_wait(&bidi));
		bidi_end(&bidi);
	}
	check_buf(&out, "aa");
	bidi_release(&bidi);
	buf_release(&out);
}

/* --- the oracle: removes what cannot be paired, one scan for each pair, in a short line ------------------- */

static bool is_isolate(char c)
{
	return strchr("[{~", c) != NULL;
}

/* Where the PDI is that matches the isolate at `i` (BD9); SIZE_MAX when there is none. */
static size_t matching_pdi(const char *line, size_t i)
{
	size_t open = 1;

	while (line[++i]) {
		open += is_isolate(line[i]);
		open -= line[i] == ']';
		if (open == 0)
			return i;
	}
	return SIZE_MAX;
}

/* Where the PDF is that matches the embedding at `i` (BD11): before the PDI that would close the isolate around,
 * isolates inside it stepped over. */
static size_t matching_pdf(const char *line, size_t i)
{
	size_t open = 1;

	while (line[++i]) {
		if (is_isolate(line[i])) {
			i = matching_pdi(line, i);
			if (i == SIZE_MAX)
				return SIZE_MAX;
			continue;
		}
		if (line[i] == ']')
			return SIZE_MAX;
		open += strchr("(<oO", line[i]) != NULL;
		open -= line[i] == ')';
		if (open == 0)
			return i;
	}
	return SIZE_MAX;
}

/* An unmatched PDI ends nothing when no isolate is open around it. */
static void drop_lone_pdis(char *line)
{
	size_t open = 0;

	for (size_t i = 0; line[i]; i++) {
		open += is_isolate(line[i]);
		if (line[i] == ']' && open == 0)
			line[i] = '^';
		else
			open -= line[i] == ']';
	}
}

static void oracle(const char *from, char *to)
{
	char line[64];
	bool stays[64] = { false };

	strcpy(line, from);
	drop_lone_pdis(line);
	for (size_t i = 0; line[i]; i++) {
		size_t end = SIZE_MAX;

		if (is_isolate(line[i]))
			end = matching_pdi(line, i);
		else if (strchr("(<oO", line[i]))
			end = matching_pdf(line, i);
		else if (!strchr(")]^", line[i]))
			stays[i] = true;
		if (end != SIZE_MAX)
			stays[i] = stays[end] = true;
	}
	for (size_t i = 0; line[i]; i++)
		if (stays[i])
			*to++ = line[i];
	*to = '\0';
}

TEST(agrees_with_a_slow_oracle_on_random_lines)
{
	static const char alphabet[] = "([{)]o^a)]";
	uint32_t seed = 2024;

	for (int round = 0; round < 50000; round++) {
		char line[64], expected[64];
		size_t len = check_random(&seed) % 24;

		for (size_t i = 0; i < len; i++)
			line[i] = alphabet[check_random(&seed) % (sizeof(alphabet) - 1)];
		line[len] = '\0';
		oracle(line, expected);
		check_becomes(line, expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(text_without_controls_is_left_alone),
		IT(balanced_pairs_stay),
		IT(marks_go_inside_pairs_too),
		IT(lone_openers_and_closers_go),
		IT(a_pair_does_not_reach_into_the_next_line),
		IT(an_isolate_closes_the_embeddings_inside_it),
		IT(an_embedding_does_not_close_across_an_isolate),
		IT(deeper_than_unicode_allows_is_unbalanced),
		IT(closers_of_deep_openers_do_not_close_others),
		IT(what_is_held_is_bounded),
		IT(millions_of_controls_take_linear_time),
		IT(a_document_does_not_reach_into_the_next),
		IT(agrees_with_a_slow_oracle_on_random_lines),
	};

	return cmocka_run_group_tests_name("bidi", tests, NULL, NULL);
}
