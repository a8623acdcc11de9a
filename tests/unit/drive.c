/* SPDX-License-Identifier: MIT
 * drive.c - a driver over arrays. */
#include "tests/unit/drive.h"

#include <stdlib.h>

#include "common/common_options.h"
#include "common/mem.h"

struct array_drive {
	const struct filter *filter;
	void *state;
	struct driven *result;
	struct utf8_repair repair;
	struct cutting cutting;
	char last_byte;
};

static enum flow array_put(void *ctx, struct span piece)
{
	struct array_drive *run = ctx;

	buf_add(&run->result->text, piece);
	run->last_byte = piece.at[piece.len - 1];
	return FLOW_MORE;
}

static enum flow array_end(void *ctx)
{
	struct array_drive *run = ctx;

	if (run->last_byte && run->last_byte != '\n')
		buf_add_byte(&run->result->text, '\n');
	buf_add_byte(&run->result->text, '\0');
	run->last_byte = 0;
	run->result->documents++;
	return FLOW_MORE;
}

static size_t next_cut(struct array_drive *run, struct span text)
{
	size_t want = run->cutting.longest;

	if (want == 0 || want >= text.len)
		return text.len;
	if (run->cutting.seed) {
		run->cutting.seed = run->cutting.seed * 1664525u + 1013904223u;
		want = 1 + (run->cutting.seed >> 8) % want;
	}
	while (want < text.len && ((unsigned char)text.at[want] & 0xC0) == 0x80)
		want++;
	return want;
}

/* Each piece is copied to memory of just its size, so that a sanitizer sees who reads beyond it. */
static enum flow hand_over(struct array_drive *run, struct sink out, struct span piece)
{
	char *copy = mem_resize(NULL, piece.len, 1);
	enum flow flow;

	memcpy(copy, piece.at, piece.len);
	flow = run->filter->text(run->state, span_of(copy, piece.len), out, &run->result->why);
	free(copy);
	return flow;
}

static enum flow one_document(struct array_drive *run, struct sink out, uint64_t ordinal, struct span text)
{
	struct doc_info doc = { .ordinal = ordinal, .name = NULL, .repair = &run->repair };
	enum flow flow = run->filter->begin(run->state, &doc, out, &run->result->why);

	utf8_repair_begin(&run->repair);
	while (flow == FLOW_MORE && text.len) {
		size_t cut = next_cut(run, text);

		flow = hand_over(run, out, span_head(text, cut));
		text = span_skip(text, cut);
	}
	return flow == FLOW_MORE ? run->filter->end(run->state, out, &run->result->why) : flow;
}

static enum flow all_documents(
	struct array_drive *run, struct sink out, enum framing reads, struct span input)
{
	enum flow flow = FLOW_MORE;
	uint64_t ordinal = 1;

	if (reads == FRAMING_TEXT)
		return one_document(run, out, ordinal, input);
	while (flow == FLOW_MORE && input.len) {
		size_t len = span_find(input, '\0');

		flow = one_document(run, out, ordinal++, span_head(input, len));
		input = span_skip(input, len + 1);
	}
	return flow;
}

static bool parse_words(struct filter_options *options, const char *const *words, struct diag *why)
{
	struct opt_texts operands;
	int count = 0;
	bool fine;

	while (words && words[count])
		count++;
	fine = opts_parse(options->tables, FILTER_TABLES, count, (char *const *)words, &operands, why) &&
	       opts_load_inputs(options->tables, FILTER_TABLES, why);
	free(operands.items);
	return fine;
}

static enum flow run_filter(
	struct array_drive *run, const void *options, enum framing reads, struct span input)
{
	struct host host = { .cpu = cpu_best(NULL), .secret = 0x9E3779B97F4A7C15, .reads = reads };
	struct sink out = { .put = array_put, .end = array_end, .ctx = run };
	struct diag *why = &run->result->why;
	enum flow flow = run->filter->open(run->state, options, &host, why);

	if (flow == FLOW_MORE)
		flow = all_documents(run, out, reads, input);
	if (flow == FLOW_MORE && run->filter->finish)
		flow = run->filter->finish(run->state, out, why);
	if (run->filter->close)
		run->filter->close(run->state);
	return flow;
}

struct driven drive(const struct filter *filter, const char *const *words, enum framing reads,
	struct span input, struct cutting cutting)
{
	struct driven result = { .flow = FLOW_FAIL };
	struct array_drive run = { .filter = filter, .result = &result, .cutting = cutting };
	struct filter_options options;

	filter_options_init(&options, filter);
	run.state = mem_new(1, filter->state_size);
	run.repair.cpu = cpu_best(NULL);
	if (parse_words(&options, words, &result.why))
		result.flow = run_filter(&run, options.own, reads, input);
	utf8_repair_release(&run.repair);
	free(run.state);
	filter_options_release(&options);
	return result;
}

const char *drive_text(
	struct driven *driven, const struct filter *filter, const char *const *words, const char *input)
{
	*driven = drive(filter, words, FRAMING_TEXT, span_from(input), (struct cutting){ 0, 0 });
	return buf_string(&driven->text);
}

void driven_release(struct driven *driven)
{
	buf_release(&driven->text);
}
