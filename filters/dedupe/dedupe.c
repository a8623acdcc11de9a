/* SPDX-License-Identifier: MIT
 * dedupe.c - options, and which way a run goes: by line, by document, or by what documents nearly are. */
#include "filters/dedupe/dedupe.h"

#include <inttypes.h>
#include <stdlib.h>

#include "common/version.h"
#include "filters/dedupe/by_document.h"
#include "filters/dedupe/by_line.h"
#include "filters/dedupe/by_near.h"
#include "filters/dedupe/near_choices.h"
#include "filters/dedupe/listing.h"

enum unit { UNIT_AUTO = -1, UNIT_LINE, UNIT_SENTENCE, UNIT_PARAGRAPH, UNIT_DOCUMENT };
enum scope { SCOPE_STREAM, SCOPE_DOCUMENT };

struct options {
	int unit, scope, key;
	int64_t min_count, min_documents, memory;
	const char *shard;
	struct opt_inputs against;
	struct opt_input drop_numbers;
	struct near_choices near;
	bool leave_empty, count, repeated, unique, number, strong;
};

struct state {
	enum unit unit; /* never UNIT_AUTO */
	struct keyer keyer;
	struct keeper keeper;
	struct by_line by_line;
	struct by_document by_document;
	bool is_near; /* and by_near is there to be released */
	struct by_near by_near;
	struct sink traced; /* --emit=keys: nothing comes out, but it is told what went */
};

/* What split-sentences leaves on a line is a sentence. */
static const char *const unit_words[] = { "line", "sentence", "paragraph", "document", NULL };
static const char *const scope_words[] = { "stream", "document", NULL };

