/* SPDX-License-Identifier: MIT
 * tokenizers.h - documents in, the words of each line out (word_lines.h), by as many threads as there are.
 *
 * What is written is in the order of the text, and a document's words are all there when it ends; so several threads work on one
 * document at a time, in batches (shares.h), and a document of less than a batch is one thread's. */
#ifndef GHIRBAL_TOKENIZERS_H
#define GHIRBAL_TOKENIZERS_H

#include "filters/count-terms/shares.h"
#include "filters/count-terms/word_lines.h"

struct tokenizers_rules {
	struct vocabulary_rules words;
	enum segment segment;
	const struct word_scan *scan; /* borrowed */
	const struct host *host; /* borrowed until tokenizers_release */
	size_t memory; /* bytes, of all vocabularies together */
	size_t batch; /* bytes */
	size_t threads; /* at least 1 */
};

struct tokenizers_member;

/* tokenizers_init makes it; it must not move. */
struct tokenizers {
	struct tokenizers_rules rules;
	struct tokenizers_member *members; /* one for each thread; the first is always there */
	size_t open; /* members that can work */
	struct shares shares;
	struct buf out; /* what was made of the text so far; the owner takes it and clears it */
	struct diag *why;
};

void tokenizers_init(struct tokenizers *tokenizers, const struct tokenizers_rules *rules, struct diag *why);

/* These are false with `why`. */
bool tokenizers_begin(struct tokenizers *tokenizers, uint64_t ordinal);
bool tokenizers_text(struct tokenizers *tokenizers, struct span piece);
bool tokenizers_end(struct tokenizers *tokenizers);

uint64_t tokenizers_words(const struct tokenizers *tokenizers);

void tokenizers_release(struct tokenizers *tokenizers);

#endif
