/* SPDX-License-Identifier: MIT
 * json_fuzz.c - one line of JSON found, taken apart and put together again; and a stream of such lines, cut.
 *
 * - Spans that are found lie inside the line; what follows the object is white space.
 * - A line that is accepted is accepted as a value inside another, and with its text written anew.
 * - Escaping and unescaping give the text back, and every vector path gives what the scalar one does.
 * - Records, bad ones included, are the same however the stream is cut. */
#include "tests/fuzz/fuzz.h"

#include "common/json.h"
#include "common/jsonl.h"
#include "common/utf8.h"

enum { SMALL_RECORD = 512 };

static const enum cpu levels[] = { CPU_SCALAR, CPU_SSSE3, CPU_AVX2 };

/* The level with that number, or the best one below that this machine has. */
static enum cpu level(size_t number)
{
	enum cpu best = cpu_best(NULL);

	return levels[number] < best ? levels[number] : best;
}

/* --- one line ------------------------------------------------------------------------------------------- */

static bool accepts_on(enum cpu cpu, struct span line, struct json_member *members, size_t count)
{
	struct json json = { .cpu = cpu };
	struct diag why = { "" };
	bool fine = json_find(&json, line, members, count, &why);

	LAW(fine || why.text[0], "who refuses says why");
	if (fine)
		LAW(json.tail.len && json.tail.at[0] == '}' &&
				json.tail.at + json.tail.len == line.at + line.len,
			"the tail is the closing brace and what follows");
	json_release(&json);
	return fine;
}

static bool accepts(struct span line, struct json_member *members, size_t count)
{
	return accepts_on(cpu_best(NULL), line, members, count);
}

/* What the string says when it is taken in the walk is what it says when taken by itself. */
static void check_said(enum cpu cpu, struct span line)
{
	struct json_text said = { .text = BUF_INIT };
	struct json_member scalar = { .name = SPAN("text") },
			   member = { .name = SPAN("text"), .said = &said };
	struct buf text = BUF_INIT;
	bool fine = accepts_on(cpu, line, &member, 1), is_text;

	LAW(fine == accepts_on(CPU_SCALAR, line, &scalar, 1), "vectors accept what scalar does");
	if (fine && member.type == JSON_STRING) {
		LAW(member.value.at == scalar.value.at && member.value.len == scalar.value.len,
			"vectors find what scalar does");
		is_text = json_unescape(&text, member.value, CPU_SCALAR);
		LAW(is_text == said.is_text, "taken or unescaped, it is text or not");
		fuzz_same(buf_span(&text), buf_span(&said.text), "taken or unescaped, it says the same");
	}
	buf_release(&text);
	buf_release(&said.text);
}

/* The same text, spelled on every level and understood again. */
static void check_spelled(struct span text)
{
	struct buf scalar = BUF_INIT, spelled = BUF_INIT, again = BUF_INIT;

	json_escape_bytes(&scalar, text, CPU_SCALAR);
	for (size_t i = 1; i < sizeof(levels) / sizeof(levels[0]); i++) {
		buf_clear(&spelled);
		buf_clear(&again);
		json_escape_bytes(&spelled, text, level(i));
		fuzz_same(buf_span(&scalar), buf_span(&spelled), "vectors spell as scalar does");
		json_unescape(&again, buf_span(&spelled), level(i));
		fuzz_same(text, buf_span(&again), "bytes spelled and understood are the same");
	}
	buf_release(&scalar);
	buf_release(&spelled);
	buf_release(&again);
}

static void check_inside(struct span line, struct span value)
{
	LAW(value.at >= line.at && value.len <= line.len &&
			(size_t)(value.at - line.at) <= line.len - value.len,
		"what is found lies inside the line");
}

static void check_nested(struct span line)
{
	struct json_member member = { .name = SPAN("x") };
	struct buf outer = BUF_INIT;

	buf_add(&outer, SPAN("{\"x\":"));
	buf_add(&outer, line);
	buf_add(&outer, SPAN("}"));
	LAW(accepts(buf_span(&outer), &member, 1) && member.type == JSON_OTHER,
		"an object may stand inside another");
	check_inside(buf_span(&outer), member.value);
	buf_release(&outer);
}

