/* SPDX-License-Identifier: MIT
 * split_sentences.c - the filter: options, and which rules read the text. */
#include "filters/split-sentences/split_sentences.h"

#include <stdlib.h>

#include "common/lang.h"
#include "common/mem.h"
#include "filters/split-sentences/layout.h"
#include "filters/split-sentences/news.h"
#include "filters/split-sentences/offsets.h"
#include "filters/split-sentences/uax29.h"
#include "filters/split-sentences/unwrap.h"

#include "split-sentences/hashes.inc"

enum rules { RULES_NEWS, RULES_UAX29 };
enum dots { DOTS_PAUSE, DOTS_BREAK };

struct options {
	int rules, dots;
	bool join_lines, explode;
	const char *lang, *paragraph_mark;
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
		.arg = "TAG|@MEMBER",
		.at = offsetof(struct options, lang),
		.initial_text = "auto",
		.help = "whose abbreviations count among lists of one script, as a BCP 47 tag; "
			"'auto' takes all; @MEMBER: the tag is that member of each record" },
	{ .name = "abbreviations",
		.kind = OPT_INPUT,
		.arg = "FILE",
		.at = offsetof(struct options, abbreviations),
		.help = "read more abbreviations from FILE, one a line" },
	{ .name = "dots",
		.kind = OPT_WORD,
		.words = (const char *const[]){ "pause", "break", NULL },
		.at = offsetof(struct options, dots),
		.initial = DOTS_PAUSE,
		.help = "what '..', '...' and an ellipsis are in scripts without letter case: a pause, or an "
			"end" },
	{ .name = "join-lines",
		.kind = OPT_FLAG,
		.at = offsetof(struct options, join_lines),
		.help = "paragraphs end at blank lines, not at line ends: for hard-wrapped text" },
	{ .name = "paragraph-mark",
		.kind = OPT_TEXT,
		.arg = "STRING",
		.at = offsetof(struct options, paragraph_mark),
		.help = "put STRING on a line of its own between paragraphs, in the place of blank lines" },
	{ .name = "explode",
		.kind = OPT_FLAG,
		.at = offsetof(struct options, explode),
		.help = "with --jsonl: write a record for each sentence, with a copy of all other members" },
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
	const struct options *options; /* borrowed */
	struct lexicon *lexicons; /* by lexicon_list_for; each is empty until wanted */
	struct unwrap unwrap;
	struct news news;
	struct uax29 uax29;
	struct layout layout;
	struct offsets offsets;
};

static enum contract split_contract(const void *options)
{
	const struct options *chosen = options;

	if (chosen->explode)
		return CONTRACT_WHOLE; /* several records come of one, or none */
	/* rows number the documents */
	return chosen->offsets.path || chosen->explain.path ? CONTRACT_ALIGNED : CONTRACT_MAP;
}

/* Documents apart from each other, though several come of one. */
static const struct phase apart[] = {
	{ .name = "split", .deal = PHASE_PARTS, .writes_documents = true },
	{ .name = NULL },
};

static const struct phase *split_phases(const void *options)
{
	(void)options;
	return apart;
}

static size_t split_members(const void *options, struct span *names)
{
	return lang_members(((const struct options *)options)->lang, names, 0);
}

/* --- opening ---------------------------------------------------------------------------------------------- */

/* A mark is a line. */
static bool is_line(struct span text)
{
	if (utf8_valid_prefix(text, CPU_SCALAR) < text.len)
		return false;
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (is_line_end(rune.value))
			return false;
		text = span_skip(text, rune.len);
	}
	return true;
}

static const char *without_meaning_in_uax29(const struct options *chosen)
{
	if (chosen->rules != RULES_UAX29)
		return NULL;
	if (chosen->abbreviations.path)
		return "--abbreviations";
	return chosen->dots == DOTS_BREAK ? "--dots=break" : NULL;
}

/* What options have to do with each other. */
static bool check_options(const struct options *chosen, const struct host *host, struct diag *why)
{
	const char *option = without_meaning_in_uax29(chosen);

	if (option) {
		diag_set(why, "%s has no meaning with --rules=uax29", option);
		return false;
	}
	if (chosen->explode && host->reads != FRAMING_JSONL) {
		diag_set(why, "--explode makes records of records; it needs --jsonl");
		return false;
	}
	if (chosen->explode && chosen->paragraph_mark) {
		diag_set(why, "--paragraph-mark has no meaning with --explode");
		return false;
	}
	if (chosen->paragraph_mark && !is_line(span_from(chosen->paragraph_mark))) {
		diag_set(why, "--paragraph-mark wants one line of UTF-8: '%s'", chosen->paragraph_mark);
		return false;
	}
	return lang_check(chosen->lang, host->reads, why);
}

/* From here on the lists of this language count. They are read when they are wanted for the first time. */
static bool choose_lexicon(struct state *split, const char *primary, struct diag *why)
{
	struct lexicon *lexicon = &split->lexicons[lexicon_list_for(primary)];
	const struct opt_input *extra = &split->options->abbreviations;

	split->news.lexicon = lexicon;
	if (lexicon->used)
		return true;
	lexicon_read_built_in(lexicon, primary);
	return !extra->path || lexicon_read(lexicon, extra->path, extra->text, why);
}

