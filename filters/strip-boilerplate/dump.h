/* SPDX-License-Identifier: MIT
 * dump.h - documents that are the text of a whole page: most of their lines are debris, and no list of phrases
 * names them all.
 *
 * There are two regimes. In what an extractor or a careful scraper left, a debris line is rare, and only explicit
 * evidence acts (judge.c alone). In a dump the line model scores every line, with all its neighbourhood in view
 * and explicit evidence among what it sees; what it scores as debris goes, what it scores as body stays, and
 * a second model picks the headline out of the lines in front of the body. Which of
 * the two a document is, it shows by itself: a dump has debris in plenty by the model's own account, and enough
 * body to tell it from. A list, a poem or a table, which has no body by its looks, is left alone. */
#ifndef GHIRBAL_STRIP_DUMP_H
#define GHIRBAL_STRIP_DUMP_H

#include "model.h"

/* How boldly to cut: CAREFUL never asks the model. */
enum level { LEVEL_CAREFUL, LEVEL_NORMAL, LEVEL_EAGER };

/* What the document at hand is; its first window tells. */
enum regime { REGIME_UNKNOWN, REGIME_RESIDUE, REGIME_DUMP };

/* Owns its memory. Starts as zero bytes with `level` and `cpu` set. */
struct dump {
	enum level level;
	enum cpu cpu;
	enum regime regime; /* set to REGIME_UNKNOWN by who begins a document */
	struct model model; /* of lines: how sure to be body */
	struct model headline; /* of lines in front of the body: how sure to be its headline */
	struct page page;
	int16_t *scores;
	size_t cap;
};

/* Judges the lines of a window anew if they are those of a dump: sets their rules and scores. */
void dump_judge(struct dump *dump, struct line *lines, const struct trait *traits,
	const struct topics *topics, size_t count);

void dump_release(struct dump *dump);

#endif
