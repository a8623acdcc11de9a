/* SPDX-License-Identifier: MIT
 * provenance_test.c - where every byte of a document went: offsets, lines, rules. */
#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "common/provenance.h"

static const struct decision stamp = { "drop", "stamp", 1 }, share = { "cut", "share", 0.5 };

/* A document that passes through, and what is written about it. */
struct run {
	struct provenance provenance;
	struct buf explained, rejected; /* rows */
	struct sink to_explained, to_rejected;
	struct opt_output explain, reject;
	struct buf kept; /* what went on, a bar behind each document */
	struct sink sink;
};

static enum flow add(void *into, struct span piece)
{
	buf_add(into, piece);
	return FLOW_MORE;
}

static enum flow add_bar(void *into)
{
	buf_add_byte(into, '|');
	return FLOW_MORE;
}

/* `run` must not move: sinks know where it is. */
static void run_start(struct run *run)
{
	*run = (struct run){ .kept = BUF_INIT };
	run->to_explained = (struct sink){ .put = add, .ctx = &run->explained };
	run->to_rejected = (struct sink){ .put = add, .ctx = &run->rejected };
	run->explain = (struct opt_output){ .path = "explain", .to = &run->to_explained };
	run->reject = (struct opt_output){ .path = "rejected", .to = &run->to_rejected };
	run->provenance.explain = &run->explain;
	run->provenance.rejected = &run->reject;
	run->provenance.to = (struct sink){ .put = add, .end = add_bar, .ctx = &run->kept };
	run->sink = provenance_sink(&run->provenance);
	provenance_begin(&run->provenance, 1, SPAN("a.txt"));
}

static void keep(struct run *run, const char *text)
{
	assert_int_equal(sink_put(run->sink, span_from(text)), FLOW_MORE);
}

static void drop(struct run *run, const char *text, const struct decision *why)
{
	assert_int_equal(sink_drop(run->sink, span_from(text), why), FLOW_MORE);
}

static void drop_ahead(struct run *run, const char *undecided, const char *text, const struct decision *why)
{
	assert_int_equal(sink_drop_ahead(run->sink, span_from(undecided), span_from(text), why), FLOW_MORE);
}

static void end_document(struct run *run)
{
	assert_int_equal(provenance_end_document(&run->provenance), FLOW_MORE);
}

static void run_release(struct run *run)
{
	provenance_release(&run->provenance);
	buf_release(&run->explained);
	buf_release(&run->rejected);
	buf_release(&run->kept);
}

static void run_finish(struct run *run, const char *explained, const char *rejected)
{
	end_document(run);
	check_buf(&run->explained, explained);
	check_buf(&run->rejected, rejected);
	run_release(run);
}

#define ROW(line, from, to, what, text) "1\ta.txt\t" line "\t" from "\t" to "\t" what "\t" text "\n"
#define KEPT                            "keep\t-\t0"

TEST(a_dropped_line_has_its_place_and_rule)
{
	struct run run;

	run_start(&run);
	keep(&run, "خبر\n"); /* seven bytes */
	drop(&run, "12:30\n", &stamp);
	keep(&run, "end\n");
	run_finish(&run,
		ROW("1", "0", "7", KEPT, "خبر\\n") ROW("2", "7", "13", "drop\tstamp\t1", "12:30\\n")
			ROW("3", "13", "17", KEPT, "end\\n"),
		ROW("2", "7", "13", "drop\tstamp\t1", "12:30\\n"));
}

TEST(a_cut_inside_a_line_parts_what_is_kept)
{
	struct run run;

	run_start(&run);
	keep(&run, "one ");
	drop(&run, "share ", &share);
	keep(&run, "two\n");
	check_buf(&run.kept, "one two\n");
	run_finish(&run,
		ROW("1", "0", "4", KEPT, "one ") ROW("1", "4", "10", "cut\tshare\t0.5", "share ")
			ROW("1", "10", "14", KEPT, "two\\n"),
		ROW("1", "4", "10", "cut\tshare\t0.5", "share "));
}

TEST(kept_text_stands_line_by_line_however_it_came)
{
	struct run run;

	run_start(&run);
	keep(&run, "on");
	keep(&run, "e\ntwo\n\nth");
	keep(&run, "ree");
	run_finish(&run,
		ROW("1", "0", "4", KEPT, "one\\n") ROW("2", "4", "8", KEPT, "two\\n")
			ROW("3", "8", "9", KEPT, "\\n") ROW("4", "9", "14", KEPT, "three"),
		"");
}

