/* SPDX-License-Identifier: MIT
 * exact_state_test.c - what earlier runs kept, from run to run. */
#include "filters/dedupe/exact_state.h"

#include "filters/dedupe/dedupe.h"
#include "tests/unit/check.h"
#include "tests/unit/drive.h"

typedef const char *const words[];

/* Five documents and three without text, of which every unit comes again. */
static struct span all(void)
{
	static const char stream[] = "اليوم\nغدا\n\0اليوم\n\nأمس\0غدا\nأمس\n\0\0 \n\0أَمس\nx\n\n\0"
				     "x\n\n\nx\r\nاليوم\n\0y\0اليوم\nغدا\n";

	return span_of(stream, sizeof(stream));
}

/* What comes out of `input`, appended to `out`; `why` where it is refused. */
static enum flow run(const char *const *options, struct driven_file *state, struct span input,
	struct buf *out, struct diag *why)
{
	struct driven got = drive_with(&dedupe, options, (struct driven_files){ state, state ? 1 : 0 },
		FRAMING_ZERO, input, (struct cutting){ 3, 0 });
	enum flow flow = got.flow;

	buf_add(out, buf_span(&got.text));
	*why = got.why;
	driven_release(&got);
	return flow;
}

/* The stream in two runs, cut behind each document, is the stream in one. */
static void check_days(const char *const *options)
{
	struct buf whole = BUF_INIT, out = BUF_INIT;
	struct diag why;

	assert_int_equal(run(options + 1, NULL, all(), &whole, &why), FLOW_MORE);
	for (size_t cut = 0; cut <= all().len; cut += 1 + span_find(span_skip(all(), cut), '\0')) {
		struct driven_file state = { "state", BUF_INIT };

		buf_clear(&out);
		assert_int_equal(run(options, &state, span_head(all(), cut), &out, &why), FLOW_MORE);
		assert_int_equal(run(options, &state, span_skip(all(), cut), &out, &why), FLOW_MORE);
		assert_int_equal(out.len, whole.len);
		assert_memory_equal(out.at, whole.at, out.len);
		buf_release(&state.text);
	}
	buf_release(&whole);
	buf_release(&out);
}

TEST(two_runs_keep_what_one_would)
{
	check_days((words){ "--state=state", NULL });
	check_days((words){ "--state=state", "--unit=line", NULL });
	check_days((words){ "--state=state", "--unit=line", "--key=fold", NULL });
	check_days((words){ "--state=state", "--unit=line", "--key=search", "--strong", NULL });
	check_days((words){ "--state=state", "--unit=paragraph", "--key=ws", NULL });
	check_days((words){ "--state=state", "--unit=line", "--shard=1/2", NULL });
}

TEST(two_runs_in_bounded_memory_keep_what_one_would)
{
	check_days((words){ "--state=state", "--unit=line", "--memory=1", NULL });
	check_days((words){ "--state=state", "--unit=document", "--memory=1", "--strong", NULL });
}

TEST(the_same_input_makes_the_same_state)
{
	struct driven_file one = { "state", BUF_INIT }, other = { "state", BUF_INIT };
	struct buf out = BUF_INIT;
	struct diag why;

	run((words){ "--state=state", "--unit=line", NULL }, &one, all(), &out, &why);
	run((words){ "--state=state", "--unit=line", "--memory=1", NULL }, &other, all(), &out, &why);
	assert_int_equal(one.text.len, other.text.len);
	assert_memory_equal(one.text.at, other.text.at, one.text.len);
	buf_release(&one.text);
	buf_release(&other.text);
	buf_release(&out);
}

static void check_refused(struct driven_file *state, const char *const *options, const char *reason)
{
	struct buf out = BUF_INIT, kept = BUF_INIT;
	struct diag why;

	buf_add(&kept, buf_span(&state->text));
	assert_int_equal(run(options, state, SPAN("z"), &out, &why), FLOW_FAIL);
	assert_int_equal(out.len, 0);
	assert_non_null(strstr(why.text, reason));
	buf_clear(&state->text);
	buf_add(&state->text, buf_span(&kept));
	buf_release(&kept);
	buf_release(&out);
}

