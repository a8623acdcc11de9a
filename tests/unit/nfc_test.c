/* SPDX-License-Identifier: MIT
 * nfc_test.c - NFC where Unicode's own test (conformance_normalization_test.c) does not look: long runs,
 * pieces, clean prefixes, speed. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

#include "tests/unit/check.h"

#include "common/nfc.h"
#include "common/unicode.h"
#include "common/utf8.h"

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	return check_random(seed) % limit;
}

/* Characters that combine, reorder, decompose or stop others from doing so. */
static int32_t awkward(uint32_t *seed)
{
	static const int32_t some[] = { 'a', 'D', 'e', 0x0627, 0x064A, 0x0653, 0x0654, 0x0655, 0x064B,
		0x0651, 0x0301, 0x0307, 0x0323, 0x031B, 0x0327, 0x0340, 0x0344, 0x0345, 0x03B1, 0x1E0B,
		0x1E63, 0x1F71, 0x2126, 0x212B, 0x0915, 0x0921, 0x093C, 0x0958, 0x095C, 0x09C7, 0x09BE,
		0x09CB, 0x0B47, 0x0B3E, 0x0CC6, 0x0CC2, 0x0CCA, 0x0CD5, 0x0DD9, 0x0DCF, 0x0DCA, 0x0DDC,
		0x0F71, 0x0F72, 0x0F73, 0x0F74, 0x0F81, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01, 0xD7A3,
		0xFB1D, 0xF900, 0x1D15F, 0x110A5, 0x110BA, 0x034F, 0x200D, 0x3099, 0x304B, 0x0338, 0x2282 };

	return some[random_below(seed, sizeof(some) / sizeof(some[0]))];
}

/* Now and then behind letters of ASCII, which are looked at eight at a time. */
static void add_awkward(struct buf *text, uint32_t runes, uint32_t *seed)
{
	while (runes--) {
		if (random_below(seed, 8) == 0)
			buf_add(text,
				span_head(SPAN("abcdefghijklmnopqrstuvwxyz"), random_below(seed, 26)));
		utf8_add(text, awkward(seed));
	}
}

/* The oracle: utf8proc does it all. */
static struct span slow_nfc(struct span text, utf8proc_uint8_t **memory)
{
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len,
		memory, UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	assert_true(len >= 0);
	return span_of((char *)*memory, (size_t)len);
}

static void check_span(struct span got, struct span expected)
{
	assert_int_equal(got.len, expected.len);
	if (expected.len)
		assert_memory_equal(got.at, expected.at, expected.len);
}

TEST(agrees_with_utf8proc_on_awkward_text)
{
	struct buf text = BUF_INIT, got = BUF_INIT;
	uint32_t seed = 1;

	for (int round = 0; round < 200000; round++) {
		utf8proc_uint8_t *memory;

		buf_clear(&text);
		buf_clear(&got);
		add_awkward(&text, 1 + random_below(&seed, round % 100 == 0 ? 60 : 6), &seed);
		nfc_add(&got, buf_span(&text));
		check_span(buf_span(&got), slow_nfc(buf_span(&text), &memory));
		free(memory);
	}
	buf_release(&text);
	buf_release(&got);
}

/* One segment that is too long for the short way: nothing in it starts another. */
static void add_long_segment(struct buf *text, uint32_t *seed)
{
	utf8_add(text, awkward(seed));
	for (uint32_t runes = 20 + random_below(seed, 100); runes;) {
		int32_t cp = awkward(seed);

		if (unicode_starts_nfc_segment(cp) && random_below(seed, 200))
			continue;
		utf8_add(text, cp);
		runes--;
	}
}

TEST(agrees_with_utf8proc_on_long_segments)
{
	struct buf text = BUF_INIT, got = BUF_INIT;
	uint32_t seed = 7;

	for (int round = 0; round < 5000; round++) {
		utf8proc_uint8_t *memory;

		buf_clear(&text);
		buf_clear(&got);
		add_long_segment(&text, &seed);
		nfc_add(&got, buf_span(&text));
		check_span(buf_span(&got), slow_nfc(buf_span(&text), &memory));
		free(memory);
	}
	buf_release(&text);
	buf_release(&got);
}

/* What is called clean is its own NFC, and stays so when the rest is normalized behind it. */
TEST(clean_prefix_may_be_kept)
{
	struct buf text = BUF_INIT, whole = BUF_INIT, parts = BUF_INIT;
	uint32_t seed = 2;

	for (int round = 0; round < 100000; round++) {
		size_t clean;

		buf_clear(&text);
		buf_clear(&whole);
		buf_clear(&parts);
		buf_add(&text, span_head(SPAN("plain text, longer than eight bytes"), (size_t)round % 36));
		add_awkward(&text, 1 + random_below(&seed, 8), &seed);
		nfc_add(&whole, buf_span(&text));
		clean = nfc_clean_prefix(buf_span(&text));
		assert_memory_equal(whole.at, text.at, clean);
		nfc_add(&parts, span_skip(buf_span(&text), clean));
		check_span(buf_span(&parts), span_skip(buf_span(&whole), clean));
	}
	buf_release(&text);
	buf_release(&whole);
	buf_release(&parts);
}

