/* SPDX-License-Identifier: MIT
 * parts_totals.c - a walk over done/. */
#include "parts_totals.h"

#include <errno.h>

#include "common/file.h"
#include "common/json_string.h"
#include "common/tree.h"
#include "tally.h"

/* Totals in the making: files come in the order of phases, and of tasks in them. */
struct totals {
	struct buf *into;
	size_t prefix; /* bytes of the folder's path, its slash included */
	struct buf phase; /* at hand */
	struct tally sum;
	size_t tasks, phases;
	struct diag *why;
	bool failed;
};

static void end_phase(struct totals *totals)
{
	if (totals->tasks == 0)
		return;
	buf_addf(totals->into, "%s\"", totals->phases++ ? ",\n" : "{");
	json_escape_bytes(totals->into, buf_span(&totals->phase), CPU_SCALAR);
	buf_addf(totals->into, "\":{\"tasks\":%zu,\"sum\":", totals->tasks);
	tally_print(totals->into, &totals->sum);
	buf_add_byte(totals->into, '}');
	tally_release(&totals->sum);
	totals->sum = (struct tally){ .root = NULL };
	totals->tasks = 0;
}

/* The byte behind the object that `text` begins with: what the runner wrote itself, so its brackets match. */
static size_t object_len(struct span text)
{
	size_t depth = 0, i = 0;
	bool in_string = false;

	for (; i < text.len; i++) {
		char c = text.at[i];

		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && c == '{')
			depth++;
		else if (!in_string && c == '}' && --depth == 0)
			return i + 1;
	}
	return text.len;
}

/* Appends what a run said, its list of stages as an object by their ids: only members add up. */
static void name_stages(struct buf *into, struct span text)
{
	static const struct span list = { "\"stages\":[", 10 }, id = { "{\"id\":", 6 };
	const char *at = memmem(text.at, text.len, list.at, list.len);
	struct span rest = at ? span_skip(text, (size_t)(at - text.at) + list.len) : span_of(NULL, 0);

	if (!span_has_prefix(rest, id)) {
		buf_add(into, text);
		return;
	}
	buf_add(into, span_head(text, text.len - rest.len - 1));
	buf_add_byte(into, '{');
	while (span_has_prefix(rest, id)) {
		struct span stage = span_head(rest, object_len(rest)), body = span_skip(stage, id.len);
		struct span name = span_head(body, span_find(body, ','));

		rest = span_skip(rest, stage.len);
		buf_add(into, name);
		buf_add(into, SPAN(":{"));
		buf_add(into, span_skip(body, name.len + 1));
		if (rest.len && rest.at[0] == ',') {
			buf_add_byte(into, ',');
			rest = span_skip(rest, 1);
		}
	}
	buf_add_byte(into, '}');
	buf_add(into, span_skip(rest, 1));
}

static enum flow fail(struct totals *totals, const char *path, const char *what)
{
	diag_set(totals->why, "'%s': %s", path, what);
	totals->failed = true;
	return FLOW_STOP;
}

static enum flow take_file(void *ctx, const char *path, bool is_named)
{
	struct totals *totals = ctx;
	struct span rest = span_from(path + totals->prefix);
	struct span phase = span_head(rest, span_find(rest, '/'));
	struct buf text = BUF_INIT, named = BUF_INIT;
	enum flow flow = FLOW_MORE;

	if (is_named)
		return fail(totals, path, "no folder");
	if (!span_equal(phase, buf_span(&totals->phase))) {
		end_phase(totals);
		buf_clear(&totals->phase);
		buf_add(&totals->phase, phase);
	}
	if (!file_read(&text, path, SIZE_MAX))
		flow = fail(totals, path, strerror(errno));
	name_stages(&named, buf_span(&text));
	if (flow == FLOW_MORE && !tally_add(&totals->sum, buf_span(&named)))
		flow = fail(totals, path, "no object of JSON");
	totals->tasks++;
	buf_release(&text);
	buf_release(&named);
	return flow;
}

static void take_trouble(void *ctx, const char *path, enum tree_trouble what, int reason)
{
	(void)what;
	fail(ctx, path, reason ? strerror(reason) : "passed over");
}

bool parts_totals_add(struct buf *into, const char *folder, struct diag *why)
{
	struct totals totals = { .into = into, .why = why };
	const struct tree_handler to = { take_file, take_trouble, &totals };
	struct buf done = BUF_INIT;

	buf_addf(&done, "%s/done", folder);
	totals.prefix = done.len + 1;
	tree_walk(buf_string(&done), false, &to);
	end_phase(&totals);
	buf_add(into, totals.phases ? SPAN("}\n") : SPAN("{}\n"));
	buf_release(&done);
	buf_release(&totals.phase);
	tally_release(&totals.sum);
	return !totals.failed;
}
