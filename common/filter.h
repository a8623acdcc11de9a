/* SPDX-License-Identifier: MIT
 * filter.h - a filter: a constant table and pure functions over documents that arrive in pieces.
 *
 * A filter opens nothing and prints nothing. Its driver (filter_main for a program; a unit test or a fuzzer
 * elsewhere) reads the input, makes it valid UTF-8, hands it over and writes what comes back.
 *
 * What a driver promises:
 * - open once; then the documents of files that options name (doc_info.is_reference); then for each document begin, text any number of times, end; then finish; close always,
 *   also after a failure.
 * - A piece is not empty, is borrowed until text returns, and never splits a character. Pieces are whole
 *   lines, or a part of one where a line is longer than a block or the document ends without a newline.
 * - Text is valid UTF-8 without NUL, unless the filter reads raw bytes.
 * - `state` and `options` are allocated by the driver; state starts as zero bytes.
 *
 * What a filter promises:
 * - The same output however the input was cut into pieces.
 * - Each output document is closed by sink_end, or by sink_part where several come of one. A newline that the last line lacks is added by the driver.
 * - FLOW_FAIL only with `why` filled. FLOW_STOP from a sink is handed back at once. */
#ifndef GHIRBAL_FILTER_H
#define GHIRBAL_FILTER_H

#include "common/cpu.h"
#include "common/diag.h"
#include "common/opts.h"
#include "common/phases.h"
#include "common/spool.h"
#include "common/utf8.h"

enum flow {
	FLOW_MORE, /* go on */
	FLOW_STOP, /* whoever reads has enough; not an error */
	FLOW_FAIL, /* over; `why` says what happened */
};

/* Why a filter left something out. Static: a filter has one for each of its rules. */
struct decision {
	const char *action; /* drop (a line, a document) or cut (a part of a line) */
	const char *rule; /* a word, as the filter's page explains it */
	double score; /* how sure; 1 where the evidence is explicit */
};

/* A document of its own out of a part of the one at hand. */
struct part {
	const char *kind; /* what it is, a word */
	uint64_t number; /* which one of its document, from 1 */
	uint64_t start, end; /* bytes of the document's validated text, from 0, half open */
};

/* Where documents go. A filter that selects hands over every byte of a document in order, either to put or
 * to drop. */
struct sink {
	enum flow (*put)(void *ctx, struct span piece); /* the piece is borrowed during the call */
	enum flow (*end)(void *ctx); /* the document is complete */
	void *ctx;
	/* `undecided` stands in front of the piece and comes to put or drop later; mostly empty. */
	enum flow (*drop)(void *ctx, struct span undecided, struct span piece,
		const struct decision *why); /* NULL: nobody asks */
	/* What was put since the last part is one. NULL: it is a document like others. */
	enum flow (*part)(void *ctx, const struct part *part);
	/* Text that the document did not hold, from a filter that selects. NULL: put takes it. */
	enum flow (*add)(void *ctx, struct span piece);
};

static inline enum flow sink_put(struct sink out, struct span piece)
{
	return piece.len ? out.put(out.ctx, piece) : FLOW_MORE;
}

/* Leaves `piece` out, in front of which `undecided` waits: the one exception from the order of bytes. Until that
 * has come, nothing but pieces behind this one may be left out. */
static inline enum flow sink_drop_ahead(
	struct sink out, struct span undecided, struct span piece, const struct decision *why)
{
	return out.drop && piece.len ? out.drop(out.ctx, undecided, piece, why) : FLOW_MORE;
}

static inline enum flow sink_drop(struct sink out, struct span piece, const struct decision *why)
{
	return sink_drop_ahead(out, (struct span){ NULL, 0 }, piece, why);
}

/* Puts text that the document did not hold: who asks what became of its bytes does not count these. */
static inline enum flow sink_add(struct sink out, struct span piece)
{
	if (piece.len == 0)
		return FLOW_MORE;
	return out.add ? out.add(out.ctx, piece) : out.put(out.ctx, piece);
}

static inline enum flow sink_end(struct sink out)
{
	return out.end(out.ctx);
}

/* Closes a part: a filter that makes several documents of one calls this for each, and sink_end not at all. */
static inline enum flow sink_part(struct sink out, const struct part *part)
{
	return out.part ? out.part(out.ctx, part) : out.end(out.ctx);
}

/* Writes to a file that an option names; nothing where none is named. FLOW_FAIL, with `why` of the call filled,
 * is handed back at once, as with a sink. */
static inline enum flow opt_output_put(const struct opt_output *output, struct span text)
{
	return output->to ? sink_put(*output->to, text) : FLOW_MORE;
}

