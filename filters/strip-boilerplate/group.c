/* SPDX-License-Identifier: MIT
 * group.c - the value of --group. */
#include "group.h"

static const char HOST[] = ":host";

static struct span member_of(const char *text)
{
	struct span member = span_from(text);

	if (span_has_suffix(member, span_from(HOST)))
		member.len -= strlen(HOST);
	return member;
}

bool group_init(struct group *group, const char *text, size_t index, enum framing reads, struct diag *why)
{
	*group = (struct group){ .index = index };
	if (!text)
		return true;
	group->member = member_of(text);
	group->is_host = group->member.len < strlen(text);
	if (group->member.len == 0)
		diag_set(why, "--group=%s lacks the name of a member", text);
	else if (reads != FRAMING_JSONL)
		diag_set(why, "--group=%s: only records have members; it needs --jsonl", text);
	else
		return true;
	return false;
}

size_t group_members(const char *text, struct span *names, size_t count)
{
	if (text)
		names[count++] = member_of(text);
	return count;
}

/* What stands in front of the first of these bytes. */
static struct span up_to(struct span text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr(bytes, text.at[i]) && text.at[i])
			return span_head(text, i);
	return text;
}

/* The authority of a URL: what follows "//", or all up to the path where that is missing. */
static struct span authority_of(struct span url)
{
	for (size_t i = 0; i + 1 < url.len && url.at[i] != '/' && url.at[i] != '?'; i++)
		if (url.at[i] == ':' && url.at[i + 1] == '/') {
			url = span_skip(url, i + 1);
			break;
		}
	if (span_has_prefix(url, SPAN("//")))
		url = span_skip(url, 2);
	return up_to(url, "/?#");
}

static struct span host_of(struct span url)
{
	struct span authority = authority_of(url);
	size_t user = authority.len;

	while (user > 0 && authority.at[user - 1] != '@')
		user--;
	authority = span_skip(authority, user);
	if (authority.len && authority.at[0] == '[')
		return up_to(span_skip(authority, 1), "]");
	return up_to(authority, ":");
}

static void add_small(struct buf *into, struct span text)
{
	size_t start = into->len;

	buf_add(into, text);
	for (size_t i = start; i < into->len; i++)
		if (into->at[i] >= 'A' && into->at[i] <= 'Z')
			into->at[i] |= 0x20;
}

bool group_of(struct group *group, const struct doc_info *doc, struct span *name)
{
	const struct doc_member *member;

	*name = SPAN("");
	if (group->member.len == 0)
		return true;
	member = doc->members ? &doc->members[group->index] : NULL;
	if (!member || !member->is_text || member->text.len == 0)
		return false;
	*name = member->text;
	if (!group->is_host)
		return true;
	buf_clear(&group->name);
	add_small(&group->name, host_of(member->text));
	*name = buf_span(&group->name);
	if (span_has_prefix(*name, SPAN("www.")))
		*name = span_skip(*name, 4);
	return name->len > 0;
}

void group_release(struct group *group)
{
	buf_release(&group->name);
}
