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

/* Length of the well-formed prefix of `record`. Short records that lie in one piece are looked at together; a newline
 * ends no sequence, so each is as good as it would be alone. */
static size_t valid_prefix(struct jsonl *jsonl, struct span record)
{
	enum { TOGETHER = 16 * 1024 }; /* bytes: half of a first-level cache */
	size_t valid = jsonl->ahead_valid;

	if (record.at != jsonl->ahead.at)
		return utf8_valid_prefix(record, jsonl->cpu);
	if (valid < record.len) {
		size_t wanted = record.len - valid > TOGETHER ? record.len - valid : TOGETHER;
		struct span unknown = span_head(span_skip(jsonl->ahead, valid), wanted);

		valid = jsonl->ahead_valid = valid + utf8_valid_prefix(unknown, jsonl->cpu);
	}
	return valid < record.len ? valid : record.len;
}

/* Ill-formed bytes are mended in the text; anywhere else there is nothing that may be done to them. */
static bool is_valid_around(struct jsonl *jsonl, struct span record, struct span string, struct diag *why)
{
	size_t at = valid_prefix(jsonl, record);
	size_t start = (size_t)(string.at - record.at), end = start + string.len;

	jsonl->is_ill_formed = at != record.len;
	jsonl->is_mended = at == record.len && jsonl->said.is_text;
	if (at == record.len)
		return true;
	if (at >= start && at < end) {
		at = end + utf8_valid_prefix(span_skip(record, end), jsonl->cpu);
		if (at == record.len)
			return true;
	}
	diag_set(why, "invalid UTF-8 at byte %zu", at);
	return false;
}

static bool is_number(struct span value)
{
	return value.at[0] == '-' || (value.at[0] >= '0' && value.at[0] <= '9');
}

static void take_id(struct jsonl *jsonl, const struct json_member *id)
{
	buf_clear(&jsonl->id);
	jsonl->has_id = id->type == JSON_STRING || (id->type == JSON_OTHER && is_number(id->value));
	if (id->type == JSON_STRING)
		json_unescape(&jsonl->id, id->value, jsonl->cpu);
	else if (id->type == JSON_OTHER)
		buf_add(&jsonl->id, id->value);
}

/* The text of a member that the filter asks for. */
static void take_member(struct jsonl *jsonl, size_t index, const struct json_member *member)
{
	struct buf *said = &jsonl->member_texts[index];
	struct doc_member *to = &jsonl->members[index];

	buf_clear(said);
	*to = (struct doc_member){ .text = SPAN("") };
	if (member->type == JSON_STRING) {
		to->is_text = json_unescape(said, member->value, jsonl->cpu) &&
			      utf8_valid_prefix(buf_span(said), jsonl->cpu) == said->len;
	} else if (member->type == JSON_OTHER && is_number(member->value)) {
		to->is_number = true;
		buf_add(said, member->value);
	}
	if (to->is_text || to->is_number)
		to->text = buf_span(said);
}

/* `members` are those the record was searched for. A name that is asked for twice was found for the first. */
static void take_members(struct jsonl *jsonl, const struct json_member *members)
{
	for (size_t i = 0; i < jsonl->wanted_count; i++) {
		const struct json_member *member = members;

		while (!span_equal(member->name, jsonl->wanted[i]))
			member++;
		take_member(jsonl, i, member);
	}
}

/* Where the result goes. `into` is the member of that name. */
static bool find_target(struct jsonl *jsonl, const struct json_member *into, struct diag *why)
{
	jsonl->is_added = false;
	jsonl->target = jsonl->string;
	if (!jsonl->into.len || span_equal(jsonl->into, jsonl->field))
		return true;
	if (into->type == JSON_OTHER) {
		diag_set(why, "member '%.*s' is not a string", (int)jsonl->into.len, jsonl->into.at);
		return false;
	}
	jsonl->is_added = into->type == JSON_ABSENT;
	jsonl->target = jsonl->is_added ? span_head(jsonl->json.tail, 0) : into->value;
	return true;
}

enum { OWN_MEMBERS = 4 }; /* that every record is searched for */

