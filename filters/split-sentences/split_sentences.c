/* SPDX-License-Identifier: MIT
 * split_sentences.c - the filter: options, and which rules read the text. */
#include "filters/split-sentences/split_sentences.h"

#include "filters/split-sentences/news.h"
#include "filters/split-sentences/offsets.h"
#include "filters/split-sentences/uax29.h"

#include "split-sentences/hashes.inc"

enum rules { RULES_NEWS, RULES_UAX29 };

struct options {
	int rules;
	const char *lang;
	struct opt_input abbreviations;
	struct opt_output offsets;
	struct opt_output explain;
};

static const struct opt rows[] = {
	{ .name = "rules",
		.kind = OPT_WORD,
		.words = (const char *const[]){ "news", "uax29", NULL },
		.at = offsetof(struct options, rules),
		.initial = RULES_NEWS,
		.help = "what ends a sentence: rules made for news, or UAX #29 to the letter" },
	{ .name = "lang",
		.kind = OPT_TEXT,
		.arg = "TAG",
		.at = offsetof(struct options, lang),
		.initial_text = "auto",
		.help = "whose abbreviations count among lists of one script, as a BCP 47 tag; "
			"'auto' takes all" },
	{ .name = "abbreviations",
		.kind = OPT_INPUT,
		.arg = "FILE",
		.at = offsetof(struct options, abbreviations),
		.help = "read more abbreviations from FILE, one a line" },
	{ .name = "offsets",
		.kind = OPT_OUTPUT,
		.arg = "FILE",
		.at = offsetof(struct options, offsets),
		.help = "write to FILE where each sentence stands in its document, one line a sentence" },
	{ .name = "explain",
		.kind = OPT_OUTPUT,
		.arg = "FILE",
		.outlives_failure = true,
		.at = offsetof(struct options, explain),
		.help = "write which rule decided at each terminator, as TSV" },
	{ .name = NULL }
};

struct state {
	bool strict;
	struct lexicon lexicon;
	struct news news;
	struct uax29 uax29;
	struct offsets offsets;
};

static enum contract split_contract(const void *options)
{
	const struct options *chosen = options;

	/* rows number the documents */
	return chosen->offsets.path || chosen->explain.path ? CONTRACT_ALIGNED : CONTRACT_MAP;
}

static enum flow split_open(void *state, const void *options, const struct host *host, struct diag *why)
{
	struct state *split = state;
	const struct options *chosen = options;
	const struct opt_input *extra = &chosen->abbreviations;

	(void)host;
	split->strict = chosen->rules == RULES_UAX29;
	split->news.lexicon = &split->lexicon;
	split->offsets.to = chosen->offsets.path ? &chosen->offsets : NULL;
	if (split->strict && extra->path) {
		diag_set(why, "--abbreviations has no meaning with --rules=uax29");
		return FLOW_FAIL;
	}
	if (split->strict && chosen->explain.path) {
		diag_set(why, "--explain has no meaning with --rules=uax29");
		return FLOW_FAIL;
	}
	if (split->strict)
		return FLOW_MORE;
	split->news.explain.file = chosen->explain.path ? &chosen->explain : NULL;
	lexicon_read_built_in(&split->lexicon, chosen->lang);
	if (extra->path && !lexicon_read(&split->lexicon, extra->path, extra->text, why))
		return FLOW_FAIL;
	return FLOW_MORE;
}

static enum flow split_begin(void *state, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *split = state;

	(void)out, (void)why;
	offsets_begin(&split->offsets, doc->ordinal);
	if (split->strict)
		uax29_begin(&split->uax29);
	else
		news_begin(&split->news, doc);
	return FLOW_MORE;
}

static enum flow split_text(void *state, struct span piece, struct sink out, struct diag *why)
{
	struct state *split = state;

	(void)why;
	out = offsets_sink(&split->offsets, out);
	return split->strict ? uax29_text(&split->uax29, piece, out) : news_text(&split->news, piece, out);
}

static enum flow split_end(void *state, struct sink out, struct diag *why)
{
	struct state *split = state;
	struct sink into = offsets_sink(&split->offsets, out);
	enum flow flow = split->strict ? uax29_end(&split->uax29, into) : news_end(&split->news, into);

	(void)why;
	if (flow == FLOW_MORE)
		flow = offsets_end(&split->offsets);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static void split_counts(
	const void *state, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *split = state;

	if (split->strict)
		uax29_counts(&split->uax29, count, ctx);
	else
		news_counts(&split->news, count, ctx);
}

static void split_close(void *state)
{
	struct state *split = state;

	lexicon_release(&split->lexicon);
	news_release(&split->news);
	uax29_release(&split->uax29);
	offsets_release(&split->offsets);
}

const struct filter split_sentences = {
	.name = "split-sentences",
	.summary = "put each sentence on a line of its own",
	.usage = "Reads paragraphs, one a line, and writes their sentences, one a line. Only white space\n"
		 "between sentences changes; line ends and blank lines stay.\n",
	.opts = rows,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.data = data_hashes,
	.contract = split_contract,
	.open = split_open,
	.begin = split_begin,
	.text = split_text,
	.end = split_end,
	.counts = split_counts,
	.close = split_close,
};