TEST(a_state_made_otherwise_is_refused_by_the_difference)
{
	struct driven_file state = { "state", BUF_INIT };
	struct buf out = BUF_INIT;
	struct diag why;

	run((words){ "--state=state", "--unit=line", NULL }, &state, all(), &out, &why);
	check_refused(&state, (words){ "--state=state", NULL },
		"state: the state was made with --unit=line, not with --unit=document");
	check_refused(&state, (words){ "--state=state", "--unit=line", "--key=ws", NULL }, "--key=ws");
	check_refused(&state, (words){ "--state=state", "--unit=line", "--strong", NULL },
		"state: the state was made without --strong");
	check_refused(&state, (words){ "--state=state", "--unit=line", "--shard=1/2", NULL },
		"made without --shard=1/2");
	check_refused(&state, (words){ "--state=state", "--near", NULL }, "no state of near duplicates");
	buf_release(&state.text);
	buf_release(&out);
}

TEST(a_damaged_state_is_refused_whatever_is_wrong_with_it)
{
	struct driven_file state = { "state", BUF_INIT };
	struct buf out = BUF_INIT, good = BUF_INIT;
	struct diag why;

	run((words){ "--state=state", "--unit=line", NULL }, &state, all(), &out, &why);
	buf_add(&good, buf_span(&state.text));
	for (size_t i = 0; i < good.len; i++) {
		buf_clear(&state.text);
		buf_add(&state.text, buf_span(&good));
		state.text.at[i] ^= 1;
		check_refused(&state, (words){ "--state=state", "--unit=line", NULL }, "state");
		state.text.at[i] ^= 1;
		state.text.len = i + !i;
		check_refused(&state, (words){ "--state=state", "--unit=line", NULL }, "state");
	}
	buf_clear(&state.text);
	buf_add(&state.text, buf_span(&good));
	buf_add_byte(&state.text, 0);
	check_refused(&state, (words){ "--state=state", "--unit=line", NULL }, "damaged");
	buf_release(&state.text);
	buf_release(&good);
	buf_release(&out);
}

TEST(a_state_does_not_go_with_what_it_cannot_know)
{
	static const char *const options[] = { "--count", "--repeated", "--unique", "--min-count=2",
		"--scope=document", "--emit=keys", "--min-documents=2" };
	struct buf out = BUF_INIT;
	struct diag why;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		words given = { "--state=state", "--unit=line", options[i], NULL };

		assert_int_equal(run(given, NULL, all(), &out, &why), FLOW_FAIL);
	}
	buf_release(&out);
}

TEST(what_another_file_has_is_not_remembered)
{
	struct driven_file files[] = { { "state", BUF_INIT }, { "other", BUF_INIT } };
	words once = { "--unit=line", "--state=state", "--against=other", NULL };
	struct driven got;

	buf_add(&files[1].text, SPAN("a\n\0"));
	got = drive_with(&dedupe, once, (struct driven_files){ files, 2 }, FRAMING_ZERO, SPAN("a\nb\n\0"),
		(struct cutting){ 0, 0 });
	assert_string_equal(buf_string(&got.text), "b\n");
	driven_release(&got);
	got = drive_with(&dedupe, (words){ "--unit=line", "--state=state", NULL },
		(struct driven_files){ files, 1 }, FRAMING_ZERO, SPAN("a\nb\n\0"),
		(struct cutting){ 0, 0 });
	assert_string_equal(buf_string(&got.text), "a\n");
	driven_release(&got);
	buf_release(&files[0].text);
	buf_release(&files[1].text);
}

/* States of earlier releases hold them. */
TEST(the_fingerprint_of_a_text_never_changes)
{
	struct keyer keyer = { .kind = KEY_EXACT };
	struct fingerprint print = fingerprint_of(&keyer, SPAN("غربال"));

	assert_int_equal(print.low, 0x48d19cf2ce9e429f);
	assert_int_equal(print.high, 0xc8e71748dfc36788);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(two_runs_keep_what_one_would),
		IT(two_runs_in_bounded_memory_keep_what_one_would),
		IT(the_same_input_makes_the_same_state),
		IT(a_state_made_otherwise_is_refused_by_the_difference),
		IT(a_damaged_state_is_refused_whatever_is_wrong_with_it),
		IT(a_state_does_not_go_with_what_it_cannot_know),
		IT(what_another_file_has_is_not_remembered),
		IT(the_fingerprint_of_a_text_never_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
