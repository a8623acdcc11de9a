/* SPDX-License-Identifier: MIT
 * drive.c - a driver over arrays. */
#include "tests/unit/drive.h"

#include <stdlib.h>

#include "common/common_options.h"
#include "common/mem.h"

struct driving {
	const struct filter *filter;
	struct filter_options options;
	struct host host;
	void *state;
	struct sink *sinks; /* of outputs, one for each given */
	uint64_t documents;
	bool in_preview, in_reference;
	struct utf8_repair repair;
};

/* --- what comes out ------------------------------------------------------------------------------------- */

static enum flow array_put(void *ctx, struct span piece)
{
	buf_add(&((struct driven *)ctx)->text, piece);
	return FLOW_MORE;
}

static enum flow array_end(void *ctx)
{
	struct driven *driven = ctx;
	char last = driven->text.len ? driven->text.at[driven->text.len - 1] : '\0';

	if (last != '\0' && last != '\n')
		buf_add_byte(&driven->text, '\n');
	buf_add_byte(&driven->text, '\0');
	driven->documents++;
	return FLOW_MORE;
}

struct sink driven_sink(struct driven *driven)
{
	return (struct sink){ .put = array_put, .end = array_end, .ctx = driven };
}

void driven_release(struct driven *driven)
{
	buf_release(&driven->text);
}

const struct spool_place driving_spools = { NULL, 1 };

/* --- opening and closing -------------------------------------------------------------------------------- */

/* Files, while the options that name them are served. */
struct serving {
	struct driven_files files;
	struct diag *why;
	struct sink *sinks;
	size_t sink_count;
};

static struct driven_file *find_file(const struct serving *serving, const char *name)
{
	for (size_t i = 0; i < serving->files.count; i++)
		if (strcmp(serving->files.items[i].name, name) == 0)
			return &serving->files.items[i];
	return NULL;
}

static bool serve_input(void *ctx, const struct opt *row, struct opt_input *input)
{
	struct serving *serving = ctx;
	struct driven_file *file = find_file(serving, input->path);

	if (!file) {
		diag_set(serving->why, "cannot read '%s': No such file or directory", input->path);
		return false;
	}
	input->text = span_of(mem_copy(buf_string(&file->text), file->text.len), file->text.len);
	return row->kind == OPT_DOCUMENTS || opt_input_check(row, input, serving->why);
}

static enum flow file_put(void *ctx, struct span piece)
{
	struct driven_file *file = ctx;

	if (file)
		buf_add(&file->text, piece);
	return FLOW_MORE;
}

static bool serve_output(void *ctx, const struct opt *row, struct opt_output *output)
{
	struct serving *serving = ctx;
	struct sink *sink = &serving->sinks[serving->sink_count++];

	struct driven_file *file = find_file(serving, output->path);

	if (row->is_updated && file) {
		if (file->text.len) {
			output->was = mem_new(1, sizeof(*output->was));
			spool_init(output->was, NULL);
			buf_add(&output->was->held, buf_span(&file->text));
		}
		buf_clear(&file->text);
	}
	*sink = (struct sink){ .put = file_put, .ctx = file };
	output->to = sink;
	return true;
}

static bool count_output(void *ctx, const struct opt *row, struct opt_output *output)
{
	(void)row, (void)output;
	++*(size_t *)ctx;
	return true;
}

static bool serve_files(struct driving *driving, struct driven_files files, struct diag *why)
{
	const struct opt_table *tables = driving->options.tables;
	struct serving serving = { .files = files, .why = why };
	size_t outputs = 1;

	opts_each_output(tables, FILTER_TABLES, count_output, &outputs);
	driving->sinks = serving.sinks = mem_new(outputs, sizeof(*serving.sinks));
	return opts_each_input(tables, FILTER_TABLES, serve_input, &serving) &&
	       opts_each_output(tables, FILTER_TABLES, serve_output, &serving);
}

static bool parse_words(struct filter_options *options, const char *const *words, struct diag *why)
{
	struct opt_texts operands;
	int count = 0;
	bool fine;

	while (words && words[count])
		count++;
	fine = opts_parse(options->tables, FILTER_TABLES, count, (char *const *)words, &operands, why);
	free(operands.items);
	return fine;
}

struct driving *driving_open(const struct filter *filter, const char *const *words,
	struct driven_files files, const struct host *host, struct diag *why)
{
	struct driving *driving = mem_new(1, sizeof(*driving));

	driving->filter = filter;
	driving->host = *host;
	driving->repair.cpu = host->cpu;
	filter_options_init(&driving->options, filter);
	if (parse_words(&driving->options, words, why) && serve_files(driving, files, why)) {
		driving->state = mem_new(1, filter->state_size);
		if (filter->open(driving->state, driving->options.own, host, why) == FLOW_MORE)
			return driving;
	}
	driving_close(driving);
	return NULL;
}

void driving_close(struct driving *driving)
{
	if (driving->state && driving->filter->close)
		driving->filter->close(driving->state);
	free(driving->state);
	free(driving->sinks);
	utf8_repair_release(&driving->repair);
	filter_options_release(&driving->options);
	free(driving);
}

bool driving_reads_raw(const struct driving *driving)
{
	return driving->filter->reads_raw && driving->filter->reads_raw(driving->options.own);
}

enum contract driving_contract(const struct driving *driving)
{
	return driving->filter->contract ? driving->filter->contract(driving->options.own) : CONTRACT_WHOLE;
}

/* --- documents ------------------------------------------------------------------------------------------ */

