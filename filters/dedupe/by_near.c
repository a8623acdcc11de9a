/* SPDX-License-Identifier: MIT
 * by_near.c - gathers a document, then looks it up. */
#include "filters/dedupe/by_near.h"

#include "common/json_string.h"
#include "common/row.h"
#include "filters/dedupe/content.h"
#include "filters/dedupe/near_state.h"
#include "filters/dedupe/listing.h"

enum { HELD_LASTING = 1 << 24 }; /* bytes; the memory of a larger document is given back after it */

/* Reads which documents go: the rows of --print=clusters whose two ids differ. */
static bool read_clusters(struct ids *dropped, const struct opt_input *rows, struct diag *why)
{
	struct span text = rows->text;

	for (size_t line = 1; text.len; line++) {
		struct span row = span_head(text, span_find(text, '\n'));
		struct span id = span_head(row, span_find(row, '\t'));

		if (id.len == row.len) {
			diag_set(why, "%s:%zu: this is no row of an id and its cluster", rows->path, line);
			return false;
		}
		if (!span_equal(id, span_skip(row, id.len + 1)))
			ids_add(dropped, id);
		text = span_skip(text, row.len + 1);
	}
	return true;
}

bool by_near_init(struct by_near *by, const struct near_choices *choices,
	const struct near_options *options, struct keyer *keyer, const struct host *host, struct diag *why)
{
	*by = (struct by_near){ .print = (enum near_print)choices->print,
		.relations = &choices->relations,
		.state = &choices->state,
		.cpu = host->cpu };
	by->dropped.secret = by->known.secret = host->secret;
	spool_init(&by->table, host->spools);
	spool_init(&by->engine.rows, host->spools); /* released, opened or not */
	by->fates.keep = near_keep_of(choices, NULL);
	by->remembers = choices->emit != EMIT_NONE || choices->apply.path || choices->relations.path ||
			choices->state.path || by->print >= NEAR_PRINT_MARKED || host->annotates;
	by->needs_ids = host->reads == FRAMING_JSONL && (choices->emit != EMIT_NONE || choices->apply.path);
	near_init(&by->near, options, keyer, host->cpu, host->secret);
	by->emit = (enum emit)choices->emit;
	by->applies = choices->apply.path;
	if (by->applies)
		return read_clusters(&by->dropped, &choices->apply, why);
	if (choices->frequencies.path) {
		by->near.known = &by->known;
		if (!story_bits_parse(
			    &by->known, choices->frequencies.text, choices->frequencies.path, why))
			return false;
	}
	if (by->emit != EMIT_NONE)
		return engine_open(&by->engine, by->emit, &by->near,
			by->emit == EMIT_PAIRS ? &choices->bands : &choices->pairs, host->spools, why);
	if (!choices->state.path)
		return true;
	near_choices_describe(&by->made_with, choices, options, keyer->kind);
	return !choices->state.was ||
	       near_state_open(&by->near, &by->names, buf_span(&by->made_with), &choices->state, why);
}

void by_near_release(struct by_near *by)
{
	near_release(&by->near);
	names_release(&by->names);
	names_release(&by->document_names);
	fates_release(&by->fates);
	buf_release(&by->value);
	buf_release(&by->held);
	buf_release(&by->name);
	buf_release(&by->row);
	buf_release(&by->made_with);
	story_bits_release(&by->known);
	spool_release(&by->table);
	engine_release(&by->engine);
	ids_release(&by->dropped);
}

bool by_near_previews(const struct near_choices *choices)
{
	return choices->is_on && near_keep_of(choices, NULL) != KEEP_FIRST;
}

struct span by_near_member(const struct near_choices *choices)
{
	struct span member;

	near_keep_of(choices, &member);
	return member;
}

/* Copies what the document at hand is called, and its member that decides. */
static void read_record(struct by_near *by, const struct doc_info *doc)
{
	buf_clear(&by->name);
	buf_clear(&by->value);
	by->has_value = by->fates.keep >= KEEP_MIN && doc->members && doc->members[0].is_text;
	if (by->has_value)
		buf_add(&by->value, doc->members[0].text);
	if (!by->remembers)
		return;
	if (doc->id.len)
		buf_add(&by->name, doc->id);
	else
		buf_addf(&by->name, "%llu", (unsigned long long)doc->ordinal);
}

