/* SPDX-License-Identifier: MIT
 * fields.h - which keys a map of the pipeline language may have, as rows.
 *
 * What the checker knows of the language's shape is these rows, so a key that is accepted but
 * unknown to the documentation, or the other way round, cannot exist. */
#ifndef RUN_PIPELINE_FIELDS_H
#define RUN_PIPELINE_FIELDS_H

#include "yaml.h"

enum shape {
	SHAPE_LINE, /* text on one line, not empty, without NUL */
	SHAPE_TEXT, /* any text, empty too when quoted */
	SHAPE_TEXTS, /* a text or a list of texts */
	SHAPE_LIST,
	SHAPE_MAP,
};

struct field {
	const char *name;
	enum shape shape;
	bool required;
	size_t at; /* offset of a `const struct node *` in the struct that fields_read fills */
	const char *help; /* one sentence, no capital, no full stop */
};

/* Fills `into` with the members of `map`, NULL for what is not there. `fields` ends with a row
 * without name; `what` names the map in sentences: "a stage". False with `trouble` at the first key
 * or value that does not fit. */
bool fields_read(const struct node *map, const struct field *fields, const char *what, void *into,
	struct trouble *trouble);

/* Whether `node` has this shape; false with `trouble`, which calls it `name`. */
bool shape_check(const struct node *node, enum shape shape, const char *name, struct trouble *trouble);

/* Whether `node`, a text, can be a name: a letter a-z, then letters, digits, '-' and '_'. False with `trouble`, where
 * `what` is the subject of the sentence. */
bool name_check(const struct node *node, const char *what, struct trouble *trouble);

#endif
