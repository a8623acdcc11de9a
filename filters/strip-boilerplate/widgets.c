/* SPDX-License-Identifier: MIT
 * widgets.c - what the machinery of a page leaves behind. */
#include "widgets.h"

#include "common/utf8.h"

enum { COUNTER_WORDS = 16, BUTTON_WORDS = 32 };

/* "1.3K": the letter touches the number; or what it counts follows ("1.5 million views"). */
static bool scales_number(const struct phrases *phrases, const struct word *words, size_t at, size_t count)
{
	uint32_t found;

	if (at == 0 || !words[at - 1].digits || words[at].before.count ||
		phrases_term(phrases, words + at, 1, TERM_SCALE, &found) != 1)
		return false;
	return !words[at].before.space || (at + 1 < count && phrases_term(phrases, words + at + 1,
								     count - at - 1, TERM_COUNTED, &found));
}

/* Money, shares, degrees, "about": what is measured is no counter. Currencies have a block of their own. */
static bool measures(int32_t sign)
{
	static const int32_t signs[] = { '$', '%', '~', '=', '&', '#', 0xA2, 0xA3, 0xA4, 0xA5, 0xB0, 0xB1,
		0x066A, 0x2248, 0xFDFC };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (sign == signs[i])
			return true;
	return sign >= 0x20A0 && sign <= 0x20CF;
}

static bool is_measured(const struct word *word)
{
	return measures(word->before.last) || measures(word[1].before.first);
}

static bool reads_as_number(const struct word *word)
{
	return word->digits && word->before.count <= 3 && !is_measured(word);
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
		else if (scales_number(phrases, words, at, count))
			scales++, len = 1;
		else if (reads_as_number(&words[at]))
			numbers++, len = 1;
		else
			return false;
		at += len;
	}
	return numbers && (counted || scales);
}

bool widget_is_scaled_number(const struct word *words, size_t count)
{
	enum { LONGEST = 3 }; /* "1.3K", "8K60" */
	size_t letters = 0;

	for (size_t i = 0; i < count && i < LONGEST; i++)
		letters += !words[i].digits && words[i].end - words[i].start == 1;
	return count <= LONGEST && letters == 1;
}

bool widget_is_buttons(const struct phrases *phrases, const struct word *words, size_t count)
{
	size_t buttons = 0, first = 0;

	if (count > BUTTON_WORDS)
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found;
		size_t len = phrases_term(phrases, words + at, count - at, TERM_BUTTON, &found);

		if ((!len && !words[at].digits) || words[at].before.count > 3)
			return false;
		if (len && buttons == 1 && words[at].key == words[first].key)
			return false; /* 3" x 4" x 5" */
		first = len && !buttons ? at : first;
		buttons += len > 0;
		at += len ? len : 1;
	}
	return buttons >= 2;
}