TEST(a_drop_ahead_of_undecided_bytes_has_its_own_place)
{
	struct run run;

	run_start(&run);
	keep(&run, "a\n");
	drop_ahead(&run, "\n\n", "bb\n", &stamp);
	drop_ahead(&run, "\n\n", "c\n", &stamp);
	keep(&run, "\n\n");
	keep(&run, "d\n");
	check_buf(&run.kept, "a\n\n\nd\n");
	run_finish(&run,
		ROW("1", "0", "2", KEPT, "a\\n") ROW("4", "4", "7", "drop\tstamp\t1", "bb\\n")
			ROW("5", "7", "9", "drop\tstamp\t1", "c\\n") ROW("2", "2", "3", KEPT, "\\n")
				ROW("3", "3", "4", KEPT, "\\n") ROW("6", "9", "11", KEPT, "d\\n"),
		ROW("4", "4", "7", "drop\tstamp\t1", "bb\\n") ROW("5", "7", "9", "drop\tstamp\t1", "c\\n"));
}

TEST(undecided_bytes_may_be_dropped_too_and_in_parts)
{
	struct run run;

	run_start(&run);
	drop_ahead(&run, "\n\n", "x\n", &stamp);
	drop(&run, "\n", &share);
	keep(&run, "\n");
	drop(&run, "y", &share);
	run_finish(&run,
		ROW("3", "2", "4", "drop\tstamp\t1", "x\\n") ROW("1", "0", "1", "cut\tshare\t0.5", "\\n")
			ROW("2", "1", "2", KEPT, "\\n") ROW("4", "4", "5", "cut\tshare\t0.5", "y"),
		ROW("3", "2", "4", "drop\tstamp\t1", "x\\n") ROW("1", "0", "1", "cut\tshare\t0.5", "\\n")
			ROW("4", "4", "5", "cut\tshare\t0.5", "y"));
}

TEST(controls_and_backslashes_are_escaped_and_nothing_else)
{
	struct run run;

	run_start(&run);
	drop(&run, "\t\\\r\x01\x7F\"é\n", &stamp);
	run_finish(&run, ROW("1", "0", "9", "drop\tstamp\t1", "\\t\\\\\\r\\u{0001}\\u{007F}\"é\\n"),
		ROW("1", "0", "9", "drop\tstamp\t1", "\\t\\\\\\r\\u{0001}\\u{007F}\"é\\n"));
}

TEST(an_id_cannot_forge_a_column)
{
	struct run run;

	run_start(&run);
	provenance_begin(&run.provenance, 7, SPAN("a\tb\nc"));
	drop(&run, "x", &stamp);
	run_finish(&run, "7\ta\\tb\\nc\t1\t0\t1\tdrop\tstamp\t1\tx\n",
		"7\ta\\tb\\nc\t1\t0\t1\tdrop\tstamp\t1\tx\n");
}

TEST(an_id_may_be_any_bytes_and_any_length)
{
	char long_id[5000];
	struct run run;

	memset(long_id, 'i', sizeof(long_id));
	run_start(&run);
	provenance_begin(&run.provenance, 7, span_of("\xFF\0é\\", 5));
	drop(&run, "x", &stamp);
	end_document(&run);
	check_buf(&run.rejected, "7\t\\xFF\\x00é\\\\\t1\t0\t1\tdrop\tstamp\t1\tx\n");
	buf_clear(&run.rejected);
	provenance_begin(&run.provenance, 8, span_of(long_id, sizeof(long_id)));
	drop(&run, "x", &stamp);
	end_document(&run);
	assert_int_equal(run.rejected.len, strlen("8\t") + 1000 + strlen("\t1\t0\t1\tdrop\tstamp\t1\tx\n"));
	run_release(&run);
}

TEST(places_start_anew_with_each_document)
{
	struct run run;

	run_start(&run);
	keep(&run, "one\ntwo");
	end_document(&run);
	provenance_begin(&run.provenance, 2, SPAN("b.txt"));
	drop(&run, "x\n", &stamp);
	run_finish(&run,
		ROW("1", "0", "4", KEPT, "one\\n")
			ROW("2", "4", "7", KEPT, "two") "2\tb.txt\t1\t0\t2\tdrop\tstamp\t1\tx\\n\n",
		"2\tb.txt\t1\t0\t2\tdrop\tstamp\t1\tx\\n\n");
}

