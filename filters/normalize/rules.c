/* SPDX-License-Identifier: MIT
 * rules.c - presets and choices: which rules are on. */
#include "filters/normalize/rules.h"

#include <stdlib.h>

#include "filters/normalize/kinds.h"
#include "filters/normalize/maps.h"

const char *const preset_words[] = { "none", "clean", "search", "display", NULL };
const char *const digits_words[] = { "keep", "ascii", "arab", "extarab", NULL };
const char *const to_ascii_words[] = { "keep", "ascii", NULL };
const char *const maksura_words[] = { "yeh", "eg", NULL };

enum { C = 1 << PRESET_CLEAN, S = 1 << PRESET_SEARCH, D = 1 << PRESET_DISPLAY };

/* A rule's name, and the presets it is in. `clean` only repairs, and changes no reader's understanding;
 * `search` makes one of what a search takes for one; `display` leaves what is seen. */
static const struct {
	const char *name;
	unsigned presets;
} rows[RULES] = {
	[RULE_FIX_MOJIBAKE] = { "fix-mojibake", C | S | D },
	[RULE_ENTITIES] = { "entities", C | S | D },
	[RULE_NEWLINES] = { "newlines", C | S | D },
	[RULE_STRIP_CONTROLS] = { "strip-controls", C | S | D },
	[RULE_STRIP_ZERO_WIDTH] = { "strip-zero-width", C | S | D },
	[RULE_STRIP_BOM] = { "strip-bom", C | S | D },
	[RULE_STRIP_BIDI] = { "strip-bidi", C | S | D },
	[RULE_STRIP_SHY] = { "strip-shy", C | S | D },
	[RULE_ZWNJ] = { "zwnj", C | S | D },
	[RULE_ZWJ] = { "zwj", C | S | D },
	[RULE_STRIP_ZWNJ] = { "strip-zwnj", S },
	[RULE_SPACES] = { "spaces", C | S },
	[RULE_SQUEEZE_SPACE] = { "squeeze-space", C | S },
	[RULE_TRIM] = { "trim", C | S | D },
	[RULE_PRESENTATION] = { "presentation", C | S | D },
	[RULE_STRIP_TATWEEL] = { "strip-tatweel", C | S | D },
	[RULE_STRIP_HARAKAT] = { "strip-harakat", S },
	[RULE_STRIP_SUPERSCRIPT_ALEF] = { "strip-superscript-alef", S },
	[RULE_STRIP_QURANIC] = { "strip-quranic", S },
	[RULE_FOLD_ALEF] = { "fold-alef", S },
	[RULE_FOLD_YEH] = { "fold-yeh", S },
	[RULE_FOLD_TEH_MARBUTA] = { "fold-teh-marbuta", S },
	[RULE_FOLD_HAMZA] = { "fold-hamza", 0 },
	[RULE_FOLD_LOOKALIKES] = { "fold-lookalikes", S },
	[RULE_CASEFOLD] = { "casefold", S },
	[RULE_SQUEEZE_PUNCT] = { "squeeze-punct", S },
	[RULE_SQUEEZE_LETTERS] = { "squeeze-letters", S },
	[RULE_NFC] = { "nfc", C | D },
	[RULE_NFKC] = { "nfkc", S },
	[RULE_NFD] = { "nfd", 0 },
	[RULE_NFKD] = { "nfkd", 0 },
	[RULE_STREAM_SAFE] = { "stream-safe", 0 },
	[RULE_DIGITS] = { "digits", S },
	[RULE_PUNCT] = { "punct", S },
	[RULE_QUOTES] = { "quotes", S },
	[RULE_DASHES] = { "dashes", S },
	[RULE_ELLIPSIS] = { "ellipsis", S },
	[RULE_URLS] = { "urls", 0 },
	[RULE_EMAILS] = { "emails", 0 },
	[RULE_MENTIONS] = { "mentions", 0 },
	[RULE_HASHTAGS] = { "hashtags", 0 },
	[RULE_EMOJI] = { "emoji", 0 },
};

const char *rule_name(enum rule rule)
{
	return rows[rule].name;
}

