/* SPDX-License-Identifier: MIT
 * decode_test.c - encodings: what is guessed, what is decoded, and that the cuts of the input do not show. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

#include "filters/normalize/decode.h"
#include "filters/normalize/normalize.h"
#include "tests/unit/drive.h"

static const char arabic[] =
	"أعلنت الوزارة اليوم أن الأشغال ستبدأ في الخريف المقبل، بكلفة 3.5 مليون دينار.\n"
	"وأضافت: «لن يتأخر المشروع»؛ فهل يصدق الوعد هذه المرة؟\n";
static const char persian[] =
	"وزیر گفت که ژاله چهار کتاب پیدا کرده است، اما نمی‌رود.\n";
static const char french[] = "À l'été, les élèves reçoivent où ils étaient déjà; ça va être gêné.\n";
static const char russian[] = "Министр сообщил, что работы начнутся осенью будущего года.\n";
static const char chinese[] = "部长表示，工程将于明年秋季开工。费用为3.5亿元。\n";

/* glibc's iconv, another's knowledge of encodings. */
static struct buf encode(const char *text, const char *encoding)
{
	iconv_t to = iconv_open(encoding, "UTF-8");
	struct buf raw = BUF_INIT;
	size_t in_left = strlen(text), out_left = 4 * in_left + 16;
	char *in = (char *)(uintptr_t)text, *out = buf_reserve(&raw, out_left);
	size_t room = out_left;

	assert_true(to != (iconv_t)-1);
	assert_int_equal(iconv(to, &in, &in_left, &out, &out_left), 0);
	iconv_close(to);
	raw.len = room - out_left;
	return raw;
}

static enum encoding guess(struct span raw, bool has_nul)
{
	static struct guesser guesser;

	if (guesser.letter_count == 0)
		guesser_init(&guesser);
	return encoding_guess(&guesser, raw, has_nul);
}

static void check_guess(const char *text, const char *encoding, enum encoding expected)
{
	struct buf raw = encode(text, encoding);

	assert_int_equal(guess(buf_span(&raw), true), expected);
	buf_release(&raw);
}

TEST(arabic_is_recognised_in_each_encoding)
{
	check_guess(arabic, "UTF-8", ENCODING_UTF_8);
	check_guess(arabic, "WINDOWS-1256", ENCODING_WINDOWS_1256);
	check_guess(arabic, "UTF-16LE", ENCODING_UTF_16LE);
	check_guess(arabic, "UTF-16BE", ENCODING_UTF_16BE);
	check_guess(arabic, "UTF-16", ENCODING_UTF_16LE);
}

TEST(persian_is_recognised_in_windows_1256)
{
	check_guess(
		"گفت که ژاله چهار کتاب پارسال خواند، و بازگشت.\n", "WINDOWS-1256", ENCODING_WINDOWS_1256);
}

TEST(one_word_is_enough)
{
	check_guess("مرحبا\n", "WINDOWS-1256", ENCODING_WINDOWS_1256);
	check_guess("نعم", "UTF-16LE", ENCODING_UTF_16LE);
}

TEST(other_languages_are_recognised_in_utf_16)
{
	check_guess(persian, "UTF-16LE", ENCODING_UTF_16LE);
	check_guess(french, "UTF-16LE", ENCODING_UTF_16LE);
	check_guess(russian, "UTF-16BE", ENCODING_UTF_16BE);
	check_guess(chinese, "UTF-16", ENCODING_UTF_16LE);
}

TEST(what_is_not_arabic_is_not_windows_1256)
{
	check_guess(russian, "WINDOWS-1251", ENCODING_UTF_8);
	check_guess(russian, "KOI8-R", ENCODING_UTF_8);
	check_guess(chinese, "GBK", ENCODING_UTF_8);
}

