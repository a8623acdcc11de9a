/* SPDX-License-Identifier: MIT
 * count_terms.c - documents in; at the end of the stream one table out, or a list to be merged with others, or, with
 * --tokens, the words of each document. */
#include "filters/count-terms/count_terms.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/lines.h"
#include "filters/count-terms/counters.h"
#include "filters/count-terms/keyness.h"
#include "filters/count-terms/options.h"
#include "filters/count-terms/partial.h"
#include "filters/count-terms/stops.h"
#include "filters/count-terms/table.h"
#include "filters/count-terms/tokenizers.h"

#include "count-terms/hashes.inc"

enum { PIECE = 1 << 16 }; /* bytes written at a time */

struct state {
	struct options options;
	struct diag why; /* what went wrong while something was kept aside */
	struct host host;
	struct word_scan scan;
	struct keyer keyer;
	struct forms stops;
	struct stem *stem;
	uint64_t stops_hash;
	struct counters counters;
	struct tokenizers tokenizers;
	struct cell_runs lists; /* --merge */
	struct partial partial;
	struct lines lines;
	struct reference reference;
	struct buf group;
	uint64_t documents, terms;
};

static enum contract count_terms_contract(const void *at)
{
	const struct options *options = at;

	return options->tokens ? CONTRACT_MAP : CONTRACT_WHOLE;
}

#define SHAPES "min-count top sort format header keyness" /* options of the table alone */

/* Lists of parts add up in any steps; what shapes the table, and what leaves rare terms out, waits for the sum. */
static const struct phase counting[] = {
	{ .name = "count", .deal = PHASE_PARTS, .leaves = SHAPES, .adds = "--partial" },
	{ .name = "merge",
		.deal = PHASE_TREE,
		.reads = "count",
		.keeps = "memory",
		.adds = "--merge --partial" },
	{ .name = "table",
		.deal = PHASE_ALL,
		.reads = "merge",
		.writes_documents = true,
		.keeps = SHAPES " memory",
		.adds = "--merge" },
	{ .name = NULL },
};

/* Partial lists do not know what came first. */
static const struct phase *count_terms_phases(const void *at)
{
	const struct options *options = at;
	bool is_step = options->tokens || options->partial || options->merge;

	return is_step || options->sort == SORT_FIRST ? NULL : counting;
}

static size_t count_terms_members(const void *options, struct span names[DOC_MEMBERS])
{
	size_t len;

	names[0] = options_by(options, &len);
	return names[0].len > 0;
}

/* --- opening ---------------------------------------------------------------------------------------------- */

static void open_stops(struct state *state)
{
	const struct options *options = &state->options;

	for (size_t i = 0; i < options->stopwords.count; i++) {
		const struct opt_input *list = &options->stopwords.items[i];

		if (!stops_read_built_in(&state->stops, list->path, &state->keyer))
			stops_read(&state->stops, list->text, &state->keyer);
	}
	for (size_t i = 0; i < state->stops.count; i++) {
		struct span word = form_text(&state->stops.items[i]);

		state->stops_hash += XXH3_64bits(word.at, word.len); /* whatever their order */
	}
}

static bool open_rules(struct state *state, struct vocabulary_rules *rules, struct diag *why)
{
	const struct options *options = &state->options;

	open_stops(state);
	if (options->stem && !(state->stem = stem_new(options->stem, why)))
		return false;
	*rules = (struct vocabulary_rules){ .keyer = &state->keyer,
		.numbers = (enum numbers)options->numbers,
		.min_length = (uint64_t)options->min_length,
		.stops = state->stops.count ? &state->stops : NULL,
		.stem = state->stem,
		.stem_lang = options->stem,
		.splits_clitics = options->clitics };
	return true;
}

static void open_tokenizers(struct state *state, const struct vocabulary_rules *words)
{
	const struct options *options = &state->options;
	struct tokenizers_rules rules = { .words = *words,
		.segment = (enum segment)options->segment,
		.scan = &state->scan,
		.host = &state->host,
		.memory = (size_t)options->memory,
		.threads = options_threads(options) };

	rules.batch = counters_batch(rules.memory, rules.threads);
	tokenizers_init(&state->tokenizers, &rules, &state->why);
}

