/* SPDX-License-Identifier: MIT
 * near_test.c - which documents tell the same again, and which only look like it. */
#include "filters/dedupe/dedupe.h"

#include <stdlib.h>

#include "tests/unit/check.h"
#include "tests/unit/drive.h"

typedef const char *const words[];

/* Words that stories are made of, in an order that a seed picks: no two such stories have three in a row in common but
 * by chance. */
static const char *const vocabulary[] = { "أعلنت", "الوزارة", "مدير", "الميناء", "افتتاح", "رصيف", "جديد",
	"خلال", "الأسبوع", "المقبل", "وقال", "متحدث", "باسم", "البلدية", "إن", "أعمال", "الصيانة", "تأخرت",
	"بسبب", "الأمطار", "التي", "هطلت", "على", "المدينة", "منذ", "مطلع", "الشهر", "وأضاف", "مهندس",
	"المشروع", "كلفة", "الجسر", "ارتفعت", "مقارنة", "بالعام", "الماضي", "فيما", "طالب", "سكان", "الحي",
	"القديم", "بتعويضات", "عن", "أضرار", "لحقت", "بمنازلهم", "ومحالهم", "التجارية", "وأشار", "تقرير",
	"صادر", "نقابة", "الصيادين", "تراجع", "كميات", "الأسماك", "قرب", "الساحل", "الشمالي", "إلى",
	"النصف", "تقريبا", "ودعا", "رئيس", "اللجنة", "أعضاء", "المجلس", "عقد", "جلسة", "طارئة", "لمناقشة",
	"موازنة", "التعليم", "والنقل", "قبل", "نهاية", "الدورة", "الحالية" };

enum { VOCABULARY = sizeof(vocabulary) / sizeof(vocabulary[0]), LONGEST = 400 };

/* A story as a list of words, to be changed. */
struct story_words {
	const char *items[LONGEST];
	size_t count;
};

static struct story_words make_story(uint32_t seed, size_t count)
{
	struct story_words made = { .count = count };

	for (size_t i = 0; i < count; i++)
		made.items[i] = vocabulary[check_random(&seed) % VOCABULARY];
	return made;
}

static void tell(struct buf *into, const struct story_words *story)
{
	for (size_t i = 0; i < story->count; i++)
		buf_addf(into, "%s%s", story->items[i],
			i + 1 == story->count ? ".\n"
			: i % 12 == 11        ? ".\n"
					      : " ");
	buf_add_byte(into, '\0');
}

static void append(struct story_words *to, const struct story_words *from, size_t start, size_t count)
{
	memcpy(to->items + to->count, from->items + start, count * sizeof(*to->items));
	to->count += count;
}

/* Which documents stay, as a bit each: document i begins with the word "نi". */
static unsigned kept_of(const char *const *options, struct buf *stream)
{
	struct driven got =
		drive(&dedupe, options, FRAMING_ZERO, buf_span(stream), (struct cutting){ 0, 0 });
	struct driven cut =
		drive(&dedupe, options, FRAMING_ZERO, buf_span(stream), (struct cutting){ 7, 3 });
	unsigned kept = 0;

	assert_int_equal(got.flow, FLOW_MORE);
	assert_int_equal(got.text.len, cut.text.len);
	assert_memory_equal(got.text.at, cut.text.at, got.text.len);
	for (struct span rest = buf_span(&got.text); rest.len;
		rest = span_skip(rest, span_find(rest, '\0') + 1))
		kept |= 1u << strtoul(rest.at, NULL, 10);
	driven_release(&got);
	driven_release(&cut);
	return kept;
}

/* Adds a document that begins with its number. */
static void add(struct buf *stream, unsigned number, const struct story_words *story)
{
	buf_addf(stream, "%u\n", number);
	tell(stream, story);
}

static void check_kept(struct buf *stream, unsigned kept)
{
	assert_int_equal(kept_of((words){ "--near", NULL }, stream), kept);
	buf_clear(stream);
}

TEST(a_story_with_every_tenth_word_changed_goes)
{
	struct story_words story = make_story(1, 200), other = make_story(2, 200), edited = story;
	struct buf stream = BUF_INIT;

	for (size_t i = 5; i < 200; i += 10)
		edited.items[i] = "آخر";
	add(&stream, 0, &story);
	add(&stream, 1, &other);
	add(&stream, 2, &edited);
	check_kept(&stream, 1 | 2);
	buf_release(&stream);
}