/* clang-format off */
static const struct opt rows[] = {
	{ .name = "unit", .kind = OPT_WORD, .words = unit_words, .initial = UNIT_AUTO,
		.at = offsetof(struct options, unit),
		.help = "what is compared: lines, which behind split-sentences are sentences, what lies between blank lines, "
			"or documents; not given: lines, or documents where they are framed (-z, -j)" },
	{ .name = "scope", .kind = OPT_WORD, .words = scope_words,
		.at = offsetof(struct options, scope),
		.help = "drop what came before in the stream, or only in the same document" },
	{ .name = "key", .kind = OPT_WORD, .words = key_words,
		.at = offsetof(struct options, key),
		.help = "what must be the same: the bytes; all but white space; all but case; all but case, tashkeel and "
			"tatweel; what normalize --preset=search leaves" },
	{ .name = "against", .kind = OPT_DOCUMENTS, .arg = "FILE",
		.at = offsetof(struct options, against),
		.help = "drop what FILE has, too; it is framed as the input is" },
	{ .letter = 'c', .name = "count", .kind = OPT_FLAG,
		.at = offsetof(struct options, count),
		.help = "say in front of what is kept how often it came" },
	{ .letter = 'd', .name = "repeated", .kind = OPT_FLAG,
		.at = offsetof(struct options, repeated),
		.help = "keep only what came more than once" },
	{ .letter = 'u', .name = "unique", .kind = OPT_FLAG,
		.at = offsetof(struct options, unique),
		.help = "keep only what came once" },
	{ .name = "min-count", .kind = OPT_INT, .arg = "N", .min = 1, .max = INT64_MAX, .initial = 1,
		.at = offsetof(struct options, min_count),
		.help = "keep only what came at least N times" },
	{ .name = "min-documents", .kind = OPT_INT, .arg = "N", .min = 2, .max = INT64_MAX,
		.at = offsetof(struct options, min_documents),
		.help = "of lines or paragraphs: drop those that stand in N documents or more, each time, and nothing "
			"else; with --print=marked only say so" },
	{ .name = "number", .kind = OPT_FLAG,
		.at = offsetof(struct options, number),
		.help = "say in front of what is kept the how-manieth of the input it is" },
	{ .name = "shard", .kind = OPT_TEXT, .arg = "I/N",
		.at = offsetof(struct options, shard),
		.help = "look only at the I-th of N parts of what is compared, and drop the others" },
	{ .name = "drop-numbers", .kind = OPT_INPUT, .arg = "FILE", .max = INT64_MAX,
		.at = offsetof(struct options, drop_numbers),
		.help = "drop what has a number, as --number writes them, that is a line of FILE, and nothing else" },
	{ .letter = 'S', .name = "memory", .kind = OPT_SIZE, .arg = "SIZE", .min = 1, .max = INT64_MAX,
		.at = offsetof(struct options, memory),
		.help = "hold no more than SIZE of what came before, and the rest in temporary files; reads the input twice" },
	{ .name = "strong", .kind = OPT_FLAG,
		.at = offsetof(struct options, strong),
		.help = "compare by a keyed cryptographic hash: no text can be made to be taken for another" },
	{ .name = "leave-empty", .kind = OPT_FLAG,
		.at = offsetof(struct options, leave_empty),
		.help = "put an empty document in the place of a dropped one" },
	{ .name = "near", .kind = OPT_FLAG,
		.at = offsetof(struct options, near.is_on),
		.help = "drop documents, too, that tell again what an earlier one told" },
	{ .name = "similarity", .kind = OPT_TEXT, .arg = "J", .initial_text = NEAR_SIMILARITY,
		.at = offsetof(struct options, near.similarity),
		.help = "with --near: so much of what is in either of two documents is in both of near ones" },
	{ .name = "containment", .kind = OPT_TEXT, .arg = "C", .initial_text = NEAR_CONTAINMENT,
		.at = offsetof(struct options, near.containment),
		.help = "with --near: so much of a contained document is in the larger one" },
	{ .name = "drop", .kind = OPT_TEXT, .arg = "RELATIONS", .initial_text = NEAR_DROPS,
		.at = offsetof(struct options, near.drop),
		.help = "with --near: what must be the case for a document to go" },
	{ .name = "keep", .kind = OPT_TEXT, .arg = "WHICH", .words = near_keep_words, .initial_text = "first",
		.at = offsetof(struct options, near.keep),
		.help = "with --near: which of documents that tell the same stays; all but first read the input "
			"twice; min:MEMBER and max:MEMBER of records" },
	{ .name = "print", .kind = OPT_WORD, .words = near_print_words,
		.at = offsetof(struct options, near.print),
		.help = "with --near or --min-documents: what comes out; all, marked by --annotate; with --near a "
			"table of ids and clusters, too" },
	{ .name = "relations", .kind = OPT_OUTPUT, .arg = "FILE",
		.at = offsetof(struct options, near.relations),
		.help = "with --near: write which documents tell the same to FILE, as tab-separated values" },
	{ .name = "state", .kind = OPT_OUTPUT, .arg = "FILE", .is_updated = true,
		.at = offsetof(struct options, near.state),
		.help = "what earlier runs kept counts, which FILE remembers; it is made anew" },
	{ .name = "emit", .kind = OPT_WORD, .words = emit_words, .initial = EMIT_NONE,
		.at = offsetof(struct options, near.emit),
		.help = "print the rows of one step, for many processes to share the work: keys of exact duplicates, the others with --near" },
	{ .name = "frequencies", .kind = OPT_INPUT, .arg = "FILE", .max = INT64_MAX,
		.at = offsetof(struct options, near.frequencies),
		.help = "with --near: FILE says which shingles are common (--emit=frequencies)" },
	{ .name = "bands", .kind = OPT_INPUT, .arg = "FILE", .max = INT64_MAX,
		.at = offsetof(struct options, near.bands),
		.help = "with --emit=pairs: rows of --emit=bands, all or all of some keys" },
	{ .name = "pairs", .kind = OPT_INPUT, .arg = "FILE", .max = INT64_MAX,
		.at = offsetof(struct options, near.pairs),
		.help = "with --emit=clusters: rows of --emit=pairs, all of them" },
	{ .name = "apply", .kind = OPT_INPUT, .arg = "FILE", .max = INT64_MAX,
		.at = offsetof(struct options, near.apply),
		.help = "drop the documents that FILE has in the cluster of another (--emit=clusters, --print=clusters)" },
	{ .name = NULL },
};
/* clang-format on */

