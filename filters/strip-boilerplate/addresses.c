/* SPDX-License-Identifier: MIT
 * addresses.c - a site, a page or a mailbox. */
#include "addresses.h"

static bool is_ascii_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool is_host_byte(char byte)
{
	return is_ascii_letter(byte) || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.';
}

/* Top-level domains that a bare name is taken for a site with; the oldest, and those of news sites. */
static bool is_known_suffix(struct span suffix)
{
	static const struct span known[] = { SPAN("com"), SPAN("net"), SPAN("org"), SPAN("info"),
		SPAN("news"), SPAN("media"), SPAN("tv"), SPAN("press"), SPAN("online"), SPAN("edu"),
		SPAN("gov"), SPAN("int"), SPAN("io"), SPAN("co"), SPAN("uk"), SPAN("fr"), SPAN("de"),
		SPAN("es"), SPAN("it"), SPAN("ru"), SPAN("tr"), SPAN("ir"), SPAN("pk"), SPAN("in"),
		SPAN("eg"), SPAN("sa"), SPAN("ae"), SPAN("qa"), SPAN("kw"), SPAN("bh"), SPAN("om"),
		SPAN("ye"), SPAN("jo"), SPAN("lb"), SPAN("sy"), SPAN("iq"), SPAN("ps"), SPAN("ly"),
		SPAN("tn"), SPAN("dz"), SPAN("ma"), SPAN("mr"), SPAN("sd"), SPAN("me"), SPAN("krd"),
		SPAN("app"), SPAN("site"), SPAN("live"), SPAN("today"), SPAN("agency"), SPAN("network"),
		SPAN("blog"), SPAN("world"), SPAN("africa"), SPAN("eu"), SPAN("example") };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (suffix.len == known[i].len && strncasecmp(suffix.at, known[i].at, suffix.len) == 0)
			return true;
	return false;
}

static size_t last_byte(struct span text, char byte)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != byte)
		at--;
	return at;
}

/* A name with a dot, whatever is behind the last one. */
static bool has_suffix(struct span text)
{
	size_t dot = last_byte(text, '.');

	if (dot < 3 || dot == text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_host_byte(text.at[i]))
			return false;
	return true;
}

static bool is_host(struct span text)
{
	return has_suffix(text) && is_known_suffix(span_skip(text, last_byte(text, '.')));
}

static bool is_mail(struct span text)
{
	size_t at = span_find(text, '@');

	if (at == 0 || at == text.len)
		return false;
	for (size_t i = 0; i < at; i++)
		if (!is_host_byte(text.at[i]) && !strchr("_+", text.at[i]))
			return false;
	return has_suffix(span_skip(text, at + 1)); /* the sign before says that it is one */
}

bool address_is(struct span text)
{
	if (text.len > 2000 || text.len < 4 || memchr(text.at, ' ', text.len))
		return false;
	if (span_has_prefix(text, SPAN("http://")) || span_has_prefix(text, SPAN("https://")))
		return true;
	if (text.len > 200)
		return false;
	return is_host(span_head(text, span_find(text, '/'))) || is_mail(text);
}

bool address_ends(struct span text)
{
	size_t space;

	while (text.len && strchr(" )", text.at[text.len - 1]))
		text.len--;
	space = last_byte(text, ' ');
	if (space < 4 || text.len > 200 || !strchr("-|\x93\x94", text.at[space - 2]))
		return false;
	return is_host(span_skip(text, space));
}
