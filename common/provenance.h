/* SPDX-License-Identifier: MIT
 * provenance.h - what became of every byte: --explain, --rejected and the counts of --stats.
 *
 * A filter that selects hands every byte of a document to its sink, in order: what it keeps to put, what it
 * leaves out to drop, with the decision behind it. So kept and dropped parts tile the document by
 * construction, and the one place that counts offsets is here.
 *
 * A decision may come before that on a few bytes in front of it (sink_drop_ahead); lines of the files stand in
 * the order in which decisions fell.
 *
 * The files are tab-separated, a line a part: ordinal of the document (from 1), its id (the file's name; the
 * member `id` of a record; else nothing), line (from 1), first byte and the byte behind the last (of the
 * document's validated text, from 0), action, rule, score, and the text, escaped: \t, \n, \r, \\ and \u{XXXX}
 * for other controls. Action is keep, or what the filter says (drop, cut). Kept text stands line by line in
 * --explain; --rejected has only what was left out. */
#ifndef GHIRBAL_PROVENANCE_H
#define GHIRBAL_PROVENANCE_H

#include "common/filter.h"
#include "common/lines.h"

/* How often a rule decided, and over how many bytes. */
struct rule_count {
	const char *rule; /* borrowed from the decision */
	uint64_t parts, bytes;
	uint64_t document_parts; /* of the current document */
};

/* Zero bytes but for the files make one. */
struct provenance {
	const struct opt_output *explain, *rejected; /* borrowed; NULL: not wanted */
	struct sink to; /* where kept text goes on to */
	struct span id; /* of the current document; borrowed while it lasts */
	uint64_t ordinal, line, at; /* the current document; place of the next byte */
	uint64_t undecided, beyond, beyond_lines; /* bytes that wait from `at`; left out behind them */
	struct lines kept; /* the line at hand, for --explain */
	uint64_t kept_at, kept_line; /* where that line starts */
	uint64_t bytes_out, lines_out; /* kept, in the whole run */
	struct buf row;
	struct rule_count *counts; /* in order of their rules */
	size_t count_count;
};

/* A document begins. */
void provenance_begin(struct provenance *provenance, uint64_t ordinal, struct span id);

/* The document is over, whether or not it was put out. */
enum flow provenance_end_document(struct provenance *provenance);

/* A sink in front of provenance->to that notes what goes through. */
struct sink provenance_sink(struct provenance *provenance);

void provenance_release(struct provenance *provenance);

#endif
