/* SPDX-License-Identifier: MIT
 * token_rules.c - the five options read, and the domains that are known. */
#include "filters/normalize/token_rules.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/normalize/data.h"

static const char *const option_names[TOKENS] = { "urls", "emails", "mentions", "hashtags", "emoji" };

/* --- words --------------------------------------------------------------------------------------------- */

static bool read_word(struct token_rule *rule, const char *option, struct span word, struct diag *why)
{
	if (word.len == 0) {
		diag_set(why, "'--%s=' wants keep, drop or a word", option);
		return false;
	}
	rule->action = TOKEN_REPLACE;
	while (word.len) {
		struct rune rune = utf8_first(word);

		if (unicode_category(rune.value) == GC_CONTROL) {
			diag_set(why, "the word of '--%s' holds a control character", option);
			return false;
		}
		if (rule->word_count == TOKEN_WORD_MAX) {
			diag_set(why, "the word of '--%s' is longer than %d characters", option,
				TOKEN_WORD_MAX);
			return false;
		}
		rule->word[rule->word_count++] = rune.value;
		word = span_skip(word, rune.len);
	}
	return true;
}

static bool read_rule(struct token_rule *rule, const char *option, const char *value, struct diag *why)
{
	if (!value || strcmp(value, "keep") == 0)
		return true;
	if (strcmp(value, "drop") == 0) {
		rule->action = TOKEN_DROP;
		return true;
	}
	return read_word(rule, option, span_from(value), why);
}

bool token_rules_is_word(const struct token_rules *rules, const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < TOKENS; i++) {
		const struct token_rule *rule = &rules->of[i];

		if (rule->word_count && rule->word_count == count &&
			memcmp(rule->word, cps, count * sizeof(*cps)) == 0)
			return true;
	}
	return false;
}

/* --- labels -------------------------------------------------------------------------------------------- */

static int compare_labels(const void *a, const void *b)
{
	return memcmp(((const struct known_label *)a)->name, ((const struct known_label *)b)->name,
		sizeof(((const struct known_label *)a)->name));
}

static unsigned label_says(struct span word)
{
	if (span_equal(word, SPAN("alone")))
		return LABEL_ALONE;
	return span_equal(word, SPAN("path")) ? LABEL_PATH : LABEL_SECOND;
}

static void add_label(struct token_rules *rules, struct span name, unsigned says)
{
	struct known_label *label;

	rules->labels = mem_resize(rules->labels, rules->label_count + 1, sizeof(*rules->labels));
	label = &rules->labels[rules->label_count++];
	*label = (struct known_label){ .says = says };
	for (size_t i = 0; name.len; i++) {
		struct rune rune = utf8_first(name);

		assert(i < TOP_LEVEL_MAX);
		label->name[i] = rune.value;
		name = span_skip(name, rune.len);
	}
}

/* A name that stands in two lines ("co") is one label that says both. */
static void merge_labels(struct token_rules *rules)
{
	size_t kept = 0;

	qsort(rules->labels, rules->label_count, sizeof(*rules->labels), compare_labels);
	for (size_t i = 0; i < rules->label_count; i++) {
		if (kept && compare_labels(&rules->labels[kept - 1], &rules->labels[i]) == 0)
			rules->labels[kept - 1].says |= rules->labels[i].says;
		else
			rules->labels[kept++] = rules->labels[i];
	}
	rules->label_count = kept;
}

static void read_labels(struct token_rules *rules)
{
	struct span text = data_file(SPAN("top-level-domains")), line;

	while (data_line(&text, &line)) {
		unsigned says = label_says(data_word(&line));

		while (line.len)
			add_label(rules, data_word(&line), says);
	}
	merge_labels(rules);
}

unsigned token_rules_label(const struct token_rules *rules, const int32_t *cps, size_t count)
{
	struct known_label wanted = { .says = 0 };
	const struct known_label *found;

	if (count > TOP_LEVEL_MAX)
		return 0;
	for (size_t i = 0; i < count; i++)
		wanted.name[i] =
			rules->folds && cps[i] >= 'A' && cps[i] <= 'Z' ? cps[i] - 'A' + 'a' : cps[i];
	found = bsearch(&wanted, rules->labels, rules->label_count, sizeof(wanted), compare_labels);
	return found ? found->says : 0;
}

/* --- life ---------------------------------------------------------------------------------------------- */

bool token_rules_init(struct token_rules *rules, const char *const values[TOKENS], struct diag *why)
{
	*rules = (struct token_rules){ .any = false };
	for (size_t i = 0; i < TOKENS; i++) {
		if (!read_rule(&rules->of[i], option_names[i], values[i], why))
			return false;
		rules->any |= rules->of[i].action != TOKEN_KEEP;
	}
	if (rules->any)
		read_labels(rules);
	return true;
}

void token_rules_release(struct token_rules *rules)
{
	free(rules->labels);
	*rules = (struct token_rules){ .any = false };
}
