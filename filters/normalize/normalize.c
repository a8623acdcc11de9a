/* SPDX-License-Identifier: MIT
 * normalize.c - the filter: option rows, and the way of the text from decoder to cleaner. */
#include "filters/normalize/normalize.h"

#include "filters/normalize/cleaner.h"
#include "filters/normalize/data.h"
#include "filters/normalize/decode.h"

struct options {
	int preset; /* enum preset */
	int from; /* enum encoding, -1 when not given */
	enum switch_state switches[RULES];
};

/* A rule's switch. */
#define SWITCH(rule, word, sentence)                                                                       \
	{                                                                                                  \
		.name = (word), .kind = OPT_SWITCH,                                                        \
		.at = offsetof(struct options, switches) + sizeof(enum switch_state) * (rule),             \
		.help = (sentence)                                                                         \
	}

static const struct opt rows[] = {
	{ .name = "preset",
		.kind = OPT_WORD,
		.words = preset_words,
		.initial = PRESET_CLEAN,
		.at = offsetof(struct options, preset),
		.help = "the rules to start from; switches change it wherever they stand" },
	{ .name = "from",
		.kind = OPT_WORD,
		.words = encoding_words,
		.initial = -1,
		.at = offsetof(struct options, from),
		.help = "the encoding of the input; auto finds out for each document" },
	SWITCH(RULE_ENTITIES, "entities",
		"turn HTML character references that end in a semicolon into what they stand for"),
	SWITCH(RULE_NEWLINES, "newlines", "turn CR LF, CR and the line and paragraph separators into LF"),
	SWITCH(RULE_STRIP_CONTROLS, "strip-controls",
		"drop control characters but TAB and LF, and terminal escape sequences; read C1 "
		"controls as windows-1252"),
	SWITCH(RULE_STRIP_ZERO_WIDTH, "strip-zero-width",
		"drop zero-width spaces, word joiners and invisible operators"),
	SWITCH(RULE_STRIP_BOM, "strip-bom", "drop a byte order mark at the start of a document"),
	SWITCH(RULE_STRIP_BIDI, "strip-bidi",
		"drop bidirectional controls and interlinear annotation marks"),
	SWITCH(RULE_STRIP_SHY, "strip-shy", "drop soft hyphens"),
	SWITCH(RULE_ZWNJ, "zwnj",
		"drop zero-width non-joiners, except between letters and in Indic and emoji sequences"),
	SWITCH(RULE_ZWJ, "zwj",
		"drop zero-width joiners, except between letters and in Indic and emoji sequences"),
	SWITCH(RULE_STRIP_ZWNJ, "strip-zwnj", "turn every zero-width non-joiner into a space"),
	SWITCH(RULE_SPACES, "spaces", "turn TAB and every space of Unicode into a plain space"),
	SWITCH(RULE_SQUEEZE_SPACE, "squeeze-space", "turn several spaces in a row into one"),
	SWITCH(RULE_TRIM, "trim", "drop spaces at both ends of a line"),
	SWITCH(RULE_PRESENTATION, "presentation",
		"turn Arabic presentation forms, Latin ligatures and full-width letters and digits into "
		"plain ones"),
	SWITCH(RULE_STRIP_TATWEEL, "strip-tatweel",
		"drop tatweel; in clean only between letters, and one that touches no letter becomes -"),
	SWITCH(RULE_NFC, "nfc", "compose characters: Unicode Normalization Form C"),
	{ .name = NULL },
};

static const char usage[] =
	"Mends what scraping and copying did to the characters of a text and leaves their\n"
	"meaning alone: every rule below is a switch, and a preset is a set of switches.\n";

struct state {
	bool raw; /* the decoder is used */
	struct decoder decoder;
	struct rules rules;
	struct entities entities;
	struct cleaner cleaner;
};

static enum contract normalize_contract(const void *options)
{
	(void)options;
	return CONTRACT_MAP;
}

static bool normalize_reads_raw(const void *options)
{
	return ((const struct options *)options)->from >= 0;
}

static bool is_possible(enum encoding from, enum framing reads, struct diag *why)
{
	if (reads == FRAMING_TEXT || (from != ENCODING_UTF_16LE && from != ENCODING_UTF_16BE))
		return true;
	diag_set(why, "'--from=%s' goes with text framing only, for its characters hold NULs",
		encoding_words[from]);
	return false;
}

static enum flow normalize_open(void *state, const void *options, const struct host *host, struct diag *why)
{
	struct state *s = state;
	const struct options *o = options;

	s->raw = o->from >= 0;
	if (s->raw && !is_possible((enum encoding)o->from, host->reads, why))
		return FLOW_FAIL;
	if (s->raw)
		decoder_init(&s->decoder, (enum encoding)o->from, host->reads == FRAMING_TEXT);
	rules_init(&s->rules, (enum preset)o->preset, o->switches);
	if (!entities_parse(&s->entities, data_file(SPAN("entities")), why))
		return FLOW_FAIL;
	cleaner_init(&s->cleaner, &s->rules, &s->entities, host->cpu);
	return FLOW_MORE;
}

static enum flow normalize_begin(void *state, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *s = state;

	(void)why;
	if (s->raw)
		decoder_begin(&s->decoder, doc->repair);
	cleaner_begin(&s->cleaner, out);
	return FLOW_MORE;
}

static enum flow decoded(void *cleaner, struct span text)
{
	return cleaner_text(cleaner, text);
}

static enum flow normalize_text(void *state, struct span piece, struct sink out, struct diag *why)
{
	struct state *s = state;

	(void)out;
	if (s->raw)
		return decoder_text(&s->decoder, piece, decoded, &s->cleaner, why);
	return cleaner_text(&s->cleaner, piece);
}

static enum flow normalize_end(void *state, struct sink out, struct diag *why)
{
	struct state *s = state;
	enum flow flow = FLOW_MORE;

	if (s->raw)
		flow = decoder_end(&s->decoder, decoded, &s->cleaner, why);
	if (flow == FLOW_MORE)
		flow = cleaner_end(&s->cleaner);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static void normalize_close(void *state)
{
	struct state *s = state;

	decoder_release(&s->decoder);
	cleaner_release(&s->cleaner);
	entities_release(&s->entities);
	rules_release(&s->rules);
}

const struct filter normalize = {
	.name = "normalize",
	.summary = "mend the characters of text",
	.usage = usage,
	.opts = rows,
	.options_size = sizeof(struct options),
	.state_size = sizeof(struct state),
	.contract = normalize_contract,
	.reads_raw = normalize_reads_raw,
	.open = normalize_open,
	.begin = normalize_begin,
	.text = normalize_text,
	.end = normalize_end,
	.close = normalize_close,
};