TEST(spelling_alone_makes_no_other_story)
{
	struct buf stream = BUF_INIT;

	buf_add(&stream, SPAN("أكّد المدير أن المكتبة إلى الشمال ستُفتح فى ٢٠٢٤\n\0"
			      "اكد المدير ان المكتبه الى الشمال ستفتح في 2024\n\0"));
	assert_int_equal(buf_span(&stream).len, stream.len);
	{
		struct driven got = drive(&dedupe, (words){ "--near", NULL }, FRAMING_ZERO,
			buf_span(&stream), (struct cutting){ 0, 0 });

		assert_int_equal(got.documents, 1);
		driven_release(&got);
	}
	buf_release(&stream);
}

TEST(the_first_half_of_a_story_goes_and_a_later_longer_one_stays)
{
	struct story_words story = make_story(3, 240), brief = story;
	struct buf stream = BUF_INIT;

	brief.count = 80;
	add(&stream, 0, &story);
	add(&stream, 1, &brief);
	check_kept(&stream, 1);
	brief.count = 60;
	add(&stream, 0, &brief);
	add(&stream, 1, &story);
	check_kept(&stream, 1 | 2);
	buf_release(&stream);
}

TEST(a_shared_lead_is_no_reason_to_go)
{
	struct story_words lead = make_story(4, 40), first = lead, second = lead, body = make_story(5, 160);
	struct buf stream = BUF_INIT;

	append(&first, &body, 0, 160);
	body = make_story(6, 160);
	append(&second, &body, 0, 160);
	add(&stream, 0, &first);
	add(&stream, 1, &second);
	check_kept(&stream, 1 | 2);
	buf_release(&stream);
}

TEST(what_many_pages_share_stops_counting)
{
	struct story_words footer = make_story(7, 120);
	struct buf stream = BUF_INIT;

	for (unsigned i = 0; i < 20; i++) {
		struct story_words page = make_story(100 + i, 90);

		append(&page, &footer, 0, 120);
		add(&stream, i, &page);
	}
	assert_int_equal(kept_of((words){ "--near", NULL }, &stream) >> 8, 0xFFF); /* the first may go */
	buf_release(&stream);
}

TEST(a_bulletin_with_other_numbers_is_another_bulletin)
{
	struct buf stream = BUF_INIT;

	for (unsigned day = 0; day < 3; day++) {
		buf_addf(&stream, "%u\nأسعار العملات في ختام تعاملات اليوم لدى المصرف المركزي\n", day);
		for (unsigned i = 0; i < 8; i++)
			buf_addf(&stream, "سعر شراء %s أمام الليرة بلغ %u.%u للشراء\n", vocabulary[i],
				10 + i, day == 1 ? 11 * i : 100 + 7 * i * (day + 1));
		buf_add_byte(&stream, '\0');
	}
	check_kept(&stream, 1 | 2 | 4);
	buf_release(&stream);
}

TEST(a_brief_that_is_mostly_a_shared_lead_stays)
{
	struct story_words lead = make_story(14, 52), brief = lead, story = lead,
			   rest = make_story(15, 160);
	struct buf stream = BUF_INIT;

	append(&brief, &rest, 0, 12);
	append(&story, &rest, 40, 120);
	add(&stream, 0, &story);
	add(&stream, 1, &brief);
	check_kept(&stream, 1 | 2);
	buf_release(&stream);
}

TEST(a_story_that_goes_on_behind_an_earlier_brief_stays)
{
	struct story_words story = make_story(16, 190), brief = story;
	struct buf stream = BUF_INIT;

	brief.count = 70; /* near by the similarity, .37 */
	add(&stream, 0, &brief);
	add(&stream, 1, &story);
	check_kept(&stream, 1 | 2);
	buf_release(&stream);
}

TEST(a_story_with_another_date_line_is_no_bulletin)
{
	struct story_words story = make_story(17, 120);
	struct buf stream = BUF_INIT;

	buf_addf(&stream, "0\n2016-05-13 10:29:07\n");
	tell(&stream, &story);
	buf_addf(&stream, "1\n2017-08-21 18:44:31\n");
	tell(&stream, &story);
	check_kept(&stream, 1);
	buf_release(&stream);
}