bool widget_is_listing(const struct word *words, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (words[i].before.first == ',')
			return true;
	return false;
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

bool widget_is_hashtag(const struct word *words, size_t count)
{
	size_t start = count;

	return hashtag_run(words, count, &start) == 1 && start == 0 && !words[count].before.first;
}

bool widget_is_tags(const struct word *words, size_t count)
{
	enum { MOST = 16 };
	size_t tagged = 0, joined = 0;

	if (count < 3 || count > MOST || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct gap gap = words[i].before;

		if (gap.first && gap.last != '#' && gap.first != ',')
			return false;
		tagged += gap.last == '#';
		joined += i && !gap.count && !gap.space && !words[i].digits && !words[i - 1].digits;
	}
	return tagged + joined >= 2 && 2 * (tagged + 2 * joined) >= count;
}

bool widget_is_glued_list(const struct word *words, size_t count)
{
	enum { PARTS = 3, PART = 3, MOST = 24 };
	size_t parts = 1, len = 1;

	if (count < PARTS || count > MOST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 1; i < count; i++, len++) {
		struct gap gap = words[i].before;

		if (gap.first && (gap.first != ',' || gap.count != 1 || gap.space))
			return false;
		if (words[i].digits)
			return false;
		parts += gap.first == ',';
		len = gap.first ? 0 : len;
		if (len >= PART)
			return false;
	}
	return parts >= PARTS;
}

bool widget_is_lone_number(const struct word *words, size_t count)
{
	bool year = count && words[0].digits == 4 && words[0].value >= 1300 && words[0].value <= 2199;

	return count == 1 && words[0].digits && words[0].digits <= 4 && !year && !words[0].before.first &&
	       !words[1].before.first;
}

bool widget_is_place_in_row(const struct word *words, size_t count)
{
	return count == 2 && words[0].digits && words[0].digits <= 2 && words[1].digits &&
	       words[1].digits <= 3 && words[1].before.first == '/' && words[1].before.count == 1 &&
	       !words[0].before.first && !words[2].before.first && words[0].value <= words[1].value;
}

size_t widget_hashtag_tail(const struct word *words, size_t count)
{
	enum { LEAST = 6 }; /* words in front */
	size_t start = count;

	if (count < LEAST || words[count].before.first || hashtag_run(words, count, &start) < 2)
		return 0;
	return start >= LEAST ? count - start : 0;
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

/* Signs that rules are drawn with, beyond ASCII: dashes, bullets, dots, tatweel, straight box drawings and blocks;
 * corners are those of a table or a drawing. */
static bool draws_rule(int32_t cp)
{
	return (cp > ' ' && cp < 0x7F && strchr("-_=~.", cp)) || (cp >= 0x2012 && cp <= 0x2015) ||
	       cp == 0x2022 || cp == 0x2026 || cp == 0xB7 || cp == 0x0640 ||
	       (cp >= 0x2500 && cp <= 0x250B) || (cp >= 0x254C && cp <= 0x2550) ||
	       (cp >= 0x2580 && cp <= 0x259F) || cp == 0x25AC || cp == 0x25CF || cp == 0x2043;
}

/* What stood between or in front of widgets and was left alone. */
static bool is_lone_sign(struct span text)
{
	static const struct span signs[] = { SPAN("|"), SPAN("/"), SPAN("//"), SPAN(">"), SPAN(">>"),
		SPAN("<"), SPAN("\u00BB"), SPAN("\u00AB"), SPAN("\u203A"), SPAN("\u2039"), SPAN("\u2022"),
		SPAN("\u00B7"), SPAN("\u2190"), SPAN("\u2192"), SPAN("\u25BA"), SPAN("\u25BC"),
		SPAN("\u25B2"), SPAN("\u00D7"), SPAN("\u2013"), SPAN("\u2014"), SPAN("-"), SPAN(","),
		SPAN("."), SPAN("|||"), SPAN("||") };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (span_equal(signs[i], text))
			return true;
	return false;
}

/* The arrows and crosses of a slider, side by side. */
static bool is_lone_signs(struct span text)
{
	enum { MOST = 24 }; /* bytes */

	if (text.len > MOST)
		return false;
	while (text.len) {
		size_t len = span_find(text, ' ');

		if (!is_lone_sign(span_head(text, len)))
			return false;
		text = span_skip(text, len < text.len ? len + 1 : len);
	}
	return true;
}

bool widget_is_rule(struct span text)
{
	enum { LEAST = 5, MOST = 60 }; /* signs */
	size_t marks = 0;
	bool spaced = false;

	if (is_lone_sign(text) || (text.len && is_lone_signs(text)))
		return true;
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (rune.value == ' ' && spaced)
			return false;
		spaced = rune.value == ' ';
		if (!spaced && !draws_rule(rune.value))
			return false;
		marks += rune.value == 0x2014 ? 2 : rune.value == 0x2026 ? 3 : !spaced;
		text = span_skip(text, rune.len);
	}
	return marks >= LEAST && marks <= MOST;
}

static bool holds_any(struct span text, const struct span *marks)
{
	for (; marks->at; marks++)
		if (memmem(text.at, text.len, marks->at, marks->len))
			return true;
	return false;
}

/* "[caption id=...]", "[/caption]", "[gallery]": one pair of brackets around a name that content systems use. */
static bool is_shortcode(struct span text)
{
	static const struct span names[] = { SPAN("caption"), SPAN("gallery"), SPAN("embed"), SPAN("video"),
		SPAN("audio"), SPAN("playlist"), SPAN("youtube"), SPAN("vc_"), SPAN("et_pb_"), SPAN("su_"),
		SPAN("wp_"), SPAN("adrotate"), SPAN("contact-form"), SPAN("rev_slider"), SPAN("fusion_"),
		SPAN("tweet"), SPAN("iframe"), SPAN("ad ") };
	struct span inner;

	if (text.len < 5 || text.at[0] != '[' || text.at[text.len - 1] != ']')
		return false;
	inner = span_of(text.at + 1, text.len - 2);
	if (inner.at[0] == '[' && inner.at[inner.len - 1] == ']' && !memchr(inner.at, ' ', inner.len))
		return true;
	if (inner.at[0] == '/')
		inner = span_skip(inner, 1);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_has_prefix(inner, names[i]))
			return true;
	return false;
}

