/* SPDX-License-Identifier: MIT
 * tokens_test.c - URLs, addresses, names, hashtags and emoji: what is one, what is not, what stands in its place, and
 * that twice is once. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/ucd_lines.h"

#include "common/mem.h"
#include "common/unicode.h"
#include "filters/normalize/normalize.h"
#include "filters/normalize/token_match.h"
#include "filters/normalize/tokens.h"
#include "tests/unit/drive.h"

static const char *const words[TOKENS] = { "URL", "MAIL", "NAME", "TAG", "EMOJI" };
static const char *const drop[TOKENS] = { "drop", "drop", "drop", "drop", "drop" };

static void put(void *ctx, int32_t cp)
{
	utf8_add(ctx, cp);
}

/* A stage ready for its first document, that writes to a buf. */
struct stage {
	struct token_rules rules;
	struct tokens *tokens;
	struct buf out;
};

static struct stage *stage_new(const char *const values[TOKENS])
{
	struct stage *stage = mem_new(1, sizeof(*stage));
	struct diag why;

	assert_true(token_rules_init(&stage->rules, values, &why));
	stage->tokens = mem_new(1, sizeof(*stage->tokens));
	tokens_init(stage->tokens, &stage->rules, put, &stage->out);
	return stage;
}

static void stage_free(struct stage *stage)
{
	tokens_release(stage->tokens);
	token_rules_release(&stage->rules);
	buf_release(&stage->out);
	free(stage->tokens);
	free(stage);
}

/* One document; the result is borrowed until the next. */
static struct buf *run(struct stage *stage, struct span text)
{
	stage->out.len = 0;
	tokens_begin(stage->tokens);
	while (text.len) {
		struct rune rune = utf8_first(text);

		tokens_add(stage->tokens, rune.value);
		text = span_skip(text, rune.len);
	}
	tokens_end(stage->tokens);
	return &stage->out;
}

/* Also that a second time changes nothing. */
static void check_document(struct stage *stage, struct span from, const char *to)
{
	struct buf once = BUF_INIT;

	buf_add(&once, buf_span(run(stage, from)));
	check_buf(&once, to);
	check_buf(run(stage, buf_span(&once)), to);
	buf_release(&once);
}

static void check_with(const char *const values[TOKENS], const char *from, const char *to)
{
	struct stage *stage = stage_new(values);

	check_document(stage, span_from(from), to);
	stage_free(stage);
}

struct example {
	const char *from, *to;
};

static void check_examples(const struct example *examples, size_t count)
{
	struct stage *stage = stage_new(words);

	for (size_t i = 0; i < count; i++)
		check_document(stage, span_from(examples[i].from), examples[i].to);
	stage_free(stage);
}

#define CHECK_EXAMPLES(examples) check_examples(examples, sizeof(examples) / sizeof((examples)[0]))

static void check_untouched(const char *const *texts, size_t count)
{
	struct stage *stage = stage_new(words);

	for (size_t i = 0; i < count; i++)
		check_document(stage, span_from(texts[i]), texts[i]);
	stage_free(stage);
}

#define CHECK_UNTOUCHED(texts) check_untouched(texts, sizeof(texts) / sizeof((texts)[0]))

/* --- URLs ---------------------------------------------------------------------------------------------- */