static void set_up(struct state *split, const struct options *chosen, const struct host *host)
{
	split->strict = chosen->rules == RULES_UAX29;
	split->options = chosen;
	split->lexicons = mem_new(lexicon_lists() + 1, sizeof(*split->lexicons));
	split->offsets.to = chosen->offsets.path ? &chosen->offsets : NULL;
	split->offsets.remembers = host->annotates && !chosen->explode;
	split->offsets.explodes = chosen->explode;
	split->offsets.mark = split->layout.mark = chosen->paragraph_mark;
	split->layout.is_tidy = chosen->paragraph_mark || chosen->explode;
	split->layout.joined = chosen->join_lines ? &split->unwrap.joined : NULL;
	split->layout.is_wanted = split->layout.is_tidy || chosen->join_lines;
	split->news.cpu = host->cpu;
	split->news.dots_end = chosen->dots == DOTS_BREAK;
	split->news.explain.file = chosen->explain.path ? &chosen->explain : NULL;
	split->news.explain.joined = chosen->join_lines ? &split->unwrap.counted : NULL;
	split->uax29.explain.file = split->news.explain.file;
	split->uax29.explain.joined = split->news.explain.joined;
	split->unwrap.counts = split->news.explain.file != NULL;
}

static enum flow split_open(void *state, const void *options, const struct host *host, struct diag *why)
{
	struct state *split = state;
	const struct options *chosen = options;
	char primary[LANG_MAX];

	if (!check_options(chosen, host, why))
		return FLOW_FAIL;
	set_up(split, chosen, host);
	lang_of(primary, chosen->lang, NULL, 0);
	return split->strict || choose_lexicon(split, primary, why) ? FLOW_MORE : FLOW_FAIL;
}

/* --- documents -------------------------------------------------------------------------------------------- */

/* The lists of the document's own language, where each has one. */
static bool follow_language(struct state *split, const struct doc_info *doc, struct diag *why)
{
	char primary[LANG_MAX];

	if (!lang_varies(split->options->lang))
		return true;
	lang_of(primary, split->options->lang, doc, 0);
	return choose_lexicon(split, primary, why);
}

static enum flow split_begin(void *state, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *split = state;

	(void)out;
	offsets_begin(&split->offsets, doc->ordinal);
	if (split->layout.is_wanted)
		layout_begin(&split->layout);
	if (split->options->join_lines)
		unwrap_begin(&split->unwrap);
	if (split->strict) {
		uax29_begin(&split->uax29, doc);
		return FLOW_MORE;
	}
	if (!follow_language(split, doc, why))
		return FLOW_FAIL;
	news_begin(&split->news, doc);
	return FLOW_MORE;
}

/* What the rules put goes through the layout and is counted. */
static struct sink stages(struct state *split, struct sink out)
{
	return layout_sink(&split->layout, offsets_sink(&split->offsets, out));
}

static enum flow split_piece(struct state *split, struct span piece, struct sink out)
{
	if (piece.len == 0)
		return FLOW_MORE;
	return split->strict ? uax29_text(&split->uax29, piece, out) : news_text(&split->news, piece, out);
}

static enum flow split_text(void *state, struct span piece, struct sink out, struct diag *why)
{
	struct state *split = state;
	struct sink into = stages(split, out);

	(void)why;
	split->news.unwatched = into.put == out.put;
	if (split->options->join_lines)
		piece = unwrap_text(&split->unwrap, piece);
	return split_piece(split, piece, into);
}

static enum flow split_end(void *state, struct sink out, struct diag *why)
{
	struct state *split = state;
	struct sink into = stages(split, out);
	enum flow flow = FLOW_MORE;

	(void)why;
	if (split->options->join_lines)
		flow = split_piece(split, unwrap_end(&split->unwrap), into);
	if (flow == FLOW_MORE)
		flow = split->strict ? uax29_end(&split->uax29, into) : news_end(&split->news, into);
	if (flow == FLOW_MORE)
		flow = layout_end(&split->layout);
	if (flow == FLOW_MORE)
		flow = offsets_end(&split->offsets);
	return flow == FLOW_MORE && !split->options->explode ? sink_end(out) : flow;
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

static void split_annotate(const void *state, struct buf *into)
{
	const struct state *split = state;

	if (split->offsets.remembers)
		offsets_annotate(&split->offsets, into);
}

static void split_close(void *state)
{
	struct state *split = state;

	for (size_t i = 0; split->lexicons && i <= lexicon_lists(); i++)
		lexicon_release(&split->lexicons[i]);
	free(split->lexicons);
	unwrap_release(&split->unwrap);
	layout_release(&split->layout);
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
	.phases = split_phases,
	.members = split_members,
	.open = split_open,
	.begin = split_begin,
	.text = split_text,
	.end = split_end,
	.counts = split_counts,
	.annotate = split_annotate,
	.close = split_close,
};