/* The line with `value` written anew. */
static void check_written_anew(struct span line, struct span value)
{
	struct json_member member = { .name = SPAN("text") };
	struct utf8_repair repair = { .mode = INVALID_REPLACE };
	struct buf text = BUF_INIT, fresh = BUF_INIT, again = BUF_INIT;
	struct span valid;
	struct diag why;
	const char *behind = value.at + value.len;

	json_unescape(&text, value, CPU_SCALAR);
	LAW(text.len <= value.len, "escapes are not shorter than what they stand for");
	LAW(utf8_repair_piece(&repair, buf_span(&text), &valid, &why), "repair does not fail");
	buf_add(&fresh, span_of(line.at, (size_t)(value.at - line.at)));
	json_escape(&fresh, valid, cpu_best(NULL));
	buf_add(&fresh, span_of(behind, (size_t)(line.at + line.len - behind)));
	LAW(accepts(buf_span(&fresh), &member, 1) && member.type == JSON_STRING,
		"a record with new text is a record");
	json_unescape(&again, member.value, cpu_best(NULL));
	fuzz_same(valid, buf_span(&again), "escaped and unescaped is the same");
	buf_release(&text);
	buf_release(&fresh);
	buf_release(&again);
	utf8_repair_release(&repair);
}

static void check_line(struct span line)
{
	struct json_member members[] = { { .name = SPAN("text") }, { .name = SPAN("id") },
		{ .name = SPAN("") } };

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		check_said(level(i), line);
	check_spelled(line);
	if (!accepts(line, members, 3))
		return;
	for (size_t i = 0; i < 3; i++)
		if (members[i].type != JSON_ABSENT)
			check_inside(line, members[i].value);
	check_nested(line);
	if (members[0].type == JSON_STRING)
		check_written_anew(line, members[0].value);
}

/* --- a stream ------------------------------------------------------------------------------------------- */

static enum flow log_begin(void *ctx)
{
	buf_add(ctx, SPAN("begin "));
	return FLOW_MORE;
}

static enum flow log_text(void *ctx, struct span raw)
{
	LAW(raw.len > 0, "pieces are not empty");
	buf_add(ctx, raw);
	return FLOW_MORE;
}

static enum flow log_end(void *ctx)
{
	buf_add(ctx, SPAN(" end\n"));
	return FLOW_MORE;
}

static enum flow log_bad(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	if (why)
		buf_addf(ctx, "bad: %s: ", why->text);
	buf_add(ctx, raw);
	buf_add(ctx, is_last ? SPAN(" over\n") : SPAN(""));
	return FLOW_MORE;
}

/* `piece` 0: whole. */
static void log_stream(struct buf *log, struct span stream, size_t piece)
{
	struct jsonl jsonl = { .field = SPAN("text"),
		.max_record = SMALL_RECORD,
		.cpu = cpu_best(NULL),
		.to = { log_begin, log_text, log_end, log_bad, log } };

	jsonl_begin(&jsonl);
	while (stream.len) {
		struct span head = span_head(stream, piece ? piece : stream.len), own = fuzz_copy(head);

		LAW(jsonl_bytes(&jsonl, own) == FLOW_MORE, "reading goes on");
		free((char *)own.at);
		stream = span_skip(stream, head.len);
	}
	LAW(jsonl_end(&jsonl) == FLOW_MORE, "reading goes on");
	buf_addf(log, "%llu lines", (unsigned long long)jsonl.line);
	jsonl_release(&jsonl);
}

static void check_stream(struct span stream, size_t piece)
{
	struct buf one = BUF_INIT, other = BUF_INIT;

	log_stream(&one, stream, 0);
	log_stream(&other, stream, piece);
	fuzz_same(buf_span(&one), buf_span(&other), "records are the same however the stream is cut");
	buf_release(&one);
	buf_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size);
	struct span line = fuzz_copy(span_head(input, span_find(input, '\n')));

	check_line(line);
	free((char *)line.at);
	check_stream(input, 1 + size % 61);
	return 0;
}
