/* SPDX-License-Identifier: MIT
 * offsets.h - where each sentence stands in its document: --offsets, --annotate and --explode.
 *
 * Splitting changes white space only. It tells its sink what it changes: white space that goes comes to drop, and a
 * line end that comes is put through one of the functions here. So a sink that counts sees every byte of the
 * document once, in order, and knows which of the line ends are made.
 *
 * A row for each line written that is not blank, separated by tabs: document (1 for the first), paragraph (a line of
 * the document that is not blank, 1 for the first), sentence (1 for the first of its paragraph), then from 0 and half
 * open the bytes and the characters (code points) it has in the document's validated text. */
#ifndef GHIRBAL_SPLIT_SENTENCES_OFFSETS_H
#define GHIRBAL_SPLIT_SENTENCES_OFFSETS_H

#include "common/filter.h"

/* White space that goes. */
enum flow drop_gap(struct sink out, struct span gap);

/* A line end in the place of `gap`, between two sentences of a line. */
enum flow put_sentence_end(struct sink out, struct span gap);

/* A line end in the place of one that is not LF. */
enum flow put_line_end(struct sink out, struct span old);

/* A space in the place of white space that was dropped. */
enum flow put_word_space(struct sink out);

/* Whether `piece` was put by one of these, and whether by put_sentence_end. */
bool is_made(struct span piece);
bool is_sentence_end(struct span piece);

struct offsets_place {
	uint64_t byte, character;
};

/* Zero bytes but for the first group make one. */
struct offsets {
	const struct opt_output *to; /* borrowed; NULL: no rows are written */
	bool remembers; /* rows are kept for offsets_annotate */
	bool explodes; /* each sentence is a part of its document; line ends and blank lines go nowhere */
	const char *mark; /* a line that is no sentence, known by its address; NULL: there is none */

	struct sink out; /* where text goes on to */
	uint64_t document, paragraph, sentence;
	uint64_t number; /* of the sentence in its document */
	struct offsets_place at, start, end; /* the next byte; the sentence at hand */
	bool in_line; /* the line being written has bytes */
	bool has_text; /* not all of them white space */
	bool in_paragraph; /* the line being read had a sentence */
	struct buf row, remembered;
};

void offsets_begin(struct offsets *offsets, uint64_t document);

/* The sink to split into, so that text goes on to `out`. */
struct sink offsets_sink(struct offsets *offsets, struct sink out);

/* The document is over: tells of the last sentence. */
enum flow offsets_end(struct offsets *offsets);

/* Appends a member of JSON, "offsets": an array for each sentence of the document, the numbers of its row but the
 * first. */
void offsets_annotate(const struct offsets *offsets, struct buf *into);

void offsets_release(struct offsets *offsets);

#endif
