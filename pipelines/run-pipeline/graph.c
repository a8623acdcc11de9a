/* SPDX-License-Identifier: MIT
 * graph.c - boxes, arrows and frames in two notations. */
#include "graph.h"

/* How one notation writes things. `%zu` is the number of a stage or a frame. */
struct notation {
	const char *head, *frame_open, *frame_name, *frame_close, *tail;
	const char *stage_open, *line_break, *stage_close; /* the label stands between */
	const char *whole_open, *whole_close; /* instead, of a stage that needs the whole stream */
	const char *arrow, *first, *last; /* between stages; from what comes in; to what goes out */
	void (*add_text)(struct buf *into, const char *text);
};

static void add_dot_text(struct buf *into, const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_add_byte(into, '\\');
		buf_add_byte(into, (char)(*text == '\n' ? ' ' : *text));
	}
}

/* Characters that Mermaid or the HTML around it would take as its own are written by their numbers. */
static void add_mermaid_text(struct buf *into, const char *text)
{
	for (; *text; text++)
		if (strchr("\"#;<>&`", *text))
			buf_addf(into, "#%d;", *text);
		else
			buf_add_byte(into, (char)(*text == '\n' ? ' ' : *text));
}

static const struct notation notations[] = {
	[GRAPH_DOT] = { .head = "digraph pipeline {\n\trankdir=LR;\n\tnode [shape=box];\n"
				"\tin [shape=plaintext, label=\"documents\"];\n\tout [shape=plaintext, label=\"output\"];\n",
		.frame_open = "\tsubgraph cluster_%zu {\n\tlabel=\"",
		.frame_name = "\";\n",
		.frame_close = "\t}\n",
		.tail = "}\n",
		.stage_open = "\ts%zu [label=\"",
		.line_break = "\\n",
		.stage_close = "\"];\n",
		.whole_open = "\ts%zu [peripheries=2, label=\"",
		.whole_close = "\"];\n",
		.arrow = "\ts%zu -> s%zu;\n",
		.first = "\tin -> s%zu;\n",
		.last = "\ts%zu -> out;\n",
		.add_text = add_dot_text },
	[GRAPH_MERMAID] = { .head = "flowchart LR\n\tin([documents])\n\tout([output])\n",
		.frame_open = "\tsubgraph p%zu[\"",
		.frame_name = "\"]\n",
		.frame_close = "\tend\n",
		.tail = "",
		.stage_open = "\ts%zu[\"",
		.line_break = "<br>",
		.stage_close = "\"]\n",
		.whole_open = "\ts%zu[[\"",
		.whole_close = "\"]]\n",
		.arrow = "\ts%zu --> s%zu\n",
		.first = "\tin --> s%zu\n",
		.last = "\ts%zu --> out\n",
		.add_text = add_mermaid_text },
};

/* Appends `format` with every `%zu` replaced by a number of its own. */
static void add_numbered(struct buf *into, const char *format, size_t first, size_t second)
{
	const char *hit;

	for (; (hit = strstr(format, "%zu")); first = second, format = hit + 3) {
		buf_add(into, span_of(format, (size_t)(hit - format)));
		buf_addf(into, "%zu", first);
	}
	buf_add(into, span_from(format));
}

static void add_stage(
	struct buf *into, const struct notation *notation, const struct stage *stage, size_t number)
{
	bool is_whole = stage->contract != CONTRACT_MAP;

	add_numbered(into, is_whole ? notation->whole_open : notation->stage_open, number, 0);
	notation->add_text(into, stage->name);
	for (size_t i = 0; i < stage->word_count; i++) {
		buf_add(into, span_from(notation->line_break));
		notation->add_text(into, stage->words[i]);
	}
	buf_add(into, span_from(is_whole ? notation->whole_close : notation->stage_close));
}

/* --- frames --------------------------------------------------------------------------------------------- */

/* Nested pipelines that are open: the head of an id, up to and with a slash. */
struct frames {
	struct span ids;
	size_t opened; /* since the start, for numbers */
};

static size_t depth_of(struct span ids)
{
	size_t depth = 0;

	for (size_t i = 0; i < ids.len; i++)
		depth += ids.at[i] == '/';
	return depth;
}

static struct span ids_of(const struct stage *stage)
{
	const char *slash = strrchr(stage->id, '/');

	return span_of(stage->id, slash ? (size_t)(slash - stage->id) + 1 : 0);
}

/* How much of `a` and `b` is the same nested pipeline. */
static struct span shared_ids(struct span a, struct span b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++)
		if (a.at[i] == '/')
			shared = i + 1;
	return span_head(a, shared);
}

/* Leaves the frames that `ids` is not in, and enters those it is in. */
static void change_frames(
	struct buf *into, const struct notation *notation, struct frames *frames, struct span ids)
{
	struct span shared = shared_ids(frames->ids, ids), rest = span_skip(ids, shared.len);

	for (size_t left = depth_of(frames->ids) - depth_of(shared); left > 0; left--)
		buf_add(into, span_from(notation->frame_close));
	for (; rest.len; rest = span_skip(rest, span_find(rest, '/') + 1)) {
		struct buf name = BUF_INIT;

		buf_add(&name, span_head(rest, span_find(rest, '/')));
		add_numbered(into, notation->frame_open, ++frames->opened, 0);
		notation->add_text(into, buf_string(&name));
		buf_add(into, span_from(notation->frame_name));
		buf_release(&name);
	}
	frames->ids = ids;
}

void graph_add(struct buf *into, const struct plan *plan, enum graph_kind kind)
{
	const struct notation *notation = &notations[kind];
	struct frames frames = { SPAN(""), 0 };
	size_t number = 0;

	buf_add(into, span_from(notation->head));
	for (const struct stage *stage = plan->stages; stage; stage = stage->next) {
		change_frames(into, notation, &frames, ids_of(stage));
		add_stage(into, notation, stage, ++number);
	}
	change_frames(into, notation, &frames, SPAN(""));
	add_numbered(into, notation->first, 1, 0);
	for (size_t i = 1; i < number; i++)
		add_numbered(into, notation->arrow, i, i + 1);
	add_numbered(into, notation->last, number, 0);
	buf_add(into, span_from(notation->tail));
}