TEST(urls_with_a_scheme_are_known)
{
	static const struct example examples[] = {
		{ "http://example.com", "URL" },
		{ "HTTPS://Example.COM/Path", "URL" },
		{ "اقرأ المزيد على https://example.com/news/1 اليوم", "اقرأ المزيد على URL اليوم" },
		{ "http://localhost", "URL" },
		{ "http://10.0.0.1:8080/x", "URL" },
		{ "http://[2001:db8::1]:8080/a", "URL" },
		{ "http://[fe80::1%25eth0]/", "URL" },
		{ "ftp://user:secret@files.example.org:21/pub/", "URL" },
		{ "http://user@example.com/x", "URL" },
		{ "git+https://example.com/x.git", "URL" },
		{ "rtsp://example.com/live", "URL" },
		{ "file:///tmp/a.txt", "URL" },
		{ "tg://resolve?domain=x", "URL" },
		{ "http://مثال.السعودية/خبر", "URL" },
		{ "https://пример.рф/новости?id=5", "URL" },
		{ "http://münchen.example/straße", "URL" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(a_url_has_all_of_its_path)
{
	static const struct example examples[] = {
		{ "https://example.com/%D8%AE%D8%A8%D8%B1/1", "URL" },
		{ "https://example.com/وزير-الصحة-يفتتح-مستشفى", "URL" },
		{ "https://example.com/أخبار/٢٠٢٤/خَبَر_عاجل?ص=٣#تعليق", "URL" },
		{ "https://example.com/a?b=c&d=e;f=g,h+i~j!k*l'm$n", "URL" },
		{ "https://example.com/wiki/Beirut_(city)", "URL" },
		{ "https://example.com/a[1]=2", "URL" },
		{ "https://example.com?x=1", "URL" },
		{ "https://example.com#top", "URL" },
		{ "https://example.com/@name/status/1", "URL" },
		{ "https://example.com/news…", "URL…" },
		{ "https://example.com/to:name@example.org", "URL" },
		{ "https://archive.example/2020/http://example.com/x", "URL" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(punctuation_of_the_sentence_is_not_the_urls)
{
	static const struct example examples[] = {
		{ "http://example.com/a.", "URL." },
		{ "http://example.com/a،", "URL،" },
		{ "http://example.com/a؛ ثم", "URL؛ ثم" },
		{ "هل زرت http://example.com/a؟", "هل زرت URL؟" },
		{ "http://example.com/a, b; c: d! e? f", "URL, b; c: d! e? f" },
		{ "http://example.com/a!?...", "URL!?..." },
		{ "«http://example.com/a»", "«URL»" },
		{ "“http://example.com/a”", "“URL”" },
		{ "\"http://example.com/a\"", "\"URL\"" },
		{ "'http://example.com/a'", "'URL'" },
		{ "<http://example.com/a>", "<URL>" },
		{ "(http://example.com/a)", "(URL)" },
		{ "(http://example.com/a_(b))", "(URL)" },
		{ "[http://example.com/a].", "[URL]." },
		{ "(انظر http://example.com/a)، ثم", "(انظر URL)، ثم" },
		{ "http://example.com.", "URL." },
		{ "http://example.com/", "URL" },
		{ "http://example.com/?", "URL?" },
		{ "http://example.com:", "URL:" },
		{ "http://example.com:80:", "URL:" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(words_that_ran_into_a_url_stay)
{
	static const struct example examples[] = {
		{ "التفاصيلhttp://example.com/a", "التفاصيل URL" },
		{ "http://example.comوقال", "URL وقال" },
		{ "http://example.com.وقال الوزير", "URL.وقال الوزير" },
		{ "Readhttps://example.com", "Read URL" },
		{ "more.http://example.com", "more.URL" },
		{ "2023http://example.com", "2023 URL" },
		{ "-http://example.com", "-URL" },
		{ "رابط:http://example.com", "رابط:URL" },
		{ "http://example.com/a,http://example.com/b", "URL,URL" },
		{ "اتصلwww.example.comالآن", "اتصل URL الآن" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(www_begins_a_url)
{
	static const struct example examples[] = {
		{ "www.example.com", "URL" },
		{ "WWW.Example.Com/News", "URL" },
		{ "www2.example.edu/~name", "URL" },
		{ "www.example", "URL" },
		{ "زوروا www.example.com.", "زوروا URL." },
		{ "www.example.com.وأضاف", "URL.وأضاف" },
		{ "www.مثال.مصر/خبر", "URL" },
		{ "www.example.com:8080/a،", "URL،" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(bare_domains_are_known_with_a_path_or_a_top_level_domain_that_is_sure)
{
	static const struct example examples[] = {
		{ "example.com", "URL" },
		{ "موقع example.org، ثم", "موقع URL، ثم" },
		{ "news.example.co.uk", "URL" },
		{ "example.gov.sa", "URL" },
		{ "bit.ly/3abc", "URL" },
		{ "youtu.be/x?t=1", "URL" },
		{ "مثال.السعودية/أخبار", "URL" },
		{ "مثال.امارات", "URL" },
		{ "example.com.Then", "URL.Then" },
		{ "انتهى.example.com", "انتهى.URL" },
		{ "xn--mgbh0fb.xn--kgbechtv/a", "URL" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(sentences_without_a_space_between_them_are_no_domains)
{
	static const char *const texts[] = { "انتهى.وأضاف الوزير", "غادر البيان.مصر تعلن موقفها",
		"said.In the end", "said.in", "e.g. a.m. U.S. U.S./Iran i.e.",
		"ASP.NET Node.js file.txt a.com.zip", "3.5 1.2.3 12.30", "و.م.ع", "متجر.كوم",
		"الساعة 10.30", "د.محمد", "قال.السعودية", "v1.com2", "www", "www.", "www.a", "http://",
		"http:// example", "http:/example", "://x", "and/or", "9:30", "نسبة 5:1", "www.وقال",
		"com.", "end.Com" };

	CHECK_UNTOUCHED(texts);
}

/* --- e-mail -------------------------------------------------------------------------------------------- */

TEST(addresses_are_known)
{
	static const struct example examples[] = {
		{ "name@example.com", "MAIL" },
		{ "first.last+tag@mail.example.co.uk", "MAIL" },
		{ "o'brien@example.org", "MAIL" },
		{ "a_b-c%d@example.net.", "MAIL." },
		{ "راسلونا: info@example.com، أو", "راسلونا: MAIL، أو" },
		{ "البريد:info@example.com", "البريد:MAIL" },
		{ "(name@example.com)", "(MAIL)" },
		{ "<name@example.com>", "<MAIL>" },
		{ "mailto:name@example.com", "MAIL" },
		{ "mailto:name@example.com?subject=Hi&body=x.", "MAIL." },
		{ "محمد@مثال.السعودية", "MAIL" },
		{ "محمد.علي123@مثال.شبكة", "MAIL" },
		{ "josé@café.fr", "MAIL" },
		{ "почта@пример.рф", "MAIL" },
		{ "联系name@example.com", "联系 MAIL" },
		{ "البريدname@example.comللتواصل", "البريد MAIL للتواصل" },
		{ "انتهى.name@example.com.وقال", "انتهى.MAIL.وقال" },
		{ "name@EXAMPLE.COM", "MAIL" },
		{ "x@y.internal", "MAIL" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(what_only_looks_like_an_address_is_text)
{
	static const char *const texts[] = { "name@host", "a@b", "@", "a@", "@\uFE0F", "name@example.",
		"name@.com", "name@-.com", "كتب@الوزير.وقال", "5@3.2" };

	CHECK_UNTOUCHED(texts);
}

/* --- names and hashtags -------------------------------------------------------------------------------- */

TEST(names_are_known)
{
	static const struct example examples[] = {
		{ "@name", "NAME" },
		{ "تابعوا @name_1، و", "تابعوا NAME، و" },
		{ "RT @name: خبر", "RT NAME: خبر" },
		{ "(@name)", "(NAME)" },
		{ "«@قناة_الأخبار»", "«NAME»" },
		{ "@1", "NAME" },
		{ "@name's", "NAME's" },
		{ "@name.bsky.social", "NAME" },
		{ "@name@mastodon.social", "NAME" },
		{ "@name.", "NAME." },
		{ "@name.وقال", "NAME.وقال" },
		{ ".@name", ".NAME" },
		{ "❤️@name", "EMOJI NAME" },
		{ "@नाम", "NAME" },
		{ "خبر😀@name", "خبر EMOJI NAME" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(hashtags_are_known)
{
	static const struct example examples[] = {
		{ "#خبر", "TAG" },
		{ "#خبر_عاجل، ثم", "TAG، ثم" },
		{ "#رؤية_2030.", "TAG." },
		{ "#۲۰۲۴م", "TAG" },
		{ "#خبر\u200Cها", "TAG" },
		{ "#خَبَر", "TAG" },
		{ "(#news)", "(TAG)" },
		{ "＃東京", "TAG" },
		{ "#1st", "TAG" },
		{ "#مصر#السعودية", "TAG TAG" },
		{ "#a-b", "TAG-b" },
		{ "#a@b", "TAG@b" },
		{ "#हिन्दी", "TAG" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(what_only_looks_like_a_name_or_a_hashtag_is_text)
{
	static const char *const texts[] = { "a@b", "كتب@الوزير", "# خبر", "#1", "#2024", "#_", "#٢٠٢٤",
		"C#", "a#b", "&#1587;", "&#x633;", "@ name", "#", "##", "@@", "#ـ", "رقم#خبر" };

	CHECK_UNTOUCHED(texts);
}

/* --- emoji --------------------------------------------------------------------------------------------- */

TEST(emoji_are_one_each)
{
	static const struct example examples[] = {
		{ "😀", "EMOJI" },
		{ "❤️", "EMOJI" },
		{ "👍🏽.", "EMOJI." },
		{ "☝🏽", "EMOJI" },
		{ "1️⃣ #️⃣ *️⃣", "EMOJI EMOJI EMOJI" },
		{ "🇪🇬", "EMOJI" },
		{ "🇪🇬🇸🇦", "EMOJI EMOJI" },
		{ "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "EMOJI" },
		{ "👩‍❤️‍👨", "EMOJI" },
		{ "👨‍👩‍👧‍👦!", "EMOJI!" },
		{ "🏳️‍🌈", "EMOJI" },
		{ "🏳‍🌈", "EMOJI" },
		{ "1️⃣\uFE0F", "EMOJI" },
		{ "😀😀", "EMOJI EMOJI" },
		{ "عاجل🔴خبر", "عاجل EMOJI خبر" },
		{ "عاجل 🔴: خبر", "عاجل EMOJI: خبر" },
		{ "😀@name #خبر😀", "EMOJI NAME TAG EMOJI" },
		{ "https://example.com/a😀", "URL EMOJI" },
	};

	CHECK_EXAMPLES(examples);
}

TEST(symbols_that_are_text_stay)
{
	static const char *const texts[] = { "© ® ™ ↔ ❤ ☺ ☎ 0 9 # *", "😀\uFE0E", "1\u20E3", "1\uFE0F", "♥",
		"①", "★", "A\u200DB", "⚽\uFE0E", "™\u200D©" };

	CHECK_UNTOUCHED(texts);
}

/* Appends what the line says in hexadecimal; whether it has more than one code point. */
static bool read_sequence(struct buf *into, const char *line)
{
	into->len = 0;
	ucd_runes(into, line);
	return utf8_first(buf_span(into)).len < into->len;
}

TEST(every_emoji_of_unicodes_test_file_is_one)
{
	struct stage *stage = stage_new((const char *const[]){ NULL, NULL, NULL, NULL, "<E>" });
	struct ucd_lines lines = ucd_open("emoji/emoji-test.txt");
	struct buf text = BUF_INIT;
	size_t count = 0;

	while (ucd_next(&lines)) {
		bool has_many = read_sequence(&text, lines.line);

		if (strstr(lines.line, "unqualified") && !has_many)
			check_document(stage, buf_span(&text), buf_string(&text));
		else if (!strstr(lines.line, "unqualified"))
			check_document(stage, buf_span(&text), "<E>");
		count++;
	}
	assert_true(count > 4000);
	ucd_close(&lines);
	buf_release(&text);
	stage_free(stage);
}

/* --- actions ------------------------------------------------------------------------------------------- */

TEST(dropping_leaves_the_spaces_around)
{
	check_with(drop, "زوروا http://example.com/a الآن", "زوروا  الآن");
	check_with(drop, "(http://example.com) @name، #خبر.", "() ، .");
	check_with(drop, "name@example.com", "");
	check_with(drop, "\n😀\n", "\n\n");
}

TEST(dropping_does_not_make_one_word_of_two)
{
	check_with(drop, "خبر😀عاجل", "خبر عاجل");
	check_with(drop, "خبر😀😀عاجل", "خبر عاجل");
	check_with(drop, "خبر😀.", "خبر.");
	check_with(drop, "خبر😀@name ثم", "خبر  ثم");
	check_with(drop, "🇪\uFE0Eexample.com ثم", "🇪\uFE0E ثم");
	check_with(drop, "فيexample.comقال", "في قال");
}

TEST(each_kind_has_its_own_action)
{
	const char *const values[TOKENS] = { "keep", "drop", "[اسم]", NULL, "drop" };

	check_with(values, "http://a.example x@example.com @name #tag 😀", "http://a.example  [اسم] #tag ");
	check_with(values, "http://example.com/@name #a@b #😀 x@example.com/@name",
		"http://example.com/@name #a@b # /[اسم]");
}

TEST(what_was_replaced_is_counted)
{
	struct stage *stage = stage_new(words);
	static const uint64_t expected[TOKENS] = { 2, 1, 3, 2, 4 };

	run(stage,
		span_from(
			"http://a.example www.b.example\nx@example.com @a @b @c #a #b 😀😀 1️⃣ 🇪🇬 a#b\n"));
	assert_memory_equal(stage->tokens->counts, expected, sizeof(expected));
	run(stage, span_from("URL MAIL NAME TAG EMOJI"));
	assert_memory_equal(stage->tokens->counts, expected, sizeof(expected));
	stage_free(stage);
}

TEST(joiners_are_looked_through)
{
	check_with(words, "http://exa\u200Bmple.com/\u200Ba\u200B ب", "URL\u200B ب");
	check_with(words, "ht\u200Btp://example.com", "URL");
	check_with(words, "خبر\u200C😀\u200Cعاجل", "خبر\u200C EMOJI\u200C عاجل");
}

TEST(a_word_that_is_a_token_itself_is_left_alone)
{
	static const char *const values[TOKENS] = { "http://url", "mail@example.com", "@user", "#tag",
		"🙂" };

	check_with(values, "(https://example.com/a), x@example.org: @name #خبر 😀",
		"(http://url), mail@example.com: @user #tag 🙂");
	check_with(
		(const char *const[]){ "#url", NULL, NULL, "drop", NULL }, "www.example.com #a", "#url ");
	check_with((const char *const[]){ "🔗", NULL, NULL, NULL, "drop" }, "www.example.com 😀", "🔗 ");
}

TEST(a_word_that_a_token_only_begins_is_left_alone)
{
	check_with((const char *const[]){ "http://x.", NULL, NULL, NULL, NULL }, "http://a.example ب",
		"http://x. ب");
}

TEST(an_emoji_that_stays_is_no_word_before_a_name)
{
	check_with((const char *const[]){ NULL, NULL, "NAME", NULL, NULL },
		"1️⃣@name ❤️@name 🇪🇬@name", "1️⃣NAME ❤️NAME 🇪🇬NAME");
}

TEST(what_makes_a_token_of_its_neighbours_goes_too)
{
	check_with(drop, "www😀.example.com/a", "");
	check_with(drop, "http:/@a/example.com", "http:/ /example.com");
	check_with(drop, "@a@b", "");
	check_with((const char *const[]){ NULL, NULL, "x", "drop", NULL }, "#@name", "# x");
}

TEST(wrong_words_are_refused)
{
	struct token_rules rules;
	struct diag why;
	char long_word[TOKEN_WORD_MAX + 2];

	memset(long_word, 'x', sizeof(long_word));
	long_word[TOKEN_WORD_MAX + 1] = '\0';
	assert_false(token_rules_init(&rules, (const char *const[]){ "", NULL, NULL, NULL, NULL }, &why));
	assert_string_equal(why.text, "'--urls=' wants keep, drop or a word");
	token_rules_release(&rules);
	assert_false(
		token_rules_init(&rules, (const char *const[]){ NULL, NULL, "a\nb", NULL, NULL }, &why));
	assert_non_null(strstr(why.text, "--mentions"));
	token_rules_release(&rules);
	assert_false(
		token_rules_init(&rules, (const char *const[]){ NULL, NULL, NULL, NULL, long_word }, &why));
	assert_non_null(strstr(why.text, "--emoji"));
	token_rules_release(&rules);
	long_word[TOKEN_WORD_MAX] = '\0';
	assert_true(
		token_rules_init(&rules, (const char *const[]){ NULL, NULL, NULL, NULL, long_word }, &why));
	assert_true(rules.any);
	token_rules_release(&rules);
	assert_true(
		token_rules_init(&rules, (const char *const[]){ NULL, "keep", NULL, NULL, NULL }, &why));
	assert_false(rules.any);
	token_rules_release(&rules);
}

/* --- how much ------------------------------------------------------------------------------------------ */

static void add_many(struct buf *text, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add(text, span_from(what));
}

/* `head`, so many times `what`, `tail`: `to`, or the text itself if that is NULL. */
static void check_long(const char *head, const char *what, size_t times, const char *tail, const char *to)
{
	struct stage *stage = stage_new(words);
	struct buf text = BUF_INIT;

	buf_add(&text, span_from(head));
	add_many(&text, what, times);
	buf_add(&text, span_from(tail));
	check_document(stage, buf_span(&text), to ? to : buf_string(&text));
	buf_release(&text);
	stage_free(stage);
}

TEST(what_is_too_long_is_text)
{
	check_long("http://example.com/", "خ", TOKEN_URL_MAX - 19, " ب", "URL ب");
	check_long("http://example.com/", "خ", TOKEN_URL_MAX - 18, " ب", NULL);
	check_long("http://example.com/", "@a", 5000, " ب", NULL);
	check_long("", "x", TOKEN_LOCAL_MAX, "@example.com", "MAIL");
	check_long("", "x", TOKEN_LOCAL_MAX + 1, "@example.com", NULL);
	check_long("x@", "abcd.", 50, "com", "MAIL");
	check_long("x@", "abcd.", 52, "com", NULL);
	check_long("", "abcd.", 50, "com", "URL");
	check_long("", "abcd.", 51, "com", NULL);
	check_long("#", "خ", TOKEN_TAG_MAX - 1, "", "TAG");
	check_long("#", "خ", TOKEN_TAG_MAX, "", NULL);
	check_long("@", "خ", TOKEN_TAG_MAX - 1, "", "NAME");
	check_long("@", "خ", TOKEN_TAG_MAX, "", NULL);
	check_long("👨", "‍👨", 60, "", "EMOJI");
	check_long("👨", "‍👨", 70, "", NULL);
}

TEST(long_runs_end_and_the_next_is_judged_anew)
{
	struct stage *stage = stage_new(words);
	struct buf text = BUF_INIT, expected = BUF_INIT;

	add_many(&text, "@a", TOKENS_RUN);
	buf_add(&expected, buf_span(&text));
	buf_add(&text, SPAN(" @name"));
	buf_add(&expected, SPAN(" NAME"));
	check_document(stage, buf_span(&text), buf_string(&expected));
	buf_release(&text);
	buf_release(&expected);
	stage_free(stage);
}

/* So many of a unit in runs of so many, each run a document's word; stable in the end. */
static void check_hostile(struct stage *stage, const char *unit, size_t in_a_run, size_t total)
{
	struct buf text = BUF_INIT, once = BUF_INIT;

	for (size_t done = 0; done < total; done += in_a_run) {
		add_many(&text, unit, in_a_run);
		buf_add(&text, SPAN(". "));
	}
	buf_add(&once, buf_span(run(stage, buf_span(&text))));
	assert_true(span_equal(buf_span(&once), buf_span(run(stage, buf_span(&once)))));
	buf_release(&text);
	buf_release(&once);
}

/* One endless run, and runs that are just short enough to be judged. */
TEST(hostile_text_takes_linear_time)
{
	static const char *const units[] = { "@", "#", "www.", "http://", "😀", "@a", "#a", "a.", "a@b.",
		"x://", "ب.", "a-", "http://a,", "é@", "👨‍", "1️⃣", "بa", "ba.com,", "@a,b.com",
		".com/", "mailto:", "((((" };
	struct stage *by_word = stage_new(words), *by_nothing = stage_new(drop);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t endless = i < 5 ? 1000000 : 50000, fitting = (TOKENS_RUN - 2) / strlen(units[i]);

		check_hostile(by_word, units[i], endless, endless);
		check_hostile(by_word, units[i], fitting, 30000);
		check_hostile(by_nothing, units[i], fitting, 30000);
		check_hostile(by_nothing, units[i], 30, 30000);
	}
	stage_free(by_word);
	stage_free(by_nothing);
}

/* What case folding makes a domain of would be one when it is cleaned again. */
TEST(capitals_do_not_matter_where_case_is_folded)
{
	static const char *const search[] = { "--preset=search", "--urls=LINK", NULL };
	static const char *const clean[] = { "--urls=LINK", NULL };
	static const char text[] = "Code.Org, HALO.Bungie.ORG; site.com.More\n";
	struct driven folded, kept;

	assert_string_equal(drive_text(&folded, &normalize, search, text), "link, link; site.com.more\n");
	assert_string_equal(
		drive_text(&kept, &normalize, clean, text), "Code.Org, HALO.Bungie.ORG; LINK.More\n");
	driven_release(&folded);
	driven_release(&kept);
}

/* Behind each of these nothing waits, so that text could go past the stage, but there is no word without tokens. Looking
 * for one again and again would take minutes. */
TEST(text_without_words_takes_linear_time)
{
	static const char *const units[] = { "\"", "。", "\u202A", "\u0640", "\u00AD" };
	static const char *const all[] = { "--preset=search", "--urls=drop", "--emoji=drop", NULL };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct buf text = BUF_INIT;
		struct driven driven;

		while (text.len < 1000000)
			buf_add(&text, span_from(units[i]));
		driven = drive(&normalize, all, FRAMING_TEXT, buf_span(&text), (struct cutting){ 0, 0 });
		assert_int_equal(driven.flow, FLOW_MORE);
		driven_release(&driven);
		buf_release(&text);
	}
}

/* --- properties ---------------------------------------------------------------------------------------- */

static const char *const parts[] = { "a", "b", "خ", "ب", "http://", "https://", "://", ":", "/", "//",
	"www.", "www", ".", ".com", "com", "example.com", "@", "@", "#", "#", "&", "-", "_", "1", "2", "é",
	"ـ", "َ", "\u200B", "\u200C", "\u200D", " ", " ", "\n", ",", "،", "؟", "(", ")", "[", "]", "«", "\"",
	"'", "?", "=", "%41", "mailto:", "😀", "👨", "❤", "\uFE0F", "\uFE0E", "\u20E3", "🏽", "🇪", "🇬", "©",
	"☝", "\U000E0067", "\U000E007F", "＃", "URL", "NAME", "TAG", "EMOJI", "MAIL", "مصر", "امارات",
	"ly/", "co.uk", "!", "*", "~", "+" };

static void random_text(struct buf *text, uint32_t *seed)
{
	size_t count = 1 + check_random(seed) % 12;

	text->len = 0;
	while (count--)
		buf_add(text, span_from(parts[check_random(seed) % (sizeof(parts) / sizeof(parts[0]))]));
}

static const char *const sets[][TOKENS] = {
	{ "drop", "drop", "drop", "drop", "drop" },
	{ "URL", "MAIL", "NAME", "TAG", "EMOJI" },
	{ "drop", "keep", "keep", "keep", "drop" },
	{ "keep", "drop", "NAME", "drop", "keep" },
	{ "keep", "keep", "drop", "TAG", "[E]" },
	{ "http://url", "m@example.com", "@user", "#tag", "🙂" },
	{ "[a b]", "<MAIL>", "x", "drop", "y" },
	{ "drop", "x", "#x", "@x", "z" },
	{ "www.", "@", "www.", "x#", "." },
	{ "😀", "http://", ".com", "drop", "@" },
	{ "keep", "keep", "keep", "keep", "drop" },
};

enum { SETS = sizeof(sets) / sizeof(sets[0]) };

TEST(twice_is_once_on_random_text)
{
	uint32_t seed = 7;

	for (size_t s = 0; s < SETS; s++) {
		struct stage *stage = stage_new(sets[s]);
		struct buf text = BUF_INIT, once = BUF_INIT;

		for (int round = 0; round < 20000; round++) {
			random_text(&text, &seed);
			once.len = 0;
			buf_add(&once, buf_span(run(stage, buf_span(&text))));
			if (!span_equal(buf_span(run(stage, buf_span(&once))), buf_span(&once)))
				fail_msg("set %zu: '%s', '%s', '%s'", s, buf_string(&text),
					buf_string(&once), buf_string(&stage->out));
		}
		buf_release(&text);
		buf_release(&once);
		stage_free(stage);
	}
}

/* The word that begins at `text`: up to white space. */
static struct span first_word(struct span text)
{
	struct span rest = text;

	while (rest.len && !unicode_is_white_space(utf8_first(rest).value))
		rest = span_skip(rest, utf8_first(rest).len);
	return span_head(text, text.len - rest.len);
}

static bool may_hold_tokens(const struct token_rules *rules, struct span word)
{
	for (; word.len; word = span_skip(word, utf8_first(word).len))
		if (token_may_begin(rules, utf8_first(word).value))
			return true;
	return false;
}

/* Text goes past the stage wherever tokens.h says that it may. */
static void run_past(struct stage *stage, struct span text)
{
	stage->out.len = 0;
	tokens_begin(stage->tokens);
	while (text.len) {
		struct span word = first_word(text);

		if (word.len == 0)
			word = span_head(text, utf8_first(text).len);
		if (!tokens_wait(stage->tokens) && !may_hold_tokens(&stage->rules, word)) {
			buf_add(&stage->out, word);
			text = span_skip(text, word.len);
			continue;
		}
		for (; word.len; word = span_skip(word, utf8_first(word).len)) {
			tokens_add(stage->tokens, utf8_first(word).value);
			text = span_skip(text, utf8_first(word).len);
		}
	}
	tokens_end(stage->tokens);
}

TEST(words_without_a_sign_of_tokens_may_go_past)
{
	uint32_t seed = 11;

	for (size_t s = 0; s < SETS; s++) {
		struct stage *stage = stage_new(sets[s]);
		struct buf text = BUF_INIT, slow = BUF_INIT;

		for (int round = 0; round < 5000; round++) {
			random_text(&text, &seed);
			slow.len = 0;
			buf_add(&slow, buf_span(run(stage, buf_span(&text))));
			run_past(stage, buf_span(&text));
			check_buf(&stage->out, buf_string(&slow));
		}
		buf_release(&text);
		buf_release(&slow);
		stage_free(stage);
	}
}

TEST(white_space_leaves_nothing_waiting)
{
	struct stage *stage = stage_new(drop);

	tokens_begin(stage->tokens);
	assert_false(tokens_wait(stage->tokens));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct span part = span_from(parts[i]);

		for (; part.len; part = span_skip(part, utf8_first(part).len))
			tokens_add(stage->tokens, utf8_first(part).value);
		tokens_add(stage->tokens, ' ');
		assert_false(tokens_wait(stage->tokens));
	}
	tokens_add(stage->tokens, 'a');
	assert_true(tokens_wait(stage->tokens));
	tokens_end(stage->tokens);
	stage_free(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(urls_with_a_scheme_are_known),
		IT(a_url_has_all_of_its_path),
		IT(punctuation_of_the_sentence_is_not_the_urls),
		IT(words_that_ran_into_a_url_stay),
		IT(www_begins_a_url),
		IT(bare_domains_are_known_with_a_path_or_a_top_level_domain_that_is_sure),
		IT(sentences_without_a_space_between_them_are_no_domains),
		IT(addresses_are_known),
		IT(what_only_looks_like_an_address_is_text),
		IT(names_are_known),
		IT(hashtags_are_known),
		IT(what_only_looks_like_a_name_or_a_hashtag_is_text),
		IT(emoji_are_one_each),
		IT(symbols_that_are_text_stay),
		IT(every_emoji_of_unicodes_test_file_is_one),
		IT(dropping_leaves_the_spaces_around),
		IT(dropping_does_not_make_one_word_of_two),
		IT(each_kind_has_its_own_action),
		IT(what_was_replaced_is_counted),
		IT(joiners_are_looked_through),
		IT(a_word_that_is_a_token_itself_is_left_alone),
		IT(a_word_that_a_token_only_begins_is_left_alone),
		IT(an_emoji_that_stays_is_no_word_before_a_name),
		IT(what_makes_a_token_of_its_neighbours_goes_too),
		IT(wrong_words_are_refused),
		IT(what_is_too_long_is_text),
		IT(long_runs_end_and_the_next_is_judged_anew),
		IT(hostile_text_takes_linear_time),
		IT(capitals_do_not_matter_where_case_is_folded),
		IT(text_without_words_takes_linear_time),
		IT(twice_is_once_on_random_text),
		IT(words_without_a_sign_of_tokens_may_go_past),
		IT(white_space_leaves_nothing_waiting),
	};

	return cmocka_run_group_tests_name("tokens", tests, NULL, NULL);
}
