/* SPDX-License-Identifier: MIT
 * near_choices.c - shares and lists of words. */
#include "filters/dedupe/near_choices.h"

const char *const near_print_words[] = { "kept", "dropped", "marked", "clusters", NULL };

const char *const near_keep_words[] = { "first", "longest", "min:", "max:", NULL };

/* Reads "1", "0.35", ".6": more than nothing, at most all. */
static bool read_share(const char *option, const char *text, double *share, struct diag *why)
{
	const char *at = text;
	double digits = 0, unit = 1;

	for (; *at >= '0' && *at <= '9'; at++)
		digits = digits * 10 + (*at - '0');
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9'; at++) {
			digits = digits * 10 + (*at - '0');
			unit *= 10;
		}
	if (*at == '\0' && digits > 0 && digits <= unit) {
		*share = digits / unit; /* one division, so that 0.35 is what 7 of 20 is */
		return true;
	}
	diag_set(why, "option '--%s': '%s' is no share: it takes more than 0, at most 1, as in 0.5", option,
		text);
	return false;
}

/* The relation called `word`; RELATION_NONE if there is none. */
static enum relation relation_named(struct span word)
{
	for (int i = RELATION_SAME; i < RELATIONS; i++)
		if (span_equal(word, span_from(relation_words[i])))
			return (enum relation)i;
	return RELATION_NONE;
}

/* Whether a text may go for this relation: not for what is only worth knowing. */
static bool may_drop(enum relation relation)
{
	return relation == RELATION_SAME || relation == RELATION_NEAR || relation == RELATION_CONTAINED_IN;
}

static bool read_drops(const char *text, unsigned *drops, struct diag *why)
{
	struct span rest = span_from(text);

	*drops = 0;
	for (;;) {
		struct span word = span_head(rest, span_find(rest, ','));
		enum relation relation = relation_named(word);

		if (!may_drop(relation)) {
			diag_set(why, "option '--drop': '%.*s' is not one of same, near, contained-in%s",
				(int)word.len, word.at, relation ? ", the others are only reported" : "");
			return false;
		}
		*drops |= 1u << relation;
		if (word.len == rest.len)
			return true;
		rest = span_skip(rest, word.len + 1);
	}
}

enum keep near_keep_of(const struct near_choices *choices, struct span *member)
{
	struct span keep = span_from(choices->keep);
	enum keep kind = span_has_prefix(keep, SPAN("min:"))   ? KEEP_MIN
			 : span_has_prefix(keep, SPAN("max:")) ? KEEP_MAX
			 : span_equal(keep, SPAN("longest"))   ? KEEP_LONGEST
							       : KEEP_FIRST;

	if (member)
		*member = kind >= KEEP_MIN ? span_skip(keep, 4) : span_of("", 0);
	return kind;
}

static bool check_keep(const struct near_choices *choices, enum framing reads, struct diag *why)
{
	struct span member;
	enum keep keep = near_keep_of(choices, &member);

	if (keep == KEEP_FIRST && strcmp(choices->keep, near_keep_words[KEEP_FIRST]) != 0) {
		diag_set(why, "option '--keep': '%s' is not one of first, longest, min:MEMBER, max:MEMBER",
			choices->keep);
		return false;
	}
	if (keep >= KEEP_MIN && (member.len == 0 || reads != FRAMING_JSONL)) {
		diag_set(why, "--keep=%s needs the name of a member of records, and records: use -j",
			near_keep_words[keep]);
		return false;
	}
	return true;
}

void near_choices_describe(struct buf *into, const struct near_choices *choices,
	const struct near_options *options, enum key key)
{
	buf_addf(into, "ghirbal %s --key=%s --similarity=%.9g --containment=%.9g --drop=", GHIRBAL_VERSION,
		key_words[key], options->similarity, options->containment);
	for (int i = RELATION_SAME; i < RELATIONS; i++)
		if (options->drops & 1u << i)
			buf_addf(
				into, "%s%s", into->at[into->len - 1] == '=' ? "" : ",", relation_words[i]);
	if (choices->relations.path)
		buf_add(into, SPAN(" --relations"));
}

bool near_choices_are_on(const struct near_choices *choices)
{
	return choices->is_on || choices->apply.path;
}

bool near_choices_name(const struct near_choices *choices)
{
	return choices->relations.path || choices->state.path || choices->apply.path ||
	       choices->emit != EMIT_NONE || choices->print != NEAR_PRINT_KEPT ||
	       near_keep_of(choices, NULL) != KEEP_FIRST;
}

/* What the steps of engine.h have to do with other options. */
static bool check_steps(const struct near_choices *choices, struct diag *why)
{
	const char *wrong = NULL;

	if ((choices->emit == EMIT_PAIRS) != !!choices->bands.path)
		wrong = "--emit=pairs needs --bands=FILE, what --emit=bands wrote, and nothing else does";
	else if ((choices->emit == EMIT_CLUSTERS) != !!choices->pairs.path)
		wrong = "--emit=clusters needs --pairs=FILE, what --emit=pairs wrote, and nothing else does";
	else if (choices->apply.path && (choices->is_on || choices->emit != EMIT_NONE))
		wrong = "--apply does what was decided: it goes with neither --near nor --emit";
	else if (choices->emit != EMIT_NONE && (choices->state.path || choices->relations.path ||
						       strcmp(choices->keep, near_keep_words[0]) != 0))
		wrong = "--emit is a step of its own: it goes with neither --state, --relations nor --keep";
	else if (choices->frequencies.path && choices->state.path)
		wrong = "--state knows what is common: it does not go with --frequencies";
	if (wrong)
		diag_set(why, "%s", wrong);
	return !wrong;
}

/* Whether all is as it is without --near. */
static bool check_off(const struct near_choices *choices, struct diag *why)
{
	const char *option = choices->emit != EMIT_NONE                  ? "emit"
			     : choices->frequencies.path                 ? "frequencies"
			     : choices->relations.path                   ? "relations"
			     : choices->print != NEAR_PRINT_KEPT         ? "print"
			     : strcmp(choices->keep, near_keep_words[0]) ? "keep"
									 : NULL;

	if (option)
		diag_set(why, "--%s says something of near duplicates: it goes with --near", option);
	return !option;
}

bool near_choices_read(const struct near_choices *choices, enum framing reads, struct near_options *options,
	struct diag *why)
{
	*options = (struct near_options){ .passages = choices->relations.path };
	if (!check_steps(choices, why))
		return false;
	if (!choices->is_on)
		return check_off(choices, why);
	if (!read_share("similarity", choices->similarity, &options->similarity, why) ||
		!read_share("containment", choices->containment, &options->containment, why) ||
		!read_drops(choices->drop, &options->drops, why) || !check_keep(choices, reads, why))
		return false;
	if (choices->state.path && near_keep_of(choices, NULL) != KEEP_FIRST) {
		diag_set(why, "what a state knows was kept already: --state does not go with --keep=%s",
			choices->keep);
		return false;
	}
	/* Where the longest stays it does not matter that it came later. */
	if (near_keep_of(choices, NULL) == KEEP_LONGEST && options->drops & 1u << RELATION_CONTAINED_IN)
		options->drops |= 1u << RELATION_CONTAINS;
	return true;
}
