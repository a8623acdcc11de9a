/* SPDX-License-Identifier: MIT
 * jsonl_test.c - documents out of records and back: what changes is the text, and nothing else. */
#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/jsonl.h"
#include "common/mem.h"

/* A run over records in memory. The filter of it hands back the text, made anew as `make` says. */
struct run {
	void (*make)(struct run *run, struct span text);
	struct jsonl jsonl;
	struct output output;
	struct diag why;
	struct buf seen; /* texts, each in angle brackets; bad records in square ones */
	struct buf got; /* what was written */
	uint64_t parts; /* that the filter made of the record: then the document is not ended */
};

static void put(struct run *run, struct span text)
{
	assert_int_equal(sink_put(jsonl_sink(&run->jsonl), text), FLOW_MORE);
}

static enum flow on_begin(void *ctx)
{
	buf_add_byte(&((struct run *)ctx)->seen, '<');
	return FLOW_MORE;
}

static enum flow on_text(void *ctx, struct span raw)
{
	struct run *run = ctx;

	assert_true(raw.len > 0);
	buf_add(&run->seen, raw);
	run->make(run, raw);
	return FLOW_MORE;
}

static enum flow on_end(void *ctx)
{
	struct run *run = ctx;

	buf_addf(&run->seen, ">%s",
		run->jsonl.is_mended ? "" : "!"); /* ! says that it is not known to be text */
	for (size_t i = 0; i < run->jsonl.wanted_count; i++)
		buf_addf(&run->seen, "(%.*s)",
			run->jsonl.members[i].is_text ? (int)run->jsonl.members[i].text.len : 1,
			run->jsonl.members[i].is_text ? run->jsonl.members[i].text.at : "-");
	return run->parts ? FLOW_MORE : sink_end(jsonl_sink(&run->jsonl));
}

static enum flow on_bad(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	struct run *run = ctx;

	if (why)
		buf_addf(&run->seen, "[%llu: %s: ", (unsigned long long)run->jsonl.line, why->text);
	buf_add(&run->seen, raw);
	buf_add(&run->seen, is_last ? SPAN("]") : SPAN(""));
	return FLOW_MORE;
}

static void run_start(struct run *run)
{
	struct jsonl_handler to = { on_begin, on_text, on_end, on_bad, run };
	char path[64];
	int fd = memfd_create("records", MFD_CLOEXEC);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_true(output_open(&run->output, path, FRAMING_TEXT, &run->why));
	close(fd);
	run->jsonl.field = run->jsonl.field.len ? run->jsonl.field : SPAN("text");
	run->jsonl.max_record = run->jsonl.max_record ? run->jsonl.max_record : 1 << 20;
	run->jsonl.to = to;
	run->jsonl.output = &run->output;
	jsonl_begin(&run->jsonl);
}

/* Feeds pieces of `piece` bytes, each in memory of just its size. */
static void run_feed(struct run *run, struct span records, size_t piece)
{
	while (records.len) {
		struct span head = span_head(records, piece);
		char *own = mem_copy(head.at, head.len);

		assert_int_equal(jsonl_bytes(&run->jsonl, span_of(own, head.len)), FLOW_MORE);
		free(own);
		records = span_skip(records, head.len);
	}
	assert_int_equal(jsonl_end(&run->jsonl), FLOW_MORE);
}

static void run_finish(struct run *run)
{
	int fd = dup(run->output.fd);
	off_t size;

	assert_true(output_close(&run->output, true));
	size = lseek(fd, 0, SEEK_END);
	assert_int_equal(pread(fd, buf_reserve(&run->got, (size_t)size), (size_t)size, 0), size);
	run->got.len = (size_t)size;
	close(fd);
	jsonl_release(&run->jsonl);
}

static void run_all(struct run *run, struct span records, size_t piece)
{
	run_start(run);
	run_feed(run, records, piece);
	run_finish(run);
}

static void run_release(struct run *run)
{
	buf_release(&run->seen);
	buf_release(&run->got);
}

