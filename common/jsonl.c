/* SPDX-License-Identifier: MIT
 * jsonl.c - JSON Lines in and out. */
#include "common/jsonl.h"

#include "common/utf8.h"

static bool is_blank(struct span line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r')
			return false;
	return true;
}

/* --- one record in ------------------------------------------------------------------------------------ */

/* Ill-formed bytes are mended in the text; anywhere else there is nothing that may be done to them. */
static bool is_valid_around(struct span record, struct span string, enum cpu cpu, struct diag *why)
{
	size_t at = utf8_valid_prefix(record, cpu);
	size_t start = (size_t)(string.at - record.at), end = start + string.len;

	if (at == record.len)
		return true;
	if (at >= start && at < end) {
		at = end + utf8_valid_prefix(span_skip(record, end), cpu);
		if (at == record.len)
			return true;
	}
	diag_set(why, "invalid UTF-8 at byte %zu", at);
	return false;
}

static void take_id(struct jsonl *jsonl, const struct json_member *id)
{
	buf_clear(&jsonl->id);
	if (id->type == JSON_STRING)
		json_unescape(&jsonl->id, id->value);
	else if (id->type == JSON_OTHER)
		buf_add(&jsonl->id, id->value);
}

static bool parse_record(struct jsonl *jsonl, struct span record, struct diag *why)
{
	struct json_member members[] = { { .name = jsonl->field }, { .name = SPAN("id") } };
	const struct json_member *member = &members[0];
	struct span body = record;

	if (jsonl->line == 1 && span_has_prefix(record, SPAN("\xEF\xBB\xBF")))
		body = span_skip(record, 3);
	if (!json_find(&jsonl->json, body, members, 2, why))
		return false;
	if (member->type != JSON_STRING) {
		diag_set(why,
			member->type == JSON_ABSENT ? "there is no member '%.*s'"
						    : "member '%.*s' is not a string",
			(int)jsonl->field.len, jsonl->field.at);
		return false;
	}
	jsonl->record = record;
	jsonl->string = jsonl->text = member->value;
	take_id(jsonl, &members[1]);
	return is_valid_around(record, member->value, jsonl->cpu, why);
}

/* Text without a backslash is its own text. */
static void unescape_record(struct jsonl *jsonl)
{
	if (span_find(jsonl->string, '\\') == jsonl->string.len)
		return;
	buf_clear(&jsonl->unescaped);
	json_unescape(&jsonl->unescaped, jsonl->string);
	jsonl->text = buf_span(&jsonl->unescaped);
}

static enum flow take_record(struct jsonl *jsonl)
{
	const struct jsonl_handler *to = &jsonl->to;
	enum flow flow;

	unescape_record(jsonl);
	buf_clear(&jsonl->result);
	jsonl->in_record = true;
	flow = to->begin(to->ctx);
	if (flow == FLOW_MORE && jsonl->text.len)
		flow = to->text(to->ctx, jsonl->text);
	if (flow == FLOW_MORE)
		flow = to->end(to->ctx);
	jsonl->in_record = false;
	return flow;
}

static enum flow take_line(struct jsonl *jsonl, struct span line)
{
	struct diag why;

	if (is_blank(line))
		return FLOW_MORE;
	if (!parse_record(jsonl, line, &why))
		return jsonl->to.bad(jsonl->to.ctx, line, &why, true);
	return take_record(jsonl);
}

/* --- lines out of pieces ------------------------------------------------------------------------------ */

/* The line at hand has outgrown the limit: what there is of it goes to the bad records. */
static enum flow pass_over(struct jsonl *jsonl, struct span part, bool is_last)
{
	struct diag why;
	bool is_first = !jsonl->too_large;

	diag_set(&why, "the record is larger than %zu bytes (--max-record)", jsonl->max_record);
	jsonl->too_large = !is_last;
	return jsonl->to.bad(jsonl->to.ctx, part, is_first ? &why : NULL, is_last);
}

