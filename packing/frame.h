/* SPDX-License-Identifier: MIT
 * frame.h - what pack-docs and unpack-docs have in common: a command line, operands, messages, a status. */
#ifndef PACKING_FRAME_H
#define PACKING_FRAME_H

#include "common/opts.h"
#include "common/progress.h"

struct packing_options {
	const char *field, *id, *files0_from;
	int64_t max_record; /* bytes */
	bool progress, help, version;
};

/* The rows of both programs; each has more of its own, <name>_rows. */
extern const struct opt packing_rows[];

/* The words of --help. */
struct about {
	const char *name;
	const char *usage; /* lines; the first is the synopsis */
	const char *statuses; /* what else 3 means */
};

enum { FRAME_TABLES = 2 };

/* One run. */
struct frame {
	const struct about *about;
	struct packing_options options;
	struct opt_table tables[FRAME_TABLES];
	struct opt_texts operands;
	struct buf names; /* what --files0-from gave */
	size_t next; /* operand, or byte of names */
	struct progress progress;
	struct diag why;
	enum status status;
};

/* Reads the command line. `own` are the program's own values for `own_rows`. True when there is work to do;
 * else everything has been said, and frame_end gives the status. */
bool frame_begin(struct frame *frame, const struct about *about, const struct opt *own_rows, void *own,
	int argc, char **argv);

/* The next operand, from the command line or --files0-from; NULL behind the last. Borrowed. */
const char *frame_next(struct frame *frame);

/* Says what happened where (`place` may be NULL) and remembers that it did. STATUS_DONE is only said. */
void frame_report(struct frame *frame, enum status status, const char *place, const char *sentence);

/* The same for a failed call: "cannot VERB: " and what errno says. */
void frame_failed(struct frame *frame, const char *place, const char *verb);

/* Frees everything; the exit status. */
int frame_end(struct frame *frame);

#endif
