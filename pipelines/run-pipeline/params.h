/* SPDX-License-Identifier: MIT
 * params.h - the parameters of a pipeline: their types, their values, and `${name}` replaced by
 * them.
 *
 * A value is always text that fits the type. Strings in params live as long as the arena they were
 * read with. */
#ifndef RUN_PIPELINE_PARAMS_H
#define RUN_PIPELINE_PARAMS_H

#include "common/diag.h"
#include "fields.h"

enum param_type { PARAM_STRING, PARAM_INTEGER, PARAM_NUMBER, PARAM_BOOLEAN, PARAM_ENUM, PARAM_PATH };

/* The words of enum param_type, in its order; ends with NULL. */
extern const char *const param_types[];

/* The keys of a parameter's map; ends with a row without name. */
extern const struct field param_fields[];

struct param {
	const char *name;
	struct place place; /* of the name */
	enum param_type type;
	const char *help; /* "" when none is given */
	const char *initial, *value; /* NULL: none */
	double low, high; /* of integers and numbers; infinite where open */
	const char **words; /* PARAM_ENUM; ends with NULL */
	struct param *next;
};

/* Reads `params:` of a pipeline; `node` NULL leaves *params NULL. */
bool params_read(
	struct arena *arena, const struct node *node, struct param **params, struct trouble *trouble);

struct param *params_find(struct param *params, struct span name);

/* The name most like `name`; NULL when none is near. */
const char *params_nearest(const struct param *params, struct span name);

/* Gives `param` the value `text`. False with `why` when it does not fit the type. */
bool param_set(struct arena *arena, struct param *param, const char *text, struct diag *why);

/* Whether `word` says yes or no, in YAML's words for it; `*yes` tells which. */
bool boolean_read(const char *word, bool *yes);

/* The text of a node with every `${name}` replaced by its value and every `$$` by `$`, followed by
 * a NUL. What a value holds is not looked at again. NULL with `trouble`. */
const char *params_expand(
	struct arena *arena, struct param *params, const struct node *text, struct trouble *trouble);

/* `path` as seen from the folder of `source`; itself when it is absolute. */
const char *path_beside(struct arena *arena, const struct source *source, const char *path);

#endif
