/* SPDX-License-Identifier: MIT
 * token_rules.h - what becomes of links, addresses, names, hashtags and emoji: --urls= --emails= --mentions=
 * --hashtags= --emoji=, each keep, drop, or a word that stands in their place.
 *
 * A struct token_rules owns its memory; the stages borrow it. */
#ifndef GHIRBAL_NORMALIZE_TOKEN_RULES_H
#define GHIRBAL_NORMALIZE_TOKEN_RULES_H

#include "common/diag.h"
#include "common/span.h"

#include <stdint.h>

enum token { TOKEN_URL, TOKEN_EMAIL, TOKEN_MENTION, TOKEN_HASHTAG, TOKEN_EMOJI, TOKENS };

enum token_action { TOKEN_KEEP, TOKEN_DROP, TOKEN_REPLACE };

enum {
	TOKEN_WORD_MAX = 64, /* code points of a WORD */
	TOP_LEVEL_MAX = 24, /* code points of a top-level domain that is known */
};

struct token_rule {
	enum token_action action;
	int32_t word[TOKEN_WORD_MAX];
	size_t word_count; /* 0 unless the action is TOKEN_REPLACE */
};

/* What a label of a domain says, see data/top-level-domains.txt. */
enum label_says {
	LABEL_ALONE = 1 << 0,
	LABEL_PATH = 1 << 1,
	LABEL_SECOND = 1 << 2,
	LABEL_TOP = LABEL_ALONE | LABEL_PATH, /* a top-level domain */
};

struct known_label {
	int32_t name[TOP_LEVEL_MAX]; /* zeros behind it */
	unsigned says; /* of enum label_says */
};

struct token_rules {
	struct token_rule of[TOKENS];
	bool any; /* not all five are keep */
	bool folds; /* capitals will become small letters: a domain may be spelled with them */
	struct known_label *labels; /* sorted by name */
	size_t label_count;
};

/* Reads the five options, in the order of enum token: "keep", "drop", or a word, which must be valid UTF-8; NULL is
 * keep. False with `why` when a word is empty, longer than TOKEN_WORD_MAX or holds a control character. `rules` is
 * to be released in any case. */
bool token_rules_init(struct token_rules *rules, const char *const values[TOKENS], struct diag *why);
void token_rules_release(struct token_rules *rules);

/* What is known of a label of a domain, of enum label_says; 0 when nothing is. Letters must be small ones, but where
 * rules->folds those of ASCII. */
unsigned token_rules_label(const struct token_rules *rules, const int32_t *cps, size_t count);

/* Whether `cps` is the WORD of some rule, so that no rule touches it. */
bool token_rules_is_word(const struct token_rules *rules, const int32_t *cps, size_t count);

#endif
