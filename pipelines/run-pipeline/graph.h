/* SPDX-License-Identifier: MIT
 * graph.h - a plan as a picture: a box for each stage, a frame around the stages of a nested pipeline.
 *
 * A stage that needs more of the stream than the document at hand (no CONTRACT_MAP) has a double border. */
#ifndef RUN_PIPELINE_GRAPH_H
#define RUN_PIPELINE_GRAPH_H

#include "plan.h"

enum graph_kind {
	GRAPH_DOT, /* graphviz.org, the DOT language */
	GRAPH_MERMAID, /* mermaid.js.org, a flowchart */
};

/* The words of enum graph_kind, in its order, for an option row (options.c). */
extern const char *const graph_words[];

void graph_add(struct buf *into, const struct plan *plan, enum graph_kind kind);

#endif
