/* SPDX-License-Identifier: MIT
 * count_terms.c - words in, at the end of the stream one table out. */
#include "filters/count-terms/count_terms.h"

#include "filters/count-terms/terms.h"
#include "filters/count-terms/word_feed.h"

enum sort { SORT_COUNT, SORT_TERM };

enum { TABLE_PIECE = 1 << 16 }; /* bytes of the table written at a time */

struct options {
	int key, sort;
	int64_t min_count, top;
	bool df;
};

struct state {
	struct options options;
	struct word_scan scan;
	struct word_feed feed;
	struct terms terms;
	struct keyer keyer;
	struct buf key;
	uint64_t document; /* ordinal; 0 before the first */
	uint64_t words; /* counted so far, repetitions included */
};

static const char *const sort_words[] = { "count", "term", NULL };

/* clang-format off */
static const struct opt rows[] = {
	{ .name = "key", .kind = OPT_WORD, .words = key_words, .initial = KEY_FOLD,
		.at = offsetof(struct options, key),
		.help = "what must be the same: the bytes; all but case; all but case, tashkeel and tatweel; "
			"what normalize --preset=search leaves" },
	{ .name = "min-count", .kind = OPT_INT, .arg = "N", .min = 1, .max = INT64_MAX, .initial = 1,
		.at = offsetof(struct options, min_count),
		.help = "leave out terms that came fewer than N times" },
	{ .name = "top", .kind = OPT_INT, .arg = "K", .min = 0, .max = INT64_MAX, .initial = 0,
		.at = offsetof(struct options, top),
		.help = "only the K commonest terms; 0: all" },
	{ .name = "sort", .kind = OPT_WORD, .words = sort_words,
		.at = offsetof(struct options, sort),
		.help = "commonest first, then by bytes; or by the bytes of the term" },
	{ .name = "df", .kind = OPT_FLAG,
		.at = offsetof(struct options, df),
		.help = "add a column: in how many documents the term came" },
	{ .name = NULL },
};
/* clang-format on */

static enum contract count_terms_contract(const void *options)
{
	(void)options;
	return CONTRACT_WHOLE;
}

static enum flow count_terms_open(void *at, const void *options, const struct host *host, struct diag *why)
{
	struct state *state = at;

	state->options = *(const struct options *)options;
	terms_init(&state->terms, host->secret);
	if (!keyer_open(&state->keyer, (enum key)state->options.key, host, why))
		return FLOW_FAIL;
	word_scan_init(&state->scan, &state->keyer);
	return FLOW_MORE;
}

static enum flow count_terms_begin(void *at, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)out, (void)why;
	state->document = doc->ordinal;
	return FLOW_MORE;
}

static void count_word(void *at, struct segment word)
{
	struct state *state = at;
	struct span key = word_scan_key(&state->scan, word, &state->key);

	if (key.len == 0)
		return;
	state->words++;
	terms_add(&state->terms, key, state->document);
}

static enum flow count_terms_text(void *at, struct span piece, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)out, (void)why;
	word_feed_text(&state->feed, &state->scan, piece, count_word, state);
	return FLOW_MORE;
}

static enum flow count_terms_end(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)out, (void)why;
	word_feed_end(&state->feed, &state->scan, count_word, state);
	return FLOW_MORE;
}

static void add_number(struct buf *into, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buf_add(into, span_of(digits + at, sizeof(digits) - at));
}

static void add_row(struct buf *into, const struct term *term, bool df)
{
	add_number(into, term->count);
	if (df) {
		buf_add_byte(into, '\t');
		add_number(into, term->documents);
	}
	buf_add_byte(into, '\t');
	buf_add(into, span_of(term->at, term->len));
	buf_add_byte(into, '\n');
}

static enum flow put_table(const struct terms *terms, bool df, struct sink out)
{
	struct buf piece = BUF_INIT;
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < terms->count && flow == FLOW_MORE; i++) {
		add_row(&piece, &terms->items[i], df);
		if (piece.len < TABLE_PIECE)
			continue;
		flow = sink_put(out, buf_span(&piece));
		buf_clear(&piece);
	}
	if (flow == FLOW_MORE)
		flow = sink_put(out, buf_span(&piece));
	buf_release(&piece);
	return flow;
}

static enum flow count_terms_finish(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;
	enum flow flow;

	(void)why;
	if (state->document == 0)
		return FLOW_MORE; /* no documents in, none out */
	terms_rank(&state->terms, (uint64_t)state->options.min_count, (uint64_t)state->options.top);
	if (state->options.sort == SORT_TERM)
		terms_sort_by_bytes(&state->terms);
	flow = put_table(&state->terms, state->options.df, out);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static void count_terms_counts(
	const void *at, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *state = at;

	count(ctx, "words", state->words);
	count(ctx, "terms", state->terms.count);
}

static void count_terms_close(void *at)
{
	struct state *state = at;

	word_feed_release(&state->feed);
	terms_release(&state->terms);
	buf_release(&state->key);
	keyer_release(&state->keyer);
}

const struct filter count_terms = {
	.name = "count-terms",
	.summary = "count the words of a text",
	.usage =
		"Counts the words of all documents together and prints one table, commonest first: count,\n"
		"tab, term. Case, tashkeel and tatweel do not make a word another term (--key).\n",
	.opts = rows,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.contract = count_terms_contract,
	.open = count_terms_open,
	.begin = count_terms_begin,
	.text = count_terms_text,
	.end = count_terms_end,
	.finish = count_terms_finish,
	.counts = count_terms_counts,
	.close = count_terms_close,
};