/* What is compared. --scope=document asks for lines by itself: no document is a duplicate of itself. */
static enum unit unit_of(const struct options *options, enum framing reads)
{
	if (options->unit != UNIT_AUTO)
		return (enum unit)options->unit;
	if (options->scope == SCOPE_DOCUMENT || reads == FRAMING_TEXT)
		return UNIT_LINE;
	return UNIT_DOCUMENT;
}

/* Whether it matters how often something comes. */
static bool is_counted(const struct options *options)
{
	return options->count || options->repeated || options->unique || options->min_count > 1 ||
	       options->min_documents > 0;
}

/* What can only be known when all has been read; and with bounded memory documents come twice, too. */
static bool is_noted(const struct options *options)
{
	return is_counted(options) || options->memory > 0;
}

static bool dedupe_previews(const void *given)
{
	const struct options *options = given;

	return is_noted(options) || by_near_previews(&options->near);
}

static size_t dedupe_members(const void *given, struct span names[DOC_MEMBERS])
{
	const struct options *options = given;

	names[0] = by_near_member(&options->near);
	return names[0].len > 0;
}

/* Nobody writes the same words twice byte for byte. */
static enum key key_of(const struct options *options)
{
	return options->near.is_on && options->key == KEY_EXACT ? KEY_SEARCH : (enum key)options->key;
}

/* The framing is not known here: without --unit no more is promised than what holds with either. */
static enum contract dedupe_contract(const void *given)
{
	const struct options *options = given;

	if (options->near.emit != EMIT_NONE)
		return CONTRACT_WHOLE;
	if (near_choices_are_on(&options->near) && unit_of(options, FRAMING_ZERO) == UNIT_DOCUMENT)
		return options->leave_empty || options->near.print == NEAR_PRINT_MARKED ? CONTRACT_ALIGNED
											: CONTRACT_WHOLE;
	if (unit_of(options, FRAMING_ZERO) != UNIT_DOCUMENT)
		return options->scope == SCOPE_DOCUMENT && !options->number && !is_noted(options)
			       ? CONTRACT_MAP
			       : CONTRACT_ALIGNED;
	return options->leave_empty ? CONTRACT_ALIGNED : CONTRACT_WHOLE;
}

/* engine.h tells the steps. Bands and pairs are dealt out by their keys; of the clusters each process takes what its
 * documents need. */
static const struct phase near_in_steps[] = {
	{ .name = "frequencies",
		.needs_ids = true,
		.deal = PHASE_PARTS,
		.leaves = "leave-empty print",
		.adds = "--emit=frequencies" },
	{ .name = "common", .deal = PHASE_TREE, .work = PHASE_OR, .reads = "frequencies" },
	{ .name = "bands",
		.deal = PHASE_PARTS,
		.leaves = "leave-empty print",
		.adds = "--emit=bands --frequencies=@common" },
	{ .name = "pairs",
		.deal = PHASE_BUCKETS,
		.leaves = "leave-empty print",
		.adds = "--emit=pairs --frequencies=@common --bands=@bands/bucket" },
	{ .name = "clusters",
		.deal = PHASE_ALL,
		.leaves = "leave-empty print",
		.adds = "--emit=clusters --pairs=@pairs" },
	{ .name = "apply",
		.deal = PHASE_PARTS,
		.writes_documents = true,
		.keeps = "unit leave-empty",
		.adds = "--apply=@clusters" },
	{ .name = NULL },
};