/* At most one form can be asked for; that one is in the place of the preset's. */
static bool choose_form(struct rules *rules, const enum switch_state *switches, struct diag *why)
{
	size_t chosen = RULES;

	for (size_t r = RULE_NFC; r <= RULE_NFKD; r++) {
		if (switches[r] != SWITCH_ON)
			continue;
		if (chosen != RULES) {
			diag_set(why, "'--%s' and '--%s' exclude each other", rows[chosen].name,
				rows[r].name);
			return false;
		}
		chosen = r;
	}
	for (size_t r = RULE_NFC; r <= RULE_NFKD && chosen != RULES; r++)
		rules->on[r] = r == chosen;
	return true;
}

static void choose_switches(struct rules *rules, const struct rule_choices *choices)
{
	for (size_t r = 0; r < RULE_SWITCHES; r++) {
		bool in_preset = rows[r].presets >> choices->preset & 1;

		rules->on[r] = choices->switches[r] == SWITCH_ON ||
			       (choices->switches[r] == SWITCH_UNSET && in_preset);
	}
}

static enum tatweel tatweel_in(enum preset preset)
{
	if (preset == PRESET_CLEAN)
		return TATWEEL_STRETCH_AND_DASH;
	return preset == PRESET_DISPLAY ? TATWEEL_STRETCH : TATWEEL_ALL;
}

static enum rule form_of(const struct rules *rules)
{
	for (int r = RULE_NFC; r <= RULE_NFKD; r++)
		if (rules->on[r])
			return (enum rule)r;
	return RULES;
}

static bool is_none(const struct rules *rules)
{
	for (size_t r = 0; r < RULES; r++)
		if (rules->on[r])
			return false;
	return true;
}

static enum digits digits_of(const struct rule_choices *choices)
{
	if (choices->digits >= 0)
		return (enum digits)choices->digits;
	return choices->preset == PRESET_SEARCH ? DIGITS_ASCII : DIGITS_KEEP;
}

static bool is_to_ascii(const struct rule_choices *choices, int word)
{
	return word < 0 ? choices->preset == PRESET_SEARCH : word == TO_ASCII;
}

static void choose_words(struct rules *rules, const struct rule_choices *choices)
{
	rules->on[RULE_DIGITS] = digits_of(choices) != DIGITS_KEEP;
	rules->on[RULE_PUNCT] = is_to_ascii(choices, choices->punct);
	rules->on[RULE_QUOTES] = is_to_ascii(choices, choices->quotes);
	rules->on[RULE_DASHES] = is_to_ascii(choices, choices->dashes);
	rules->on[RULE_ELLIPSIS] = is_to_ascii(choices, choices->ellipsis);
	for (int t = 0; t < TOKENS; t++)
		rules->on[RULE_URLS + t] = rules->tokens.of[t].action != TOKEN_KEEP;
	rules->eg = choices->maksura == MAKSURA_EG && rules->on[RULE_FOLD_YEH];
}

bool rules_init(struct rules *rules, const struct rule_choices *choices, bool counts, struct diag *why)
{
	const bool *on = rules->on;

	*rules = (struct rules){ .counts = counts };
	choose_switches(rules, choices);
	if (!choose_form(rules, choices->switches, why))
		return false;
	if (!token_rules_init(&rules->tokens, choices->tokens, why))
		return false;
	rules->tokens.folds = on[RULE_CASEFOLD];
	choose_words(rules, choices);
	rules->none = is_none(rules);
	if (on[RULE_STRIP_TATWEEL])
		rules->tatweel = tatweel_in((enum preset)choices->preset);
	rules->balanced_bidi_stays = choices->preset == PRESET_DISPLAY;
	rules->form = form_of(rules);
	rules->composes = rules->form != RULES;
	rules->decomposes = on[RULE_NFD] || on[RULE_NFKD];
	rules->compat = on[RULE_NFKC] || on[RULE_NFKD];
	rules->squeezes = on[RULE_SQUEEZE_PUNCT] || on[RULE_SQUEEZE_LETTERS];
	if (!maps_init(&rules->maps, rules, digits_of(choices), why))
		return false;
	rules->late = rules->eg || maps_have_late(&rules->maps);
	kinds_init(&rules->kinds, rules);
	return true;
}

void rules_release(struct rules *rules)
{
	kinds_release(&rules->kinds);
	maps_release(&rules->maps);
	token_rules_release(&rules->tokens);
}
