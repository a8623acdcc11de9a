/* SPDX-License-Identifier: MIT
 * leftovers.c - what a content system was to replace, and did not. */
#include "leftovers.h"

#include "common/utf8.h"

static bool is_hex(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

bool leftover_is_identifier(struct span text)
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

/* Stars, florets and lozenges that stand in the middle of a rule (Unicode 15.0, Dingbats and Geometric Shapes); stars of
 * ratings are none. */
static bool is_ornament(int32_t cp)
{
	return (cp >= 0x2722 && cp <= 0x274B && cp != 0x2728) || cp == 0x2756 || cp == 0x2766 ||
	       cp == 0x2767 || cp == 0x25C6 || cp == 0x25C7 || cp == 0x25CA;
}

/* Signs that rules are drawn with, beyond ASCII: dashes, bullets, dots, tatweel, straight box drawings and blocks;
 * corners are those of a table or a drawing. */
static bool draws_rule(int32_t cp)
{
	return (cp > ' ' && cp < 0x7F && strchr("-_=~.", cp)) || (cp >= 0x2012 && cp <= 0x2015) ||
	       cp == 0x2022 || cp == 0x2026 || cp == 0xB7 || cp == 0x0640 ||
	       (cp >= 0x2500 && cp <= 0x250B) || (cp >= 0x254C && cp <= 0x2550) ||
	       (cp >= 0x2580 && cp <= 0x259F) || is_ornament(cp) || cp == 0x25AC || cp == 0x25CF ||
	       cp == 0x2043;
}

/* What stood between or in front of widgets and was left alone. */
static bool is_lone_sign(struct span text)
{
	static const struct span signs[] = { SPAN("|"), SPAN("/"), SPAN("//"), SPAN(">"), SPAN(">>"),
		SPAN("<"), SPAN("\u00BB"), SPAN("\u00AB"), SPAN("\u203A"), SPAN("\u2039"), SPAN("\u2022"),
		SPAN("\u00B7"), SPAN("\u2190"), SPAN("\u2192"), SPAN("\u25BA"), SPAN("\u25BC"),
		SPAN("\u25B2"), SPAN("\u00D7"), SPAN("\u2013"), SPAN("\u2014"), SPAN("-"), SPAN(","),
		SPAN("."), SPAN("|||"), SPAN("||"), SPAN("\u2191"), SPAN("\u2193"), SPAN("\u2630"),
		SPAN("\u2715"), SPAN("\u2716"), SPAN("\u22EE") };

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

bool leftover_is_rule(struct span text)
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

bool leftover_is_code(struct span text)
{
	static const struct span scripts[] = { SPAN("adsbygoogle"), SPAN("googletag."),
		SPAN("document.write("), SPAN("document.getElementById("), SPAN("fbq('"), SPAN("_gaq.push"),
		SPAN("window.dataLayer"), SPAN("taboola = window"), SPAN("div-gpt-ad"), { NULL, 0 } };

	static const char starts[] = "(<_dfgtvw";
	static const uint64_t may_start = SIGN_BIT('(') | SIGN_BIT('<') | SIGN_BIT('_') | SIGN_BIT('d') |
					  SIGN_BIT('f') | SIGN_BIT('g') | SIGN_BIT('t') | SIGN_BIT('v') |
					  SIGN_BIT('w');
	enum { SCRIPT_BYTES = 600 };

	if (resizes_text(text))
		return true;
	if (span_equal(text, SPAN("&nbsp;")) || span_equal(text, SPAN("[object Object]")))
		return true;
	if (text.len == 0 || text.len > SCRIPT_BYTES || !(may_start & SIGN_BIT(text.at[0])) ||
		!strchr(starts, text.at[0]))
		return is_shortcode(text);
	return holds_any(text, scripts);
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

bool leftover_has_placeholder(struct span text)
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
