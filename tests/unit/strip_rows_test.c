/* SPDX-License-Identifier: MIT
 * strip_rows_test.c - widgets side by side on a line, and sentences and lists made of the same words. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/rows.h"

#define LEXICON                                                                                                    \
	"[navigation: line]\nPrevious\nNext\n[share: line]\nPrint\nSave\nSend to a friend\nطباعة\nحفظ\n"   \
	"[consent: line edge]\nPrivacy\n[button: word]\nFacebook\nTwitter\n[home: word]\nHome\nالرئيسية\n" \
	"[contact: word]\nTel\nFax\nهاتف\nEmail\n[masthead: word]\nAgency\nوكالة\n"                       \
	"[ask: word]\nfollow\nlisten\nsubscribe\nاشترك\nتابع\nشارك\nindirin\n"                        \
	"[thing: word]\nchannel\nstory\nصفحة\nقناة\nخبر\nأصدقاء\nاشتراك\nuygulamamızı\n"  \
	"[filler: word]\non\nto\nour\nthis\nnow\nin\nعلى\nفي\nرسمي\nمع\nهذا\n"                       \
	"[unit: word]\nminutes\n[counted: word]\nreaders\nزوار\nزائر\n[button: word]\nتويتر\n"

struct row_case {
	struct phrases phrases;
	struct reader reader;
	struct span line;
};

static struct row_case read(const char *line)
{
	struct row_case made = { .line = span_from(line) };
	struct diag why;

	assert_true(phrases_add(&made.phrases, &made.reader, SPAN("test"), SPAN(LEXICON), &why));
	reader_read(&made.reader, made.line);
	return made;
}

static void release(struct row_case *made)
{
	phrases_release(&made->phrases);
	reader_release(&made->reader);
}

static enum category row(const char *line, enum zone *zone)
{
	struct row_case made = read(line);
	enum category category = row_of_phrases(&made.phrases, made.reader.words, made.reader.count, zone);

	release(&made);
	return category;
}

static bool trail(const char *line)
{
	struct row_case made = read(line);
	bool is = row_is_trail(&made.phrases, made.reader.words, made.reader.count);

	release(&made);
	return is;
}

typedef bool shape(const struct lookup *lookup, const struct word *words, size_t count);

static bool has_shape(shape *is_it, const char *line)
{
	struct row_case made = read(line);
	struct lookup lookup = { &made.phrases, &made.reader, made.line };
	bool is = is_it(&lookup, made.reader.words, made.reader.count);

	release(&made);
	return is;
}

static bool request(const char *line)
{
	return has_shape(row_is_request, line);
}

static bool contact(const char *line)
{
	struct row_case made = read(line);
	bool is = row_is_contact(&made.phrases, made.line, made.reader.words, made.reader.count);

	release(&made);
	return is;
}

static bool masthead(const char *line)
{
	struct row_case made = read(line);
	bool is = row_is_masthead(&made.phrases, made.reader.words, made.reader.count);

	release(&made);
	return is;
}

TEST(phrases_side_by_side_are_a_row)
{
	enum zone zone;

	assert_int_equal(row("Print Save Send to a friend", &zone), CATEGORY_SHARE);
	assert_int_equal(row("Print | Save", &zone), CATEGORY_SHARE);
	assert_int_equal(row("طباعة حفظ", &zone), CATEGORY_SHARE);
	assert_int_equal(row("Facebook Twitter Print", &zone), CATEGORY_SHARE);
	assert_int_equal(row("« Previous 1 2 3 Next »", &zone), CATEGORY_NAVIGATION);
	assert_int_equal(zone, ZONE_ANY);
	assert_int_equal(row("Print | Privacy", &zone), CATEGORY_SHARE);
	assert_int_equal(zone, ZONE_EDGE); /* the narrowest */
}

TEST(headings_lists_and_prices_of_the_same_words_are_no_row)
{
	enum zone zone;

	assert_int_equal(row("Print Privacy", &zone), CATEGORY_NONE); /* may be a heading */
	assert_int_equal(row("3. Facebook", &zone), CATEGORY_NONE);
	assert_int_equal(row("Facebook $0.50", &zone), CATEGORY_NONE);
	assert_int_equal(row("Next week Print Save", &zone), CATEGORY_NONE);
	assert_int_equal(row("Print", &zone), CATEGORY_NONE); /* one phrase: a line of its own */
}