TEST(an_edited_story_whose_sums_were_changed_is_no_bulletin)
{
	static const char *const sums[] = { "113", "127", "131", "139", "149", "151", "157", "163", "167",
		"173" };
	struct story_words story = make_story(18, 200), edited;
	struct buf stream = BUF_INIT;

	for (size_t i = 0; i < 5; i++)
		story.items[40 * i + 20] = sums[i];
	edited = story;
	for (size_t i = 5; i < 200; i += 10)
		edited.items[i] = "آخر";
	for (size_t i = 0; i < 5; i++)
		edited.items[40 * i + 20] = sums[i + 5];
	add(&stream, 0, &story);
	add(&stream, 1, &edited);
	check_kept(&stream, 1);
	buf_release(&stream);
}

TEST(a_chain_of_small_changes_does_not_lead_away)
{
	struct story_words first = make_story(8, 300), last = make_story(9, 300);
	struct buf stream = BUF_INIT;

	/* Each document has 60 more words of the last story in the place of the first's. */
	for (unsigned i = 0; i <= 5; i++) {
		struct story_words between = last;

		between.count = 60 * i;
		append(&between, &first, 60 * i, 300 - 60 * i);
		add(&stream, i, &between);
	}
	/* The fifth is like the fourth, which went, but not like the first. The last goes for the fifth. */
	check_kept(&stream, 1 | 1 << 4);
	buf_release(&stream);
}

TEST(short_texts_are_compared_as_a_whole)
{
	struct driven got = drive(&dedupe, (words){ "--near", NULL }, FRAMING_ZERO,
		SPAN("خبر\n\0خبر!\n\0خبر عاجل\n\0!\n\0?\n\0!\n\0\n\0 \n\0"), (struct cutting){ 0, 0 });

	assert_int_equal(got.documents, 6); /* the blank ones are no duplicates */
	driven_release(&got);
}

TEST(scripts_without_spaces_are_compared_by_characters)
{
	struct driven got = drive(&dedupe, (words){ "--near", NULL }, FRAMING_ZERO,
		SPAN("港口管理局周一宣布新码头将于下月开放,届时渡轮班次将增加一倍。\n\0"
		     "港口管理局周二宣布新码头将于下月开放,届时渡轮班次将增加一倍。\n\0"
		     "市议会否决了有关扩建老城区停车场的提案,居民对此表示欢迎。\n\0"),
		(struct cutting){ 0, 0 });

	assert_int_equal(got.documents, 2);
	driven_release(&got);
}

/* What is written to r.tsv, ids and figures cut off. */
static void check_relations(struct buf *stream, const char *options, const char *expected)
{
	struct driven_file file = { "r.tsv", BUF_INIT };
	struct driven got = drive_with(&dedupe, (words){ "--near", "--relations=r.tsv", options, NULL },
		(struct driven_files){ &file, 1 }, FRAMING_ZERO, buf_span(stream),
		(struct cutting){ 0, 0 });

	assert_int_equal(got.flow, FLOW_MORE);
	if (strstr(buf_string(&file.text), expected) == NULL)
		fail_msg("'%s' is not in '%s'", expected, buf_string(&file.text));
	driven_release(&got);
	buf_release(&file.text);
	buf_clear(stream);
}

TEST(relations_say_what_is_related_and_why)
{
	struct story_words story = make_story(10, 200), other = make_story(11, 200), brief = story;
	struct buf stream = BUF_INIT;

	tell(&stream, &story);
	tell(&stream, &story);
	check_relations(&stream, NULL, "2\t1\tsame\t1.000\t1.000\t200\tdropped\n");
	brief.count = 50;
	tell(&stream, &story);
	tell(&stream, &brief);
	check_relations(&stream, NULL, "2\t1\tcontained-in\t0.242\t1.000\t50\tdropped\n");
	tell(&stream, &brief);
	tell(&stream, &story);
	check_relations(&stream, NULL, "2\t1\tcontains\t0.242\t1.000\t50\tkept\n");
	tell(&stream, &story);
	tell(&stream, &brief);
	check_relations(&stream, "--drop=same", "2\t1\tcontained-in\t0.242\t1.000\t50\tkept\n");
	memcpy(other.items + 120, story.items + 30, 14 * sizeof(*story.items));
	tell(&stream, &story);
	tell(&stream, &other);
	check_relations(&stream, NULL, "2\t1\tshares-passage\t0.031\t0.061\t14\tkept\n");
	buf_release(&stream);
}