/* Another stream is shown: what became of the one before is over. */
static void forget_fates(struct by_near *by)
{
	near_clear(&by->near);
	fates_release(&by->fates);
	names_release(&by->names);
	names_release(&by->document_names);
	by->document = 0;
}

void by_near_begin(struct by_near *by, const struct doc_info *doc)
{
	if (by->held.cap > HELD_LASTING)
		buf_release(&by->held);
	buf_clear(&by->held);
	if (doc->is_preview && by->document)
		forget_fates(by);
	by->in_preview = doc->is_preview;
	by->why = (struct by_near_reason){ .relation = RELATION_NONE };
	read_record(by, doc);
}

void by_near_text(struct by_near *by, struct span piece)
{
	buf_add(&by->held, piece);
}

/* --- what comes out ------------------------------------------------------------------------------------- */

static bool add_cluster(struct by_near *by, struct diag *why)
{
	struct span name = buf_span(&by->name);

	row_add_name(&by->row, name);
	buf_add_byte(&by->row, '\t');
	row_add_name(&by->row, by->why.relation ? by->why.of : name);
	buf_add_byte(&by->row, '\n');
	return listing_add(&by->table, &by->row, why);
}

static enum flow put(struct by_near *by, struct sink out)
{
	enum flow flow = sink_put(out, buf_span(&by->held));

	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static enum flow leave_out(struct by_near *by, struct sink out)
{
	const struct by_near_reason *why = &by->why;
	struct decision decision = { "drop", "kept", 1 };
	enum flow flow;

	if (why->relation)
		decision = (struct decision){ "drop", relation_words[why->relation],
			why->relation == RELATION_CONTAINED_IN ? why->containment : why->similarity };
	flow = sink_drop(out, buf_span(&by->held), &decision);
	return flow == FLOW_MORE && by->leave_empty ? sink_end(out) : flow;
}

static enum flow put_or_leave_out(struct by_near *by, struct sink out, struct diag *why)
{
	switch (by->print) {
	case NEAR_PRINT_KEPT:
		return by->why.relation ? leave_out(by, out) : put(by, out);
	case NEAR_PRINT_DROPPED:
		return by->why.relation ? put(by, out) : leave_out(by, out);
	case NEAR_PRINT_MARKED:
		return put(by, out);
	default:
		return add_cluster(by, why) ? leave_out(by, out) : FLOW_FAIL;
	}
}

/* --- who is related to whom ------------------------------------------------------------------------------ */

/* What became of a document with such a relative, when it goes for `why` (NULL: it stays). */
static const char *outcome(
	const struct by_near *by, const struct relative *relative, const struct relative *why)
{
	if (!why)
		return "kept";
	if (relative != why)
		return "dropped for another";
	return by->in_preview ? "one of the two stays" : "dropped";
}

static void add_relation(struct by_near *by, const struct relative *relative, const struct relative *why)
{
	row_add_name(&by->row, buf_span(&by->name));
	buf_add_byte(&by->row, '\t');
	row_add_name(&by->row, names_get(&by->names, relative->story));
	buf_addf(&by->row, "\t%s\t%.3f\t%.3f\t%zu\t", relation_words[relative->relation],
		relative->similarity, relative->containment, relative->run);
	if (relative->relation == RELATION_TEMPLATE)
		buf_addf(&by->row, "kept, %zu of %zu numbers\n", relative->numbers_shared,
			relative->numbers_least);
	else
		buf_addf(&by->row, "%s\n", outcome(by, relative, why));
}

static enum flow put_relations(struct by_near *by, const struct relative *why)
{
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < by->near.relative_count && flow == FLOW_MORE; i++) {
		add_relation(by, &by->near.relatives[i], why);
		flow = opt_output_put(by->relations, buf_span(&by->row));
		buf_clear(&by->row);
	}
	return flow;
}

