/* SPDX-License-Identifier: MIT
 * tokens.h - a stage that drops or replaces URLs, e-mail addresses, names, hashtags and emoji.
 *
 *	points -> emoji (emoji.h) -> runs without spaces (token_match.h) -> next
 *
 * An emoji is decided when the character behind it has come; the rest when a run ends: at white space, a quotation
 * mark, an emoji that stays, or any other token_is_boundary. A run longer than TOKENS_RUN code points is text as it
 * is. So the result does not depend on how the input was cut, and at most one emoji and one run are held.
 *
 * What is dropped leaves the spaces around it. A space is put where two words would grow into one ("خبر😀عاجل").
 * Joiners and other format characters are looked through, for a later step may drop them.
 *
 * Twice is once. A token that is spelled as some rule's WORD is left alone. When what came out would not stay as it
 * is ("ht😀tp://…" has become a URL), it is taken out in turn; when a WORD and its neighbour make a token of another
 * kind, spaces part them; and a run of which nothing stable comes is left as it was. */
#ifndef GHIRBAL_NORMALIZE_TOKENS_H
#define GHIRBAL_NORMALIZE_TOKENS_H

#include "filters/normalize/point.h"
#include "filters/normalize/token_rules.h"

enum {
	TOKENS_RUN = 8192, /* code points */
	TOKENS_EMOJI = 128, /* of one emoji; longer ones are text. The longest of emoji-test.txt has 10 */
};

/* One way to write a run, and how many tokens were dropped or replaced for it. */
struct attempt {
	int32_t *at;
	size_t count, cap; /* code points */
	uint64_t replaced[TOKENS];
};

/* Where something was taken out, until the next character is put. */
struct seam {
	bool open;
	int32_t before,
		last; /* the character before it, format characters not counted and counted; 0: none */
};

struct tokens {
	const struct token_rules *rules;
	point_fn *next;
	void *ctx;
	uint64_t counts[TOKENS]; /* how many were dropped or replaced, since tokens_init */

	int32_t emoji[TOKENS_EMOJI];
	size_t emoji_count;
	bool emoji_long; /* it has been let out, up to its last */
	struct seam seam; /* behind the emoji step */

	bool runs; /* some rule but that for emoji is on */
	int32_t run[TOKENS_RUN];
	size_t run_count;
	bool run_long; /* it has been let out; so is its rest */
	struct attempt tries[3];
};

/* `tokens` is zero bytes. `rules` is borrowed until tokens_release. What comes out goes to next(ctx, ...). */
void tokens_init(struct tokens *tokens, const struct token_rules *rules, point_fn *next, void *ctx);
void tokens_release(struct tokens *tokens);

/* A document begins. */
void tokens_begin(struct tokens *tokens);

/* Takes the next code point. */
void tokens_add(struct tokens *tokens, int32_t cp);

/* The document is over: lets out what is held. */
void tokens_end(struct tokens *tokens);

/* Whether something is held, or what comes next is judged by what came before. Never so right behind white space:
 * there text may go past this stage. */
bool tokens_wait(const struct tokens *tokens);

/* Whether text with `cp` may hold a token; text without any such code point holds none. The token may have begun
 * before it, at most right behind the last white space, and may end as late as the next: a word whose
 * end has not come yet must not go past. Never true of white space. */
bool token_may_begin(const struct token_rules *rules, int32_t cp);

#endif
