/* SPDX-License-Identifier: MIT
 * token_match.h - recognises links, e-mail addresses, names and hashtags in a run of characters.
 *
 * URLs: RFC 3986 and 3987, as people write them in running text: "scheme://", "www." or a domain under a top-level
 * domain that is known (token_rules.h), and never the punctuation of the sentence around them. E-mail addresses:
 * dot-atom@domain of RFC 5322, section 3.4.1, in any script as RFC 6531 allows, but for characters that in running
 * text stand between words (! = / ? # * ` { | } ^). Names: @name, @name.example.social, @name@example.social.
 * Hashtags: Unicode Standard Annex 31, section 6, with at least one letter. */
#ifndef GHIRBAL_NORMALIZE_TOKEN_MATCH_H
#define GHIRBAL_NORMALIZE_TOKEN_MATCH_H

#include "filters/normalize/token_rules.h"

enum {
	TOKEN_URL_MAX = 4096, /* code points; whatever is longer is text */
	TOKEN_LOCAL_MAX = 64, /* of an e-mail address, before @: RFC 5321, 4.5.3.1 */
	TOKEN_DOMAIN_MAX = 255,
	TOKEN_TAG_MAX = 256, /* of a name or hashtag, its sign included */
};

/* Code points of which no token_is_boundary. */
struct token_text {
	const struct token_rules *rules;
	const int32_t *cps;
	size_t count;
	size_t hashtag_end; /* where the last hashtag ended: another may begin there, as in "#one#two" */
};

struct token_found {
	enum token kind; /* TOKENS: it is too long and text */
	size_t count; /* code points; 0: nothing begins here */
};

/* Whether `cp` is part of no URL, address, name or hashtag: spaces, quotation marks, most punctuation. */
bool token_is_boundary(int32_t cp);

/* Whether `cp` is part of a word: two such beside each other are one word. */
bool token_is_word(int32_t cp);

/* The token that begins at `i`. What was found before must have been stepped over. */
struct token_found token_at(const struct token_text *text, size_t i);

#endif