static bool parse_record(struct jsonl *jsonl, struct span record, struct diag *why)
{
	struct json_member members[OWN_MEMBERS + DOC_MEMBERS];
	const struct json_member *member = &members[0];
	struct span body = record;

	if (jsonl->line == 1 && span_has_prefix(record, SPAN("\xEF\xBB\xBF")))
		body = span_skip(record, 3);
	members[0] = (struct json_member){ .name = jsonl->field, .said = &jsonl->said };
	members[1] = (struct json_member){ .name = SPAN("id") };
	members[2] = (struct json_member){ .name = SPAN("ghirbal") };
	members[3] = (struct json_member){ .name = jsonl->into };
	for (size_t i = 0; i < jsonl->wanted_count; i++)
		members[OWN_MEMBERS + i] = (struct json_member){ .name = jsonl->wanted[i] };
	if (!json_find(&jsonl->json, body, members, OWN_MEMBERS + jsonl->wanted_count, why))
		return false;
	if (member->type != JSON_STRING) {
		diag_set(why,
			member->type == JSON_ABSENT ? "there is no member '%.*s'"
						    : "member '%.*s' is not a string",
			(int)jsonl->field.len, jsonl->field.at);
		return false;
	}
	jsonl->record = record;
	jsonl->string = member->value;
	jsonl->text = buf_span(&jsonl->said.text);
	if (!find_target(jsonl, &members[3], why))
		return false;
	take_id(jsonl, &members[1]);
	take_members(jsonl, members);
	jsonl->notes = members[2].type == JSON_OTHER && members[2].value.at[0] == '{' ? members[2].value
										      : span_of(NULL, 0);
	return is_valid_around(jsonl, record, member->value, why);
}

static enum flow take_record(struct jsonl *jsonl)
{
	const struct jsonl_handler *to = &jsonl->to;
	enum flow flow;

	buf_clear(&jsonl->result);
	buf_clear(&jsonl->spelled);
	jsonl->same = 0;
	jsonl->differs = jsonl->newline_waits = jsonl->has_result = false;
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
	jsonl->json.cpu = jsonl->notes_json.cpu = jsonl->cpu;
	buf_clear(&jsonl->held);
}

enum flow jsonl_bytes(struct jsonl *jsonl, struct span piece)
{
	enum flow flow = FLOW_MORE;

	jsonl->ahead = piece;
	jsonl->ahead_valid = 0;
	while (jsonl->ahead.len && flow == FLOW_MORE) {
		size_t newline = span_find(jsonl->ahead, '\n');

		if (newline == jsonl->ahead.len)
			return take_part(jsonl, jsonl->ahead, false);
		flow = take_part(jsonl, span_head(jsonl->ahead, newline), true);
		jsonl->line += flow == FLOW_MORE; /* a failure is reported with its line */
		jsonl->ahead = span_skip(jsonl->ahead, newline + 1);
		jsonl->ahead_valid -= jsonl->ahead_valid > newline ? newline + 1 : jsonl->ahead_valid;
	}
	return flow;
}

enum flow jsonl_end(struct jsonl *jsonl)
{
	return jsonl->held.len || jsonl->too_large ? take_part(jsonl, span_of(NULL, 0), true) : FLOW_MORE;
}

/* --- one record out ----------------------------------------------------------------------------------- */

/* Filters put a few bytes at a time; spelling many at once is faster. */
enum { GATHERED = 16 * 1024 };

static void spell(struct jsonl *jsonl)
{
	json_escape(&jsonl->spelled, buf_span(&jsonl->result), jsonl->cpu);
	buf_clear(&jsonl->result);
}

/* Appends `text` to what the filter makes of the record. As long as that is what the record says already, nothing
 * is copied: `same` counts the bytes. Mostly it is the very bytes the filter was given. */
static void gather(struct jsonl *jsonl, struct span text)
{
	struct span rest = span_skip(jsonl->text, jsonl->same);

	if (!jsonl->differs && text.len <= rest.len &&
		(text.at == rest.at || memcmp(text.at, rest.at, text.len) == 0)) {
		jsonl->same += text.len;
		return;
	}
	if (!jsonl->differs)
		json_escape(&jsonl->spelled, span_head(jsonl->text, jsonl->same), jsonl->cpu);
	jsonl->differs = true;
	buf_add(&jsonl->result, text);
	if (jsonl->result.len >= GATHERED)
		spell(jsonl);
}

/* A newline at the end waits: whether it stays is known when the text is over. */
static enum flow put(void *ctx, struct span text)
{
	struct jsonl *jsonl = ctx;

