/* SPDX-License-Identifier: MIT
 * tokens.c - holds emoji and runs until they can be judged, and puts something else in their place. */
#include "filters/normalize/tokens.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "filters/normalize/emoji.h"
#include "filters/normalize/token_match.h"

enum { FULLWIDTH_HASH = 0xFF03, AS_EMOJI = 0xFE0F };

/* How often a run is tried again when what came out is not stable: random texts of the unit test needed up to three. */
enum { ROUNDS = 4 };

/* --- attempts -------------------------------------------------------------------------------------------- */

static void attempt_add(struct attempt *attempt, int32_t cp)
{
	if (attempt->count == attempt->cap) {
		attempt->cap = attempt->cap ? attempt->cap * 2 : 256;
		attempt->at = mem_resize(attempt->at, attempt->cap, sizeof(*attempt->at));
	}
	attempt->at[attempt->count++] = cp;
}

static void attempt_begin(struct attempt *attempt, const uint64_t *replaced)
{
	attempt->count = 0;
	memcpy(attempt->replaced, replaced, sizeof(attempt->replaced));
}

static bool attempts_equal(const struct attempt *a, const struct attempt *b)
{
	return a->count == b->count &&
	       (a->count == 0 || memcmp(a->at, b->at, a->count * sizeof(*a->at)) == 0);
}

static void attempts_swap(struct attempt *a, struct attempt *b)
{
	struct attempt a_was = *a;

	*a = *b;
	*b = a_was;
}

/* --- seams --------------------------------------------------------------------------------------------- */

static bool is_format(int32_t cp)
{
	return unicode_category(cp) == GC_FORMAT;
}

/* What grows together over a seam if no space parts it. */
enum parting {
	PART_WORDS, /* two words, or @ and # and a word */
	PART_SIGNS, /* also a word and @ or #: behind an emoji they began something */
	PART_ALL, /* anything */
};

static bool is_sign(int32_t cp)
{
	return cp == '@' || cp == '#' || cp == FULLWIDTH_HASH;
}

static bool grows_together(int32_t before, int32_t cp, enum parting parting)
{
	if (parting == PART_ALL)
		return !token_is_boundary(before) && !token_is_boundary(cp);
	if (emoji_is_trailer(before)) /* some of them are marks */
		return false;
	return (token_is_word(before) || is_sign(before)) &&
	       (token_is_word(cp) || (parting == PART_SIGNS && is_sign(cp)));
}

/* What an emoji before or behind the seam would take for a part of itself. */
static bool makes_emoji(int32_t last, int32_t cp)
{
	return emoji_is_trailer(cp) || (emoji_is_trailer(last) && emoji_may_begin(cp));
}

/* Whether a space is wanted in front of `cp`, which comes next. */
static bool seam_wants_space(struct seam *seam, int32_t cp, enum parting parting)
{
	bool wants =
		seam->open && (makes_emoji(seam->last, cp) || grows_together(seam->before, cp, parting));

	seam->last = cp;
	if (!wants && is_format(cp))
		return false;
	seam->open = false;
	seam->before = cp;
	return wants;
}

/* --- runs ---------------------------------------------------------------------------------------------- */

/* One way to write a text anew. */
struct writing {
	const struct token_rules *rules;
	enum parting parting;
	struct seam seam;
	struct attempt *to;
};

static void write_point(struct writing *writing, int32_t cp)
{
	if (seam_wants_space(&writing->seam, cp, writing->parting))
		attempt_add(writing->to, ' ');
	attempt_add(writing->to, cp);
}

static void write_points(struct writing *writing, const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		write_point(writing, cps[i]);
}

static void write_replaced(struct writing *writing, enum token kind)
{
	const struct token_rule *rule = &writing->rules->of[kind];

	writing->to->replaced[kind]++;
	writing->seam.open = true;
	write_points(writing, rule->word, rule->word_count);
	writing->seam.open = true;
}

static bool is_to_go(const struct token_rules *rules, enum token kind, const int32_t *cps, size_t count)
{
	return kind != TOKENS && rules->of[kind].action != TOKEN_KEEP &&
	       !token_rules_is_word(rules, cps, count);
}

/* A run as the matchers see it: without format characters. */
struct plain_run {
	int32_t cps[TOKENS_RUN];
	uint32_t at[TOKENS_RUN]; /* where in the run they are */
	size_t count;
};

