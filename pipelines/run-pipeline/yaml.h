/* SPDX-License-Identifier: MIT
 * yaml.h - a YAML file as a tree of nodes that know where they stand.
 *
 * Built on the events of libyaml (YAML 1.1). Everything is text: what a text means is decided by
 * whoever reads the tree, so `no` stays `no`. Refused, with the place: syntax errors, ill-formed
 * UTF-8, an empty file, several documents, directives, anchors, aliases, tags, keys that are not
 * text, keys given twice, nesting deeper than YAML_DEPTH, files of more than YAML_BYTES. Depth is
 * watched while events are read, for libyaml 0.2.5 takes quadratic time on deep flow nesting. */
#ifndef RUN_PIPELINE_YAML_H
#define RUN_PIPELINE_YAML_H

#include "common/arena.h"
#include "trouble.h"

enum { YAML_DEPTH = 32, YAML_BYTES = 1 << 20 };

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	bool absent; /* a text that was not written at all: `key:` */
	struct place place;
	size_t end; /* offset in the file just behind the node */
	struct span text; /* NODE_TEXT; followed by a NUL, and may hold one */
	const struct node *key; /* of a member of a map, else NULL */
	struct node *first, *next; /* items or members, in order; what follows in the same parent */
	size_t count; /* how many items or members */
};

/* The root of `source`, which must outlive the arena's content; NULL with `trouble` when it is
 * refused. */
const struct node *yaml_read(struct arena *arena, const struct source *source, struct trouble *trouble);

/* The member of a map called `key`; NULL when there is none. */
const struct node *node_member(const struct node *map, struct span key);

#endif
