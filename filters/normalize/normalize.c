/* SPDX-License-Identifier: MIT
 * normalize.c - the filter: option rows, and the way of the text from decoder to cleaner. */
#include "filters/normalize/normalize.h"

#include "filters/normalize/mender.h"
#include "filters/normalize/data.h"
#include "filters/normalize/decode.h"

struct options {
	const char *from; /* an encoding's name; NULL when not given */
	struct rule_choices choices;
	struct opt_output offsets;
};

/* A rule's switch. */
#define SWITCH(rule, word, sentence)                                                                       \
	{                                                                                                  \
		.name = (word), .kind = OPT_SWITCH,                                                        \
		.at = offsetof(struct options, choices.switches) + sizeof(enum switch_state) * (rule),     \
		.help = (sentence)                                                                         \
	}

/* An option with a word. */
#define WORD(field, word, choices_of, first, sentence)                                                     \
	{                                                                                                  \
		.name = (word), .kind = OPT_WORD, .words = (choices_of), .initial = (first),               \
		.at = offsetof(struct options, choices.field), .help = (sentence)                          \
	}

static const char *const token_words[] = { "keep", "drop", NULL };

/* What becomes of one kind of token. */
#define TOKEN(token, word, sentence)                                                                       \
	{                                                                                                  \
		.name = (word), .kind = OPT_TEXT, .arg = "keep|drop|WORD", .words = token_words,           \
		.at = offsetof(struct options, choices.tokens) + sizeof(const char *) * (token),           \
		.help = (sentence)                                                                         \
	}

static const struct opt rows[] = {
	{ .name = "preset",
		.kind = OPT_WORD,
		.words = preset_words,
		.initial = PRESET_CLEAN,
		.at = offsetof(struct options, choices.preset),
		.help = "the rules to start from; switches change it wherever they stand" },
	{ .name = "from",
		.kind = OPT_TEXT,
		.arg = "ENCODING",
		.words = encoding_words,
		.at = offsetof(struct options, from),
		.help = "the encoding of the input, or auto, which finds out for each document; "
			"'iconv -l' lists names" },
	SWITCH(RULE_FIX_MOJIBAKE, "fix-mojibake",
		"mend text that was read in the wrong encoding, where it proves it"),
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
	SWITCH(RULE_STRIP_HARAKAT, "strip-harakat", "drop fathatan to sukun: the signs of vowels"),
	SWITCH(RULE_STRIP_SUPERSCRIPT_ALEF, "strip-superscript-alef", "drop the superscript alef"),
	SWITCH(RULE_STRIP_QURANIC, "strip-quranic",
		"drop other marks above and below Arabic letters, those of the Quran among them"),
	SWITCH(RULE_FOLD_ALEF, "fold-alef", "turn alef with hamza, madda or wasla into alef"),
	SWITCH(RULE_FOLD_YEH, "fold-yeh", "turn alef maksura into yeh"),
	WORD(maksura, "maksura", maksura_words, MAKSURA_YEH,
		"with --fold-yeh, how a yeh at the end of a word is written: eg, as in Egypt, without dots"),
	SWITCH(RULE_FOLD_TEH_MARBUTA, "fold-teh-marbuta", "turn teh marbuta into heh"),
	SWITCH(RULE_FOLD_HAMZA, "fold-hamza", "turn waw and yeh with hamza into waw and yeh"),
	SWITCH(RULE_FOLD_LOOKALIKES, "fold-lookalikes",
		"turn the kaf, yeh and heh of Persian and Urdu into those of Arabic"),
	SWITCH(RULE_CASEFOLD, "casefold", "fold case, as Unicode says and in no locale's way"),
	WORD(digits, "digits", digits_words, -1,
		"write the digits 0-9, those of Arabic and those of Persian as those of one script"),
	WORD(punct, "punct", to_ascii_words, -1, "turn Arabic punctuation into that of ASCII"),
	WORD(quotes, "quotes", to_ascii_words, -1,
		"turn curved and angular quotation marks into straight ones"),
	WORD(dashes, "dashes", to_ascii_words, -1, "turn hyphens, dashes and the minus sign into -"),
	WORD(ellipsis, "ellipsis", to_ascii_words, -1, "turn the ellipsis into three full stops"),
	TOKEN(TOKEN_URL, "urls", "what becomes of URLs: keep, drop, or a WORD in their place"),
	TOKEN(TOKEN_EMAIL, "emails", "the same of e-mail addresses"),
	TOKEN(TOKEN_MENTION, "mentions", "the same of names of accounts, as @name"),
	TOKEN(TOKEN_HASHTAG, "hashtags", "the same of hashtags"),
	TOKEN(TOKEN_EMOJI, "emoji", "the same of emoji"),
	SWITCH(RULE_SQUEEZE_PUNCT, "squeeze-punct",
		"turn !!!, ??? and their like into one, and four or more full stops into three"),
	SWITCH(RULE_SQUEEZE_LETTERS, "squeeze-letters",
		"turn three or more of the same Arabic letter in a row into one"),
	SWITCH(RULE_NFC, "nfc", "compose characters: Unicode Normalization Form C"),
	SWITCH(RULE_NFKC, "nfkc", "compose and drop differences of compatibility: Form KC"),
	SWITCH(RULE_NFD, "nfd", "decompose characters: Form D"),
	SWITCH(RULE_NFKD, "nfkd", "decompose and drop differences of compatibility: Form KD"),
	SWITCH(RULE_STREAM_SAFE, "stream-safe",
		"put a combining grapheme joiner behind each 30 marks in a row: the Stream-Safe Text Format"),
	{ .name = "offsets",
		.kind = OPT_OUTPUT,
		.arg = "FILE",
		.at = offsetof(struct options, offsets),
		.help = "write what was changed where, and by which rules, as TSV" },
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
	struct menders menders;
};