	if (!jsonl->in_record)
		return output_put(jsonl->output, text);
	if (jsonl->newline_waits)
		gather(jsonl, SPAN("\n"));
	jsonl->newline_waits = span_has_suffix(text, SPAN("\n"));
	jsonl->has_result = true;
	gather(jsonl, span_head(text, text.len - jsonl->newline_waits));
	return FLOW_MORE;
}

/* What the filter makes of the text is over. */
static void end_gathering(struct jsonl *jsonl)
{
	if (!jsonl->differs && jsonl->same < jsonl->text.len) {
		json_escape(&jsonl->spelled, span_head(jsonl->text, jsonl->same), jsonl->cpu);
		jsonl->differs = true;
	}
	spell(jsonl);
}

/* The text is over; it ends in a newline if the record's did. */
static void end_result(struct jsonl *jsonl)
{
	if (jsonl->has_result && span_has_suffix(jsonl->text, SPAN("\n")))
		gather(jsonl, SPAN("\n"));
	end_gathering(jsonl);
}

/* The number to be tried behind one that is taken. Who made a record that has thousands is not asked about each. */
static uint64_t next_number(uint64_t number)
{
	enum { ONE_BY_ONE = 16 };

	return number < ONE_BY_ONE ? number + 1 : number * 2;
}

/* Begins a member of the object "ghirbal": its name is one that the record has not got there yet, as where a pipeline
 * has a filter twice. */
static void add_note_name(struct jsonl *jsonl, const char *plain)
{
	struct buf name = BUF_INIT;
	struct json_member taken = { .type = JSON_ABSENT };
	struct diag why;

	for (uint64_t i = 1; i == 1 || (i && taken.type != JSON_ABSENT); i = next_number(i)) {
		buf_clear(&name);
		buf_add(&name, span_from(plain));
		if (i > 1)
			buf_addf(&name, "-%llu", (unsigned long long)i);
		taken = (struct json_member){ .name = buf_span(&name), .type = JSON_ABSENT };
		if (jsonl->notes.len)
			json_find(&jsonl->notes_json, jsonl->notes, &taken, 1, &why);
	}
	if (jsonl->note_follows)
		buf_add_byte(&jsonl->line_out, ',');
	jsonl->note_follows = true;
	buf_addf(&jsonl->line_out, "\"%s\":", buf_string(&name));
	buf_release(&name);
}

/* Where the annotation goes: to the end of the object that an earlier filter began, or to that of the record. */
static const char *note_place(const struct jsonl *jsonl)
{
	return jsonl->notes.len ? jsonl->notes.at + jsonl->notes.len - 1 : jsonl->json.tail.at;
}

static void add_number(struct jsonl *jsonl, const char *name, uint64_t number)
{
	add_note_name(jsonl, name);
	buf_addf(&jsonl->line_out, "%llu", (unsigned long long)number);
}

static void add_part(struct jsonl *jsonl, const struct part *part)
{
	if (jsonl->has_id) {
		add_note_name(jsonl, "id");
		buf_add_byte(&jsonl->line_out, '"');
		json_escape_bytes(&jsonl->line_out, buf_span(&jsonl->id), jsonl->cpu);
		buf_addf(&jsonl->line_out, "#%llu\"", (unsigned long long)part->number);
	}
	add_number(jsonl, part->kind, part->number);
	add_number(jsonl, "start", part->start);
	add_number(jsonl, "end", part->end);
}

static void add_notes(struct jsonl *jsonl)
{
	struct span inside =
		jsonl->notes.len ? span_of(jsonl->notes.at + 1, jsonl->notes.len - 2) : span_of(NULL, 0);

	if (!jsonl->notes.len)
		buf_add(&jsonl->line_out, SPAN(",\"ghirbal\":{"));
	jsonl->note_follows = !is_blank(inside);
	if (jsonl->part)
		add_part(jsonl, jsonl->part);
	if (jsonl->annotate) {
		add_note_name(jsonl, jsonl->annotator);
		jsonl->annotate(jsonl->to.ctx, &jsonl->line_out);
	}
	if (!jsonl->notes.len)
		buf_add_byte(&jsonl->line_out, '}');
}

/* Appends the record's bytes from `*from` up to `to`, and moves there. */
static void copy_to(struct jsonl *jsonl, const char **from, const char *to)
{
	buf_add(&jsonl->line_out, span_of(*from, (size_t)(to - *from)));
	*from = to;
}

