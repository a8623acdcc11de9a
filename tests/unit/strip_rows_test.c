/* SPDX-License-Identifier: MIT
 * strip_rows_test.c - widgets side by side on a line, and sentences and lists made of the same words. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/rows.h"

#define LEXICON                                                                                                    \
	"[navigation: line]\nPrevious\nNext\n[share: line]\nPrint\nSave\nSend to a friend\nطباعة\nحفظ\n"   \
	"[consent: line edge]\nPrivacy\n[button: word]\nFacebook\nTwitter\n[home: word]\nHome\nالرئيسية\n" \
	"[contact: word]\nTel\nFax\nهاتف\nEmail\n[masthead: word]\nAgency\nوكالة\n"

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IT(phrases_side_by_side_are_a_row),
		IT(headings_lists_and_prices_of_the_same_words_are_no_row),
		IT(a_trail_starts_at_home),
		IT(a_contact_is_labels_and_what_they_announce),
		IT(a_masthead_is_short_and_holds_no_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
