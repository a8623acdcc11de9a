/* SPDX-License-Identifier: MIT
 * drive.h - a driver over arrays, for unit tests and fuzzers: documents in memory in, documents in memory
 * out.
 *
 * Keeps the promises of filter.h and nothing more. Text is handed over as it is: it must be valid UTF-8
 * unless the filter reads raw bytes. */
#ifndef GHIRBAL_TESTS_DRIVE_H
#define GHIRBAL_TESTS_DRIVE_H

#include "common/filter.h"

/* How to cut documents into pieces. */
struct cutting {
	size_t longest; /* bytes; 0: the whole document is one piece. Characters are never split */
	unsigned seed; /* not 0: pieces of random lengths up to the longest */
};

/* A file in memory. As an input it is read where an option names it; as an output it gets what is written. */
struct driven_file {
	const char *name;
	struct buf text; /* the caller's to release */
};

/* Files that options may name. There are no others: reading one that is not here fails as it does where a file is
 * missing, and what is written to one is lost. */
struct driven_files {
	struct driven_file *items;
	size_t count;
};

/* What came out. */
struct driven {
	enum flow flow; /* FLOW_FAIL: `why` says more */
	struct diag why;
	size_t documents;
	struct buf text; /* documents, each ended by a NUL; newline added as output.h says */
};

/* Runs `filter` with `words` (options as on a command line, ends with NULL; NULL: none) over `input`, whose
 * documents are ended by NUL when `reads` is FRAMING_ZERO. Release with driven_release. */
struct driven drive(const struct filter *filter, const char *const *words, enum framing reads,
	struct span input, struct cutting cutting);

/* Drives one document in text framing with no cuts and returns its text, NUL-terminated and owned by
 * `driven`, which the caller releases. */
const char *drive_text(
	struct driven *driven, const struct filter *filter, const char *const *words, const char *input);

/* As `drive`, with files. */
struct driven drive_with(const struct filter *filter, const char *const *words, struct driven_files files,
	enum framing reads, struct span input, struct cutting cutting);

void driven_release(struct driven *driven);

/* For a host: spools in memory. */
extern const struct spool_place driving_spools;

/* --- the same in parts, for who wants its own sink or another host -------------------------------------- */

/* A filter that is open. */
struct driving;

/* NULL with `why` when the filter refuses. Close with driving_close, until which the files must stay. */
struct driving *driving_open(const struct filter *filter, const char *const *words,
	struct driven_files files, const struct host *host, struct diag *why);

/* What the filter says of itself under these options. */
bool driving_reads_raw(const struct driving *driving);
enum contract driving_contract(const struct driving *driving);

/* One document, cut. A filter that previews sees it, and nothing else, beforehand; with driving_documents all. */
enum flow driving_document(struct driving *driving, struct span text, struct cutting cutting,
	struct sink out, struct diag *why);

/* All documents of `input`, framed as the host has it. */
enum flow driving_documents(struct driving *driving, struct span input, struct cutting cutting,
	struct sink out, struct diag *why);

/* The stream is over: once, after the last document. */
enum flow driving_finish(struct driving *driving, struct sink out, struct diag *why);

void driving_close(struct driving *driving);

/* A sink that fills `driven`, which starts as zero bytes and must not move. */
struct sink driven_sink(struct driven *driven);

#endif