/* The buttons for larger and smaller letters: one letter with plus and minus, or thrice. */
static bool resizes_text(struct span text)
{
	static const struct span buttons[] = { SPAN("A+ A-"), SPAN("A- A+"), SPAN("A+A-"), SPAN("A-A+"),
		SPAN("+A -A"), SPAN("-A +A"), SPAN("A+"), SPAN("A-"), SPAN("A A+ A-"), SPAN("A- A A+"),
		SPAN("A+ A A-"), SPAN("Aa Aa"), SPAN("Aa-Aa+"), SPAN("Aa- Aa+"), SPAN("Aa+ Aa-") };

	if (text.len < 2 || (text.at[0] != 'A' && text.at[1] != 'A'))
		return false;
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
		if (span_equal(buttons[i], text))
			return true;
	return false;
}

bool widget_is_leftover(struct span text)
{
	static const struct span scripts[] = { SPAN("adsbygoogle"), SPAN("googletag."),
		SPAN("document.write("), SPAN("document.getElementById("), SPAN("fbq('"), SPAN("_gaq.push"),
		SPAN("window.dataLayer"), SPAN("taboola = window"), SPAN("div-gpt-ad"), { NULL, 0 } };

	enum { SCRIPT_BYTES = 600 };

	if (resizes_text(text))
		return true;
	if (span_equal(text, SPAN("&nbsp;")) || span_equal(text, SPAN("[object Object]")))
		return true;
	if (text.len == 0 || text.len > SCRIPT_BYTES || !strchr("(<_dfgtvw", text.at[0]))
		return is_shortcode(text);
	return holds_any(text, scripts);
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

bool widget_is_trail(struct span text)
{
	static const struct span angles[] = { SPAN(" \u00BB "), SPAN(" \u203A "), SPAN(" > "), SPAN(" >> "),
		SPAN(" \u2192 "), { NULL, 0 } };
	enum { MOST = 200 }; /* bytes */

	if (text.len > MOST ||
		holds_any(text, (struct span[]){ SPAN("\u00AB"), SPAN("\u2039"), SPAN(". "), { NULL, 0 } }))
		return false;
	for (const struct span *angle = angles; angle->at; angle++) {
		const char *first = memmem(text.at, text.len, angle->at, angle->len);
		size_t behind = first ? (size_t)(first - text.at) + angle->len : 0;

		if (first && memmem(text.at + behind, text.len - behind, angle->at, angle->len))
			return true;
	}
	return false;
}

bool widget_is_notice(struct span text)
{
	if (span_has_prefix(text, SPAN("\u00A9")))
		return true;
	return text.len > 5 && text.at[0] == '(' && strncasecmp(text.at, "(c) ", 4) == 0 &&
	       text.at[4] >= '1' && text.at[4] <= '2';
}

bool widget_ends_in_domain(struct span text)
{
	size_t space;

	while (text.len && strchr(" )", text.at[text.len - 1]))
		text.len--;
	space = last_byte(text, ' ');
	if (space < 4 || text.len > 200 || !strchr("-|\x93\x94", text.at[space - 2]))
		return false;
	return is_host(span_skip(text, space));
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

static bool may_open_placeholder(char byte)
{
	return byte == '%' || byte == '{' || byte == '$' || byte == '<';
}

bool widget_has_placeholder(struct span text)
{
	if (span_has_prefix(text, SPAN("    ")) || span_has_prefix(text, SPAN("\t")))
		return false; /* code that a story shows */
	for (size_t at = 0; at < text.len; at++) {
		struct span rest = span_skip(text, at);
		size_t len;

		if (!may_open_placeholder(text.at[at]))
			continue;
		len = text.at[at] == '%' ? conversion_len(rest) : bracketed_len(rest);
		if (len && stands_free(text, at, len))
			return true;
	}
	return false;
}