TEST(utf_8_in_many_scripts_stays)
{
	static const char *const texts[] = { arabic, persian, french, russian, chinese, "", "a",
		"plain\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check_guess(texts[i], "UTF-8", ENCODING_UTF_8);
}

/* Every place and every bad byte: one is never a reason to take the document for something else. */
TEST(a_bad_byte_does_not_change_the_guess)
{
	static const char *const texts[] = { arabic, persian, french, russian, "نعم نعم", "é à la carte" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t at = 0; at < strlen(texts[i]); at++)
			for (int byte = 0x80; byte <= 0xFF; byte += 5) {
				struct buf raw = BUF_INIT;

				buf_add(&raw, span_from(texts[i]));
				raw.at[at] = (char)byte;
				assert_int_equal(guess(buf_span(&raw), true), ENCODING_UTF_8);
				buf_release(&raw);
			}
}

/* --- decoding ------------------------------------------------------------------------------------------ */

static void check_from(const char *option, struct span raw, const char *expected)
{
	const char *const words[] = { "--preset=none", option, NULL };

	for (size_t longest = 0; longest < 6; longest++) {
		struct driven driven =
			drive(&normalize, words, FRAMING_TEXT, raw, (struct cutting){ longest, 0 });

		assert_int_equal(driven.flow, FLOW_MORE);
		assert_string_equal(buf_string(&driven.text), expected);
		driven_release(&driven);
	}
}

static void check_decodes(const char *text, const char *encoding, const char *option)
{
	struct buf raw = encode(text, encoding);

	check_from(option, buf_span(&raw), text);
	buf_release(&raw);
}

TEST(named_and_guessed_encodings_decode)
{
	check_decodes(arabic, "WINDOWS-1256", "--from=windows-1256");
	check_decodes(arabic, "WINDOWS-1256", "--from=auto");
	check_decodes(arabic, "UTF-16LE", "--from=utf-16le");
	check_decodes(arabic, "UTF-16BE", "--from=utf-16be");
	check_decodes(arabic, "UTF-16LE", "--from=auto");
	check_decodes(arabic, "UTF-16", "--from=auto");
	check_decodes(arabic, "UTF-8", "--from=auto");
	check_decodes("emoji \U0001F600 \U00020000\n", "UTF-16BE", "--from=auto");
	check_decodes(chinese, "UTF-16LE", "--from=utf-16le");
}

TEST(every_byte_of_windows_1256_is_a_character)
{
	iconv_t from = iconv_open("UTF-8", "WINDOWS-1256");

	for (int byte = 1; byte < 256; byte++) {
		char raw[3] = { (char)byte, '\n', 0 }, text[16] = "";
		char *in = raw, *out = text;
		size_t in_left = 2, out_left = sizeof(text);

		if (byte == '\n')
			continue;
		assert_int_equal(iconv(from, &in, &in_left, &out, &out_left), 0);
		*out = '\0';
		check_from("--from=windows-1256", span_of(raw, 2), text);
	}
	iconv_close(from);
}

TEST(halves_of_utf_16_pairs_are_mended)
{
	check_from("--from=utf-16le",
		span_of("a\0\x3D\xD8"
			"b\0\x00\xDE"
			"c\0",
			10),
		"a\uFFFDb\uFFFDc\n");
	check_from("--from=utf-16be", span_of("\xD8\x3D\xD8\x3D\xDE\x00", 6), "\uFFFD\U0001F600\n");
	check_from("--from=utf-16le", span_of("a\0\x3D\xD8", 4), "a\uFFFD\n");
	check_from("--from=utf-16le", span_of("a\0b", 3), "a\uFFFD\n");
	check_from("--from=utf-16le", span_of("a\0\0\0b\0", 6), "a\uFFFDb\n");
}

TEST(bad_utf_8_is_mended_by_maximal_subparts)
{
	check_from("--from=utf-8", span_of("a\xF0\x9F\x98 \xE2\x82\xFF\0z\xC3", 11),
		"a\uFFFD \uFFFD\uFFFD\uFFFDz\uFFFD\n");
	check_from("--from=auto", SPAN("\xD8\xA7\xD9\x84\xFF \xD8\xA7\xD9\x84\xD8"), "ال\uFFFD ال\uFFFD\n");
}

TEST(a_byte_order_mark_of_utf_16_is_not_text)
{
	check_from("--from=utf-16le",
		span_of("\xFF\xFE"
			"a\0",
			4),
		"a\n");
	check_from("--from=auto", span_of("\xFE\xFF\0a\xFE\xFF", 6), "a\uFEFF\n");
}

TEST(every_byte_of_iso_8859_6_is_what_iconv_has)
{
	iconv_t from = iconv_open("UTF-8", "ISO-8859-6");

	for (int byte = 0x80; byte < 256; byte++) {
		char raw[3] = { (char)byte, '\n', 0 }, text[16] = "";
		char *in = raw, *out = text;
		size_t in_left = 2, out_left = sizeof(text) - 1;

		if (iconv(from, &in, &in_left, &out, &out_left) == (size_t)-1)
			strcpy(text, "\uFFFD\n");
		else
			*out = '\0';
		check_from("--from=iso-8859-6", span_of(raw, 2), text);
	}
	iconv_close(from);
}

/* A long run through the words of eight bytes, with something else at every place. */
TEST(tables_decode_at_every_place)
{
	char raw[42], text[64];

	for (size_t at = 0; at < 40; at++)
		for (int kind = 0; kind < 3; kind++) {
			static const char bytes[] = "\xC7\x80\x00", *const chars[] = { "ا", "€", "\uFFFD" };

			memset(raw, 'x', 40);
			raw[40] = '\n';
			raw[at] = bytes[kind];
			snprintf(text, sizeof(text), "%.*s%s%.*s\n", (int)at, raw, chars[kind],
				(int)(39 - at), raw + at + 1);
			check_from("--from=windows-1256", span_of(raw, 41), text);
		}
}

/* --- through iconv --------------------------------------------------------------------------------------- */

static const char japanese[] = "市長は昨日、the bridge を再開すると発表した。\nカタカナ\n";

static void check_decodes_long(const char *text, const char *encoding, const char *option)
{
	struct buf all = BUF_INIT;

	for (int i = 0; i < 300; i++)
		buf_add(&all, span_from(text));
	check_decodes(buf_string(&all), encoding, option);
	buf_release(&all);
}

TEST(encodings_of_the_library_decode)
{
	check_decodes(chinese, "GBK", "--from=gbk");
	check_decodes_long(chinese, "GB18030", "--from=GB18030");
	check_decodes_long("市長昨日宣布，大橋將重新開放。Ê̄ ê\n", "BIG5-HKSCS", "--from=big5-hkscs");
	check_decodes_long(japanese, "SHIFT_JIS", "--from=sjis");
	check_decodes_long(japanese, "EUC-JP", "--from=euc-jp");
	check_decodes_long(japanese, "ISO-2022-JP", "--from=iso-2022-jp");
	check_decodes_long(russian, "KOI8-R", "--from=koi8-r");
	check_decodes_long(arabic, "UTF-7", "--from=utf-7");
	check_decodes_long(arabic, "UCS-2LE", "--from=ucs-2le");
	check_decodes_long(arabic, "UCS-4LE", "--from=ucs-4le");
}

TEST(utf_32_decodes)
{
	check_decodes_long("\U0001F600 نعم\n", "UTF-32LE", "--from=utf-32");
	check_decodes_long("\U0001F600 نعم\n", "UTF-32BE", "--from=utf-32be");
	check_decodes_long("\U0001F600 نعم\n", "UTF-32", "--from=auto");
	check_decodes_long("\U0001F600 نعم\n", "UTF-16", "--from=utf-16");
}

TEST(bad_bytes_of_the_library_are_mended_one_by_one)
{
	check_from("--from=gbk", SPAN("\xB2\xBF\xFF\x81!\xB2\xBF"), "部\uFFFD\uFFFD!部\n");
	check_from("--from=gbk", SPAN("\xB2\xBF\x81"), "部\uFFFD\n");
	check_from("--from=gbk", span_of("\xB2\xBF\0\xB2\xBF\0", 6), "部\uFFFD部\uFFFD\n");
	check_from("--from=ucs-2le", span_of("a\0\0\xD8\0\0b\0c", 9), "a\uFFFD\uFFFDb\uFFFD\n");
	check_from("--from=utf-7", SPAN("a+AAA-b"), "a\uFFFDb\n");
	check_from("--from=iso-2022-jp", SPAN("a\xFF\x1B$B"), "a\uFFFD\n");
}

/* A letter of cp1255 waits for a point it may combine with; the end of the text gives it up. */
TEST(what_the_library_holds_back_comes_at_the_end)
{
	check_from("--from=cp1255", SPAN("\xF9\xEC\xE5"), "שלו\n");
	check_from("--from=cp1258", SPAN("ca"), "ca\n");
	check_from("--from=cp1258", SPAN("ca\xEC"), "cá\n");
}

/* The shift state of one document is not that of the next. */
TEST(shifts_end_with_their_document)
{
	const char *const words[] = { "--preset=none", "--from=iso-2022-jp", NULL };
	struct driven driven =
		drive(&normalize, words, FRAMING_ZERO, SPAN("\x1B$B%+\0%+\0"), (struct cutting){ 0, 0 });

	assert_int_equal(driven.documents, 2);
	assert_memory_equal(driven.text.at, "カ\n\0%+\n", 9);
	driven_release(&driven);
}

static enum flow keep(void *buf, struct span text)
{
	buf_add(buf, text);
	return FLOW_MORE;
}

static void check_stops(const char *option, struct span raw, const char *sentence)
{
	struct decoder decoder = { .name = NULL };
	struct utf8_repair repair = { .mode = INVALID_ERROR };
	struct diag why = { "" };
	struct buf ignored = BUF_INIT;

	assert_true(decoder_open(&decoder, option, true, &why));
	decoder_begin(&decoder, &repair);
	if (decoder_text(&decoder, raw, keep, &ignored, &why) == FLOW_MORE)
		assert_int_equal(decoder_end(&decoder, keep, &ignored, &why), FLOW_FAIL);
	assert_string_equal(why.text, sentence);
	decoder_release(&decoder);
	utf8_repair_release(&repair);
	buf_release(&ignored);
}

TEST(the_first_bad_byte_is_named)
{
	check_stops("windows-1252", SPAN("ab\x81"), "invalid windows-1252 at byte 2");
	check_stops("cp1256", span_of("abc\0", 4), "a NUL, which is not text, at byte 3");
	check_stops("UTF-32", span_of("a\0\0\0\0\0\0\x01", 8), "invalid utf-32le at byte 4");
	check_stops("GBK", SPAN("ab\xB2\xBF\xFF"), "invalid GBK at byte 4");
	check_stops("GBK", SPAN("ab\xB2\xBF\x81"), "invalid GBK at byte 4");
	check_stops("EUC-JP", span_of("ab\0", 3), "a NUL, which is not text, at byte 2");
}

TEST(names_are_known_however_they_are_spelled)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} names[] = { { "CP1256", ENCODING_WINDOWS_1256 }, { "windows1256", ENCODING_WINDOWS_1256 },
		{ "arabic", ENCODING_ISO_8859_6 }, { "iso_8859-6", ENCODING_ISO_8859_6 },
		{ "UTF8", ENCODING_UTF_8 }, { "utf16", ENCODING_UTF_16 },
		{ "MacArabic", ENCODING_MAC_ARABIC }, { "Auto", ENCODING_AUTO },
		{ "utf-32LE", ENCODING_UTF_32LE }, { "DOS 720", ENCODING_CP720 },
		{ "koi8-r", ENCODING_OTHER }, { "", ENCODING_OTHER }, { "-", ENCODING_OTHER } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(encoding_by_name(span_from(names[i].name)), names[i].encoding);
	for (enum encoding e = ENCODING_AUTO; e < ENCODING_OTHER; e++)
		assert_int_equal(encoding_by_name(span_from(encoding_words[e])), e);
}