/* Whether one process does nothing that the steps cannot. */
static bool near_has_steps(const struct options *options)
{
	const struct near_choices *near = &options->near;

	return near->is_on && unit_of(options, FRAMING_ZERO) == UNIT_DOCUMENT && near->emit == EMIT_NONE &&
	       !near->state.path && !near->frequencies.path && !near->apply.path &&
	       near->print == NEAR_PRINT_KEPT && near_keep_of(near, NULL) == KEEP_FIRST &&
	       !is_noted(options) && !options->number && options->against.count == 0 && !options->shard &&
	       !options->strong;
}

/* keys.h tells the steps. */
static const struct phase exact_in_steps[] = {
	{ .name = "keys", .deal = PHASE_PARTS, .leaves = "memory leave-empty", .adds = "--emit=keys" },
	{ .name = "repeats", .deal = PHASE_BUCKETS, .work = PHASE_COMES_AGAIN, .reads = "keys" },
	{ .name = "apply",
		.deal = PHASE_PARTS,
		.writes_documents = true,
		.keeps = "unit leave-empty",
		.adds = "--drop-numbers=@repeats/part" },
	{ .name = NULL },
};

/* Whether it is the first of equal ones that stays, and that is all. */
static bool exact_has_steps(const struct options *options)
{
	bool counts = is_counted(options) || options->number;

	return !near_choices_are_on(&options->near) && options->near.emit == EMIT_NONE && !counts &&
	       !options->near.state.path && options->scope == SCOPE_STREAM && options->against.count == 0 &&
	       !options->shard && !options->strong && !options->drop_numbers.path;
}

static const struct phase *dedupe_phases(const void *given)
{
	if (exact_has_steps(given))
		return exact_in_steps;
	return near_has_steps(given) ? near_in_steps : NULL;
}

/* Reads a number of one to nine digits and moves behind it; 0 where there is none. */
static unsigned long take_number(const char **text)
{
	size_t len = strspn(*text, "0123456789");
	unsigned long number = len >= 1 && len <= 9 ? strtoul(*text, NULL, 10) : 0;

	*text += len;
	return number;
}

/* Reads "2/8". */
static bool read_shard(const char *text, struct keeper_options *into, struct diag *why)
{
	const char *at = text;
	unsigned long shard, shards = 0;

	if (!text)
		return true;
	shard = take_number(&at);
	if (*at++ == '/')
		shards = take_number(&at);
	if (shards && *at == '\0' && shard >= 1 && shard <= shards) {
		into->shard = shard;
		into->shards = shards;
		return true;
	}
	diag_set(why, "option '--shard': '%s' is not one of so many parts, such as 1/8", text);
	return false;
}

/* What --min-documents has to do with others. */
static bool check_documents(
	const struct options *options, enum unit unit, const struct host *host, struct diag *why)
{
	enum near_print print = (enum near_print)options->near.print;
	const char *wrong = NULL;

	if (unit == UNIT_DOCUMENT)
		wrong = "--min-documents is for what stands in documents: it needs --unit=line or "
			"--unit=paragraph";
	else if (host->reads == FRAMING_TEXT)
		wrong = "--min-documents counts documents: frame them with -z or -j";
	else if (options->scope == SCOPE_DOCUMENT || near_choices_are_on(&options->near))
		wrong = "--min-documents looks for equal lines of many documents: it goes with neither "
			"--scope=document nor --near";
	else if (options->against.count || options->count || options->repeated || options->unique ||
		 options->min_count > 1)
		wrong = "--min-documents says by itself what stays: it goes with none of --against, --count, "
			"--repeated, --unique and --min-count";
	else if (print != NEAR_PRINT_KEPT && print != NEAR_PRINT_MARKED)
		wrong = "--min-documents goes with --print=kept and --print=marked";
	else if (print == NEAR_PRINT_MARKED && !host->annotates)
		wrong = "--print=marked puts marks into records: it needs -j and --annotate";
	if (wrong)
		diag_set(why, "%s", wrong);
	return !wrong;
}

