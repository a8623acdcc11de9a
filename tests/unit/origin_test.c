/* SPDX-License-Identifier: MIT
 * origin_test.c - where text came from: parts joined and cut, raw bytes found again, rows that do not fit refused. */
#include "tests/unit/check.h"

#include "pipelines/run-pipeline/evidence.h"
#include "pipelines/run-pipeline/raw.h"

/* "start-end:what" of each piece, a space between; what was left out in brackets. */
static void add_pieces(struct buf *into, const struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];

		buf_addf(into, "%s%s%zu-%zu:%.*s%s", i ? " " : "", piece->is_left_out ? "[" : "",
			piece->start, piece->end, (int)piece->what.len, piece->what.at,
			piece->is_left_out ? "]" : "");
	}
}

static void check_found(const struct origin *origin, size_t start, size_t end, const char *wanted)
{
	struct pieces pieces = { .items = NULL };
	struct buf got = BUF_INIT;

	origin_find(origin, start, end, &pieces);
	add_pieces(&got, &pieces);
	check_buf(&got, wanted);
	buf_release(&got);
	pieces_release(&pieces);
}

static bool tell(
	enum evidence_kind kind, const char *rows, const char *in, const char *out, struct origin *origin)
{
	struct evidence evidence = { .kind = kind };
	struct diag why;
	bool fits = evidence_take(&evidence, span_from(rows), SPAN(""), 1, 1, &why) &&
		    evidence_origin(&evidence, 0, span_from(in), span_from(out), origin);

	evidence_release(&evidence);
	return fits;
}

TEST(edits_around_a_piece_are_its_own_and_no_others)
{
	struct origin origin = { .parts = NULL };

	assert_true(tell(EVIDENCE_EDITS, "1\t1\t7\t1\t2\tentities\n1\t9\t10\t4\t4\tsqueeze-space\n",
		"a&quot;b  c\n", "a\"b c\n", &origin));
	check_found(&origin, 0, 5, "0-11:entities,squeeze-space");
	check_found(&origin, 0, 1, "0-1:-");
	check_found(&origin, 1, 2, "1-7:entities");
	check_found(&origin, 4, 5, "10-11:-");
	origin_release(&origin);
}

TEST(what_was_cut_from_a_line_parts_it)
{
	struct origin origin = { .parts = NULL };

	assert_true(tell(EVIDENCE_PARTS,
		"1\t\t1\t0\t3\tkeep\t-\t0\tab \n1\t\t1\t3\t5\tcut\tlink\t1\txx\n1\t\t1\t5\t8\tkeep\t-\t0\tcd\\n\n",
		"ab xxcd\n", "ab cd\n", &origin));
	check_found(&origin, 0, 5, "0-3:keep [3-5:cut\tlink] 5-7:keep");
	check_found(&origin, 3, 5, "[3-5:cut\tlink] 5-7:keep");
	origin_release(&origin);
}

TEST(rows_that_do_not_fit_are_not_believed)
{
	struct origin origin = { .parts = NULL };

	assert_false(tell(EVIDENCE_EDITS, "1\t1\t2\t1\t2\tx\n", "abc", "aXd\n", &origin));
	assert_false(tell(EVIDENCE_EDITS, "1\t9\t10\t1\t2\tx\n", "abc", "aXc\n", &origin));
	assert_false(tell(EVIDENCE_PARTS, "1\t\t1\t0\t3\tkeep\t-\t0\tabc\n", "abc", "xyz\n", &origin));
	assert_false(tell(EVIDENCE_PARTS, "1\t\t1\t0\t99\tkeep\t-\t0\tabc\n", "abc", "abc\n", &origin));
	assert_false(tell(EVIDENCE_SENTENCES, "1\t1\t1\t0\t3\t0\t3\n", "abc", "abd\n", &origin));
	origin_release(&origin);
}

static void check_raw(const char *document, const struct raw_reading *reading, const char *text,
	size_t start, size_t end, const char *wanted)
{
	struct raw raw = { .encoding = NULL };
	struct pieces pieces = { .items = NULL };
	struct buf got = BUF_INIT;
	struct diag why;

	assert_true(raw_read(&raw, span_from(document), reading, &why));
	check_buf(&raw.text, text);
	raw_find(&raw, start, end, &pieces);
	add_pieces(&got, &pieces);
	check_buf(&got, wanted);
	buf_release(&got);
	pieces_release(&pieces);
	raw_release(&raw);
}

TEST(mended_bytes_are_found_again)
{
	const struct raw_reading replace = { .invalid = INVALID_REPLACE },
				 drop = { .invalid = INVALID_DROP };

	check_raw("a\xFF\xD8z", &replace, "a\xEF\xBF\xBD\xEF\xBF\xBDz", 4, 8, "2-4:-");
	check_raw("a\xFFz", &drop, "az", 1, 2, "2-3:-");
	check_raw("", &replace, "", 0, 0, "");
}

TEST(letters_of_an_old_encoding_are_found_again)
{
	const struct raw_reading reading = { .encoding = "windows-1256" };

	check_raw("\xCE\xC8\xD1 x", &reading, "\u062E\u0628\u0631 x", 2, 4, "1-2:-");
	check_raw("\xCE\xC8\xD1 x", &reading, "\u062E\u0628\u0631 x", 4, 8, "2-5:-");
}

TEST(escapes_of_json_are_found_again)
{
	const struct raw_reading reading = { .is_json = true };

	check_raw("a\\n\\u0062\\ud83d\\ude00z", &reading, "a\nb\U0001F600z", 2, 7, "3-21:-");
	check_raw("a\\nz", &reading, "a\nz", 2, 3, "3-4:-");
	check_raw("\\udcffz", &reading, "\xEF\xBF\xBDz", 0, 3, "0-6:-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(edits_around_a_piece_are_its_own_and_no_others),
		IT(what_was_cut_from_a_line_parts_it),
		IT(rows_that_do_not_fit_are_not_believed),
		IT(mended_bytes_are_found_again),
		IT(letters_of_an_old_encoding_are_found_again),
		IT(escapes_of_json_are_found_again),
	};

	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}