static void plain_run_set(struct plain_run *plain, const int32_t *cps, size_t count)
{
	plain->count = 0;
	for (size_t i = 0; i < count; i++) {
		if (is_format(cps[i]))
			continue;
		plain->cps[plain->count] = cps[i];
		plain->at[plain->count++] = (uint32_t)i;
	}
}

static void write_run(struct writing *writing, const int32_t *run, size_t count)
{
	struct plain_run plain;
	struct token_text text = { .rules = writing->rules, .cps = plain.cps };
	size_t done = 0;

	if (count > TOKENS_RUN || token_rules_is_word(writing->rules, run, count)) {
		write_points(writing, run, count);
		return;
	}
	plain_run_set(&plain, run, count);
	text.count = plain.count;
	for (size_t i = 0; i < plain.count;) {
		struct token_found found = token_at(&text, i);
		size_t from = plain.at[i], to = found.count ? plain.at[i + found.count - 1] + 1 : 0;

		i += found.count ? found.count : 1;
		if (found.count && found.kind == TOKEN_HASHTAG)
			text.hashtag_end = i;
		if (!found.count || !is_to_go(writing->rules, found.kind, run + from, to - from))
			continue;
		write_points(writing, run + done, from - done);
		write_replaced(writing, found.kind);
		done = to;
	}
	write_points(writing, run + done, count - done);
}

/* Writes a text of any runs anew. */
static void write_text(const struct token_rules *rules, const struct attempt *from, enum parting parting,
	struct attempt *to)
{
	struct writing writing = { rules, parting, { .open = false }, to };
	size_t begin = 0;

	attempt_begin(to, from->replaced);
	for (size_t i = 0; i < from->count; i++) {
		if (!token_is_boundary(from->at[i]))
			continue;
		write_run(&writing, from->at + begin, i - begin);
		write_point(&writing, from->at[i]);
		begin = i + 1;
	}
	if (begin < from->count)
		write_run(&writing, from->at + begin, from->count - begin);
}

static bool is_stable(struct tokens *tokens, const struct attempt *text)
{
	write_text(tokens->rules, text, PART_WORDS, &tokens->tries[2]);
	return attempts_equal(text, &tokens->tries[2]);
}

/* Makes of the run, in tries[0], what stays as it is. False when nothing does. */
static bool settle_run(struct tokens *tokens)
{
	static const uint64_t none[TOKENS] = { 0 };
	struct attempt *now = &tokens->tries[0], *then = &tokens->tries[1];

	attempt_begin(now, none);
	for (size_t i = 0; i < tokens->run_count; i++)
		attempt_add(now, tokens->run[i]);
	for (int round = 0; round < ROUNDS; round++) {
		bool stable;

		write_text(tokens->rules, now, PART_WORDS, then);
		stable = is_stable(tokens, then);
		if (!stable)
			write_text(tokens->rules, now, PART_ALL, then);
		attempts_swap(now, then);
		if (stable)
			return true;
	}
	return false;
}

static void put_all(struct tokens *tokens, const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		tokens->next(tokens->ctx, cps[i]);
}

static bool run_may_hold_tokens(const struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->run_count; i++)
		if (token_may_begin(tokens->rules, tokens->run[i]))
			return true;
	return false;
}

static void end_run(struct tokens *tokens)
{
	const struct attempt *settled = &tokens->tries[0];

	if (run_may_hold_tokens(tokens) && settle_run(tokens)) {
		put_all(tokens, settled->at, settled->count);
		for (size_t i = 0; i < TOKENS; i++)
			tokens->counts[i] += settled->replaced[i];
	} else {
		put_all(tokens, tokens->run, tokens->run_count);
	}
	tokens->run_count = 0;
	tokens->run_long = false;
}

static void to_run(struct tokens *tokens, int32_t cp)
{
	if (!tokens->runs) {
		tokens->next(tokens->ctx, cp);
		return;
	}
	if (token_is_boundary(cp)) {
		end_run(tokens);
		tokens->next(tokens->ctx, cp);
		return;
	}
	if (tokens->run_count == TOKENS_RUN) {
		put_all(tokens, tokens->run, tokens->run_count);
		tokens->run_count = 0;
		tokens->run_long = true;
	}
	if (tokens->run_long)
		tokens->next(tokens->ctx, cp);
	else
		tokens->run[tokens->run_count++] = cp;
}

/* --- emoji --------------------------------------------------------------------------------------------- */

static void past_emoji(struct tokens *tokens, int32_t cp)
{
	if (seam_wants_space(&tokens->seam, cp, PART_SIGNS))
		to_run(tokens, ' ');
	to_run(tokens, cp);
}