/* Clean text of scripts whose signs "maybe" combine is passed over, not worked on. */
TEST(clean_text_of_many_scripts_is_clean)
{
	static const char *const texts[] = {
		"قال المتحدث إنّ الاجتماع أُرجئ إلى يوم الأحد، ولم يُعلَن السبب. آل مؤتمر شئون هيئة",
		"বাংলাদেশের রাজধানী ঢাকায় আজ সকালে বৃষ্টি হয়েছে।",
		"தமிழ்நாட்டில் இன்று மழை பெய்தது.",
		"सड़क पर बड़ी भीड़ थी, पढ़ाई बंद रही।",
		"Họp báo chiều nay tại Hà Nội: giá điện không đổi.",
		"서울에서 회의가 열렸다.",
		"会議は東京で開かれた。ガソリン",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(nfc_clean_prefix(span_from(texts[i])), strlen(texts[i]));
}

/* The loop that nfc.h shows. */
static void stream(struct buf *out, struct buf *held, struct span piece)
{
	size_t settled = nfc_settled(piece);

	buf_add(held, span_head(piece, settled ? settled : piece.len));
	if (settled == 0)
		return;
	nfc_add(out, buf_span(held));
	buf_clear(held);
	buf_add(held, span_skip(piece, settled));
}

TEST(pieces_give_what_the_whole_gives)
{
	struct buf text = BUF_INIT, whole = BUF_INIT, out = BUF_INIT, held = BUF_INIT;
	uint32_t seed = 3;

	for (int round = 0; round < 50000; round++) {
		struct span rest;

		buf_clear(&text);
		buf_clear(&whole);
		buf_clear(&out);
		buf_clear(&held);
		add_awkward(&text, 1 + random_below(&seed, 30), &seed);
		nfc_add(&whole, buf_span(&text));
		for (rest = buf_span(&text); rest.len;) {
			size_t cut = utf8_whole(span_head(rest, 4 + random_below(&seed, 12)));

			stream(&out, &held, span_head(rest, cut));
			rest = span_skip(rest, cut);
		}
		nfc_add(&out, buf_span(&held));
		check_span(buf_span(&out), buf_span(&whole));
	}
	buf_release(&text);
	buf_release(&whole);
	buf_release(&out);
	buf_release(&held);
}

TEST(only_marks_are_held_back)
{
	assert_int_equal(nfc_settled(SPAN("")), 0);
	assert_int_equal(nfc_settled(SPAN("a")), 0);
	assert_int_equal(nfc_settled(SPAN("ab")), 1);
	assert_int_equal(nfc_settled(SPAN("ab\u0301\u0302")), 1);
	assert_int_equal(nfc_settled(SPAN("\u0301\u0302")), 0);
	assert_int_equal(nfc_settled(SPAN("\u0958\u0958\u0958")), 6); /* not in NFC, but settled */
	assert_int_equal(nfc_settled(SPAN("\u2126\u2126")), 3);
	assert_int_equal(nfc_settled(SPAN("\uAC00\u1100\u1161\u11A8")), 3);
}

/* Ten marks of different classes, in random order. */
static void add_marks(struct buf *text, size_t marks, uint32_t *seed)
{
	static const int32_t some[] = { 0x0301, 0x0316, 0x064B, 0x0651, 0x031B, 0x0327, 0x05B0, 0x0345,
		0x302A, 0x0F71 };

	while (marks--)
		utf8_add(text, some[random_below(seed, 10)]);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

TEST(a_million_marks_are_ordered_at_once)
{
	struct buf text = BUF_INIT, got = BUF_INIT, again = BUF_INIT;
	uint32_t seed = 4;
	uint8_t class = 0;
	double start;

	buf_add(&text, SPAN("x"));
	add_marks(&text, 1000000, &seed);
	start = seconds();
	nfc_add(&got, buf_span(&text));
	assert_true(seconds() - start < 5.0); /* 0.03 s; quadratic takes hours; sanitizers are slow */
	for (struct span rest = span_skip(buf_span(&got), 1); rest.len;) {
		struct rune rune = utf8_first(rest);

		assert_true(unicode_combining_class(rune.value) >= class);
		class = unicode_combining_class(rune.value);
		rest = span_skip(rest, rune.len);
	}
	nfc_add(&again, buf_span(&got));
	check_span(buf_span(&again), buf_span(&got));
	buf_release(&text);
	buf_release(&got);
	buf_release(&again);
}

/* Long enough for the counting sort, short enough for utf8proc. */
TEST(long_runs_are_ordered_exactly)
{
	struct buf text = BUF_INIT, got = BUF_INIT;
	uint32_t seed = 5;

	for (size_t marks = 10; marks < 200; marks++) {
		utf8proc_uint8_t *memory;

		buf_clear(&text);
		buf_clear(&got);
		add_awkward(&text, 1, &seed);
		add_marks(&text, marks, &seed);
		add_awkward(&text, 3, &seed);
		nfc_add(&got, buf_span(&text));
		check_span(buf_span(&got), slow_nfc(buf_span(&text), &memory));
		free(memory);
	}
	buf_release(&text);
	buf_release(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(agrees_with_utf8proc_on_awkward_text),
		IT(agrees_with_utf8proc_on_long_segments),
		IT(clean_prefix_may_be_kept),
		IT(clean_text_of_many_scripts_is_clean),
		IT(pieces_give_what_the_whole_gives),
		IT(only_marks_are_held_back),
		IT(a_million_marks_are_ordered_at_once),
		IT(long_runs_are_ordered_exactly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