/* `part` of a line, all of it when `is_last`; the held start of the line is in front of it. */
static enum flow take_part(struct jsonl *jsonl, struct span part, bool is_last)
{
	enum flow flow = FLOW_MORE;
	struct span line = part;

	if (jsonl->held.len || (!is_last && !jsonl->too_large)) {
		buf_add(&jsonl->held, part);
		line = buf_span(&jsonl->held);
	}
	if (jsonl->too_large || line.len > jsonl->max_record)
		flow = pass_over(jsonl, line, is_last);
	else if (is_last)
		flow = take_line(jsonl, line);
	else
		return FLOW_MORE;
	buf_clear(&jsonl->held);
	return flow;
}

void jsonl_begin(struct jsonl *jsonl)
{
	jsonl->line = 1;
	jsonl->too_large = false;
	buf_clear(&jsonl->held);
}

enum flow jsonl_bytes(struct jsonl *jsonl, struct span piece)
{
	enum flow flow = FLOW_MORE;

	while (piece.len && flow == FLOW_MORE) {
		size_t newline = span_find(piece, '\n');

		if (newline == piece.len)
			return take_part(jsonl, piece, false);
		flow = take_part(jsonl, span_head(piece, newline), true);
		jsonl->line += flow == FLOW_MORE; /* a failure is reported with its line */
		piece = span_skip(piece, newline + 1);
	}
	return flow;
}

enum flow jsonl_end(struct jsonl *jsonl)
{
	return jsonl->held.len || jsonl->too_large ? take_part(jsonl, span_of(NULL, 0), true) : FLOW_MORE;
}

/* --- one record out ----------------------------------------------------------------------------------- */

enum flow jsonl_sink_put(void *ctx, struct span text)
{
	struct jsonl *jsonl = ctx;

	if (!jsonl->in_record)
		return output_put(jsonl->output, text);
	buf_add(&jsonl->result, text);
	return FLOW_MORE;
}

/* What the filter made of the text, with a newline at its end if the text had one. */
static struct span result_text(struct jsonl *jsonl)
{
	bool had = span_has_suffix(jsonl->text, SPAN("\n"));
	struct span result = buf_span(&jsonl->result);
	bool has = span_has_suffix(result, SPAN("\n"));

	if (has && !had)
		return span_head(result, result.len - 1);
	if (had && !has && result.len) {
		buf_add_byte(&jsonl->result, '\n');
		return buf_span(&jsonl->result);
	}
	return result;
}

static enum flow write_record(struct jsonl *jsonl, struct span text)
{
	const char *after = jsonl->string.at + jsonl->string.len;
	const char *end = jsonl->record.at + jsonl->record.len;
	enum flow flow;

	if (span_equal(text, jsonl->text))
		return output_put(jsonl->output, jsonl->record);
	buf_clear(&jsonl->escaped);
	json_escape(&jsonl->escaped, text);
	flow = output_put(
		jsonl->output, span_of(jsonl->record.at, (size_t)(jsonl->string.at - jsonl->record.at)));
	if (flow == FLOW_MORE)
		flow = output_put(jsonl->output, buf_span(&jsonl->escaped));
	return flow == FLOW_MORE ? output_put(jsonl->output, span_of(after, (size_t)(end - after))) : flow;
}

enum flow jsonl_sink_end(void *ctx)
{
	struct jsonl *jsonl = ctx;
	enum flow flow;

	if (!jsonl->in_record)
		return output_end(jsonl->output);
	flow = write_record(jsonl, result_text(jsonl));
	return flow == FLOW_MORE ? output_put(jsonl->output, SPAN("\n")) : flow;
}

void jsonl_release(struct jsonl *jsonl)
{
	json_release(&jsonl->json);
	buf_release(&jsonl->id);
	buf_release(&jsonl->held);
	buf_release(&jsonl->unescaped);
	buf_release(&jsonl->result);
	buf_release(&jsonl->escaped);
}
