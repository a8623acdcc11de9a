/* SPDX-License-Identifier: MIT
 * drive.h - one run of one filter: what filter.c, drive.c and sources.c share. Not for filters.
 *
 * The life of a document: sources.c opens what holds it, record.c reads it in pieces (with JSON Lines jsonl.c
 * takes it out of its record), drive.c makes it valid and calls the filter, provenance.c notes what became of
 * it, and output.c writes it (or jsonl.c back into its record). */
#ifndef GHIRBAL_DRIVE_H
#define GHIRBAL_DRIVE_H

#include "common/common_options.h"
#include "common/jsonl.h"
#include "common/named.h"
#include "common/output.h"
#include "common/piece.h"
#include "common/progress.h"
#include "common/provenance.h"
#include "common/record.h"
#include "common/reread.h"
#include "common/utf8.h"

enum { TALLIES = 64 }; /* numbers a filter may count, repairs among them */

/* How many bad records are too many: a number, or a share of all. */
struct max_bad {
	bool is_set, is_percent;
	double most;
};

struct drive {
	const struct filter *filter;
	struct filter_options options;
	struct opt_texts operands;
	struct buf names; /* what --files0-from gave */
	void *state;
	bool is_open; /* the filter's open was called */
	bool raw; /* the filter mends UTF-8 itself */
	bool has_names; /* --files0-from was read */
	bool is_twice; /* the filter previews */
	bool in_preview; /* and does so now: nothing is written, counted or said */
	bool in_reference; /* what is shown is of a file that an option names */
	struct spool_place spools; /* temporary files of the run */
	struct reread reread;

	enum framing reads;
	struct record_reader reader;
	struct jsonl jsonl;
	struct utf8_repair repair;
	struct max_bad max_bad;

	struct sink sink; /* where the filter puts documents */
	struct provenance provenance;
	bool is_traced; /* the sink is the provenance's */
	struct output output;
	struct named_outputs named; /* what is written beside the documents */

	struct file_piece piece; /* what is read of it; without a name: all */
	const char *source; /* file at hand, NULL for standard input */
	bool at_start; /* nothing of the current document was read yet */
	bool looks_foreign; /* a document was mostly ill-formed */
	uint64_t documents, mended_documents, rejected; /* rejected: records */
	uint64_t bytes_in, lines_in; /* of the documents' text; lines for --stats only */
	uint64_t tallies[TALLIES]; /* what had been counted when the last document was annotated */
	double started; /* on the clock that only goes forward, seconds */
	struct progress progress;
	uint64_t raw_in; /* bytes read, told to who wants to know */
	double told; /* when, on that clock */

	struct diag why;
	enum status status;
};

/* Prints a message of this run. `place` may be NULL. */
void drive_report(struct drive *drive, const char *place, const char *sentence);

/* Prints what is said of the document at hand, and where that is; but a failed write is nothing the document
 * did. */
void drive_report_document(struct drive *drive, const char *sentence);

/* Prints drive->why and sets the status. Returns false. */
bool drive_fail(struct drive *drive, enum status status);

/* Who takes the documents that a reader finds. */
struct record_handler drive_handler(struct drive *drive);

/* Who takes the documents that JSON Lines hold. */
struct jsonl_handler drive_jsonl_handler(struct drive *drive);

/* The end of a good run: says what was mended, judges a share of bad records. False when they are too many. */
bool drive_sum_up(struct drive *drive);

/* Reads everything the command line names. */
enum flow drive_sources(struct drive *drive);

/* Tells --progress-to how far the run is. FLOW_FAIL when it cannot be told. */
enum flow drive_tell(struct drive *drive);

/* Appends what --annotate says of the document at hand, one JSON object: what was mended and left out, and what
 * the filter counted. `drive` is the struct. */
void drive_annotate(void *drive, struct buf *into);

/* Appends what --stats says, one JSON object. */
void drive_stats(struct buf *into, const struct drive *drive);

#endif
