/* SPDX-License-Identifier: MIT
 * strip_boilerplate.c - options and lexicons; what goes of a document is decided in judge.c. */
#include "strip_boilerplate.h"

#include "common/lang.h"
#include "compiled.h"
#include "copied.h"
#include "document.h"
#include "learning.h"
#include "strip-boilerplate/hashes.inc"

struct options {
	int level;
	const char *lang;
	struct opt_input lexicon, keep;
	bool drop_empty, extract_metadata;
	struct learning_options learning;
};

struct state {
	const char *lang; /* borrowed, as is */
	struct phrases phrases;
	struct document document;
	struct learning learning;
	bool in_preview; /* the document is only shown */
	bool drops_empty;
};

/* clang-format off */
static const char *const level_words[] = {
	[LEVEL_CAREFUL] = "careful", [LEVEL_NORMAL] = "normal", [LEVEL_EAGER] = "eager", NULL };

static const struct opt rows[] = {
	{ .name = "level", .kind = OPT_WORD, .words = level_words, .initial = LEVEL_NORMAL,
	  .at = offsetof(struct options, level),
	  .help = "how boldly to cut whole page dumps; careful acts on explicit evidence only" },
	{ .name = "lexicon", .kind = OPT_INPUT, .arg = "FILE", .at = offsetof(struct options, lexicon),
	  .help = "add the phrases of FILE to the lexicons" },
	{ .name = "keep", .kind = OPT_INPUT, .arg = "FILE", .at = offsetof(struct options, keep),
	  .help = "keep the lines of FILE, and lines with its phrases, whatever the rules say" },
	{ .name = "learn", .kind = OPT_FLAG, .at = offsetof(struct options, learning.learn),
	  .help = "see all documents first, and drop lines that many of a site have, too" },
	{ .name = "group", .kind = OPT_TEXT, .arg = "MEMBER[:host]", .at = offsetof(struct options, learning.group),
	  .help = "with --jsonl: that member of a record is its site; with :host it is a URL whose host is; without "
		  "--group all documents are of one site" },
	{ .name = "template", .kind = OPT_INPUTS, .arg = "FILE", .max = INT64_C(4) << 30,
	  .at = offsetof(struct options, learning.templates),
	  .help = "drop lines that many documents have by the counts of FILE; several files add up" },
	{ .name = "save-template", .kind = OPT_OUTPUT, .arg = "FILE", .at = offsetof(struct options, learning.save),
	  .help = "write to FILE in how many documents lines are, of these documents and of --template" },
	{ .name = "drop-empty", .kind = OPT_FLAG, .at = offsetof(struct options, drop_empty),
	  .help = "leave out documents, and records, of which nothing is left" },
	{ .name = "extract-metadata", .kind = OPT_FLAG, .at = offsetof(struct options, extract_metadata),
	  .help = "say title, date, byline, place and source as far as they were recognised: in lines in front of the "
		  "text, with --jsonl in the record's member ghirbal" },
	{ .name = "lang", .kind = OPT_TEXT, .arg = "TAG|@MEMBER", .at = offsetof(struct options, lang),
	  .initial_text = "auto",
	  .help = "use the phrases of this language and of English only; auto uses all; @MEMBER: the language is "
		  "that member of each record" },
	{ .name = NULL },
};
/* clang-format on */

static const char usage[] =
	"Keeps the title and the body of news articles and drops what scraping leaves around and within\n"
	"them: the title said again, stamps, bylines and datelines, counters, share bars, lists of other\n"
	"stories, comment forms, copyright lines. Acts on explicit evidence; where a document is the text of\n"
	"a whole page, a model scores its lines.\n";

static enum contract contract(const void *values)
{
	const struct options *options = values;
	const struct learning_options *learning = &options->learning;

	if (options->drop_empty)
		return CONTRACT_WHOLE;
	return learning->learn || learning->save.path ? CONTRACT_ALIGNED : CONTRACT_MAP;
}

/* Documents apart from each other, though not one out for each in. */
static const struct phase apart[] = {
	{ .name = "strip", .deal = PHASE_PARTS, .writes_documents = true },
	{ .name = NULL },
};

/* Counts of parts add up. */
static const struct phase learning[] = {
	{ .name = "count",
		.deal = PHASE_PARTS,
		.leaves = "learn template drop-empty",
		.adds = "--save-template=@out" },
	{ .name = "sum",
		.deal = PHASE_TREE,
		.reads = "count",
		.keeps = "",
		.adds = "--template=@in --save-template=@out" },
	{ .name = "strip",
		.deal = PHASE_PARTS,
		.writes_documents = true,
		.leaves = "learn",
		.adds = "--template=@sum" },
	{ .name = NULL },
};

static const struct phase *phases(const void *values)
{
	return ((const struct options *)values)->learning.learn ? learning : apart;
}

static bool annotates(const void *values)
{
	return ((const struct options *)values)->extract_metadata;
}

static bool previews(const void *values)
{
	return ((const struct options *)values)->learning.learn;
}

/* --- lexicons ------------------------------------------------------------------------------------------ */

