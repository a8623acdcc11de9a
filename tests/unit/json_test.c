/* SPDX-License-Identifier: MIT
 * json_test.c - one member of one object, found or refused. */
#include "tests/unit/check.h"

#include "common/json.h"
#include "common/mem.h"
#include "common/utf8.h"

#include <stdlib.h>

static struct span copied(struct span text)
{
	return span_of(mem_copy(text.at, text.len), text.len); /* of just its size, for the sanitizer */
}

/* The text of member "text" in `line`, as this processor finds it; "<absent>", "<other>", or "<bad: why>". */
static void find_text_on(enum cpu cpu, struct buf *into, struct span line)
{
	struct json json = { .cpu = cpu };
	struct json_text said = { .text = BUF_INIT };
	struct json_member member = { .name = SPAN("text"), .said = &said };
	struct diag why;
	struct span own = copied(line);

	if (!json_find(&json, own, &member, 1, &why))
		buf_addf(into, "<bad: %s>", why.text);
	else if (member.type == JSON_ABSENT)
		buf_add(into, SPAN("<absent>"));
	else if (member.type == JSON_OTHER)
		buf_add(into, SPAN("<other>"));
	else
		buf_add(into, buf_span(&said.text));
	free((char *)own.at);
	buf_release(&said.text);
	json_release(&json);
}

/* The same, which must be the same on all. */
static void find_text(struct buf *into, struct span line)
{
	find_text_on(CPU_SCALAR, into, line);
	for (enum cpu cpu = CPU_SSSE3; cpu <= cpu_best(NULL); cpu++) {
		struct buf other = BUF_INIT;

		find_text_on(cpu, &other, line);
		check_buf(&other, buf_string(into));
		buf_release(&other);
	}
}

static void finds(struct span line, const char *expected)
{
	struct buf got = BUF_INIT;

	find_text(&got, line);
	check_buf(&got, expected);
	buf_release(&got);
}

#define FINDS(line, expected) finds(SPAN(line), expected)

TEST(the_member_is_found_wherever_it_stands)
{
	FINDS("{\"text\":\"خبر\"}", "خبر");
	FINDS(" { \"id\" : 7 , \"text\" : \"a b\" } \r", "a b");
	FINDS("{\"a\":[1,{\"text\":\"no\"}],\"text\":\"yes\",\"z\":{}}", "yes");
	FINDS("{\"text\":\"\"}", "");
}

TEST(the_last_of_two_equal_names_counts)
{
	FINDS("{\"text\":\"one\",\"text\":\"two\"}", "two");
	FINDS("{\"text\":\"one\",\"text\":2}", "<other>");
}

TEST(a_name_may_be_spelled_with_escapes)
{
	FINDS("{\"\\u0074e\\u0078t\":\"x\"}", "x");
	FINDS("{\"te\\\\xt\":\"x\"}", "<absent>");
}

TEST(every_escape_is_understood)
{
	FINDS("{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "\"\\/\b\f\n\r\t");
	FINDS("{\"text\":\"\\u0642\\u0627\\u0644 \\u20ac \\u0041\"}", "قال € A");
	FINDS("{\"text\":\"\\ud83d\\ude00\\uD83D\\uDE00\"}", "😀😀");
}

TEST(lone_surrogates_become_bytes_that_are_mended_later)
{
	FINDS("{\"text\":\"\\ud83d\"}", "\xFF");
	FINDS("{\"text\":\"\\ude00\\ud83dx\"}", "\xFF\xFFx");
	FINDS("{\"text\":\"\\ud83d\\u0041\"}", "\xFF"
					       "A");
}

TEST(lone_surrogates_of_bytes_become_these_bytes)
{
	FINDS("{\"text\":\"\\udc80\\udcFF\"}", "\x80\xFF");
	FINDS("{\"text\":\"\\ud83d\\udc80\"}", "\xF0\x9F\x92\x80"); /* a pair */
	FINDS("{\"text\":\"\\udc7f\\udd00\"}", "\xFF\xFF");
}

static bool is_exact(const char *string)
{
	return json_is_exact(span_from(string));
}

