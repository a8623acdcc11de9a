/* SPDX-License-Identifier: MIT
 * near_choices.c - shares and lists of words. */
#include "filters/dedupe/near_choices.h"

const char *const near_print_words[] = { "kept", "dropped", "marked", "clusters", NULL };

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

bool near_choices_read(const struct near_choices *choices, struct near_options *options, struct diag *why)
{
	*options = (struct near_options){ .passages = choices->relations.path };
	return read_share("similarity", choices->similarity, &options->similarity, why) &&
	       read_share("containment", choices->containment, &options->containment, why) &&
	       read_drops(choices->drop, &options->drops, why);
}