TEST(a_document_that_ends_inside_undecided_bytes_leaves_no_trace_in_the_next)
{
	struct run run;

	run_start(&run);
	drop_ahead(&run, "\n", "x\n", &stamp);
	end_document(&run);
	provenance_begin(&run.provenance, 2, SPAN(""));
	drop(&run, "y", &stamp);
	run_finish(&run, ROW("2", "1", "3", "drop\tstamp\t1", "x\\n") "2\t\t1\t0\t1\tdrop\tstamp\t1\ty\n",
		ROW("2", "1", "3", "drop\tstamp\t1", "x\\n") "2\t\t1\t0\t1\tdrop\tstamp\t1\ty\n");
}

TEST(rules_are_counted_in_all_and_by_document)
{
	struct run run;
	const struct rule_count *counts;

	run_start(&run);
	drop(&run, "12345", &stamp);
	drop(&run, "678", &share);
	keep(&run, "a\nb\n");
	end_document(&run);
	provenance_begin(&run.provenance, 2, SPAN(""));
	drop(&run, "9", &stamp);
	counts = run.provenance.counts;
	assert_int_equal(run.provenance.count_count, 2);
	/* "share" came second, but order is that of names. */
	assert_string_equal(counts[1].rule, "stamp");
	assert_int_equal(counts[1].parts, 2);
	assert_int_equal(counts[1].bytes, 6);
	assert_int_equal(counts[1].document_parts, 1);
	assert_int_equal(counts[0].parts, 1);
	assert_int_equal(counts[0].document_parts, 0);
	assert_int_equal(run.provenance.bytes_out, 4);
	assert_int_equal(run.provenance.lines_out, 2);
	run_release(&run);
}

TEST(nothing_asked_for_is_counted_all_the_same)
{
	struct run run;

	run_start(&run);
	run.provenance.explain = run.provenance.rejected = NULL;
	keep(&run, "a\n");
	drop(&run, "b", &stamp);
	assert_int_equal(sink_end(run.sink), FLOW_MORE);
	check_buf(&run.kept, "a\n|");
	assert_int_equal(run.provenance.counts[0].bytes, 1);
	run_finish(&run, "", "");
}

/* The bytes that rows speak of, which must follow each other. */
static uint64_t bytes_of_rows(struct buf *rows)
{
	unsigned long long at = 0, from, to;

	for (const char *row = buf_string(rows); *row; row = strchr(row, '\n') + 1) {
		assert_int_equal(sscanf(row, "1\ta.txt\t%*u\t%llu\t%llu\t", &from, &to), 2);
		assert_true(from == at && to > from);
		at = to;
	}
	return at;
}

TEST(rows_tile_the_document)
{
	uint32_t seed = 5;

	for (int round = 0; round < 300; round++) {
		struct run run;
		uint64_t kept = 0, dropped = 0;

		run_start(&run);
		for (uint32_t parts = check_random(&seed) % 20; parts > 0; parts--) {
			const char *text = check_random(&seed) % 3 ? "خبر " : "b\nc";

			if (check_random(&seed) % 2) {
				keep(&run, text);
				kept += strlen(text);
			} else {
				drop(&run, text, &stamp);
				dropped += strlen(text);
			}
			assert_int_equal(run.provenance.at, kept + dropped);
		}
		end_document(&run);
		assert_int_equal(run.provenance.bytes_out, kept);
		assert_int_equal(run.kept.len, kept);
		assert_int_equal(run.provenance.count_count ? run.provenance.counts[0].bytes : 0, dropped);
		assert_int_equal(bytes_of_rows(&run.explained), kept + dropped);
		run_release(&run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_dropped_line_has_its_place_and_rule),
		IT(a_cut_inside_a_line_parts_what_is_kept),
		IT(kept_text_stands_line_by_line_however_it_came),
		IT(a_drop_ahead_of_undecided_bytes_has_its_own_place),
		IT(undecided_bytes_may_be_dropped_too_and_in_parts),
		IT(controls_and_backslashes_are_escaped_and_nothing_else),
		IT(an_id_cannot_forge_a_column),
		IT(an_id_may_be_any_bytes_and_any_length),
		IT(places_start_anew_with_each_document),
		IT(a_document_that_ends_inside_undecided_bytes_leaves_no_trace_in_the_next),
		IT(rules_are_counted_in_all_and_by_document),
		IT(nothing_asked_for_is_counted_all_the_same),
		IT(rows_tile_the_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
