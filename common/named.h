/* SPDX-License-Identifier: MIT
 * named.h - the files that options name: read before a filter opens, written while it runs. For drivers.
 *
 * What an option writes goes through output.h: a new or regular file appears when all went well, anything else is
 * written straight. No two outputs of a run, documents among them, may be one file, and none may be a file that
 * the run reads; the documents alone may replace what they were read from. */
#ifndef GHIRBAL_NAMED_H
#define GHIRBAL_NAMED_H

#include "common/output.h"

struct named_output {
	const struct opt *row;
	struct opt_output *value; /* the option's */
	struct output output;
	struct sink sink; /* what value->to points to */
	bool is_abandoned; /* it is not put in place: that would take an input away */
};

/* Zero bytes make an empty one. */
struct named_outputs {
	struct named_output *files;
	size_t count;
};

/* Reads every file that an option names as input, whole; opens those of documents. False with `why` when one cannot be read or is larger than
 * its row allows. */
bool named_inputs_read(const struct opt_table *tables, size_t count, struct diag *why);

/* Opens every file that an option updates, as far as it is there, to be read while the run lasts. False with `why`
 * likewise. */
bool named_outputs_read(const struct opt_table *tables, size_t count, struct diag *why);

/* How many options read standard input. */
size_t named_inputs_from_stdin(const struct opt_table *tables, size_t count);

/* Opens every file that an option names as output. `documents` is where documents go. False with `why` when one cannot
 * be written; `*clash` says that it was because of another file of the run. `outputs` must not move until
 * named_outputs_close, and `why` stay as long: a failed write fills it. */
bool named_outputs_open(struct named_outputs *outputs, const struct opt_table *tables, size_t count,
	const struct output *documents, struct diag *why, bool *clash);

/* Whether `file`, which is to be read, would be replaced by an output or is one: returns its option, NULL if not. That
 * output is put in place no more. */
const char *named_outputs_spare(struct named_outputs *outputs, const struct stat *file);

/* Whether a write failed. */
bool named_outputs_failed(const struct named_outputs *outputs);

/* Hands everything written so far to the system. */
bool named_outputs_flush(struct named_outputs *outputs);

/* Closes all. `done` says that the run went well: where it did not, files are not put in place, but for those whose
 * rows say so. False with `why` when something could not be written. */
bool named_outputs_close(struct named_outputs *outputs, bool done);

/* Closes all that is open and puts nothing in place: the run never began. */
void named_outputs_drop(struct named_outputs *outputs);

#endif
