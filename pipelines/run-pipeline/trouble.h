/* SPDX-License-Identifier: MIT
 * trouble.h - what is wrong with a pipeline, and where.
 *
 * A trouble is text ready to print: "file:line:column: sentence", the line of the file, a caret
 * under the culprit; then notes of the same shape (where a bracket opened, which file included this
 * one). Lines are counted as editors do, by line feeds; columns are characters, both from 1. */
#ifndef RUN_PIPELINE_TROUBLE_H
#define RUN_PIPELINE_TROUBLE_H

#include "common/buf.h"

/* A file of YAML. Both are borrowed and outlive every place in it. */
struct source {
	const char *name; /* as the user gave it */
	struct span text;
};

struct place {
	const struct source *source;
	size_t offset; /* bytes */
};

struct trouble {
	struct buf text; /* empty: no trouble; the caller releases it */
};

#define TROUBLE_INIT ((struct trouble){ BUF_INIT })

/* The line a place is on, from 1. */
size_t place_line(struct place place);

/* The column of a place, from 1. */
size_t place_column(struct place place);

/* Appends a sentence about `place`, and the place itself drawn. Returns false, so that a check can
 * end with `return trouble_at(…)`. */
bool trouble_at(struct trouble *trouble, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As trouble_at, but on one line, without the drawing: for what happens while running. */
bool trouble_on(struct trouble *trouble, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Appends a sentence about `name` as a whole. Returns false. */
bool trouble_in(struct trouble *trouble, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints it on stderr behind the program's name. */
void trouble_print(const struct trouble *trouble);

#endif