TEST(the_longest_may_stay_wherever_it_came)
{
	struct story_words story = make_story(12, 200), brief = story, other = make_story(13, 100);
	struct buf stream = BUF_INIT;

	brief.count = 70;
	add(&stream, 0, &brief);
	add(&stream, 1, &other);
	add(&stream, 2, &story);
	brief.count = 120;
	add(&stream, 3, &brief);
	assert_int_equal(kept_of((words){ "--near", "--keep=longest", NULL }, &stream), 2 | 4);
	assert_int_equal(
		kept_of((words){ "--near", "--keep=longest", "--print=dropped", NULL }, &stream), 1 | 8);
	check_kept(&stream, 1 | 2 | 4);
	buf_release(&stream);
}

/* Twenty documents, of which half tell the same as another. */
static void make_stream(struct buf *stream)
{
	for (unsigned i = 0; i < 20; i++) {
		struct story_words story = make_story(50 + i % 10, 80);

		story.items[7 + i] = "آخر";
		add(stream, i, &story);
	}
}

/* What comes out of `input` where `state` is remembered; appended to `out`. */
static enum flow run_with_state(
	struct driven_file *state, struct span input, struct buf *out, struct diag *why)
{
	struct driven got = drive_with(&dedupe, (words){ "--near", "--state=state", NULL },
		(struct driven_files){ state, 1 }, FRAMING_ZERO, input, (struct cutting){ 0, 0 });
	enum flow flow = got.flow;

	buf_add(out, buf_span(&got.text));
	*why = got.why;
	driven_release(&got);
	return flow;
}

TEST(what_an_earlier_run_had_counts_as_if_it_were_this_one)
{
	struct buf stream = BUF_INIT, out = BUF_INIT;
	struct driven whole;
	struct diag why;

	make_stream(&stream);
	whole = drive(&dedupe, (words){ "--near", NULL }, FRAMING_ZERO, buf_span(&stream),
		(struct cutting){ 0, 0 });
	assert_int_equal(whole.documents, 10);
	for (size_t cut = 0; cut <= stream.len;
		cut += 1 + span_find(span_skip(buf_span(&stream), cut), '\0')) {
		struct driven_file state = { "state", BUF_INIT };

		buf_clear(&out);
		assert_int_equal(
			run_with_state(&state, span_head(buf_span(&stream), cut), &out, &why), FLOW_MORE);
		assert_int_equal(
			run_with_state(&state, span_skip(buf_span(&stream), cut), &out, &why), FLOW_MORE);
		assert_int_equal(out.len, whole.text.len);
		assert_memory_equal(out.at, whole.text.at, out.len);
		buf_release(&state.text);
	}
	driven_release(&whole);
	buf_release(&stream);
	buf_release(&out);
}

TEST(a_state_that_is_damaged_or_made_otherwise_is_refused)
{
	struct driven_file state = { "state", BUF_INIT };
	struct buf stream = BUF_INIT, out = BUF_INIT, good = BUF_INIT;
	struct diag why;

	make_stream(&stream);
	assert_int_equal(run_with_state(&state, buf_span(&stream), &out, &why), FLOW_MORE);
	buf_add(&good, buf_span(&state.text));
	for (size_t i = 0; i < good.len; i += 1 + good.len / 200) {
		buf_clear(&state.text);
		buf_add(&state.text, buf_span(&good));
		state.text.at[i] ^= 1;
		assert_int_equal(run_with_state(&state, SPAN(""), &out, &why), FLOW_FAIL);
		buf_clear(&state.text);
		buf_add(&state.text, span_head(buf_span(&good), i + !i));
		assert_int_equal(run_with_state(&state, SPAN(""), &out, &why), FLOW_FAIL);
	}
	buf_clear(&state.text);
	buf_add(&state.text, buf_span(&good));
	{
		struct driven got =
			drive_with(&dedupe, (words){ "--near", "--state=state", "--similarity=0.5", NULL },
				(struct driven_files){ &state, 1 }, FRAMING_ZERO, SPAN(""),
				(struct cutting){ 0, 0 });

		assert_int_equal(got.flow, FLOW_FAIL);
		assert_non_null(strstr(got.why.text, "--similarity=0.5"));
		driven_release(&got);
	}
	buf_release(&state.text);
	buf_release(&stream);
	buf_release(&out);
	buf_release(&good);
}