/* Whether something is asked for that steps of keys do not know. */
static bool check_steps(const struct options *options, struct diag *why)
{
	bool asks = is_noted(options) || options->scope == SCOPE_DOCUMENT || options->against.count ||
		    options->shard || options->strong || options->number || options->near.state.path ||
		    near_choices_are_on(&options->near);
	bool tells = options->near.emit == EMIT_KEYS;

	if (!(tells || options->drop_numbers.path) || !(asks || (tells && options->drop_numbers.path)))
		return true;
	diag_set(why,
		"--emit=keys and --drop-numbers are steps of their own: they go with --unit, --key and "
		"--leave-empty alone");
	return false;
}

/* What options have to do with each other. */
static bool check(const struct options *options, enum unit unit, const struct host *host, struct diag *why)
{
	const char *wrong = NULL;

	if (unit == UNIT_DOCUMENT && options->scope == SCOPE_DOCUMENT)
		wrong = "--scope=document is for lines: it does not go with --unit=document";
	else if (unit == UNIT_DOCUMENT && host->reads == FRAMING_TEXT)
		wrong = "--unit=document needs documents to compare: frame them with -z or -j";
	else if (options->against.count && options->scope == SCOPE_DOCUMENT)
		wrong = "--against looks beyond the document: it does not go with --scope=document";
	else if (options->unique && (options->repeated || options->min_count > 1))
		wrong = "--unique keeps what came once: it does not go with --repeated or --min-count";
	else if (options->near.state.path && is_counted(options))
		wrong = "--state remembers what came, not how often: it goes with none of --count, --repeated, "
			"--unique, --min-count and --min-documents";
	else if (options->near.state.path && options->scope == SCOPE_DOCUMENT)
		wrong = "--state looks beyond the run: it does not go with --scope=document";
	if (wrong)
		diag_set(why, "%s", wrong);
	return !wrong && check_steps(options, why) &&
	       (options->min_documents == 0 || check_documents(options, unit, host, why));
}

static bool read_options(const struct options *options, struct keeper_options *into, struct diag *why)
{
	*into = (struct keeper_options){
		.least = (uint64_t)options->min_count,
		.most = options->unique ? 1 : UINT64_MAX,
		.is_strong = options->strong,
		.is_noted = is_noted(options),
		.in_document = options->scope == SCOPE_DOCUMENT,
		.documents = (uint64_t)options->min_documents,
		.only_marks = options->near.print == NEAR_PRINT_MARKED,
		.counts = options->count,
		.numbers = options->number,
		.tells_keys = options->near.emit == EMIT_KEYS,
		.obeys = options->drop_numbers.path,
		.memory = options->memory ? (size_t)options->memory : SIZE_MAX,
	};
	if (options->repeated && into->least < 2)
		into->least = 2;
	return read_shard(options->shard, into, why);
}

/* Paragraphs have no names to be related by. */
static bool check_near_unit(
	const struct near_choices *choices, enum unit unit, enum scope scope, struct diag *why)
{
	const char *wrong = NULL;

	if (unit != UNIT_DOCUMENT && unit != UNIT_PARAGRAPH)
		wrong = "--near compares documents or paragraphs: it needs --unit=document or --unit=paragraph";
	else if (scope == SCOPE_DOCUMENT)
		wrong = "--near looks beyond the document: it does not go with --scope=document";
	else if (unit == UNIT_PARAGRAPH && near_choices_name(choices))
		wrong = "of near paragraphs the first stays, and nothing is said of them by name: that needs "
			"--unit=document";
	if (wrong)
		diag_set(why, "%s", wrong);
	return !wrong;
}

static bool is_by_near(const struct state *state)
{
	return state->is_near && state->unit == UNIT_DOCUMENT;
}

static enum flow open_near(
	struct state *state, const struct options *options, const struct host *host, struct diag *why)
{
	struct near_choices choices = options->near;
	struct near_options near;

	if (choices.emit == EMIT_KEYS)
		choices.emit = EMIT_NONE; /* nothing near in that */