/* Appends what the result is, in place of the target. */
static void add_result(struct jsonl *jsonl, const char **from)
{
	copy_to(jsonl, from, jsonl->target.at);
	if (jsonl->is_added) {
		buf_add(&jsonl->line_out, SPAN(",\""));
		json_escape(&jsonl->line_out, jsonl->into, jsonl->cpu);
		buf_add(&jsonl->line_out, SPAN("\":\""));
	}
	buf_add(&jsonl->line_out, jsonl->differs ? buf_span(&jsonl->spelled) : jsonl->string);
	if (jsonl->is_added)
		buf_add_byte(&jsonl->line_out, '"');
	*from += jsonl->target.len;
}

/* Makes the record anew, with what is to be said of it. */
static void make_record(struct jsonl *jsonl)
{
	const char *from = jsonl->record.at, *end = from + jsonl->record.len;
	const char *place = note_place(jsonl);
	bool has_notes = jsonl->annotate || jsonl->part, is_in_front = place < jsonl->target.at;

	buf_clear(&jsonl->line_out);
	if (has_notes && is_in_front) {
		copy_to(jsonl, &from, place);
		add_notes(jsonl);
	}
	add_result(jsonl, &from);
	if (has_notes && !is_in_front) {
		copy_to(jsonl, &from, place);
		add_notes(jsonl);
	}
	copy_to(jsonl, &from, end);
}

/* What is written is UTF-8, also where the text stays as it is. */
static struct span made_record(struct jsonl *jsonl)
{
	make_record(jsonl);
	if (!jsonl->is_ill_formed || jsonl->target.at == jsonl->string.at)
		return buf_span(&jsonl->line_out);
	buf_clear(&jsonl->escaped);
	json_escape_ill_formed(&jsonl->escaped, buf_span(&jsonl->line_out), jsonl->cpu);
	return buf_span(&jsonl->escaped);
}

static enum flow write_record(struct jsonl *jsonl)
{
	struct span record = jsonl->record, string = jsonl->string;
	size_t start = (size_t)(string.at - record.at);
	enum flow flow;

	if (jsonl->annotate || jsonl->part || jsonl->target.at != string.at)
		return output_put(jsonl->output, made_record(jsonl));
	if (!jsonl->differs)
		return output_put(jsonl->output, record);
	flow = output_put(jsonl->output, span_head(record, start));
	if (flow == FLOW_MORE)
		flow = output_put(jsonl->output, buf_span(&jsonl->spelled));
	return flow == FLOW_MORE ? output_put(jsonl->output, span_skip(record, start + string.len)) : flow;
}

static enum flow write_line(struct jsonl *jsonl)
{
	enum flow flow = write_record(jsonl);

	return flow == FLOW_MORE ? output_put(jsonl->output, SPAN("\n")) : flow;
}

static enum flow end(void *ctx)
{
	struct jsonl *jsonl = ctx;

	if (!jsonl->in_record)
		return output_end(jsonl->output);
	end_result(jsonl);
	return write_line(jsonl);
}

/* Nothing more of the record's text can be what the next part says: that is spelled anew. */
static void forget_part(struct jsonl *jsonl)
{
	buf_clear(&jsonl->spelled);
	jsonl->differs = true;
	jsonl->newline_waits = jsonl->has_result = false;
	jsonl->part = NULL;
}

static enum flow end_part(void *ctx, const struct part *part)
{
	struct jsonl *jsonl = ctx;
	enum flow flow;

	if (jsonl->newline_waits)
		gather(jsonl, SPAN("\n"));
	end_gathering(jsonl);
	jsonl->part = part;
	flow = write_line(jsonl);
	forget_part(jsonl);
	return flow;
}

struct sink jsonl_sink(struct jsonl *jsonl)
{
	return (struct sink){ .put = put, .end = end, .part = end_part, .ctx = jsonl };
}

void jsonl_release(struct jsonl *jsonl)
{
	json_release(&jsonl->json);
	buf_release(&jsonl->id);
	for (size_t i = 0; i < DOC_MEMBERS; i++)
		buf_release(&jsonl->member_texts[i]);
	buf_release(&jsonl->held);
	buf_release(&jsonl->said.text);
	buf_release(&jsonl->result);
	buf_release(&jsonl->spelled);
	buf_release(&jsonl->line_out);
	buf_release(&jsonl->escaped);
	json_release(&jsonl->notes_json);
}