static enum contract normalize_contract(const void *options)
{
	/* rows number the documents */
	return ((const struct options *)options)->offsets.path ? CONTRACT_ALIGNED : CONTRACT_MAP;
}

static bool normalize_reads_raw(const void *options)
{
	return ((const struct options *)options)->from != NULL;
}

static enum flow normalize_open(void *state, const void *options, const struct host *host, struct diag *why)
{
	struct state *s = state;
	const struct options *o = options;

	s->raw = o->from != NULL;
	if (s->raw && !decoder_open(&s->decoder, o->from, host->reads == FRAMING_TEXT, why))
		return FLOW_FAIL;
	if (!rules_init(&s->rules, &o->choices, host->counts || o->offsets.path, why))
		return FLOW_FAIL;
	if (!entities_parse(&s->entities, data_file(SPAN("entities")), why))
		return FLOW_FAIL;
	if (!menders_init(&s->menders, &s->rules, &s->entities, &o->offsets, host->cpu, why))
		return FLOW_FAIL;
	return FLOW_MORE;
}

static enum flow normalize_begin(void *state, const struct doc_info *doc, struct sink out, struct diag *why)
{
	struct state *s = state;

	(void)why;
	if (s->raw)
		decoder_begin(&s->decoder, doc->repair);
	menders_begin(&s->menders, doc->ordinal, out);
	return FLOW_MORE;
}

static enum flow decoded(void *menders, struct span text)
{
	return menders_text(menders, text);
}

static enum flow normalize_text(void *state, struct span piece, struct sink out, struct diag *why)
{
	struct state *s = state;

	(void)out;
	if (s->raw)
		return decoder_text(&s->decoder, piece, decoded, &s->menders, why);
	return menders_text(&s->menders, piece);
}

static enum flow normalize_end(void *state, struct sink out, struct diag *why)
{
	struct state *s = state;
	enum flow flow = FLOW_MORE;

	if (s->raw)
		flow = decoder_end(&s->decoder, decoded, &s->menders, why);
	if (flow == FLOW_MORE)
		flow = menders_end(&s->menders);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static void normalize_counts(
	const void *state, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	const struct state *s = state;

	for (int r = 0; r < RULES; r++)
		if (s->rules.on[r])
			count(ctx, rule_name((enum rule)r), s->menders.tally.count[r]);
}

static void normalize_close(void *state)
{
	struct state *s = state;

	decoder_release(&s->decoder);
	menders_release(&s->menders);
	entities_release(&s->entities);
	rules_release(&s->rules);
}

#include "normalize/hashes.inc"

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
	.counts = normalize_counts,
	.close = normalize_close,
	.data = data_hashes,
};
