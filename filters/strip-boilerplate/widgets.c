/* SPDX-License-Identifier: MIT
 * widgets.c - what the machinery of a page leaves behind. */
#include "widgets.h"

enum { COUNTER_WORDS = 16, BUTTON_WORDS = 32 };

/* "1.3K": the letter touches the number. */
static bool scales_number(const struct phrases *phrases, const struct word *words, size_t at)
{
	uint32_t found;

	return at > 0 && words[at - 1].digits && words[at].before.count == 0 && !words[at].before.space &&
	       phrases_term(phrases, words + at, 1, TERM_SCALE, &found) == 1;
}

static bool reads_as_number(const struct word *word)
{
	return word->digits && word->before.count <= 3;
}

bool widget_is_counter(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t numbers = 0, counted = 0, scales = 0;

	if (count > COUNTER_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found;
		size_t len = phrases_term(phrases, words + at, count - at, TERM_COUNTED, &found);

		if (len)
			counted++;
		else if (scales_number(phrases, words, at))
			scales++, len = 1;
		else if (reads_as_number(&words[at]))
			numbers++, len = 1;
		else
			return false;
		at += len;
	}
	return numbers && (counted || scales);
}

bool widget_is_buttons(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t buttons = 0;

	if (count > BUTTON_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found;
		size_t len = phrases_term(phrases, words + at, count - at, TERM_BUTTON, &found);

		if (!len && !words[at].digits)
			return false;
		buttons += len > 0;
		at += len ? len : 1;
	}
	return buttons >= 2;
}

/* A hashtag may go on over digits ("#cup2026"), which are words of their own here. */
static bool is_hashtag_part(const struct word *word)
{
	return word->before.last == '#' || (word->before.count == 0 && !word->before.space);
}

static size_t hashtag_run(const struct word *words, size_t count, size_t *start)
{
	size_t tags = 0, from = count;

	while (from > 0 && is_hashtag_part(&words[from - 1])) {
		from--;
		if (words[from].before.last == '#') {
			tags++;
			*start = from;
		}
	}
	return tags;
}

bool widget_is_hashtags(const struct word *words, size_t count)
{
	size_t start = count;

	return hashtag_run(words, count, &start) >= 2 && start == 0;
}

size_t widget_trailing_hashtags(const struct word *words, size_t count)
{
	size_t start = count;
	size_t tags;

	if (count < 3 || words[count - 1].before.count == 0)
		return 0;
	tags = hashtag_run(words, count, &start);
	if (tags < 2 || start == 0 || !gap_is_terminal(words[start].before))
		return 0;
	return count - start;
}

static bool is_hex(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

bool widget_is_identifier(struct span text)
{
	size_t digits = 0, letters = 0;

	if (text.len > 96)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] >= '0' && text.at[i] <= '9')
			digits++;
		else if (is_hex(text.at[i]))
			letters++;
		else if (text.at[i] != '-' && text.at[i] != '{' && text.at[i] != '}')
			return false;
	}
	return digits + letters >= 16 && digits && letters;
}

bool widget_is_rule(struct span text)
{
	size_t marks = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (strchr("-_=~", text.at[i]))
			marks++;
		else if (text.at[i] != ' ')
			return false;
	}
	return marks >= 5;
}

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
		SPAN("tn"), SPAN("dz"), SPAN("ma"), SPAN("mr"), SPAN("sd") };

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

static bool is_host(struct span text)
{
	size_t dot = last_byte(text, '.');

	if (dot < 3 || dot == text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_host_byte(text.at[i]))
			return false;
	return is_known_suffix(span_skip(text, dot));
}

static bool is_mail(struct span text)
{
	size_t at = span_find(text, '@');

	if (at == 0 || at == text.len)
		return false;
	for (size_t i = 0; i < at; i++)
		if (!is_host_byte(text.at[i]) && !strchr("_+", text.at[i]))
			return false;
	return is_host(span_skip(text, at + 1));
}

bool widget_is_address(struct span text)
{
	if (text.len > 2000 || text.len < 4 || memchr(text.at, ' ', text.len))
		return false;
	if (span_has_prefix(text, SPAN("http://")) || span_has_prefix(text, SPAN("https://")))
		return true;
	if (text.len > 200)
		return false;
	return is_host(span_head(text, span_find(text, '/'))) || is_mail(text);
}

/* A printf conversion: %d, %s, %1$s. Returns its length. */
static size_t conversion_len(struct span text)
{
	size_t at = 1;

	if (text.len < 2 || text.at[0] != '%')
		return 0;
	while (at < text.len && text.at[at] >= '0' && text.at[at] <= '9')
		at++;
	if (at > 1 && (at == text.len || text.at[at++] != '$'))
		return 0;
	if (at < text.len && (text.at[at] == 'd' || text.at[at] == 's'))
		return at + 1;
	return 0;
}

static size_t bracketed_len(struct span text)
{
	static const struct span opens[] = { SPAN("{{"), SPAN("{%"), SPAN("${"), SPAN("<%") };
	static const struct span ends[] = { SPAN("}}"), SPAN("%}"), SPAN("}"), SPAN("%>") };

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		const char *end;

		if (!span_has_prefix(text, opens[i]))
			continue;
		end = memmem(text.at, text.len, ends[i].at, ends[i].len);
		return end ? (size_t)(end - text.at) + ends[i].len : 0;
	}
	return 0;
}

static bool stands_free(struct span text, size_t at, size_t len)
{
	static const char around[] = " \t:.,!?()|-";
	bool left = at == 0 || strchr(" \t(|:-", text.at[at - 1]);
	bool right = at + len == text.len || strchr(around, text.at[at + len]);

	return left && right;
}

bool widget_has_placeholder(struct span text)
{
	for (size_t at = 0; at < text.len; at++) {
		struct span rest = span_skip(text, at);
		size_t len;

		if (!strchr("%{$<", text.at[at]))
			continue;
		len = text.at[at] == '%' ? conversion_len(rest) : bracketed_len(rest);
		if (len && stands_free(text, at, len))
			return true;
	}
	return false;
}
