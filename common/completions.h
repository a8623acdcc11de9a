/* SPDX-License-Identifier: MIT
 * completions.h - what Tab offers in bash, zsh and fish, made from option rows.
 *
 * Offered are options with their help (bash shows none), the words of OPT_WORD, and file names where a value or
 * an operand is a file. A row says so by its kind (OPT_INPUT, OPT_INPUTS, OPT_DOCUMENTS, OPT_OUTPUT) or by what it calls its value: FILE, PATH; DIR and
 * FOLDER are folders. */
#ifndef GHIRBAL_COMPLETIONS_H
#define GHIRBAL_COMPLETIONS_H

#include "common/opts.h"

/* A command line to be completed. */
struct completed {
	const char *program; /* as it is installed and typed */
	const struct opt_table *tables;
	size_t table_count;
	/* Where the first operand is special: the option that prints what it may be (a name, a tab, what that is),
	 * and the end of the names of files that it may be besides. NULL: all operands are files. */
	const char *list, *suffix;
};

/* Appends a script, to be read by the shell when the program is first completed. */
void completions_bash(struct buf *into, const struct completed *completed);
void completions_zsh(struct buf *into, const struct completed *completed);
void completions_fish(struct buf *into, const struct completed *completed);

#endif