static bool open_counters(struct state *state, struct diag *why)
{
	const struct options *options = &state->options;
	struct counters_rules rules = { .counting = { .segment = (enum segment)options->segment,
						.with_forms = options_surface(options),
						.with_documents = options->df,
						.with_groups = options->by != NULL,
						.with_first = options->sort == SORT_FIRST,
						.memory = (size_t)options->memory },
		.scan = &state->scan,
		.host = &state->host,
		.threads = options_threads(options) };
	struct counter_rules *each = &rules.counting;

	if (!options_ngrams(options, &each->shortest, &each->longest, why) ||
		!open_rules(state, &each->words, why))
		return false;
	if (options->tokens)
		open_tokenizers(state, &each->words);
	else
		counters_init(&state->counters, &rules, &state->why);
	return true;
}

static enum flow count_terms_open(void *at, const void *options, const struct host *host, struct diag *why)
{
	struct state *state = at;

	state->options = *(const struct options *)options;
	state->host = *host;
	state->stops.secret = state->reference.terms.secret = host->secret;
	cell_runs_init(&state->lists, host->spools, &state->why);
	partial_init(&state->partial, &state->lists);
	if (!options_check(&state->options, host->reads, why))
		return FLOW_FAIL;
	if (!keyer_open(&state->keyer, (enum key)state->options.key, host, why))
		return FLOW_FAIL;
	if (!reference_read(&state->reference, state->options.keyness.text, &state->keyer, why))
		return FLOW_FAIL;
	if (!state->options.merge)
		word_scan_init(&state->scan, host->cpu);
	return open_counters(state, why) ? FLOW_MORE : FLOW_FAIL;
}

/* --- documents -------------------------------------------------------------------------------------------- */

/* What the document counts for: a group is one field of one line. */
static struct span group_of(struct state *state, const struct doc_info *doc)
{
	size_t most, characters = 0;
	struct span said = SPAN("");

	buf_clear(&state->group);
	options_by(&state->options, &most);
	if (state->options.by && doc->members)
		said = doc->members[0].text; /* empty where it is neither text nor a number */
	for (struct span rest = said; rest.len && characters < most; characters++) {
		struct rune rune = utf8_first(rest);
		bool is_control = rune.value < ' ' || rune.value == 0x7F;

		buf_add(&state->group, is_control ? SPAN(" ") : span_head(rest, rune.len));
		rest = span_skip(rest, rune.len);
	}
	return buf_span(&state->group);
}

static enum flow failed(const struct state *state, struct diag *why)
{
	*why = state->why;
	return FLOW_FAIL;
}

static enum flow count_terms_begin(void *at, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *state = at;
	bool fine = true;

	(void)out;
	state->documents++;
	if (state->options.merge)
		partial_begin(&state->partial);
	else if (state->options.tokens)
		fine = tokenizers_begin(&state->tokenizers, doc->ordinal);
	else
		fine = counters_begin(&state->counters, doc->ordinal, group_of(state, doc));
	return fine ? FLOW_MORE : failed(state, why);
}

static enum flow take_line(void *at, struct span line)
{
	struct state *state = at;

	return partial_line(&state->partial, line, &state->why) ? FLOW_MORE : FLOW_FAIL;
}

static enum flow put_tokens(struct state *state, struct sink out)
{
	enum flow flow = sink_put(out, buf_span(&state->tokenizers.out));

	buf_clear(&state->tokenizers.out);
	return flow;
}

static enum flow count_terms_text(void *at, struct span piece, struct sink out, struct diag *why)
{
	struct state *state = at;

	if (state->options.merge)
		return lines_text(&state->lines, piece, take_line, state) == FLOW_MORE ? FLOW_MORE
										       : failed(state, why);
	if (!state->options.tokens)
		return counters_text(&state->counters, piece) ? FLOW_MORE : failed(state, why);
	if (!tokenizers_text(&state->tokenizers, piece))
		return failed(state, why);
	return put_tokens(state, out);
}