/* --- filters -------------------------------------------------------------------------------------------- */

static void keep_all(struct run *run, struct span text)
{
	put(run, text);
}

/* The same bytes, but out of other memory and byte by byte. */
static void copy_all(struct run *run, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.at[i];

		put(run, span_of(&byte, 1));
	}
}

static void drop_all(struct run *run, struct span text)
{
	(void)run, (void)text;
}

/* What is between the first and the last byte. */
static void keep_inside(struct run *run, struct span text)
{
	put(run, span_of(text.at + 1, text.len - 2));
}

/* Every x becomes a quote, everything else stays. */
static void quote_x(struct run *run, struct span text)
{
	while (text.len) {
		size_t x = span_find(text, 'x');

		put(run, span_head(text, x));
		if (x < text.len)
			put(run, SPAN("\""));
		text = span_skip(text, x + 1);
	}
}

/* Ends with a newline, whatever the text does; and the other way round. */
static void end_line(struct run *run, struct span text)
{
	put(run, text);
	if (!span_has_suffix(text, SPAN("\n")))
		put(run, SPAN("\n"));
}

static void unend_line(struct run *run, struct span text)
{
	put(run, span_has_suffix(text, SPAN("\n")) ? span_head(text, text.len - 1) : text);
}

/* What lies between bars is a part; an empty one is none. */
static void part_at_bars(struct run *run, struct span text)
{
	size_t at = 0;

	run->parts = 0;
	while (at < text.len) {
		struct span word = span_skip(text, at);
		struct part part = { "word", ++run->parts, at, 0 };

		word.len = span_find(word, '|');
		part.end = at += word.len;
		put(run, word);
		if (word.len)
			assert_int_equal(sink_part(jsonl_sink(&run->jsonl), &part), FLOW_MORE);
		at++;
	}
}

static void becomes(
	void (*make)(struct run *run, struct span text), struct span records, const char *expected)
{
	for (size_t piece = records.len; piece > 0; piece -= 1 + piece / 4) {
		struct run run = { .make = make, .jsonl.cpu = cpu_best(NULL) };

		run_all(&run, records, piece);
		check_buf(&run.got, expected);
		run_release(&run);
	}
}

#define BECOMES(make, records, expected) becomes(make, SPAN(records), expected)
#define STAYS(make, records)             becomes(make, SPAN(records), records)

/* --- out ------------------------------------------------------------------------------------------------ */

TEST(a_record_whose_text_stays_is_copied_byte_for_byte)
{
	STAYS(keep_all, "{\"text\":\"\\u0642\\/ \\u000A\\n\"}\n");
	STAYS(copy_all, "{\"text\":\"\\u0642\\/ \\u000A\\n\"}\n");
	STAYS(copy_all,
		" {\t\"n\" : 1.0,\"big\":123456789012345678901234567890, \"text\":\"خبر\",\"e\":1e400 } \r\n");
	STAYS(keep_all, "{\"text\":\"\"}\n");
}

TEST(a_changed_text_changes_no_other_byte)
{
	BECOMES(quote_x, " { \"a\":1.0 ,\"text\" : \"axb\\u0643\" , \"a\":[\"x\"] }\r\n",
		" { \"a\":1.0 ,\"text\" : \"a\\\"bك\" , \"a\":[\"x\"] }\r\n");
	BECOMES(keep_inside, "{\"text\":\"\\\"خبر\\\"\"}\n", "{\"text\":\"خبر\"}\n");
}

TEST(a_text_that_is_left_out_leaves_an_empty_string)
{
	BECOMES(drop_all, "{\"text\":\"وداعا\\n\",\"z\":null}\n", "{\"text\":\"\",\"z\":null}\n");
}

