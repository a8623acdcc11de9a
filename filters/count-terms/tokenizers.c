/* SPDX-License-Identifier: MIT
 * tokenizers.c - documents in, the words of each line out, by several threads. */
#include "filters/count-terms/tokenizers.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/own_rules.h"

struct tokenizers_member {
	struct word_lines lines;
	struct own_rules own; /* of all but the first */
};

static bool hired(void *at, size_t members);
static void work(void *at, size_t member, struct batch *batch);
static bool done(void *at, struct batch *batch);

static void member_init(struct tokenizers *tokenizers, size_t number, const struct vocabulary_rules *words)
{
	const struct tokenizers_rules *rules = &tokenizers->rules;

	word_lines_init(&tokenizers->members[number].lines, words, rules->segment, rules->scan,
		rules->host->secret, rules->memory / rules->threads);
}

void tokenizers_init(struct tokenizers *tokenizers, const struct tokenizers_rules *rules, struct diag *why)
{
	*tokenizers = (struct tokenizers){ .rules = *rules, .why = why, .open = 1 };
	tokenizers->members = mem_new(rules->threads, sizeof(*tokenizers->members));
	tokenizers->shares.rules = (struct shares_rules){ .threads = rules->threads,
		.bytes = rules->batch,
		.hired = hired,
		.work = work,
		.done = done,
		.ctx = tokenizers };
	member_init(tokenizers, 0, &rules->words);
}

void tokenizers_release(struct tokenizers *tokenizers)
{
	shares_release(&tokenizers->shares);
	for (size_t i = 0; i < tokenizers->open; i++) {
		word_lines_release(&tokenizers->members[i].lines);
		own_rules_release(&tokenizers->members[i].own);
	}
	free(tokenizers->members);
	buf_release(&tokenizers->out);
}

static bool hired(void *at, size_t members)
{
	struct tokenizers *tokenizers = at;

	for (; tokenizers->open < members; tokenizers->open++) {
		struct tokenizers_member *member = &tokenizers->members[tokenizers->open];

		if (!own_rules_open(&member->own, &tokenizers->rules.words, tokenizers->rules.host,
			    tokenizers->why)) {
			own_rules_release(&member->own);
			return false;
		}
		member_init(tokenizers, tokenizers->open, &member->own.rules);
	}
	return true;
}

/* What was written goes to `to`. */
static void take(struct word_lines *lines, struct buf *to)
{
	buf_add(to, buf_span(&lines->out));
	buf_clear(&lines->out);
}

static void work(void *at, size_t number, struct batch *batch)
{
	struct tokenizers *tokenizers = at;
	struct word_lines *lines = &tokenizers->members[number].lines;

	for (size_t i = 0; i < batch->count; i++) {
		word_lines_text(lines, batch_text(batch, i));
		if (batch->parts[i].ends)
			word_lines_end(lines);
	}
	take(lines, &batch->out);
}

static bool done(void *at, struct batch *batch)
{
	struct tokenizers *tokenizers = at;

	buf_add(&tokenizers->out, buf_span(&batch->out));
	return true;
}

bool tokenizers_begin(struct tokenizers *tokenizers, uint64_t ordinal)
{
	return tokenizers->rules.threads == 1 || shares_begin(&tokenizers->shares, ordinal, SPAN(""));
}

bool tokenizers_text(struct tokenizers *tokenizers, struct span piece)
{
	struct word_lines *lines = &tokenizers->members[0].lines;

	if (tokenizers->rules.threads > 1)
		return shares_text(&tokenizers->shares, piece);
	word_lines_text(lines, piece);
	take(lines, &tokenizers->out);
	return true;
}

bool tokenizers_end(struct tokenizers *tokenizers)
{
	struct word_lines *lines = &tokenizers->members[0].lines;

	if (tokenizers->rules.threads > 1)
		return shares_end(&tokenizers->shares) && shares_flush(&tokenizers->shares);
	word_lines_end(lines);
	take(lines, &tokenizers->out);
	return true;
}

uint64_t tokenizers_words(const struct tokenizers *tokenizers)
{
	uint64_t words = 0;

	for (size_t i = 0; i < tokenizers->open; i++)
		words += tokenizers->members[i].lines.words;
	return words;
}
