/* SPDX-License-Identifier: MIT
 * lang.c - the value of --lang. */
#include "common/lang.h"

bool lang_varies(const char *lang)
{
	return lang[0] == '@';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_subtag(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_letter(text.at[i]) && (text.at[i] < '0' || text.at[i] > '9'))
			return false;
	return text.len >= 1 && text.len <= 8;
}

/* Length of the first subtag. Locales have an underscore where tags have a hyphen. */
static size_t subtag_end(struct span tag)
{
	size_t hyphen = span_find(tag, '-'), underscore = span_find(tag, '_');

	return hyphen < underscore ? hyphen : underscore;
}

/* The primary subtag; empty when `tag` is not formed like a tag. */
static struct span primary_of(struct span tag)
{
	struct span primary = span_head(tag, subtag_end(tag));

	for (size_t i = 0; i < primary.len; i++)
		if (!is_letter(primary.at[i]))
			return span_head(primary, 0);
	for (struct span rest = tag;;) {
		size_t end = subtag_end(rest);

		if (!is_subtag(span_head(rest, end)))
			return span_head(primary, 0);
		if (end == rest.len)
			return span_head(primary, primary.len >= 2 ? primary.len : 0);
		rest = span_skip(rest, end + 1);
	}
}

size_t lang_members(const char *lang, struct span *names, size_t count)
{
	if (lang_varies(lang))
		names[count++] = span_from(lang + 1);
	return count;
}

bool lang_check(const char *lang, enum framing reads, struct diag *why)
{
	if (lang_varies(lang) && reads != FRAMING_JSONL)
		diag_set(why, "--lang=%s: only records have members; it needs --jsonl", lang);
	else if (lang_varies(lang) && lang[1] == '\0')
		diag_set(why, "--lang=@ lacks the name of a member");
	else if (!lang_varies(lang) && primary_of(span_from(lang)).len == 0)
		diag_set(why, "--lang wants a language tag such as ar, auto, or @MEMBER: '%s'", lang);
	else
		return true;
	return false;
}

void lang_of(char primary[LANG_MAX], const char *lang, const struct doc_info *doc, size_t member)
{
	struct span tag = SPAN("");

	if (!lang_varies(lang))
		tag = span_from(lang);
	else if (doc && doc->members && doc->members[member].is_text)
		tag = doc->members[member].text;
	tag = primary_of(tag);
	if (tag.len == 0)
		tag = SPAN("auto");
	for (size_t i = 0; i < tag.len; i++)
		primary[i] = (char)(tag.at[i] | 0x20); /* ASCII letters all */
	primary[tag.len] = '\0';
}