static bool open_phrases(struct state *state, const struct opt_input *lexicon, struct diag *why)
{
	struct buf plain = BUF_INIT;
	bool fine;

	state->phrases = compiled_phrases;
	state->document.judge.phrases = &state->phrases;
	if (!lexicon->path)
		return true;
	copied_text(&plain, lexicon->text);
	fine = phrases_add(&state->phrases, &state->document.judge.reader, span_from(lexicon->path),
		buf_span(&plain), why);
	buf_release(&plain);
	return fine;
}

static void open_model(struct judge *judge)
{
	judge->functions = &compiled_function_words;
	judge->dump.model = compiled_model;
	judge->dump.headline = compiled_headline;
}

static void open_metadata(struct document *document, const struct options *options, const struct host *host)
{
	char primary[LANG_MAX];

	lang_of(primary, options->lang, NULL, 0);
	document->has_metadata = options->extract_metadata;
	document->has_header = document->has_metadata && !host->annotates;
	document->metadata.cpu = host->cpu;
	document->metadata.day_first = strcmp(primary, "auto") != 0 && strcmp(primary, "en") != 0;
	document->metadata.dates = compiled_dates;
}

/* From here on the phrases of this language count. */
static void choose_phrases(struct state *state, const struct doc_info *doc)
{
	char primary[LANG_MAX];

	lang_of(primary, state->lang, doc, 0);
	state->phrases.languages = compiled_languages(primary);
}

/* A tag that nobody knows is a mistake in an option; in a record it is the record's, and all phrases count. */
static bool check_language(const char *lang, enum framing reads, struct diag *why)
{
	struct buf names = BUF_INIT;
	char primary[LANG_MAX];
	bool knows;

	if (!lang_check(lang, reads, why))
		return false;
	lang_of(primary, lang, NULL, 0);
	knows = compiled_knows(primary);
	if (!knows) {
		compiled_name_languages(&names);
		diag_set(why,
			"--lang=%s: no such language is known; there are phrases of %s; auto uses all",
			lang, buf_string(&names));
	}
	buf_release(&names);
	return knows;
}

static size_t strip_members(const void *values, struct span *names)
{
	const struct options *options = values;

	return group_members(options->learning.group, names, lang_members(options->lang, names, 0));
}

static enum flow strip_open(void *context, const void *values, const struct host *host, struct diag *why)
{
	struct state *state = context;
	const struct options *options = values;

	if (!check_language(options->lang, host->reads, why))
		return FLOW_FAIL;
	state->lang = options->lang;
	state->document.judge.dump.level = (enum level)options->level;
	state->document.judge.dump.cpu = host->cpu;
	state->document.most = STRIP_WINDOW;
	state->document.judge.dump.page.secret = host->secret;
	state->drops_empty = options->drop_empty;
	if (options->keep.path && !keep_add(&state->document.judge.keep, &state->document.judge.reader,
					  options->keep.path, options->keep.text, why))
		return FLOW_FAIL;
	if (!learning_open(&state->learning, &options->learning, lang_varies(options->lang), host, why))
		return FLOW_FAIL;
	if (!open_phrases(state, &options->lexicon, why))
		return FLOW_FAIL;
	if (options->level != LEVEL_CAREFUL)
		open_model(&state->document.judge);
	open_metadata(&state->document, options, host);
	choose_phrases(state, NULL);
	return FLOW_MORE;
}

/* --- documents ------------------------------------------------------------------------------------------ */

static enum flow strip_begin(void *context, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *state = context;

	(void)out, (void)why;
	document_begin(&state->document);
	learning_begin(&state->learning, doc, &state->document.judge.repeats);
	state->in_preview = doc->is_preview;
	if (lang_varies(state->lang))
		choose_phrases(state, doc);
	return FLOW_MORE;
}

static enum flow strip_text(void *context, struct span piece, struct sink out, struct diag *why)
{
	struct state *state = context;

	(void)why;
	learning_text(&state->learning, piece);
	return state->in_preview ? FLOW_MORE : document_text(&state->document, piece, out);
}

static enum flow strip_end(void *context, struct sink out, struct diag *why)
{
	struct state *state = context;
	enum flow flow;

	(void)why;
	learning_end(&state->learning);
	flow = document_end(&state->document, out);
	if (flow != FLOW_MORE || (state->drops_empty && !state->document.has_text))
		return flow;
	return sink_end(out);
}

static enum flow strip_finish(void *context, struct sink out, struct diag *why)
{
	(void)out, (void)why;
	return learning_finish(&((struct state *)context)->learning);
}

static void strip_annotate(const void *context, struct buf *into)
{
	const struct state *state = context;

	if (state->document.has_metadata)
		metadata_json(&state->document.metadata, into);
}

static void strip_close(void *context)
{
	struct state *state = context;

	document_release(&state->document);
	learning_release(&state->learning);
	phrases_release(&state->phrases);
}

const struct filter strip_boilerplate = {
	.name = "strip-boilerplate",
	.summary = "keep title and body of news text, drop the debris of scraping",
	.usage = usage,
	.opts = rows,
	.selects = true,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.data = data_hashes,
	.contract = contract,
	.phases = phases,
	.previews = previews,
	.annotates = annotates,
	.annotate = strip_annotate,
	.members = strip_members,
	.open = strip_open,
	.begin = strip_begin,
	.text = strip_text,
	.end = strip_end,
	.finish = strip_finish,
	.close = strip_close,
};
