/* SPDX-License-Identifier: MIT
 * command.h - a plan's stages as commands: which program, which words, for given inputs and
 * framing.
 *
 * Between filters every document ends in a NUL, so boundaries survive; what enters the first and
 * leaves the last stage is framed as the user asked, and so is what a program that is no filter reads and writes. */
#ifndef RUN_PIPELINE_COMMAND_H
#define RUN_PIPELINE_COMMAND_H

#include "batches.h"
#include "ledger.h"
#include "plan.h"
#include "tees.h"

struct command {
	const struct stage *stage;
	const char **argv; /* argv[0] is the path of the program; ends with NULL */
	size_t argc;
	struct account *account; /* where what it uses is noted; NULL: nowhere */
	const struct copy *copy; /* where what it writes is copied; NULL: nowhere */
	struct entry_paths paths; /* the FIFOs that it is told to write to */
};

/* What goes in and how documents are told apart outside of the pipeline. */
struct wiring {
	const char *const *files; /* operands of the first stage, as they are */
	size_t file_count;
	const char *files0_from; /* or this option of it; NULL: none */
	const struct batch *batch; /* or these documents, which are some of many; NULL: all there are */
	bool zero_in, zero_out;
	bool decompress; /* files that are compressed, by their names, are read through their programs */
	bool jsonl, annotate; /* records throughout: framing in, out and between */
	const char *field, *bad_records; /* options of that; NULL: not given */
	struct buf
		*bad_to; /* `bad_records` is a FIFO, and what comes there goes here; NULL: it is a file */
	struct output *bad_file; /* where all of that goes in the end; NULL likewise */
	struct tees *tees; /* NULL: there are none */
	struct ledger *ledger; /* NULL: nobody asks what stages use and count */
};

/* Commands for all stages, plan->stage_count of them, in `arena`. A program is looked for beside
 * our own, then in PATH; where there is none, NULL with `trouble` naming the stage. */
struct command *commands_make(
	struct arena *arena, const struct plan *plan, const struct wiring *wiring, struct trouble *trouble);

/* Appends one line for bash that does what a run would do, and its newline. `output` is where it
 * goes, NULL for standard output. Copies have the names that copy->name says. */
void commands_print(struct buf *into, const struct command *commands, size_t count, const char *output);

#endif