static enum flow count_terms_end(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;
	enum flow flow;

	if (state->options.merge)
		return lines_end(&state->lines, take_line, state) == FLOW_MORE ? FLOW_MORE
									       : failed(state, why);
	if (!state->options.tokens)
		return counters_end(&state->counters) ? FLOW_MORE : failed(state, why);
	if (!tokenizers_end(&state->tokenizers))
		return failed(state, why);
	flow = put_tokens(state, out);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

/* --- results ---------------------------------------------------------------------------------------------- */

/* What each_cell is to call for is put in order. */
static bool open_cells(struct state *state)
{
	return state->options.merge || counters_open(&state->counters, NULL);
}

static bool each_cell(struct state *state, cell_fn *each, void *ctx)
{
	return state->options.merge ? cell_runs_each(&state->lists, each, ctx)
				    : counters_each(&state->counters, each, ctx);
}

/* A partial list that is being written. */
struct writing {
	struct state *state;
	struct partial_columns columns;
	struct buf piece;
	struct sink out;
	enum flow flow;
};

static bool write_piece(struct writing *writing)
{
	writing->flow = sink_put(writing->out, buf_span(&writing->piece));
	buf_clear(&writing->piece);
	return writing->flow == FLOW_MORE;
}

/* The line that says how the list was made; a list of nothing has none. */
static void begin_list(struct writing *writing)
{
	const struct state *state = writing->state;

	buf_add(&writing->piece, SPAN(PARTIAL_MAGIC "\t"));
	if (state->options.merge)
		buf_add(&writing->piece, buf_span(&state->partial.signature));
	else
		options_signature(&writing->piece, &state->options, state->stops_hash);
	buf_add_byte(&writing->piece, '\n');
}

static bool write_cell(void *at, const struct cell *cell)
{
	struct writing *writing = at;

	if (writing->state->terms++ == 0)
		begin_list(writing);
	partial_add(&writing->piece, cell, writing->columns);
	return writing->piece.len < PIECE || write_piece(writing);
}

static enum flow put_partial(struct state *state, struct sink out, struct diag *why)
{
	struct writing writing = { .state = state, .out = out, .flow = FLOW_MORE };
	bool fine;

	writing.columns = (struct partial_columns){ state->options.by != NULL, state->options.df };
	if (state->options.merge)
		writing.columns = state->partial.columns;
	fine = open_cells(state) && each_cell(state, write_cell, &writing) && write_piece(&writing);
	buf_release(&writing.piece);
	return fine || writing.flow != FLOW_MORE ? writing.flow : failed(state, why);
}

/* What rows may take beside what was counted. */
static size_t memory_left(const struct state *state)
{
	size_t all = (size_t)state->options.memory, taken = counters_memory(&state->counters);

	return taken < all / 2 ? all - all / 4 - taken : all / 4;
}

/* How the table is to look. What was counted is said by the lists that are merged, else by the options. */
static void set_table(struct state *state, struct table *table, struct sink out)
{
	const struct options *options = &state->options;
	size_t len;

	table->sort = (enum table_sort)options->sort;
	table->format = (enum table_format)options->format;
	table->header = options->header;
	table->min_count = (uint64_t)options->min_count;
	table->top = (uint64_t)options->top;
	table->rows.memory = table->in_place.memory = memory_left(state);
	table->rows.seed = table->in_place.seed = state->host.secret;
	table->reference = options->keyness.path ? &state->reference : NULL;
	table->cpu = state->host.cpu;
	table->out = out;
	table->why = &state->why;
	table->with_documents = options->merge ? state->partial.columns.documents : options->df;
	table->with_keys = options->merge ? partial_has(&state->partial, SPAN("surface"), NULL)
					  : options_surface(options);
	table->group_name = options_by(options, &len);
	if (options->merge && !partial_has(&state->partial, SPAN("by="), &table->group_name))
		table->group_name = SPAN("");
}

/* What is compared with a reference is seen twice: its size matters to each. */
struct seen_once {
	struct cell_runs runs;
	struct reference *reference;
};

static bool see_once(void *at, const struct cell *cell)
{
	struct seen_once *seen = at;

	reference_count(seen->reference, cell);
	return cell_runs_add(&seen->runs, cell);
}

static bool each_cell_twice(struct state *state, cell_fn *each, void *ctx)
{
	struct seen_once seen = { .reference = &state->reference };
	bool fine;

	cell_runs_init(&seen.runs, state->host.spools, &state->why);
	cell_runs_begin(&seen.runs);
	fine = each_cell(state, see_once, &seen) && cell_runs_each(&seen.runs, each, ctx);
	cell_runs_release(&seen.runs);
	return fine;
}

struct counted_table {
	struct table table;
	uint64_t *terms;
};

static bool table_and_count(void *at, const struct cell *cell)
{
	struct counted_table *counted = at;

	++*counted->terms;
	return table_cell(&counted->table, cell);
}

/* What is to be put into the table is put in order. */
static bool open_rows(struct state *state)
{
	const struct options *options = &state->options;
	struct ranking_rules ranking = { .with_forms = options_surface(options),
		.min_count = (uint64_t)options->min_count,
		.top = (uint64_t)options->top };

	if (options->merge || options->sort != SORT_COUNT || options->keyness.path)
		return open_cells(state);
	return counters_open(&state->counters, &ranking);
}

static bool put_rows(struct state *state, struct counted_table *counted)
{
	if (state->counters.rankings) {
		state->terms = counters_term_count(&state->counters);
		return counters_terms(&state->counters, table_term, &counted->table);
	}
	return counted->table.reference ? each_cell_twice(state, table_and_count, counted)
					: each_cell(state, table_and_count, counted);
}

static enum flow put_table(struct state *state, struct sink out, struct diag *why)
{
	struct counted_table counted = { .terms = &state->terms };
	struct table *table = &counted.table;
	bool fine;

	if (!open_rows(state)) {
		*why = state->why;
		return FLOW_FAIL;
	}
	table_init(table, state->host.spools);
	set_table(state, table, out);
	fine = table_begin(table) && put_rows(state, &counted) && table_end(table);
	table_release(table);
	if (fine || table->flow == FLOW_STOP)
		return table->flow;
	if (state->why.text[0])
		*why = state->why;
	return FLOW_FAIL;
}

static enum flow count_terms_finish(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;
	enum flow flow;

	if (state->documents == 0 || state->options.tokens)
		return FLOW_MORE; /* no documents in, none out */
	flow = state->options.partial ? put_partial(state, out, why) : put_table(state, out, why);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static void count_terms_counts(
	const void *at, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *state = at;

	count(ctx, "words",
		state->options.tokens ? tokenizers_words(&state->tokenizers)
				      : counters_words(&state->counters));
	count(ctx, "terms", state->terms);
}

static void count_terms_close(void *at)
{
	struct state *state = at;

	counters_release(&state->counters);
	tokenizers_release(&state->tokenizers);
	cell_runs_release(&state->lists);
	partial_release(&state->partial);
	lines_release(&state->lines);
	reference_release(&state->reference);
	forms_release(&state->stops);
	keyer_release(&state->keyer);
	buf_release(&state->group);
	if (state->stem)
		stem_free(state->stem);
}

const struct filter count_terms = {
	.name = "count-terms",
	.summary = "count the words of a text",
	.usage =
		"Counts the words of all documents together and prints one table, commonest first: count,\n"
		"tab, term. Case, tashkeel and tatweel do not make a word another term (--key).\n",
	.opts = options_rows,
	.data = data_hashes,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.contract = count_terms_contract,
	.phases = count_terms_phases,
	.members = count_terms_members,
	.open = count_terms_open,
	.begin = count_terms_begin,
	.text = count_terms_text,
	.end = count_terms_end,
	.finish = count_terms_finish,
	.counts = count_terms_counts,
	.close = count_terms_close,
};