TEST(lone_surrogates_without_meaning_are_told_from_bytes)
{
	assert_true(is_exact(""));
	assert_true(is_exact("\\udc80x\\udcff\\u0041\\n\\ud83d\\ude00"));
	assert_true(is_exact("\\\\ud800"));
	assert_false(is_exact("\\ud800"));
	assert_false(is_exact("\\udc7f"));
	assert_false(is_exact("a\\udd00"));
	assert_false(is_exact("\\ud83d\\ud83d\\ude00"));
	assert_false(is_exact("\\\\\\ud800\\udc80x\\ud800"));
}

static void comes_back(struct span bytes, const char *expected)
{
	struct buf escaped = BUF_INIT, back = BUF_INIT;

	json_escape_bytes(&escaped, bytes, CPU_SCALAR);
	if (expected)
		check_buf(&escaped, expected);
	assert_int_equal(utf8_valid_prefix(buf_span(&escaped), CPU_SCALAR), escaped.len);
	assert_true(json_is_exact(buf_span(&escaped)));
	json_unescape(&back, buf_span(&escaped), CPU_SCALAR);
	assert_true(span_equal(buf_span(&back), bytes));
	buf_release(&escaped);
	buf_release(&back);
}

TEST(any_bytes_come_back_from_a_string)
{
	uint32_t seed = 3;

	comes_back(SPAN("خبر \"\\\n\0\x1B"), "خبر \\\"\\\\\\n\\u0000\\u001b");
	comes_back(SPAN("\xE2\x82x\xC7\xE1"), "\\udce2\\udc82x\\udcc7\\udce1");
	comes_back(SPAN("\xED\xA0\x80\xED\xB2\x80"), NULL); /* surrogates as bytes */
	comes_back(SPAN("\xFF________________________________________________________________________\xFE"),
		"\\udcff________________________________________________________________________\\udcfe");
	for (int round = 0; round < 3000; round++) {
		struct buf bytes = BUF_INIT;

		for (size_t len = check_random(&seed) % 20; len > 0; len--)
			buf_add_byte(&bytes, (char)(check_random(&seed) % 3 ? check_random(&seed) : 0xE0));
		comes_back(buf_span(&bytes), NULL);
		buf_release(&bytes);
	}
}

TEST(values_of_other_types_are_no_text)
{
	FINDS("{\"text\":null}", "<other>");
	FINDS("{\"text\":12}", "<other>");
	FINDS("{\"text\":[\"a\"]}", "<other>");
	FINDS("{\"text\":{}}", "<other>");
	FINDS("{\"id\":1}", "<absent>");
	FINDS("{}", "<absent>");
}

/* clang-format off */
/* From RFC 8259's grammar: each is one object, however odd. */
TEST(what_the_grammar_allows_is_accepted)
{
	static const char *const lines[] = {
		"{\"a\":-0}", "{\"a\":0.0}", "{\"a\":1e400}", "{\"a\":1E+2}", "{\"a\":-12.5e-7}",
		"{\"a\":123456789012345678901234567890}", "{\"a\":[]}", "{\"a\":[[],{}]}", "{\"\":\"\"}",
		"{\"a\":true,\"b\":false,\"c\":null}", "{\t\"a\"\n:\r1 }", "{\"a\":\"\x7F\"}",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		finds(span_from(lines[i]), "<absent>");
}

TEST(what_the_grammar_forbids_is_refused)
{
	static const char *const lines[] = {
		"", " ", "[]", "\"text\"", "1", "null", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
		"{,}", "{\"a\":1 \"b\":2}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}",
		"{\"a\":+1}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":0x10}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}",
		"{\"a\":truefalse}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":(1)}", "{\"a\":{]}",
		"{\"a\":-", "{\"a\":0", "{\"a\":1e", "{\"a\":1e+", "{\"a\":1.", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u123\"}", "{\"a\":\"\\",
		"{\"a\":\"", "{\"a\":1}x", "{\"a\":1}{}", "{\"a\":1}}", "\xEF\xBB\xBF{}", "{\"a\":/**/1}",
	};
	struct buf got = BUF_INIT;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_clear(&got);
		find_text(&got, span_from(lines[i]));
		if (strncmp(buf_string(&got), "<bad: ", 6) != 0)
			fail_msg("accepted: %s", lines[i]);
	}
	buf_release(&got);
}
/* clang-format on */