static size_t next_cut(struct cutting *cutting, struct span text)
{
	size_t want = cutting->longest;

	if (want == 0 || want >= text.len)
		return text.len;
	if (cutting->seed) {
		cutting->seed = cutting->seed * 1664525u + 1013904223u;
		want = 1 + (cutting->seed >> 8) % want;
	}
	while (want < text.len && ((unsigned char)text.at[want] & 0xC0) == 0x80)
		want++;
	return want;
}

/* Each piece is copied to memory of just its size, so that a sanitizer sees who reads beyond it. */
static enum flow hand_over(struct driving *driving, struct span piece, struct sink out, struct diag *why)
{
	char *copy = mem_resize(NULL, piece.len, 1);
	enum flow flow;

	memcpy(copy, piece.at, piece.len);
	flow = driving->filter->text(driving->state, span_of(copy, piece.len), out, why);
	free(copy);
	return flow;
}

static enum flow show(struct driving *driving, struct span text, struct cutting cutting, struct sink out,
	struct diag *why)
{
	struct doc_info doc = { .ordinal = ++driving->documents,
		.is_reference = driving->in_reference,
		.is_preview = driving->in_preview,
		.repair = &driving->repair };
	enum flow flow = driving->filter->begin(driving->state, &doc, out, why);

	utf8_repair_begin(&driving->repair);
	while (flow == FLOW_MORE && text.len) {
		size_t cut = next_cut(&cutting, text);

		flow = hand_over(driving, span_head(text, cut), out, why);
		text = span_skip(text, cut);
	}
	return flow == FLOW_MORE ? driving->filter->end(driving->state, out, why) : flow;
}

static enum flow show_all(struct driving *driving, struct span input, struct cutting cutting,
	struct sink out, struct diag *why)
{
	enum flow flow = FLOW_MORE;

	if (driving->host.reads == FRAMING_TEXT)
		return show(driving, input, cutting, out, why);
	while (flow == FLOW_MORE && input.len) {
		size_t len = span_find(input, '\0');

		flow = show(driving, span_head(input, len), cutting, out, why);
		input = span_skip(input, len + 1);
	}
	return flow;
}

typedef enum flow show_fn(struct driving *driving, struct span input, struct cutting cutting,
	struct sink out, struct diag *why);

/* Shows documents once, or as previews in front of that. */
static enum flow show_as_wanted(struct driving *driving, show_fn *each, struct span input,
	struct cutting cutting, struct sink out, struct diag *why)
{
	const struct filter *filter = driving->filter;
	struct driven ignored = { 0 };
	enum flow flow = FLOW_MORE;

	if (filter->previews && filter->previews(driving->options.own)) {
		uint64_t documents = driving->documents;

		driving->in_preview = true;
		flow = each(driving, input, cutting, driven_sink(&ignored), why);
		driving->in_preview = false;
		driving->documents = documents;
		driven_release(&ignored);
	}
	return flow == FLOW_MORE ? each(driving, input, cutting, out, why) : flow;
}

enum flow driving_document(struct driving *driving, struct span text, struct cutting cutting,
	struct sink out, struct diag *why)
{
	return show_as_wanted(driving, show, text, cutting, out, why);
}

struct referring {
	struct driving *driving;
	struct cutting cutting;
	struct diag *why;
	enum flow flow;
};

static bool show_reference(void *ctx, const struct opt *row, struct opt_input *input)
{
	struct referring *referring = ctx;
	struct driven ignored = { 0 };

	if (row->kind != OPT_DOCUMENTS)
		return true;
	referring->flow = show_all(
		referring->driving, input->text, referring->cutting, driven_sink(&ignored), referring->why);
	driven_release(&ignored);
	return referring->flow == FLOW_MORE;
}

/* Shows the documents of files that options name. */
static enum flow show_references(struct driving *driving, struct cutting cutting, struct diag *why)
{
	struct referring referring = { driving, cutting, why, FLOW_MORE };

	driving->in_reference = true;
	opts_each_input(driving->options.tables, FILTER_TABLES, show_reference, &referring);
	driving->in_reference = false;
	driving->documents = 0;
	return referring.flow;
}

enum flow driving_documents(struct driving *driving, struct span input, struct cutting cutting,
	struct sink out, struct diag *why)
{
	enum flow flow = show_references(driving, cutting, why);

	return flow == FLOW_MORE ? show_as_wanted(driving, show_all, input, cutting, out, why) : flow;
}

enum flow driving_finish(struct driving *driving, struct sink out, struct diag *why)
{
	return driving->filter->finish ? driving->filter->finish(driving->state, out, why) : FLOW_MORE;
}

/* --- all at once ---------------------------------------------------------------------------------------- */

struct driven drive(const struct filter *filter, const char *const *words, enum framing reads,
	struct span input, struct cutting cutting)
{
	return drive_with(filter, words, (struct driven_files){ NULL, 0 }, reads, input, cutting);
}

struct driven drive_with(const struct filter *filter, const char *const *words, struct driven_files files,
	enum framing reads, struct span input, struct cutting cutting)
{
	struct host host = { .cpu = cpu_best(NULL),
		.secret = 0x9E3779B97F4A7C15,
		.reads = reads,
		.spools = &driving_spools };
	struct driven result = { .flow = FLOW_FAIL };
	struct sink out = driven_sink(&result);
	struct driving *driving = driving_open(filter, words, files, &host, &result.why);

	if (!driving)
		return result;
	result.flow = driving_documents(driving, input, cutting, out, &result.why);
	if (result.flow == FLOW_MORE)
		result.flow = driving_finish(driving, out, &result.why);
	driving_close(driving);
	return result;
}

const char *drive_text(
	struct driven *driven, const struct filter *filter, const char *const *words, const char *input)
{
	*driven = drive(filter, words, FRAMING_TEXT, span_from(input), (struct cutting){ 0, 0 });
	return buf_string(&driven->text);
}