TEST(a_trail_starts_at_home)
{
	assert_true(trail("Home > World > Asia"));
	assert_true(trail("الرئيسية » رياضة » كرة قدم"));
	assert_true(trail("Home / Business"));
	assert_false(trail("Home"));
	assert_false(trail("World > Home"));
	assert_false(trail("Home - it was a tent by the river for the first two years, he said"));
	assert_false(trail("Home was a tent"));
}

TEST(a_contact_is_labels_and_what_they_announce)
{
	assert_true(contact("Tel: +1 555 0123 - Fax: 555 0124"));
	assert_true(contact("هاتف: 00962-6-5550123"));
	assert_true(contact("Email Jane Roe at jroe@harbour.example"));
	assert_true(contact("@harbour_post"));
	assert_true(contact("+44 (0)20 5550 0123"));
	assert_false(contact("Tel Aviv 2024"));
	assert_false(contact("1987"));
	assert_false(contact("2 500 000"));
	assert_false(contact("Fax machines are back in 3000 offices"));
}

TEST(a_masthead_is_short_and_holds_no_sign)
{
	assert_true(masthead("وكالة الشاطئ للأنباء"));
	assert_true(masthead("Harbour News Agency"));
	assert_false(masthead("Agency"));
	assert_false(masthead("وكالة الفضاء ترجئ الإطلاق إلى الأسبوع المقبل"));
	assert_false(masthead("وكالة: إطلاق ناجح"));
	assert_false(masthead("Space Agency?"));
}

TEST(request_is_what_is_asked_and_a_thing)
{
	assert_true(request("Follow our channel on Facebook"));
	assert_true(request("Listen to this story (4 minutes)"));
	assert_true(request("Uygulamamızı indirin")); /* the verb ends the sentence */
	assert_false(request("Our channel on Facebook")); /* nothing is asked */
	assert_false(request("Follow this now")); /* no thing */
	assert_false(request("Follow the river to our channel")); /* words that belong to none */
	assert_false(request("- Follow our channel")); /* an entry of a list */
}

TEST(request_may_name_whom_to_follow)
{
	assert_true(request("Follow Jane Roe on Twitter"));
	assert_false(request("Follow the money on Twitter"));
	assert_false(request("Follow Jane Roe on Twitter."));
	assert_false(request("Follow Jane Roe on"));
}

TEST(words_are_known_with_what_arabic_joins_to_them)
{
	assert_true(request("تابعوا صفحتنا الرسمية على تويتر"));
	assert_true(request("وشاركوه مع أصدقائكم"));
	assert_true(request("للاشتراك في قناتنا تابعونا"));
	assert_false(request("تابعت الشرطة الخبر")); /* "she followed": no clitic, but a form of the verb */
	assert_false(request("شارك محمد في الخبر"));
}

TEST(label_of_classed_words_announces_short_items)
{
	assert_true(has_shape(row_is_labelled, "In this story: Syria - Turkey"));
	assert_true(has_shape(row_is_labelled, "في هذا الخبر: سوريا، تركيا"));
	assert_false(has_shape(row_is_labelled, "In this story: Syria and Turkey have met at the table"));
	assert_false(has_shape(row_is_labelled, "In this river: Syria - Turkey"));
	assert_false(
		has_shape(row_is_labelled, "Story: Syria - Turkey")); /* one word begins any headline */
}

TEST(count_says_how_many_of_what)
{
	assert_true(has_shape(row_is_count, "Readers on this channel: 5420"));
	assert_true(has_shape(row_is_count, "زوار القناة: 34"));
	assert_false(has_shape(row_is_count, "Readers on this channel"));
	assert_false(has_shape(row_is_count, "Readers on this channel: 54, 20"));
	assert_false(has_shape(row_is_count, "5420 on this channel"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IT(phrases_side_by_side_are_a_row),
		IT(headings_lists_and_prices_of_the_same_words_are_no_row),
		IT(a_trail_starts_at_home),
		IT(a_contact_is_labels_and_what_they_announce),
		IT(a_masthead_is_short_and_holds_no_sign),
		IT(request_is_what_is_asked_and_a_thing),
		IT(request_may_name_whom_to_follow),
		IT(words_are_known_with_what_arabic_joins_to_them),
		IT(label_of_classed_words_announces_short_items),
		IT(count_says_how_many_of_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