/* The guess is of the first 64 KiB, whatever comes in which piece. */
TEST(the_guess_does_not_depend_on_the_cuts)
{
	struct buf raw = BUF_INIT, late = encode(arabic, "WINDOWS-1256");
	const char *const words[] = { "--from=auto", NULL };

	for (int ascii = 0; ascii < 2; ascii++) {
		struct driven whole, cut;

		buf_clear(&raw);
		while (raw.len < GUESS_SAMPLE - (ascii ? 0 : 100))
			buf_add_byte(&raw, 'x');
		for (int i = 0; i < 3; i++)
			buf_add(&raw, buf_span(&late));
		whole = drive(&normalize, words, FRAMING_TEXT, buf_span(&raw), (struct cutting){ 0, 0 });
		cut = drive(&normalize, words, FRAMING_TEXT, buf_span(&raw), (struct cutting){ 5000, 9 });
		assert_string_equal(buf_string(&whole.text), buf_string(&cut.text));
		assert_true(!strstr(buf_string(&whole.text), "\uFFFD") == !ascii);
		driven_release(&whole);
		driven_release(&cut);
	}
	buf_release(&raw);
	buf_release(&late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(arabic_is_recognised_in_each_encoding),
		IT(persian_is_recognised_in_windows_1256),
		IT(one_word_is_enough),
		IT(other_languages_are_recognised_in_utf_16),
		IT(what_is_not_arabic_is_not_windows_1256),
		IT(utf_8_in_many_scripts_stays),
		IT(a_bad_byte_does_not_change_the_guess),
		IT(named_and_guessed_encodings_decode),
		IT(every_byte_of_windows_1256_is_a_character),
		IT(halves_of_utf_16_pairs_are_mended),
		IT(bad_utf_8_is_mended_by_maximal_subparts),
		IT(a_byte_order_mark_of_utf_16_is_not_text),
		IT(every_byte_of_iso_8859_6_is_what_iconv_has),
		IT(tables_decode_at_every_place),
		IT(encodings_of_the_library_decode),
		IT(utf_32_decodes),
		IT(bad_bytes_of_the_library_are_mended_one_by_one),
		IT(what_the_library_holds_back_comes_at_the_end),
		IT(shifts_end_with_their_document),
		IT(the_first_bad_byte_is_named),
		IT(names_are_known_however_they_are_spelled),
		IT(the_guess_does_not_depend_on_the_cuts),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