	if (options->min_documents && !near_choices_are_on(&options->near))
		choices.print = NEAR_PRINT_KEPT; /* that was meant of lines */
	if (!near_choices_read(&choices, host->reads, &near, why))
		return FLOW_FAIL;
	if (!near_choices_are_on(&options->near))
		return FLOW_MORE;
	if (is_noted(options) || options->number || options->against.count || options->shard ||
		options->strong) {
		diag_set(why,
			"--near compares in a way of its own: it does not go with what counts, numbers, limits "
			"or shares out exact duplicates");
		return FLOW_FAIL;
	}
	if (!check_near_unit(&options->near, state->unit, (enum scope)options->scope, why))
		return FLOW_FAIL;
	if (options->near.print == NEAR_PRINT_MARKED && !host->annotates) {
		diag_set(why, "--print=marked puts marks into records: it needs -j and --annotate");
		return FLOW_FAIL;
	}
	state->is_near = true; /* what is open is released */
	if (!by_near_init(&state->by_near, &options->near, &near, &state->keyer, host, why))
		return FLOW_FAIL;
	state->by_near.leave_empty = options->leave_empty;
	if (state->unit == UNIT_PARAGRAPH)
		state->keeper.near = &state->by_near.near;
	return FLOW_MORE;
}

/* What a state must have been made with. Of other keys than the bytes it depends on tables, which releases change. */
static void describe(struct buf *into, const struct state *state, const struct options *options)
{
	enum unit unit = state->unit == UNIT_SENTENCE ? UNIT_LINE : state->unit;

	if (state->keyer.kind != KEY_EXACT)
		buf_addf(into, "ghirbal %s ", GHIRBAL_VERSION);
	buf_addf(into, "--unit=%s --key=%s", unit_words[unit], key_words[state->keyer.kind]);
	if (options->strong)
		buf_add(into, SPAN(" --strong"));
	if (state->keeper.options.shards > 1)
		buf_addf(into, " --shard=%" PRIu64 "/%" PRIu64, state->keeper.options.shard,
			state->keeper.options.shards);
}

static bool open_state(
	struct state *state, const struct options *options, const struct host *host, struct diag *why)
{
	struct buf made_with = BUF_INIT;
	bool fine;

	describe(&made_with, state, options);
	fine = keeper_open_state(&state->keeper, &options->near.state, buf_span(&made_with), host, why);
	buf_release(&made_with);
	return fine;
}

static enum flow dedupe_open(void *at, const void *given, const struct host *host, struct diag *why)
{
	struct state *state = at;
	const struct options *options = given;
	struct keeper_options keeper;
	bool fine = read_options(options, &keeper, why);

	state->unit = unit_of(options, host->reads);
	keeper_init(&state->keeper, &keeper, &state->keyer, host);
	by_line_init(&state->by_line, &state->keeper, state->unit == UNIT_PARAGRAPH);
	by_document_init(&state->by_document, &state->keeper, options->leave_empty);
	if (!keyer_open(&state->keyer, key_of(options), host, why) || !fine ||
		!check(options, state->unit, host, why))
		return FLOW_FAIL;
	if (options->drop_numbers.path &&
		!key_numbers_open(&state->keeper.numbers, options->drop_numbers.text,
			options->drop_numbers.path, why))
		return FLOW_FAIL;
	if (open_near(state, options, host, why) == FLOW_FAIL)
		return FLOW_FAIL;
	if (options->near.state.path && !state->is_near && !open_state(state, options, host, why))
		return FLOW_FAIL;
	return FLOW_MORE;
}

/* A keeper that fails says why itself. */
static enum flow say(const struct state *state, enum flow flow, struct diag *why)
{
	if (flow == FLOW_FAIL && state->keeper.failed)
		*why = state->keeper.why;
	return flow;
}

