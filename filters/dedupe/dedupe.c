/* SPDX-License-Identifier: MIT
 * dedupe.c - options, and which of the two ways a run goes: by line or by document. */
#include "filters/dedupe/dedupe.h"

#include "filters/dedupe/by_document.h"
#include "filters/dedupe/by_line.h"

enum unit { UNIT_AUTO = -1, UNIT_LINE, UNIT_DOCUMENT };
enum scope { SCOPE_STREAM, SCOPE_DOCUMENT };

struct options {
	int unit, scope, key;
	bool leave_empty;
};

struct state {
	enum unit unit; /* never UNIT_AUTO */
	enum scope scope;
	struct keyer keyer;
	struct seen seen;
	struct by_line by_line;
	struct by_document by_document;
};

static const char *const unit_words[] = { "line", "document", NULL };
static const char *const scope_words[] = { "stream", "document", NULL };

/* clang-format off */
static const struct opt rows[] = {
	{ .name = "unit", .kind = OPT_WORD, .words = unit_words, .initial = UNIT_AUTO,
		.at = offsetof(struct options, unit),
		.help = "what is compared; not given: lines, or documents where a NUL ends them (-z)" },
	{ .name = "scope", .kind = OPT_WORD, .words = scope_words,
		.at = offsetof(struct options, scope),
		.help = "drop lines that came before in the stream, or only in the same document" },
	{ .name = "key", .kind = OPT_WORD, .words = key_words,
		.at = offsetof(struct options, key),
		.help = "what must be the same: the bytes; all but case; all but case, tashkeel and tatweel; "
			"what normalize --preset=search leaves" },
	{ .name = "leave-empty", .kind = OPT_FLAG,
		.at = offsetof(struct options, leave_empty),
		.help = "put an empty document in the place of a dropped one" },
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

/* The framing is not known here: without --unit no more is promised than what holds with either. */
static enum contract dedupe_contract(const void *given)
{
	const struct options *options = given;

	if (unit_of(options, FRAMING_ZERO) == UNIT_LINE)
		return options->scope == SCOPE_DOCUMENT ? CONTRACT_MAP : CONTRACT_ALIGNED;
	return options->leave_empty ? CONTRACT_ALIGNED : CONTRACT_WHOLE;
}

static enum flow dedupe_open(void *at, const void *given, const struct host *host, struct diag *why)
{
	struct state *state = at;
	const struct options *options = given;

	state->unit = unit_of(options, host->reads);
	state->scope = (enum scope)options->scope;
	seen_init(&state->seen, host->secret, false);
	if (!keyer_open(&state->keyer, (enum key)options->key, host, why))
		return FLOW_FAIL;
	by_line_init(&state->by_line, &state->seen, &state->keyer);
	by_document_init(&state->by_document, &state->seen, &state->keyer, options->leave_empty);
	if (state->unit == UNIT_DOCUMENT && state->scope == SCOPE_DOCUMENT) {
		diag_set(why, "--scope=document is for lines: it does not go with --unit=document");
		return FLOW_FAIL;
	}
	if (state->unit == UNIT_DOCUMENT && host->reads == FRAMING_TEXT) {
		diag_set(why, "--unit=document needs documents to compare: frame them with -z");
		return FLOW_FAIL;
	}
	return FLOW_MORE;
}

static enum flow dedupe_begin(void *at, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)doc, (void)out, (void)why;
	if (state->scope == SCOPE_DOCUMENT)
		seen_clear(&state->seen);
	if (state->unit == UNIT_LINE)
		by_line_begin(&state->by_line);
	else
		by_document_begin(&state->by_document);
	return FLOW_MORE;
}

static enum flow dedupe_text(void *at, struct span piece, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)why;
	if (state->unit == UNIT_LINE)
		return by_line_text(&state->by_line, piece, out);
	by_document_text(&state->by_document, piece);
	return FLOW_MORE;
}

static enum flow dedupe_end(void *at, struct sink out, struct diag *why)
{
	struct state *state = at;

	(void)why;
	if (state->unit == UNIT_LINE)
		return by_line_end(&state->by_line, out);
	return by_document_end(&state->by_document, out);
}

static void dedupe_counts(
	const void *at, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *state = at;

	/* Only one of the two ways is gone. */
	count(ctx, "compared", state->by_line.compared + state->by_document.compared);
	count(ctx, "kept", state->by_line.kept + state->by_document.kept);
}

static void dedupe_close(void *at)
{
	struct state *state = at;

	by_line_release(&state->by_line);
	by_document_release(&state->by_document);
	keyer_release(&state->keyer);
	seen_release(&state->seen);
}

const struct filter dedupe = {
	.name = "dedupe",
	.summary = "drop duplicate lines or documents, keeping the first",
	.usage =
		"Keeps the first of equal lines and the order of all. With -z whole documents are compared\n"
		"instead. Blank lines are never duplicates; a dropped line takes the blank lines after it\n"
		"along.\n",
	.opts = rows,
	.selects = true,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.contract = dedupe_contract,
	.open = dedupe_open,
	.begin = dedupe_begin,
	.text = dedupe_text,
	.end = dedupe_end,
	.counts = dedupe_counts,
	.close = dedupe_close,
};
