/* SPDX-License-Identifier: MIT
 * news.h - sentences of news text, piece by piece.
 *
 * Text between candidates is only copied. At a terminator the word before it is read, the terminators,
 * quotes, brackets and footnotes behind it are attached, and CONTEXT_MAX bytes of what follows decide.
 * Besides, the last verdicts are remembered, for text that repeats itself; so memory is constant (a piece and a little more) and no text is slow. */
#ifndef GHIRBAL_SPLIT_SENTENCES_NEWS_H
#define GHIRBAL_SPLIT_SENTENCES_NEWS_H

#include "common/filter.h"
#include "filters/split-sentences/explain.h"
#include "filters/split-sentences/verdict.h"

/* What was decided at a terminator, and all that was seen: where text repeats itself it is not judged again. */
struct news_memo {
	uint64_t near; /* hash of the bytes around the terminator; what is looked for */
	const struct lexicon *of; /* whose verdict it is; NULL: none yet */
	size_t end, next; /* of the cluster, of the gap behind it, from the terminator on */
	bool cuts; /* the line does not end here by itself */
	struct verdict verdict;
	char seen[CONTEXT_MAX + 2 * CONTEXT_MAX]; /* in front of the terminator, and from there on */
};

/* A memo that counted, and where in `held`. */
struct news_step {
	const struct news_memo *memo;
	size_t hit;
};

/* Memos lie in sets of two: texts that repeat a hundred terminators are still followed. */
enum { NEWS_MEMO_SETS = 128, NEWS_CUTS = 256, NEWS_STEPS = 64 };

struct news {
	const struct lexicon *lexicon; /* borrowed */
	bool unwatched; /* the sink need not be told apart which line ends are made */
	enum cpu cpu;
	bool dots_end; /* --dots=break */
	struct explain explain;
	uint64_t base; /* where `held` starts in the document, bytes */
	struct buf held; /* up to CONTEXT_MAX bytes that are done with, then what is undecided */
	size_t at; /* where to go on in `held`; all before it is decided */
	size_t put; /* all before it has been put out */
	size_t cuts[NEWS_CUTS]; /* bytes of `held`, not yet put out, in whose place a line end comes */
	size_t cut_count;
	struct news_memo memos[NEWS_MEMO_SETS][2];
	uint8_t memo_newer[NEWS_MEMO_SETS]; /* which one of the two came last */
	struct news_step steps[NEWS_STEPS]; /* the terminators just before, one behind the other */
	size_t step_count;
	enum news_phase { NEWS_SCAN, NEWS_CLUSTER, NEWS_GAP, NEWS_SKIP } phase;
	struct cluster cluster;
	uint64_t cluster_at; /* byte of the document it starts at */
	bool final; /* no text follows */
	uint64_t tally[RULES]
		      [2]; /* how often each rule decided in the run: [1] sentences ended, [0] went on */
};

/* A document begins. */
void news_begin(struct news *news, const struct doc_info *doc);

enum flow news_text(struct news *news, struct span piece, struct sink out);

/* Decides and puts what is left. */
enum flow news_end(struct news *news, struct sink out);

/* Names what the rules decided, for struct filter. */
void news_counts(
	const struct news *news, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx);

void news_release(struct news *news);

#endif