TEST(the_string_ends_in_a_newline_if_it_did_before)
{
	STAYS(end_line, "{\"text\":\"a\"}\n");
	STAYS(end_line, "{\"text\":\"a\\n\"}\n");
	STAYS(unend_line, "{\"text\":\"a\\n\"}\n");
	BECOMES(drop_all, "{\"text\":\"a\\n\"}\n", "{\"text\":\"\"}\n");
}

TEST(an_unterminated_last_line_is_a_record)
{
	BECOMES(keep_all, "{\"text\":\"a\"}\n{\"text\":\"b\"}", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
}

TEST(white_space_lines_are_no_records)
{
	BECOMES(keep_all, "\n \t\r\n{\"text\":\"a\"}\n\n", "{\"text\":\"a\"}\n");
}

TEST(only_the_last_of_two_equal_names_is_the_text)
{
	BECOMES(quote_x, "{\"text\":\"x1\\n\",\"text\":\"x2\"}\n",
		"{\"text\":\"x1\\n\",\"text\":\"\\\"2\"}\n");
	BECOMES(quote_x, "{\"text\":\"x\",\"\\u0074ext\":\"\\u0078\"}\n",
		"{\"text\":\"x\",\"\\u0074ext\":\"\\\"\"}\n");
	BECOMES(quote_x, "{\"text\":[\"x\"],\"text\":\"x\"}\n", "{\"text\":[\"x\"],\"text\":\"\\\"\"}\n");
}

TEST(what_comes_outside_of_records_is_written_as_it_is)
{
	struct run run = { .make = keep_all };

	run_start(&run);
	run_feed(&run, SPAN("{\"text\":\"a\"}\n"), 100);
	put(&run, SPAN("a\t1"));
	assert_int_equal(sink_end(jsonl_sink(&run.jsonl)), FLOW_MORE);
	run_finish(&run);
	check_buf(&run.got, "{\"text\":\"a\"}\na\t1\n");
	run_release(&run);
}

/* Long texts are spelled part by part. */
TEST(a_long_text_is_spelled_whole)
{
	struct buf record = BUF_INIT, expected = BUF_INIT;

	buf_add(&record, SPAN("{\"text\":\""));
	buf_add(&expected, SPAN("{\"text\":\""));
	for (int i = 0; i < 20000; i++) {
		buf_add(&record, i % 7 ? SPAN("خبر ") : SPAN("x\\n"));
		buf_add(&expected, i % 7 ? SPAN("خبر ") : SPAN("\\\"\\n"));
	}
	buf_add(&record, SPAN("\"}\n"));
	buf_add(&expected, SPAN("\"}\n"));
	for (enum cpu cpu = CPU_SCALAR; cpu <= cpu_best(NULL); cpu++) {
		struct run run = { .make = quote_x, .jsonl.cpu = cpu };

		run_all(&run, buf_span(&record), record.len);
		assert_true(span_equal(buf_span(&run.got), buf_span(&expected)));
		run_release(&run);
	}
	buf_release(&record);
	buf_release(&expected);
}

/* --- in ------------------------------------------------------------------------------------------------- */

static void is_seen_as(struct span records, const char *expected)
{
	for (size_t piece = records.len; piece > 0; piece -= 1 + piece / 4) {
		struct run run = { .make = drop_all, .jsonl = { .max_record = 60, .cpu = cpu_best(NULL) } };

		run_all(&run, records, piece);
		check_buf(&run.seen, expected);
		run_release(&run);
	}
}

#define SEEN(records, expected) is_seen_as(SPAN(records), expected)

TEST(escapes_are_understood)
{
	SEEN("{\"text\":\"\\u0642\\u0627\\u0644:\\t\\\"\\ud83d\\ude00\\\"\"}", "<قال:\t\"😀\">");
}

TEST(an_empty_text_is_a_document)
{
	SEEN("{\"text\":\"\"}\n{\"text\":\"a\"}\n", "<><a>");
}

TEST(text_with_lone_surrogates_or_nul_has_to_be_mended)
{
	SEEN("{\"text\":\"a\\ud800b\"}\n{\"text\":\"ok\"}\n", "<a\xFF"
							      "b>!<ok>");
	SEEN("{\"text\":\"\\udce2\\udc82\"}", "<\xE2\x82>!");
	SEEN("{\"text\":\"\\ud83d\\u0041\"}", "<\xFF"
					      "A>!");
	SEEN("{\"text\":\"\xD8\"}\n{\"text\":\"\\\\\"}\n", "<\xD8>!<\\>");
}

TEST(escapes_in_another_member_do_not_make_the_text_suspect)
{
	SEEN("{\"a\":\"\\ud800\\u0000\",\"text\":\"ok\"}", "<ok>");
	SEEN("{\"text\":\"\\ud800\",\"text\":\"ok\"}", "<ok>");
}

TEST(ill_formed_bytes_outside_of_the_text_make_a_record_bad)
{
	SEEN("{\"a\":\"\xFF\",\"text\":\"x\"}\n{\"text\":\"y\"}\n",
		"[1: invalid UTF-8 at byte 6: {\"a\":\"\xFF\",\"text\":\"x\"}]<y>");
	SEEN("{\"text\":\"\xFF\",\"a\":\"\xFE\"}\n",
		"[1: invalid UTF-8 at byte 17: {\"text\":\"\xFF\",\"a\":\"\xFE\"}]");
}

TEST(a_bad_byte_is_named_with_its_place_in_its_own_record)
{
	SEEN("{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"a\":\"\xFF\",\"text\":\"\"}\n{\"a\":\"\xFE\",\"text\":\"\"}\n",
		"<a><b>[3: invalid UTF-8 at byte 6: {\"a\":\"\xFF\",\"text\":\"\"}]"
		"[4: invalid UTF-8 at byte 6: {\"a\":\"\xFE\",\"text\":\"\"}]");
	SEEN("{\"text\":\"a\xD8\"}\n{\"text\":\"\xA7\"}\n{\"text\":\"c\"}\n", "<a\xD8>!<\xA7>!<c>");
}

TEST(bad_records_are_named_with_their_line_and_the_rest_is_read)
{
	SEEN("{\"text\":\"a\"}\n{\"txt\":\"b\"}\n{\"text\":3}\n[]\n{\"text\":\"c\"}\n",
		"<a>[2: there is no member 'text': {\"txt\":\"b\"}]"
		"[3: member 'text' is not a string: {\"text\":3}][4: not a JSON object at byte 0: []]<c>");
}

TEST(a_byte_order_mark_may_stand_in_front_of_the_first_line_only)
{
	SEEN("\xEF\xBB\xBF{\"text\":\"a\"}\n", "<a>");
	SEEN("{\"text\":\"a\"}\n\xEF\xBB\xBF{}\n", "<a>[2: not a JSON object at byte 0: \xEF\xBB\xBF{}]");
}

TEST(a_record_over_the_limit_is_bad_and_the_next_is_read)
{
	SEEN("{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}\n{\"text\":\"a\"}",
		"[1: the record is larger than 60 bytes (--max-record): "
		"{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}]<a>");
}

TEST(a_last_record_over_the_limit_needs_no_line_end)
{
	SEEN("{\"text\":\"a\"}\n{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789",
		"<a>[2: the record is larger than 60 bytes (--max-record): "
		"{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789]");
}

static enum flow have_enough(void *ctx)
{
	buf_add_byte(&((struct run *)ctx)->seen, '.');
	return FLOW_STOP;
}

TEST(whoever_has_enough_gets_no_more_records)
{
	struct run run = { .make = keep_all };

	run_start(&run);
	run.jsonl.to.end = have_enough;
	assert_int_equal(jsonl_bytes(&run.jsonl, SPAN("{\"text\":\"a\"}\n{\"text\":\"b\"}\n")), FLOW_STOP);
	check_buf(&run.seen, "<a.");
	run_finish(&run);
	run_release(&run);
}

TEST(whoever_has_enough_at_the_start_is_shown_no_text)
{
	struct run run = { .make = keep_all };

	run_start(&run);
	run.jsonl.to.begin = have_enough;
	assert_int_equal(jsonl_bytes(&run.jsonl, SPAN("{\"text\":\"a\"}\n{\"text\":\"b\"}\n")), FLOW_STOP);
	check_buf(&run.seen, ".");
	run_finish(&run);
	run_release(&run);
}

static void write_x(struct run *run, struct span text)
{
	(void)text;
	put(run, SPAN("x"));
}

static enum flow end_full(void *ctx)
{
	return sink_end(jsonl_sink(&((struct run *)ctx)->jsonl));
}

/* Writes a record with members of these lengths to a full disk. */
static enum flow written_to_a_full_disk(size_t in_front, size_t behind)
{
	struct run run = { .make = write_x };
	struct buf record = BUF_INIT;
	enum flow flow;

	run_start(&run);
	assert_true(output_close(&run.output, false));
	assert_true(output_open(&run.output, "/dev/full", FRAMING_TEXT, &run.why));
	run.jsonl.to.end = end_full;
	buf_add(&record, SPAN("{\"a\":\""));
	memset(buf_reserve(&record, in_front), 'a', in_front);
	record.len += in_front;
	buf_add(&record, SPAN("\",\"text\":\"y\",\"z\":\""));
	memset(buf_reserve(&record, behind), 'z', behind);
	record.len += behind;
	buf_add(&record, SPAN("\"}\n"));
	flow = jsonl_bytes(&run.jsonl, buf_span(&record));
	assert_false(output_close(&run.output, true));
	jsonl_release(&run.jsonl);
	buf_release(&record);
	run_release(&run);
	return flow;
}

TEST(a_full_disk_is_noticed_at_every_part_of_a_record)
{
	enum { BLOCK = 128 * 1024, BEFORE = 6 + 11 };

	assert_int_equal(written_to_a_full_disk(2 * BLOCK, 1), FLOW_FAIL);
	assert_int_equal(written_to_a_full_disk(1, 2 * BLOCK), FLOW_FAIL);
	assert_int_equal(written_to_a_full_disk(1, 1), FLOW_MORE); /* it is when the file is closed */
	for (size_t len = BLOCK - 64; len < BLOCK; len++)
		written_to_a_full_disk(len, 1);
	assert_int_equal(written_to_a_full_disk(BLOCK - BEFORE, 1), FLOW_FAIL);
}

TEST(the_result_may_go_where_the_text_was_by_name)
{
	struct run run = { .make = quote_x, .jsonl.into = SPAN("text") };

	run_all(&run, SPAN("{\"text\":\"x\",\"n\":1}\n"), 4);
	check_buf(&run.got, "{\"text\":\"\\\"\",\"n\":1}\n");
	run_release(&run);
}

static void say_one(struct run *run, struct span text)
{
	if (text.len)
		put(run, SPAN("1"));
}

TEST(bytes_of_a_text_that_stays_are_escaped_where_they_are_no_utf8)
{
	struct run run = { .make = say_one, .jsonl.into = SPAN("made") };

	run_all(&run, SPAN("{\"text\":\"\xFF\\n\xC3é\",\"n\":1}\n{\"made\":\"\",\"text\":\"\xE2\x82\"}\n"),
		6);
	check_buf(&run.got,
		"{\"text\":\"\\udcff\\n\\udcc3é\",\"n\":1,\"made\":\"1\"}\n{\"made\":\"1\",\"text\":\"\\udce2\\udc82\"}\n");
	run_release(&run);
}

TEST(another_member_may_be_the_text)
{
	struct run run = { .make = quote_x, .jsonl.field = SPAN("متن") };

	run_all(&run, SPAN("{\"text\":\"x\",\"متن\":\"x\"}\n"), 5);
	check_buf(&run.got, "{\"text\":\"x\",\"متن\":\"\\\"\"}\n");
	run_release(&run);
}

static void note_id(struct run *run, struct span text)
{
	(void)text;
	buf_addf(&run->got, "%s;", buf_string(&run->jsonl.id));
}

TEST(the_id_is_the_text_of_a_string_or_as_written)
{
	struct run run = { .make = note_id };

	run_start(&run);
	run_feed(&run,
		SPAN("{\"id\":\"\\u0623/1\",\"text\":\"a\"}\n{\"text\":\"b\",\"id\": 1.50 }\n{\"text\":\"c\"}\n{\"id\":true,\"text\":\"d\"}\n"),
		7);
	check_buf(&run.got, "أ/1;1.50;;true;");
	buf_clear(&run.got);
	run_finish(&run);
	run_release(&run);
}

/* --- annotations ---------------------------------------------------------------------------------------- */

static void note(void *ctx, struct buf *into)
{
	(void)ctx;
	buf_add(into, SPAN("{\"n\":1}"));
}

static void is_annotated(struct span record, const char *expected)
{
	struct run run = { .make = quote_x, .jsonl = { .annotate = note, .annotator = "sieve" } };

	run_all(&run, record, 1000);
	check_buf(&run.got, expected);
	run_release(&run);
}

#define ANNOTATED(record, expected) is_annotated(SPAN(record "\n"), expected "\n")

TEST(an_annotation_is_the_last_member)
{
	ANNOTATED("{\"text\":\"a\\u0062\",\"z\":1.0 } ",
		"{\"text\":\"a\\u0062\",\"z\":1.0 ,\"ghirbal\":{\"sieve\":{\"n\":1}}} ");
	ANNOTATED("{\"text\":\"x\"}", "{\"text\":\"\\\"\",\"ghirbal\":{\"sieve\":{\"n\":1}}}");
}

TEST(later_annotations_join_the_first_wherever_it_stands)
{
	ANNOTATED("{\"ghirbal\":{\"a\":{}},\"text\":\"x\"}",
		"{\"ghirbal\":{\"a\":{},\"sieve\":{\"n\":1}},\"text\":\"\\\"\"}");
	ANNOTATED("{\"text\":\"x\",\"ghirbal\":{ }}",
		"{\"text\":\"\\\"\",\"ghirbal\":{ \"sieve\":{\"n\":1}}}");
}

TEST(a_second_annotation_of_one_filter_is_numbered)
{
	ANNOTATED("{\"text\":\"a\",\"ghirbal\":{\"s\\u0069eve\":1}}",
		"{\"text\":\"a\",\"ghirbal\":{\"s\\u0069eve\":1,\"sieve-2\":{\"n\":1}}}");
	ANNOTATED("{\"text\":\"a\",\"ghirbal\":{\"sieve\":1,\"sieve-2\":2}}",
		"{\"text\":\"a\",\"ghirbal\":{\"sieve\":1,\"sieve-2\":2,\"sieve-3\":{\"n\":1}}}");
}

/* The first number of those that a filter's name may get and that a record has up to `last` already; what it is called. */
static void check_number_behind(uint64_t last, const char *name)
{
	struct buf record = BUF_INIT, expected = BUF_INIT;

	buf_addf(&record, "{\"text\":\"a\",\"ghirbal\":{\"sieve\":1");
	for (uint64_t i = 2; i > 1 && i <= last; i = i < 16 ? i + 1 : i * 2)
		buf_addf(&record, ",\"sieve-%llu\":1", (unsigned long long)i);
	buf_add(&expected, buf_span(&record));
	buf_addf(&expected, ",\"%s\":{\"n\":1}}}\n", name);
	buf_addf(&record, "}}\n");
	is_annotated(buf_span(&record), buf_string(&expected));
	buf_release(&record);
	buf_release(&expected);
}

TEST(numbers_of_a_filter_soon_grow_by_steps)
{
	check_number_behind(15, "sieve-16");
	check_number_behind(16, "sieve-32");
	check_number_behind(2000, "sieve-2048");
	check_number_behind(UINT64_MAX, "sieve-9223372036854775808"); /* said twice */
}

TEST(a_member_ghirbal_that_is_no_object_stays)
{
	ANNOTATED("{\"ghirbal\":7,\"text\":\"a\"}",
		"{\"ghirbal\":7,\"text\":\"a\",\"ghirbal\":{\"sieve\":{\"n\":1}}}");
}

/* --- parts ------------------------------------------------------------------------------------------------ */

TEST(a_part_is_a_record_of_its_own)
{
	BECOMES(part_at_bars, "{\"id\":\"x\",\"text\":\"a|bc\", \"n\":1e400}\n",
		"{\"id\":\"x\",\"text\":\"a\", \"n\":1e400,\"ghirbal\":{\"id\":\"x#1\",\"word\":1,\"start\":0,\"end\":1}}\n"
		"{\"id\":\"x\",\"text\":\"bc\", \"n\":1e400,\"ghirbal\":{\"id\":\"x#2\",\"word\":2,\"start\":2,\"end\":4}}\n");
}

TEST(a_part_has_no_newline_that_the_text_had)
{
	BECOMES(part_at_bars, "{\"text\":\"a|\\n\"}\n",
		"{\"text\":\"a\",\"ghirbal\":{\"word\":1,\"start\":0,\"end\":1}}\n"
		"{\"text\":\"\\n\",\"ghirbal\":{\"word\":2,\"start\":2,\"end\":3}}\n");
}

TEST(a_part_that_is_all_of_the_text_is_spelled_as_it_was)
{
	BECOMES(part_at_bars, "{\"text\":\"\\u0061\\/\"}\n",
		"{\"text\":\"\\u0061\\/\",\"ghirbal\":{\"word\":1,\"start\":0,\"end\":2}}\n");
}

TEST(an_id_that_is_no_name_is_no_id_of_parts)
{
	BECOMES(part_at_bars, "{\"id\":-7.0,\"text\":\"a\"}\n",
		"{\"id\":-7.0,\"text\":\"a\",\"ghirbal\":{\"id\":\"-7.0#1\",\"word\":1,\"start\":0,\"end\":1}}\n");
	BECOMES(part_at_bars, "{\"id\":[7],\"text\":\"a\"}\n",
		"{\"id\":[7],\"text\":\"a\",\"ghirbal\":{\"word\":1,\"start\":0,\"end\":1}}\n");
	BECOMES(part_at_bars, "{\"id\":\"\\\"\\u0001\",\"text\":\"a\"}\n",
		"{\"id\":\"\\\"\\u0001\",\"text\":\"a\",\"ghirbal\":{\"id\":\"\\\"\\u0001#1\",\"word\":1,\"start\":0,\"end\":1}}\n");
}

TEST(parts_of_parts_have_names_of_their_own)
{
	BECOMES(part_at_bars, "{\"ghirbal\":{\"id\":\"x#3\",\"word\":3},\"text\":\"a\",\"id\":\"x\"}\n",
		"{\"ghirbal\":{\"id\":\"x#3\",\"word\":3,\"id-2\":\"x#1\",\"word-2\":1,\"start\":0,\"end\":1},"
		"\"text\":\"a\",\"id\":\"x\"}\n");
}

/* --- members that a filter asks for ----------------------------------------------------------------------- */

static void check_members(struct span records, const char *expected)
{
	for (size_t piece = records.len; piece > 0; piece -= 1 + piece / 4) {
		struct run run = { .make = keep_all, .jsonl.cpu = cpu_best(NULL) };

		run.jsonl.wanted[0] = SPAN("lang");
		run.jsonl.wanted[1] = SPAN("id");
		run.jsonl.wanted[2] = SPAN("lang");
		run.jsonl.wanted_count = 3;
		run_all(&run, records, piece);
		check_buf(&run.seen, expected);
		run_release(&run);
	}
}

TEST(members_are_found_wherever_they_stand_and_however_they_are_spelled)
{
	check_members(SPAN("{\"lang\":\"ar\",\"text\":\"a\",\"id\":\"7\"}\n"), "<a>(ar)(7)(ar)");
	check_members(SPAN("{\"text\":\"a\",\"l\\u0061ng\":\"\\u0061r\"}\n"), "<a>(ar)(-)(ar)");
	check_members(SPAN("{\"text\":\"a\",\"lang\":\"x\",\"lang\":\"en\"}\n"), "<a>(en)(-)(en)");
}

TEST(a_member_that_is_no_string_or_deeper_down_is_not_there)
{
	check_members(SPAN("{\"text\":\"a\",\"lang\":[\"ar\"],\"id\":7}\n"), "<a>(-)(-)(-)");
	check_members(SPAN("{\"text\":\"a\",\"o\":{\"lang\":\"ar\"}}\n"), "<a>(-)(-)(-)");
	check_members(SPAN("{\"text\":\"a\",\"lang\":\"a\\u0000r\",\"id\":\"\\ud800\"}\n"), "<a>(-)(-)(-)");
}

TEST(a_member_is_forgotten_with_its_record)
{
	check_members(
		SPAN("{\"text\":\"a\",\"lang\":\"ar\"}\n{\"text\":\"b\"}\n"), "<a>(ar)(-)(ar)<b>(-)(-)(-)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_record_whose_text_stays_is_copied_byte_for_byte),
		IT(a_changed_text_changes_no_other_byte),
		IT(a_text_that_is_left_out_leaves_an_empty_string),
		IT(the_string_ends_in_a_newline_if_it_did_before),
		IT(an_unterminated_last_line_is_a_record),
		IT(white_space_lines_are_no_records),
		IT(only_the_last_of_two_equal_names_is_the_text),
		IT(what_comes_outside_of_records_is_written_as_it_is),
		IT(a_long_text_is_spelled_whole),
		IT(escapes_are_understood),
		IT(an_empty_text_is_a_document),
		IT(text_with_lone_surrogates_or_nul_has_to_be_mended),
		IT(escapes_in_another_member_do_not_make_the_text_suspect),
		IT(ill_formed_bytes_outside_of_the_text_make_a_record_bad),
		IT(a_bad_byte_is_named_with_its_place_in_its_own_record),
		IT(bad_records_are_named_with_their_line_and_the_rest_is_read),
		IT(a_byte_order_mark_may_stand_in_front_of_the_first_line_only),
		IT(a_record_over_the_limit_is_bad_and_the_next_is_read),
		IT(a_last_record_over_the_limit_needs_no_line_end),
		IT(whoever_has_enough_gets_no_more_records),
		IT(whoever_has_enough_at_the_start_is_shown_no_text),
		IT(a_full_disk_is_noticed_at_every_part_of_a_record),
		IT(the_result_may_go_where_the_text_was_by_name),
		IT(bytes_of_a_text_that_stays_are_escaped_where_they_are_no_utf8),
		IT(another_member_may_be_the_text),
		IT(the_id_is_the_text_of_a_string_or_as_written),
		IT(an_annotation_is_the_last_member),
		IT(later_annotations_join_the_first_wherever_it_stands),
		IT(a_second_annotation_of_one_filter_is_numbered),
		IT(numbers_of_a_filter_soon_grow_by_steps),
		IT(a_member_ghirbal_that_is_no_object_stays),
		IT(a_part_is_a_record_of_its_own),
		IT(a_part_has_no_newline_that_the_text_had),
		IT(a_part_that_is_all_of_the_text_is_spelled_as_it_was),
		IT(an_id_that_is_no_name_is_no_id_of_parts),
		IT(parts_of_parts_have_names_of_their_own),
		IT(members_are_found_wherever_they_stand_and_however_they_are_spelled),
		IT(a_member_that_is_no_string_or_deeper_down_is_not_there),
		IT(a_member_is_forgotten_with_its_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
