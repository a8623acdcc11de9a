/* SPDX-License-Identifier: MIT
 * rules.h - which rules are on, and what each code point means to them.
 *
 * A rule is one switch of the command line, or one option with a word; a preset is a set of them. Once they
 * are known, tables are made of them: maps.h says what letters become, kinds.h what each code point needs. */
#ifndef GHIRBAL_NORMALIZE_RULES_H
#define GHIRBAL_NORMALIZE_RULES_H

#include "common/diag.h"
#include "common/opts.h"
#include "filters/normalize/kinds.h"
#include "filters/normalize/maps.h"
#include "filters/normalize/token_rules.h"

/* In the order of the options. */
enum rule {
	/* switches */
	RULE_FIX_MOJIBAKE,
	RULE_ENTITIES,
	RULE_NEWLINES,
	RULE_STRIP_CONTROLS,
	RULE_STRIP_ZERO_WIDTH,
	RULE_STRIP_BOM,
	RULE_STRIP_BIDI,
	RULE_STRIP_SHY,
	RULE_ZWNJ,
	RULE_ZWJ,
	RULE_STRIP_ZWNJ,
	RULE_SPACES,
	RULE_SQUEEZE_SPACE,
	RULE_TRIM,
	RULE_PRESENTATION,
	RULE_STRIP_TATWEEL,
	RULE_STRIP_HARAKAT,
	RULE_STRIP_SUPERSCRIPT_ALEF,
	RULE_STRIP_QURANIC,
	RULE_FOLD_ALEF,
	RULE_FOLD_YEH,
	RULE_FOLD_TEH_MARBUTA,
	RULE_FOLD_HAMZA,
	RULE_FOLD_LOOKALIKES,
	RULE_CASEFOLD,
	RULE_SQUEEZE_PUNCT,
	RULE_SQUEEZE_LETTERS,
	RULE_NFC,
	RULE_NFKC,
	RULE_NFD,
	RULE_NFKD,
	RULE_STREAM_SAFE,
	RULE_SWITCHES,
	/* options with a word */
	RULE_DIGITS = RULE_SWITCHES,
	RULE_PUNCT,
	RULE_QUOTES,
	RULE_DASHES,
	RULE_ELLIPSIS,
	RULE_URLS, /* this and the next in the order of enum token */
	RULE_EMAILS,
	RULE_MENTIONS,
	RULE_HASHTAGS,
	RULE_EMOJI,
	RULES
};

/* The option's name, without dashes. */
const char *rule_name(enum rule rule);

enum preset { PRESET_NONE, PRESET_CLEAN, PRESET_SEARCH, PRESET_DISPLAY };

/* What the options with a word say; -1 where none was given. */
enum to_ascii { TO_ASCII_KEEP, TO_ASCII };
enum maksura { MAKSURA_YEH, MAKSURA_EG };

/* The words of these, in their order, for option rows. */
extern const char *const preset_words[], *const digits_words[], *const to_ascii_words[],
									*const maksura_words[];

/* What the command line says. */
struct rule_choices {
	int preset; /* enum preset */
	int digits; /* enum digits, or -1 */
	int punct, quotes, dashes, ellipsis; /* enum to_ascii, or -1 */
	int maksura; /* enum maksura */
	const char *tokens[TOKENS]; /* keep, drop or a word; NULL: keep */
	enum switch_state switches[RULE_SWITCHES];
};

/* What happens to a tatweel between Arabic letters, and to one that touches no letter. */
enum tatweel { TATWEEL_KEPT, TATWEEL_STRETCH, TATWEEL_STRETCH_AND_DASH, TATWEEL_ALL };

struct rules {
	bool on[RULES];
	bool none; /* not a single one is on */
	bool counts; /* each thing done is to be counted */
	enum tatweel tatweel;
	bool balanced_bidi_stays; /* strip-bidi keeps pairs of controls that belong together */
	bool eg; /* a yeh at the end of a word is written without dots */
	enum rule form; /* the one that is on; RULES: none */
	bool compat; /* compatibility characters go: NFKC, NFKD */
	bool composes; /* into NFC or NFKC; also before it decomposes, for letters are folded as composed ones */
	bool decomposes; /* into NFD or NFKD */
	bool late; /* something happens to composed letters */
	bool squeezes; /* repeated letters or punctuation */
	struct token_rules tokens;
	struct maps maps;
	struct kinds kinds;
};

/* The rules that `choices` ask for; where `counts` none takes a shortcut past counting. False with `why` where
 * the choices exclude each other. Release with rules_release in any case. */
bool rules_init(struct rules *rules, const struct rule_choices *choices, bool counts, struct diag *why);
void rules_release(struct rules *rules);

/* What the code point `cp` means. */
static inline enum kind rules_kind(const struct rules *rules, int32_t cp)
{
	return kinds_of(&rules->kinds, cp);
}

#endif