TEST(paragraphs_may_be_compared_instead)
{
	struct driven got = drive(&dedupe, (words){ "--near", "--unit=paragraph", NULL }, FRAMING_TEXT,
		SPAN("أعلنت الهيئة أن العبارة ستعود إلى العمل\nصباح الاثنين بعد إصلاح محركها الرئيسي.\n\n"
		     "فاز الفريق بالكأس للمرة الأولى منذ عشرة أعوام.\n\n"
		     "اعلنت الهيئه ان العبارة ستعود الى العمل صباح الاثنين بعد إصلاح محركها.\n\n"
		     "انتهى.\n"),
		(struct cutting){ 5, 1 });

	check_buf(&got.text,
		"أعلنت الهيئة أن العبارة ستعود إلى العمل\nصباح الاثنين بعد إصلاح محركها الرئيسي.\n\n"
		"فاز الفريق بالكأس للمرة الأولى منذ عشرة أعوام.\n\n"
		"انتهى.\n");
	driven_release(&got);
}

static void check_fails(const char *const *options, const char *why)
{
	struct driven got = drive(&dedupe, options, FRAMING_ZERO, SPAN("x\n"), (struct cutting){ 0, 0 });

	assert_int_equal(got.flow, FLOW_FAIL);
	if (strstr(got.why.text, why) == NULL)
		fail_msg("'%s'", got.why.text);
	driven_release(&got);
}

TEST(options_that_make_no_sense_are_refused)
{
	check_fails((words){ "--near", "--similarity=0", NULL }, "'0' is no share");
	check_fails((words){ "--near", "--containment=1.5", NULL }, "'1.5' is no share");
	check_fails((words){ "--near", "--containment=.", NULL }, "'.' is no share");
	check_fails((words){ "--near", "--drop=near,template", NULL }, "'template' is not one of");
	check_fails((words){ "--near", "--drop=", NULL }, "'' is not one of");
	check_fails((words){ "--near", "--unit=line", NULL }, "--unit=document");
	check_fails((words){ "--near", "--print=marked", NULL }, "--annotate");
	check_fails((words){ "--near", "--unit=paragraph", "--relations=x", NULL }, "--unit=document");
	check_fails((words){ "--near", "--count", NULL }, "does not go with");
	check_fails((words){ "--near", "--unit=paragraph", "--scope=document", NULL }, "--scope=document");
	check_fails((words){ "--near", "--emit=pairs", NULL }, "--bands=FILE");
	check_fails((words){ "--near", "--apply=x", NULL }, "cannot read");
	check_fails((words){ "--near", "--keep=last", NULL }, "'last' is not one of");
	check_fails((words){ "--near", "--keep=min:date", NULL }, "use -j");
	check_fails((words){ "--keep=longest", NULL }, "it goes with --near");
	check_fails((words){ "--relations=x", NULL }, "it goes with --near");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_story_with_every_tenth_word_changed_goes),
		IT(spelling_alone_makes_no_other_story),
		IT(the_first_half_of_a_story_goes_and_a_later_longer_one_stays),
		IT(a_shared_lead_is_no_reason_to_go),
		IT(what_many_pages_share_stops_counting),
		IT(a_bulletin_with_other_numbers_is_another_bulletin),
		IT(a_brief_that_is_mostly_a_shared_lead_stays),
		IT(a_story_that_goes_on_behind_an_earlier_brief_stays),
		IT(a_story_with_another_date_line_is_no_bulletin),
		IT(an_edited_story_whose_sums_were_changed_is_no_bulletin),
		IT(a_chain_of_small_changes_does_not_lead_away),
		IT(short_texts_are_compared_as_a_whole),
		IT(scripts_without_spaces_are_compared_by_characters),
		IT(relations_say_what_is_related_and_why),
		IT(the_longest_may_stay_wherever_it_came),
		IT(what_an_earlier_run_had_counts_as_if_it_were_this_one),
		IT(a_state_that_is_damaged_or_made_otherwise_is_refused),
		IT(paragraphs_may_be_compared_instead),
		IT(options_that_make_no_sense_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