/* Looks at the document at hand; `*why` is why it goes, NULL if it stays. */
static enum flow look(struct by_near *by, const struct relative **why)
{
	size_t remembered = by->near.stories.count;
	enum flow flow = FLOW_MORE;

	*why = near_decide(&by->near, &by->held);
	if (by->relations->path)
		flow = put_relations(by, *why);
	if (by->remembers && by->near.stories.count > remembered)
		names_add(&by->names, buf_span(&by->name));
	return flow;
}

static enum flow decide_at_once(struct by_near *by)
{
	const struct relative *why;
	enum flow flow = look(by, &why);

	if (why)
		by->why = (struct by_near_reason){ why->relation, why->similarity, why->containment,
			by->remembers ? names_get(&by->names, why->story) : span_of("", 0) };
	return flow;
}

static enum flow decide_later(struct by_near *by)
{
	uint32_t story = (uint32_t)by->near.stories.count;
	struct span value = buf_span(&by->value);
	const struct relative *why;
	enum flow flow = look(by, &why);

	fates_add(&by->fates, why, story, by->held.len, by->has_value ? &value : NULL);
	if (by->remembers)
		names_add(&by->document_names, buf_span(&by->name));
	return flow;
}

static void tell_fate(struct by_near *by)
{
	size_t i = by->document++;
	uint32_t best = fates_best(&by->fates, i);
	struct fate fate;

	if (best == i)
		return;
	fate = fates_why(&by->fates, i);
	by->why = (struct by_near_reason){ fate.relation, (double)fate.similarity, (double)fate.containment,
		by->remembers ? names_get(&by->document_names, best) : span_of("", 0) };
}

/* One step of many: rows take the place of documents. A blank one is nobody's duplicate. */
static enum flow step(struct by_near *by, bool is_blank, struct sink out, struct diag *why)
{
	if (!is_blank && !engine_document(&by->engine, &by->held, buf_span(&by->name), why))
		return FLOW_FAIL;
	by->compared += !is_blank;
	by->kept += !is_blank;
	return leave_out(by, out);
}

static void apply(struct by_near *by)
{
	buf_clear(&by->value);
	row_add_name(&by->value, buf_span(&by->name));
	if (ids_find(&by->dropped, buf_span(&by->value)) != IDS_NONE)
		by->why = (struct by_near_reason){ .relation = RELATION_NEAR, .similarity = 1 };
}

enum flow by_near_end(struct by_near *by, struct sink out, struct diag *why)
{
	bool is_blank = content_is_blank(buf_span(&by->held));
	enum flow flow = FLOW_MORE;

	if (by->emit != EMIT_NONE)
		return step(by, is_blank, out, why);
	if (by->in_preview)
		return is_blank ? FLOW_MORE : decide_later(by);
	if (by->applies)
		apply(by);
	else if (!is_blank && by->fates.keep != KEEP_FIRST)
		tell_fate(by);
	else if (!is_blank)
		flow = decide_at_once(by);
	by->compared += !is_blank;
	by->kept += !is_blank && !by->why.relation;
	return flow == FLOW_MORE ? put_or_leave_out(by, out, why) : flow;
}

enum flow by_near_finish(struct by_near *by, struct sink out, struct diag *why)
{
	enum flow flow = FLOW_MORE;

	if (by->emit != EMIT_NONE)
		return engine_finish(&by->engine, why) ? listing_write(&by->engine.rows, out, why)
						       : FLOW_FAIL;
	if (by->state->path)
		flow = near_state_write(&by->near, &by->names, buf_span(&by->made_with), by->state);
	return flow == FLOW_MORE ? listing_write(&by->table, out, why) : flow;
}

void by_near_annotate(const struct by_near *by, struct buf *into)
{
	if (!by->why.relation)
		return;
	buf_addf(into, "\"relation\":\"%s\",\"of\":\"", relation_words[by->why.relation]);
	json_escape_bytes(into, by->why.of, by->cpu);
	buf_addf(into, "\",\"similarity\":%.3f,\"containment\":%.3f", by->why.similarity,
		by->why.containment);
}