static void all_past_emoji(struct tokens *tokens, const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		past_emoji(tokens, cps[i]);
}

static void replace_emoji(struct tokens *tokens)
{
	const struct token_rule *rule = &tokens->rules->of[TOKEN_EMOJI];

	tokens->counts[TOKEN_EMOJI]++;
	tokens->seam.open = true;
	all_past_emoji(tokens, rule->word, rule->word_count);
	tokens->seam.open = true;
}

/* Also one that only something behind it makes another than the WORD. */
static bool is_emoji_to_go(const struct token_rules *rules, const int32_t *cps, size_t count)
{
	if (!emoji_is_one(cps, count))
		return false;
	while (is_to_go(rules, TOKEN_EMOJI, cps, count) && emoji_is_trailer(cps[count - 1]))
		count--;
	return is_to_go(rules, TOKEN_EMOJI, cps, count);
}

static void end_emoji(struct tokens *tokens)
{
	size_t count = tokens->emoji_count;
	bool was_long = tokens->emoji_long;

	tokens->emoji_count = 0;
	tokens->emoji_long = false;
	if (count == 0 || was_long)
		return;
	if (is_emoji_to_go(tokens->rules, tokens->emoji, count))
		replace_emoji(tokens);
	else
		all_past_emoji(tokens, tokens->emoji, count);
}

static void hold_emoji(struct tokens *tokens, int32_t cp)
{
	if (tokens->emoji_count < TOKENS_EMOJI) {
		tokens->emoji[tokens->emoji_count++] = cp;
		return;
	}
	if (!tokens->emoji_long)
		all_past_emoji(tokens, tokens->emoji, tokens->emoji_count);
	tokens->emoji_long = true;
	tokens->emoji[TOKENS_EMOJI - 1] = cp; /* what comes next is judged by it */
	past_emoji(tokens, cp);
}

static void to_emoji(struct tokens *tokens, int32_t cp)
{
	if (tokens->emoji_count && emoji_goes_on(tokens->emoji, tokens->emoji_count, cp)) {
		hold_emoji(tokens, cp);
		return;
	}
	end_emoji(tokens);
	if (emoji_may_begin(cp))
		hold_emoji(tokens, cp);
	else
		past_emoji(tokens, cp);
}

/* --- life ---------------------------------------------------------------------------------------------- */

void tokens_init(struct tokens *tokens, const struct token_rules *rules, point_fn *next, void *ctx)
{
	tokens->rules = rules;
	tokens->next = next;
	tokens->ctx = ctx;
	for (size_t i = 0; i < TOKENS; i++)
		tokens->runs |= i != TOKEN_EMOJI && rules->of[i].action != TOKEN_KEEP;
}

void tokens_release(struct tokens *tokens)
{
	for (size_t i = 0; i < sizeof(tokens->tries) / sizeof(tokens->tries[0]); i++)
		free(tokens->tries[i].at);
	*tokens = (struct tokens){ .rules = NULL };
}

void tokens_begin(struct tokens *tokens)
{
	tokens->emoji_count = tokens->run_count = 0;
	tokens->emoji_long = tokens->run_long = false;
	tokens->seam = (struct seam){ .open = false };
}

void tokens_add(struct tokens *tokens, int32_t cp)
{
	if (tokens->rules->of[TOKEN_EMOJI].action == TOKEN_KEEP)
		to_run(tokens, cp);
	else
		to_emoji(tokens, cp);
}

void tokens_end(struct tokens *tokens)
{
	end_emoji(tokens);
	end_run(tokens);
}

bool tokens_wait(const struct tokens *tokens)
{
	return tokens->emoji_count || tokens->run_count || tokens->run_long || tokens->seam.open ||
	       token_is_word(tokens->seam.before) || is_sign(tokens->seam.before);
}

bool token_may_begin(const struct token_rules *rules, int32_t cp)
{
	if (cp == ':' || cp == '.')
		return rules->of[TOKEN_URL].action != TOKEN_KEEP;
	if (cp == '@')
		return rules->of[TOKEN_EMAIL].action != TOKEN_KEEP ||
		       rules->of[TOKEN_MENTION].action != TOKEN_KEEP;
	if (cp == '#' || cp == FULLWIDTH_HASH)
		return rules->of[TOKEN_HASHTAG].action != TOKEN_KEEP;
	if (cp != AS_EMOJI && !unicode_has(cp, UNICODE_EMOJI_PRESENTATION))
		return false;
	return rules->of[TOKEN_EMOJI].action != TOKEN_KEEP;
}