static enum flow dedupe_begin(void *at, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)out;
	if (is_by_near(state) && state->by_near.needs_ids && doc->id.len == 0) {
		diag_set(why, "this record has no member 'id', which --emit and --apply know records by");
		return FLOW_FAIL;
	}
	if (is_by_near(state)) {
		by_near_begin(&state->by_near, doc);
		return FLOW_MORE;
	}
	if (!keeper_begin(&state->keeper, doc))
		return say(state, FLOW_FAIL, why);
	if (state->unit == UNIT_DOCUMENT)
		by_document_begin(&state->by_document);
	else
		by_line_begin(&state->by_line);
	return FLOW_MORE;
}

static enum flow tell_put(void *ctx, struct span piece)
{
	static const struct decision decision = { "drop", "keys", 1 };
	const struct state *state = ctx;

	return sink_drop(state->traced, piece, &decision);
}

static enum flow tell_end(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

static enum flow tell_drop(void *ctx, struct span undecided, struct span piece, const struct decision *why)
{
	const struct state *state = ctx;

	return sink_drop_ahead(state->traced, undecided, piece, why);
}

/* Where documents go: with --emit=keys nowhere, for rows take their place. */
static struct sink sink_of(struct state *state, struct sink out)
{
	if (!state->keeper.options.tells_keys)
		return out;
	state->traced = out;
	return (struct sink){ .put = tell_put, .end = tell_end, .ctx = state, .drop = tell_drop };
}

static enum flow dedupe_text(void *at, struct span piece, struct sink out, struct diag *why)
{
	struct state *state = at;

	if (state->unit != UNIT_DOCUMENT)
		return say(state, by_line_text(&state->by_line, piece, sink_of(state, out)), why);
	if (!is_by_near(state))
		return say(state, by_document_text(&state->by_document, piece, out), why);
	by_near_text(&state->by_near, piece);
	return FLOW_MORE;
}

static enum flow dedupe_end(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;

	if (state->unit != UNIT_DOCUMENT)
		return say(state, by_line_end(&state->by_line, sink_of(state, out)), why);
	if (is_by_near(state))
		return by_near_end(&state->by_near, out, why);
	return say(state, by_document_end(&state->by_document, sink_of(state, out)), why);
}

static enum flow dedupe_finish(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;

	if (state->keeper.options.tells_keys)
		return listing_write(&state->keeper.keys.rows, out, why);
	if (state->keeper.state)
		return exact_state_write(state->keeper.state, why);
	return is_by_near(state) ? by_near_finish(&state->by_near, out, why) : FLOW_MORE;
}

static void dedupe_annotate(const void *at, struct buf *into)
{
	const struct state *state = at;

	if (is_by_near(state))
		by_near_annotate(&state->by_near, into);
	else if (state->unit != UNIT_DOCUMENT)
		by_line_annotate(&state->by_line, into);
}

static void dedupe_counts(
	const void *at, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *state = at;

	count(ctx, "compared", state->keeper.compared + state->by_near.compared);
	count(ctx, "kept", state->keeper.kept + state->by_near.kept);
}

static void dedupe_close(void *at)
{
	struct state *state = at;

	by_line_release(&state->by_line);
	by_document_release(&state->by_document);
	if (state->is_near)
		by_near_release(&state->by_near);
	keyer_release(&state->keyer);
	keeper_release(&state->keeper);
}

const struct filter dedupe = {
	.name = "dedupe",
	.summary = "drop duplicate lines or documents, keeping the first",
	.usage =
		"Keeps the first of equal lines and the order of all. With -z or -j whole documents are compared\n"
		"instead. Blank lines are never duplicates; a dropped line takes the blank lines after it\n"
		"along. --near drops documents, too, that tell again what an earlier one told, and\n"
		"--relations=FILE says which.\n",
	.opts = rows,
	.selects = true,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.contract = dedupe_contract,
	.phases = dedupe_phases,
	.members = dedupe_members,
	.previews = dedupe_previews,
	.open = dedupe_open,
	.begin = dedupe_begin,
	.text = dedupe_text,
	.end = dedupe_end,
	.finish = dedupe_finish,
	.counts = dedupe_counts,
	.annotate = dedupe_annotate,
	.close = dedupe_close,
};
