/* SPDX-License-Identifier: MIT
 * strip_template_test.c - counts of a site's lines: they add up, survive a file, and are never too high. */
#include "tests/unit/check.h"

#include <stdlib.h>

#include "filters/strip-boilerplate/group.h"
#include "filters/strip-boilerplate/repeats.h"
#include "filters/strip-boilerplate/template.h"

static struct diag why;

/* --- files ------------------------------------------------------------------------------------------------ */

static enum flow append(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static void write_to(struct buf *into, const struct templates *templates)
{
	const struct sink sink = { .put = append, .ctx = into };
	const struct opt_output output = { .path = "file", .to = &sink };

	buf_clear(into);
	assert_int_equal(templates_write(templates, &output), FLOW_MORE);
}

static void read_from(struct templates *templates, const struct buf *text)
{
	if (!templates_read(templates, "file", buf_span(text), &why))
		fail_msg("%s", why.text);
}

static void is_refused(struct span text, const char *sentence)
{
	struct templates templates;

	templates_init(&templates, TEMPLATE_MOST, 1);
	assert_false(templates_read(&templates, "x.tsv", text, &why));
	assert_string_equal(why.text, sentence);
	templates_release(&templates);
}

/* Some sites with some lines. */
static void fill(struct templates *templates, uint32_t seed)
{
	static const char *const names[] = { "", "example.org", "tab\there %", "مثال" };

	for (int i = 0; i < 200; i++) {
		const char *name = names[check_random(&seed) % 4];
		struct site *site = templates_add(templates, span_from(name));

		site_begin(site);
		for (int j = 0; j < 20; j++) {
			uint64_t key = check_random(&seed) % 50;

			site_count(templates, site, key * UINT64_C(0x9E3779B97F4A7C15), key % 3 == 0);
		}
	}
}

TEST(a_file_says_what_was_counted)
{
	struct templates templates, copy;
	struct buf file = BUF_INIT, again = BUF_INIT;

	templates_init(&templates, TEMPLATE_MOST, 1);
	templates_init(&copy, TEMPLATE_MOST, 2);
	fill(&templates, 3);
	write_to(&file, &templates);
	read_from(&copy, &file);
	write_to(&again, &copy);
	assert_string_equal(buf_string(&file), buf_string(&again));
	assert_non_null(strstr(file.at, "\nsite\ttab%09here %25\t"));
	templates_release(&templates), templates_release(&copy);
	buf_release(&file), buf_release(&again);
}

TEST(files_of_parts_add_up_to_the_file_of_all)
{
	struct templates all, parts[2], sum;
	struct buf file = BUF_INIT, added = BUF_INIT;

	templates_init(&all, TEMPLATE_MOST, 1);
	templates_init(&sum, TEMPLATE_MOST, 4);
	for (unsigned i = 0; i < 2; i++) {
		templates_init(&parts[i], TEMPLATE_MOST, 2 + i);
		fill(&parts[i], 10 + i);
		fill(&all, 10 + i);
		write_to(&file, &parts[i]);
		read_from(&sum, &file);
		templates_release(&parts[i]);
	}
	write_to(&file, &all);
	write_to(&added, &sum);
	assert_string_equal(buf_string(&file), buf_string(&added));
	templates_release(&all), templates_release(&sum);
	buf_release(&file), buf_release(&added);
}

TEST(nothing_counted_is_a_template_too)
{
	struct templates templates;
	struct buf file = BUF_INIT;

	templates_init(&templates, TEMPLATE_MOST, 1);
	write_to(&file, &templates);
	read_from(&templates, &file);
	assert_int_equal(templates.count, 0);
	buf_release(&file);
	templates_release(&templates);
}

#define FIRST "ghirbal-template\t1\twords-1\tcomplete\n"

TEST(what_is_no_template_is_refused)
{
	is_refused(SPAN(""), "template 'x.tsv', line 1: this is no template (--save-template writes them)");
	is_refused(SPAN("some text\n"),
		"template 'x.tsv', line 1: this is no template (--save-template writes them)");
	is_refused(SPAN("ghirbal-template\t2\twords-1\tcomplete\n"),
		"template 'x.tsv', line 1: this template is of another version of ghirbal; learn it anew");
	is_refused(SPAN("ghirbal-template\t1\twords-9\tcomplete\n"),
		"template 'x.tsv', line 1: this template is of another version of ghirbal; learn it anew");
	is_refused(SPAN(FIRST), "template 'x.tsv', line 2: the file ends too early");
	is_refused(SPAN(FIRST "site\ta\t3\nend\t1"), "template 'x.tsv', line 3: the file ends too early");
	is_refused(SPAN(FIRST "site\ta\t0\n"), "template 'x.tsv', line 2: the number of documents is none");
	is_refused(
		SPAN(FIRST "site\tb\t3\nsite\ta\t3\n"), "template 'x.tsv', line 3: sites are not in order");
	is_refused(SPAN(FIRST "0123456789abcdef\t1\t0\n"),
		"template 'x.tsv', line 2: a line is counted before there is a site");
	is_refused(SPAN(FIRST "site\ta\t3\n0123456789abcdef\t4\t0\n"),
		"template 'x.tsv', line 3: the counts do not fit each other");
	is_refused(SPAN(FIRST "site\ta\t3\n0123456789abcdef\t02\t0\n"),
		"template 'x.tsv', line 3: this is neither a site nor the count of a line");
	is_refused(SPAN(FIRST "site\ta\t3\n2222222222222222\t1\t0\n1111111111111111\t1\t0\n"),
		"template 'x.tsv', line 4: lines are not in order");
	is_refused(SPAN(FIRST "site\ta\t3\nend\t7\t0123456789abcdef\n"),
		"template 'x.tsv', line 3: lines are missing in front of this one");
	is_refused(SPAN(FIRST "site\ta\t3\nend\t1\t0123456789abcdef\n"),
		"template 'x.tsv', line 3: the checksum does not match: the file is damaged, or was edited");
}

TEST(a_changed_byte_anywhere_is_found)
{
	struct templates templates;
	struct buf file = BUF_INIT;
	uint32_t seed = 1;

	templates_init(&templates, TEMPLATE_MOST, 1);
	fill(&templates, 5);
	write_to(&file, &templates);
	for (int i = 0; i < 300; i++) {
		size_t at = check_random(&seed) % file.len;
		char change = (char)(1 + check_random(&seed) % 255);
		struct templates into;

		file.at[at] = (char)(file.at[at] ^ change);
		templates_init(&into, TEMPLATE_MOST, 1);
		assert_false(templates_read(&into, "file", buf_span(&file), &why));
		templates_release(&into);
		file.at[at] = (char)(file.at[at] ^ change);
		templates_init(&into, TEMPLATE_MOST, 1);
		assert_false(templates_read(&into, "file", span_head(buf_span(&file), at), &why));
		templates_release(&into);
	}
	templates_release(&templates);
	buf_release(&file);
}

/* --- memory ----------------------------------------------------------------------------------------------- */

/* Counts a page that every document has and lines that none has again. */
static void fill_endlessly(struct templates *templates, size_t documents)
{
	uint64_t fresh = 1000;

	for (size_t i = 0; i < documents; i++) {
		struct site *site = templates_add(templates, SPAN("site"));

		site_begin(site);
		for (uint64_t key = 1; key <= 20; key++)
			site_count(templates, site, key, true);
		for (int j = 0; j < 50; j++)
			site_count(templates, site, fresh++, false);
	}
}

TEST(where_room_is_short_what_is_rare_is_forgotten)
{
	struct templates templates;
	const struct site *site;

	templates_init(&templates, 1 << 16, 1);
	fill_endlessly(&templates, 2000);
	site = templates_find(&templates, SPAN("site"));
	assert_true(templates.is_partial && !templates.is_full);
	assert_true(templates.used <= 1 << 16);
	for (uint64_t key = 1; key <= 20; key++)
		assert_true(site_find(&templates, site, key)->documents > 1000);
	for (uint32_t i = 0; i < site->cap; i++)
		assert_true(site->slots[i].documents <= site->documents);
	templates_release(&templates);
}

TEST(sites_that_come_late_are_learned_too)
{
	struct templates templates;
	struct buf name = BUF_INIT;
	uint64_t fresh = 1000;

	templates_init(&templates, 1 << 17, 1);
	for (int i = 0; i < 40; i++) {
		struct site *site;

		buf_clear(&name);
		buf_addf(&name, "%d.example.org", i);
		for (int page = 0; page < 20; page++) {
			site = templates_add(&templates, buf_span(&name));
			assert_non_null(site);
			site_begin(site);
			site_count(&templates, site, 7, true);
			for (int j = 0; j < 50; j++)
				site_count(&templates, site, fresh++, false);
		}
	}
	for (size_t i = 0; i < templates.count; i++)
		assert_in_range(site_find(&templates, templates.sites[i], 7)->documents, 15, 20);
	templates_release(&templates);
	buf_release(&name);
}

TEST(too_many_sites_are_not_taken)
{
	struct templates templates;
	struct buf name = BUF_INIT;
	bool refused = false;

	templates_init(&templates, 1 << 16, 1);
	for (int i = 0; i < 5000; i++) {
		struct site *site;

		buf_clear(&name);
		buf_addf(&name, "%d.example.org", i);
		site = templates_add(&templates, buf_span(&name));
		refused = refused || !site;
		if (site) {
			site_begin(site);
			site_count(&templates, site, 7, true);
		}
	}
	assert_true(refused);
	assert_true(templates.used < (1 << 16) + (1 << 12));
	templates_release(&templates);
	buf_release(&name);
}

/* --- keys, sites ------------------------------------------------------------------------------------------ */

/* A template that was saved yesterday must be read tomorrow: where folding changes, so must TEMPLATE_KEYS. */
TEST(keys_of_lines_are_those_of_their_version)
{
	struct templates templates;
	struct learner learner = { .templates = &templates };
	struct buf file = BUF_INIT;

	templates_init(&templates, TEMPLATE_MOST, 1);
	learner_begin(&learner, SPAN("site"));
	learner_text(&learner, SPAN("تابعنا على إكس: 12 ألف متابع\nRead MORE, straße (3)\n"));
	learner_end(&learner);
	write_to(&file, &templates);
	check_buf(&file, "ghirbal-template\t1\twords-1\tcomplete\n"
			 "site\tsite\t1\n"
			 "bfd1671dbee7404b\t1\t1\n"
			 "eed9a1ae3209fcd9\t1\t1\n"
			 "end\t3\t1dc33f86897da46c\n");
	learner_release(&learner);
	templates_release(&templates);
	buf_release(&file);
}

static void host_is(const char *url, const char *host)
{
	struct group group;
	struct doc_member member = { .is_text = true, .text = span_from(url) };
	struct doc_info doc = { .members = &member };
	struct span name;

	assert_true(group_init(&group, "url:host", 0, FRAMING_JSONL, &why));
	assert_int_equal(group_of(&group, &doc, &name), *host != '\0');
	if (*host) {
		assert_int_equal(name.len, strlen(host));
		assert_memory_equal(name.at, host, name.len);
	}
	group_release(&group);
}

TEST(the_host_of_a_url_is_the_site)
{
	host_is("https://www.Example.org/news/1?x=http://other.net/", "example.org");
	host_is("http://user:pass@news.example.org:8080", "news.example.org");
	host_is("//cdn.example.org/a", "cdn.example.org");
	host_is("example.org/a", "example.org");
	host_is("http://[2001:db8::1]:80/", "2001:db8::1");
	host_is("https:///path", "");
	host_is("http://مثال.إختبار/خبر", "مثال.إختبار");
}

TEST(a_group_needs_records)
{
	struct group group;

	assert_false(group_init(&group, "site", 0, FRAMING_ZERO, &why));
	assert_string_equal(why.text, "--group=site: only records have members; it needs --jsonl");
	assert_false(group_init(&group, ":host", 0, FRAMING_JSONL, &why));
	assert_string_equal(why.text, "--group=:host lacks the name of a member");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_file_says_what_was_counted),
		IT(files_of_parts_add_up_to_the_file_of_all),
		IT(nothing_counted_is_a_template_too),
		IT(what_is_no_template_is_refused),
		IT(a_changed_byte_anywhere_is_found),
		IT(where_room_is_short_what_is_rare_is_forgotten),
		IT(sites_that_come_late_are_learned_too),
		IT(too_many_sites_are_not_taken),
		IT(keys_of_lines_are_those_of_their_version),
		IT(the_host_of_a_url_is_the_site),
		IT(a_group_needs_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