/* A string member with so many letters in front of `broken`; on all processors the record is refused. */
static void is_refused_with(const char *member, int letters, const char *broken, const char *behind)
{
	struct buf line = BUF_INIT, got = BUF_INIT;

	buf_addf(&line, "{\"%s\":\"%.*s%s%s", member, letters,
		"_______________________________________________________________________", broken, behind);
	find_text(&got, buf_span(&line));
	assert_true(span_has_prefix(buf_span(&got), SPAN("<bad: ")));
	buf_release(&line);
	buf_release(&got);
}

TEST(a_broken_escape_is_refused_at_every_distance)
{
	static const char *const broken[] = { "\\x", "\\u12zz", "\\u0041\\x", "\\u0041\\u00zz", "\\u",
		"\\u123", "\\" };

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		for (int letters = 0; letters < 70; letters++) {
			is_refused_with("text", letters, broken[i], "________\"}");
			is_refused_with("text", letters, broken[i], "");
			is_refused_with("other", letters, broken[i], "________\"}");
			is_refused_with("other", letters, broken[i], "");
		}
}

TEST(a_name_without_end_is_refused)
{
	FINDS("{\"te", "<bad: a string without end at byte 4>");
	FINDS("{\"a\":1,\"te\x01xt\":\"x\"}", "<bad: a control character in a string at byte 10>");
}

TEST(a_refusal_names_what_and_where)
{
	FINDS("{\"a\":1}x", "<bad: garbage after the object at byte 7>");
	FINDS("[1]", "<bad: not a JSON object at byte 0>");
	FINDS("{\"a\":01}", "<bad: a comma or a closing bracket is missing at byte 6>");
	FINDS("{\"a\":\"x\ny\"}", "<bad: a control character in a string at byte 7>");
}

TEST(a_hundred_thousand_levels_need_no_stack)
{
	enum { LEVELS = 100000 };
	struct buf line = BUF_INIT, got = BUF_INIT;

	buf_add(&line, SPAN("{\"deep\":"));
	for (int i = 0; i < LEVELS; i++)
		buf_add(&line, i % 2 ? SPAN("{\"a\":") : SPAN("["));
	buf_add(&line, SPAN("1"));
	for (int i = LEVELS; i-- > 0;)
		buf_add_byte(&line, i % 2 ? '}' : ']');
	buf_add(&line, SPAN(",\"text\":\"found\"}"));
	find_text(&got, buf_span(&line));
	check_buf(&got, "found");
	buf_release(&line);
	buf_release(&got);
}

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz";

/* Escapes at every distance from the start, from the end and from each other: in and across vectors and blocks. */
TEST(escapes_are_found_at_every_distance)
{
	static const char *const escapes[] = { "\\\\y\\\"", "\\n", "\\\"\\n\\n", "\\u0642\\/",
		"\\n\\u000a" };
	static const char *const meanings[] = { "\\y\"", "\n", "\"\n\n", "ق/", "\n\n" };

	for (size_t i = 0; i < 5 * 200; i++) {
		struct buf line = BUF_INIT, want = BUF_INIT;
		size_t len = i % 200;

		buf_add(&line, SPAN("{\"text\":\""));
		for (size_t at = 0; at < 200; at++) {
			bool here = at == len || at == 150;

			struct span plain = span_of(&alphabet[at % 26], 1);

			buf_add(&line, here ? span_from(escapes[i / 200]) : plain);
			buf_add(&want, here ? span_from(meanings[i / 200]) : plain);
		}
		buf_add(&line, SPAN("\"}"));
		finds(buf_span(&line), buf_string(&want));
		buf_release(&line);
		buf_release(&want);
	}
}

