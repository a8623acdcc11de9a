/* SPDX-License-Identifier: MIT
 * partial_fuzz.c - any bytes as lists of 'count-terms --partial', added up.
 *
 * Lists are parted by NUL. One that does not begin as lists do gets a first line, which its first byte chooses.
 *
 * - Lists are added up, or refused with a reason.
 * - The sum is a list: added up alone it is the same.
 * - It does not matter how lists are cut, which comes first, and how much memory there is.
 * - Counts of the sum are the counts of the lists. */
#include "tests/fuzz/fuzz.h"

#include "filters/count-terms/partial.h"
#include "tests/unit/drive.h"

extern const struct filter count_terms;

static const char *const firsts[] = {
	PARTIAL_MAGIC "\tunicode=15.0\tkey=fold\tngrams=1\n",
	PARTIAL_MAGIC "\tunicode=15.0\tkey=fold\tngrams=1\tdf\n",
	PARTIAL_MAGIC "\tunicode=15.0\tkey=fold\tngrams=1\tby=date:4\tdf\n",
};

static const struct cutting whole = { 0, 0 };

static const char *const *words_for(bool is_small)
{
	static const char *const words[] = { "--merge", "--partial", NULL };
	static const char *const small[] = { "--merge", "--partial", "--memory=64K", NULL };

	return is_small ? small : words;
}

static struct driven add_up(struct span lists, bool is_small, struct cutting cutting)
{
	struct driven sum = drive(&count_terms, words_for(is_small), FRAMING_ZERO, lists, cutting);

	LAW(sum.flow != FLOW_FAIL || sum.why.text[0], "who refuses says why");
	return sum;
}

/* What was made of lists, without the NUL behind it. */
static struct span text_of(const struct driven *sum)
{
	return span_head(buf_span(&sum->text), sum->text.len ? sum->text.len - 1 : 0);
}

static void same(const struct driven *one, struct driven *other, const char *law)
{
	LAW(one->flow == other->flow, law);
	if (one->flow == FLOW_MORE)
		fuzz_same(text_of(one), text_of(other), law);
	driven_release(other);
}

/* The lists the other way round. */
static void turn_round(struct buf *into, struct span lists)
{
	while (lists.len) {
		struct span rest = span_head(lists, lists.len - 1); /* without the last NUL */
		const char *nul = rest.len ? memrchr(rest.at, '\0', rest.len) : NULL;
		size_t start = nul ? (size_t)(nul - lists.at) + 1 : 0;

		buf_add(into, span_skip(lists, start));
		lists = span_head(lists, start);
	}
}

/* Whether the first line of a list has a field that begins so. */
static bool has_field(struct span list, struct span field)
{
	struct span line = span_head(list, span_find(list, '\n'));

	while (line.len && !span_has_prefix(line, field))
		line = span_skip(line, span_find(line, '\t') + 1);
	return line.len > 0;
}

static uint64_t count_of(struct span line, bool has_groups)
{
	uint64_t count = 0;

	for (int i = has_groups ? 2 : 1; i > 0; i--)
		line = span_skip(line, span_find(line, '\t') + 1);
	for (size_t i = 0; i < line.len && line.at[i] != '\t'; i++)
		count = count * 10 + (uint64_t)(line.at[i] - '0');
	return count;
}

/* All counts in lists that are known to be such: the numbers behind the terms. */
static uint64_t total_of(struct span lists, bool has_groups)
{
	uint64_t total = 0;

	while (lists.len) {
		struct span list = span_head(lists, span_find(lists, '\0'));

		lists = span_skip(lists, list.len + 1);
		while (list.len) {
			struct span line = span_head(list, span_find(list, '\n'));

			if (!span_has_prefix(line, SPAN(PARTIAL_MAGIC)))
				total += count_of(line, has_groups);
			list = span_skip(list, line.len + 1);
		}
	}
	return total;
}

static void check_sum(struct span lists, const struct driven *sum, struct cutting cutting)
{
	bool has_groups = has_field(text_of(sum), SPAN("by="));
	struct driven other = add_up(lists, true, cutting);
	struct buf turned = BUF_INIT;

	same(sum, &other, "cut or whole, with much memory or little, lists add up to the same");
	other = add_up(text_of(sum), false, whole);
	same(sum, &other, "a sum is a list");
	turn_round(&turned, lists);
	other = add_up(buf_span(&turned), false, whole);
	if (span_has_prefix(lists, SPAN(PARTIAL_MAGIC)))
		same(sum, &other, "the order of lists does not matter");
	else
		driven_release(&other);
	LAW(total_of(lists, has_groups) == total_of(text_of(sum), has_groups), "no count is lost");
	buf_release(&turned);
}

/* Every list with a first line and a NUL at its end. */
static void complete(struct buf *into, struct span input, const char *first)
{
	while (input.len) {
		struct span list = span_head(input, span_find(input, '\0'));

		if (!span_has_prefix(list, SPAN("#")))
			buf_add(into, span_from(first));
		buf_add(into, list);
		buf_add_byte(into, '\0');
		input = span_skip(input, list.len + 1);
	}
}

static void mend(struct buf *into, struct span raw)
{
	struct utf8_repair repair = { .mode = INVALID_REPLACE, .cpu = cpu_best(NULL) };
	struct span text;
	struct diag why;

	for (;;) {
		size_t nul = span_find(raw, '\0');

		LAW(utf8_repair_piece(&repair, span_head(raw, nul), &text, &why), "repair does not fail");
		buf_add(into, text);
		if (nul == raw.len)
			break;
		buf_add_byte(into, '\0');
		raw = span_skip(raw, nul + 1);
	}
	utf8_repair_release(&repair);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size);
	const char *first = firsts[fuzz_byte(&input) % 3];
	struct cutting cutting = { .longest = 1 + fuzz_byte(&input) % 32, .seed = 9 };
	struct buf text = BUF_INIT, lists = BUF_INIT;
	struct driven sum;

	mend(&text, input);
	complete(&lists, buf_span(&text), first);
	sum = add_up(buf_span(&lists), false, whole);
	if (sum.flow == FLOW_MORE)
		check_sum(buf_span(&lists), &sum, cutting);
	driven_release(&sum);
	buf_release(&text);
	buf_release(&lists);
	return 0;
}
