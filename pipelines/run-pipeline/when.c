/* SPDX-License-Identifier: MIT
 * when.c - a boolean, or two sides. */
#include "when.h"

#include <string.h>

/* Where `operator` stands in `text`, spaces around it; the end where it does not. */
static size_t find_operator(struct span text, struct span operator)
{
	const char *hit = memmem(text.at, text.len, operator.at, operator.len);

	return hit ? (size_t)(hit - text.at) : text.len;
}

static struct span without_spaces(struct span text)
{
	while (text.len && text.at[0] == ' ')
		text = span_skip(text, 1);
	while (text.len && text.at[text.len - 1] == ' ')
		text.len--;
	return text;
}

/* One side of a comparison; NULL with `trouble`. Spaces around it are not part of it. */
static const char *side(struct arena *arena, struct param *params, const struct node *when,
	struct span text, struct trouble *trouble)
{
	struct node part = *when;

	part.text = without_spaces(text);
	return params_expand(arena, params, &part, trouble);
}

static bool compare(struct arena *arena, struct param *params, const struct node *when, size_t at,
	bool *equal, struct trouble *trouble)
{
	const char *left = side(arena, params, when, span_head(when->text, at), trouble);
	const char *right = left ? side(arena, params, when, span_skip(when->text, at + 2), trouble) : NULL;

	if (!right)
		return false;
	*equal = strcmp(left, right) == 0;
	return true;
}

bool when_holds(struct arena *arena, struct param *params, const struct node *when, bool *holds,
	struct trouble *trouble)
{
	size_t same, differ;
	const char *text;

	*holds = true;
	if (!when)
		return true;
	same = find_operator(when->text, SPAN("=="));
	differ = find_operator(when->text, SPAN("!="));
	if (same < differ)
		return compare(arena, params, when, same, holds, trouble);
	if (differ < same) {
		bool good = compare(arena, params, when, differ, holds, trouble);

		*holds = !*holds;
		return good;
	}
	text = params_expand(arena, params, when, trouble);
	if (!text)
		return false;
	return boolean_read(text, holds) ||
	       trouble_at(trouble, when->place, "'when' is true or false, 'A == B' or 'A != B', not '%s'",
		       text);
}