/* One byte of each kind at every place: the same on every processor, and it comes back. */
TEST(every_byte_is_spelled_at_every_distance)
{
	for (size_t i = 0; i < 128 * 100; i++) {
		struct buf text = BUF_INIT, scalar = BUF_INIT;

		for (size_t at = 0; at < 150; at++)
			buf_add_byte(
				&text, at == i / 128 || at == 60 ? (char)(i % 128) : alphabet[at % 26]);
		json_escape(&scalar, buf_span(&text), CPU_SCALAR);
		for (enum cpu cpu = CPU_SSSE3; cpu <= cpu_best(NULL); cpu++) {
			struct buf spelled = BUF_INIT, back = BUF_INIT;

			buf_reserve(&spelled, i % 2 ? 500 : 0); /* without room, vectors have to stop */
			json_escape(&spelled, buf_span(&text), cpu);
			check_buf(&spelled, buf_string(&scalar));
			json_unescape(&back, buf_span(&spelled), cpu);
			assert_true(span_equal(buf_span(&back), buf_span(&text)));
			buf_release(&spelled);
			buf_release(&back);
		}
		buf_release(&text);
		buf_release(&scalar);
	}
}

/* Twice as long as the text, and six times, in memory that grows on the way. */
TEST(a_text_of_nothing_but_escapes_is_spelled_whole)
{
	for (size_t len = 0; len < 400; len += 7) {
		struct buf quotes = BUF_INIT, controls = BUF_INIT;

		for (size_t i = 0; i < len; i++) {
			buf_add_byte(&quotes, '"');
			buf_add_byte(&controls, '\x1F');
		}
		for (enum cpu cpu = CPU_SCALAR; cpu <= cpu_best(NULL); cpu++) {
			struct buf spelled = BUF_INIT;

			json_escape(&spelled, buf_span(&quotes), cpu);
			assert_int_equal(spelled.len, 2 * len);
			json_escape(&spelled, buf_span(&controls), cpu);
			assert_int_equal(spelled.len, 8 * len);
			buf_release(&spelled);
		}
		buf_release(&quotes);
		buf_release(&controls);
	}
}

TEST(the_tail_starts_at_the_closing_brace)
{
	struct json json = { 0 };
	struct diag why;

	assert_true(json_find(&json, SPAN("{\"a\":{}} \r"), NULL, 0, &why));
	assert_true(span_equal(json.tail, SPAN("} \r")));
	assert_true(json.has_members);
	assert_true(json_find(&json, SPAN("{ }"), NULL, 0, &why));
	assert_true(span_equal(json.tail, SPAN("}")));
	assert_false(json.has_members);
	json_release(&json);
}

TEST(unescape_undoes_escape)
{
	uint32_t seed = 3;

	for (int round = 0; round < 2000; round++) {
		struct buf text = BUF_INIT, line = BUF_INIT, got = BUF_INIT;
		uint32_t count = check_random(&seed) % 60;

		for (uint32_t i = 0; i < count; i++) {
			uint32_t pick = check_random(&seed) % 5;
			int32_t value = pick < 2    ? (int32_t)(check_random(&seed) % 0x7F) + 1
					: pick == 2 ? (pick % 2 ? '"' : '\\')
						    : 0x600 + (int32_t)(check_random(&seed) % 0xFF);

			utf8_add(&text, value);
		}
		buf_add(&line, SPAN("{\"text\":\""));
		json_escape(&line, buf_span(&text), CPU_SCALAR);
		buf_add(&line, SPAN("\"}"));
		find_text(&got, buf_span(&line));
		check_buf(&got, buf_string(&text));
		buf_release(&text);
		buf_release(&line);
		buf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(the_member_is_found_wherever_it_stands),
		IT(the_last_of_two_equal_names_counts),
		IT(a_name_may_be_spelled_with_escapes),
		IT(every_escape_is_understood),
		IT(lone_surrogates_become_bytes_that_are_mended_later),
		IT(lone_surrogates_of_bytes_become_these_bytes),
		IT(lone_surrogates_without_meaning_are_told_from_bytes),
		IT(any_bytes_come_back_from_a_string),
		IT(values_of_other_types_are_no_text),
		IT(what_the_grammar_allows_is_accepted),
		IT(what_the_grammar_forbids_is_refused),
		IT(a_broken_escape_is_refused_at_every_distance),
		IT(a_name_without_end_is_refused),
		IT(a_refusal_names_what_and_where),
		IT(a_hundred_thousand_levels_need_no_stack),
		IT(escapes_are_found_at_every_distance),
		IT(every_byte_is_spelled_at_every_distance),
		IT(a_text_of_nothing_but_escapes_is_spelled_whole),
		IT(the_tail_starts_at_the_closing_brace),
		IT(unescape_undoes_escape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