enum { DOC_MEMBERS = 4 }; /* a filter asks for no more */

/* What a member of the record says that a document comes from. */
struct doc_member {
	bool is_text; /* the member is there, and a string that stands for text */
	bool is_number; /* the member is there, and a number: `text` is how it is written */
	struct span text; /* valid UTF-8 without NUL; borrowed while the document lasts */
};

/* A document about to begin. */
struct doc_info {
	uint64_t ordinal; /* 1 for the first of the run */
	const char *name; /* the file it comes from, NULL for standard input */
	struct span id; /* what rows of --explain call it; borrowed while it lasts */
	bool is_reference; /* it is of a file that an option names (OPT_DOCUMENTS), and goes nowhere */
	bool is_preview; /* it is shown, and comes again: nothing put or dropped now goes anywhere */
	/* What the filter's members() asked for, in that order; NULL where documents are no records. */
	const struct doc_member *members;
	struct utf8_repair *repair; /* for filters that read raw bytes: how to mend UTF-8 */
};

/* How the documents of this run are delimited. */
enum framing {
	FRAMING_TEXT, /* one file, one document */
	FRAMING_ZERO, /* a NUL ends a document */
	FRAMING_JSONL, /* a line is a record, one of its strings the document */
};

/* What a filter may know of the machine and the run. */
struct host {
	enum cpu cpu;
	uint64_t secret; /* random; for hash tables only, it must never change output */
	enum framing reads; /* how the input is framed */
	bool counts; /* somebody will ask for counts: do not take ways that are quick because they do not count */
	bool annotates; /* somebody will ask for annotations */
	const struct spool_place
		*spools; /* where the filter's spools (spool.h) may be, until its close; never NULL */
};

/* What documents out have to do with documents in. */
enum contract {
	CONTRACT_MAP, /* one out for each in, from that one alone: may be done in parallel */
	CONTRACT_ALIGNED, /* one out for each in, but earlier ones matter, as where an opt_output tells of all */
	CONTRACT_WHOLE, /* a result of the whole stream, or not one out for each in: none, or several */
};

/* A lexicon, table or model of a filter, and the XXH3 of its bytes in hexadecimal. */
struct data_hash {
	const char *name, *xxh3;
};

struct filter {
	const char *name, *summary; /* the summary completes "NAME: ", no full stop */
	const char *usage; /* a paragraph for --help: what it does by default; ends in a newline */
	const struct opt *opts;
	size_t options_size, state_size; /* bytes */
	const struct data_hash *data; /* what is compiled in; ends with a row without name; NULL: nothing */
	bool selects; /* hands all bytes to put or drop: --explain and --rejected make sense */
	/* What these very options make of documents. */
	enum contract (*contract)(const void *options);
	/* NULL, or NULL for these options: none. What is no map, in steps that many machines can share (phases.h). Static. */
	const struct phase *(*phases)(const void *options);
	/* NULL: never. True where these options want the bytes as they are; the filter then mends UTF-8
	 * itself, through doc_info.repair. */
	bool (*reads_raw)(const void *options);
	/* NULL: none. Fills in the names of members of the outermost object of records, plain text, borrowed from
	 * the options, that these options want to see with each document; returns how many. Outside of records
	 * there are none: open should refuse what needs one. */
	size_t (*members)(const void *options, struct span names[DOC_MEMBERS]);
	/* NULL: never. True where these options want to have seen all documents before the first is written: they come
	 * by begin, text and end as previews, then all of them once more. */
	bool (*previews)(const void *options);
	enum flow (*open)(void *state, const void *options, const struct host *host, struct diag *why);
	enum flow (*begin)(void *state, const struct doc_info *doc, struct sink out, struct diag *why);
	enum flow (*text)(void *state, struct span piece, struct sink out, struct diag *why);
	/* The document is over. */
	enum flow (*end)(void *state, struct sink out, struct diag *why);
	/* The stream is over; may be NULL. */
	enum flow (*finish)(void *state, struct sink out, struct diag *why);
	/* Names what it counted, for --stats; may be NULL. */
	void (*counts)(
		const void *state, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx);
	/* NULL: never. True where these options want documents annotated as --annotate does. */
	bool (*annotates)(const void *options);
	/* Appends what else --annotate says of the document at hand, members of JSON; may be NULL. */
	void (*annotate)(const void *state, struct buf *into);
	void (*close)(void *state); /* may be NULL */
};

/* The program around a filter: reads argv, drives the documents, returns the exit status. */
int filter_main(const struct filter *filter, int argc, char **argv);

#endif
