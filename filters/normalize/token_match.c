/* SPDX-License-Identifier: MIT
 * token_match.c - one function for each kind of token; each looks from where it begins to the right.
 *
 * Those that look far step over what they have seen, or begin only where a run of word characters begins, so
 * that all of them together are linear. */
#include "filters/normalize/token_match.h"

#include "common/unicode.h"

enum { TATWEEL = 0x0640, KEYCAP = 0x20E3, FULLWIDTH_HASH = 0xFF03 };

enum {
	SCHEME_MAX = 32, /* code points; the longest that IANA has registered are about as long */
	USERINFO_MAX = 256,
	IP_LITERAL_MAX = 64,
	PORT_MAX = 5,
};

static const struct token_found nothing = { TOKENS, 0 };

/* --- characters ---------------------------------------------------------------------------------------- */

static bool is_one_of(int32_t cp, const char *ascii)
{
	return cp > 0 && cp < 0x80 && memchr(ascii, cp, strlen(ascii)) != NULL;
}

static bool is_lower(int32_t cp)
{
	return cp >= 'a' && cp <= 'z';
}

static bool is_upper(int32_t cp)
{
	return cp >= 'A' && cp <= 'Z';
}

static bool is_digit(int32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_ascii_letter(int32_t cp)
{
	return is_lower(cp) || is_upper(cp);
}

static bool is_alphanumeric(int32_t cp)
{
	return is_ascii_letter(cp) || is_digit(cp);
}

static int32_t lower(int32_t cp)
{
	return is_upper(cp) ? cp - 'A' + 'a' : cp;
}

static bool is_letter(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER && cp != TATWEEL;
}

static bool is_mark(int32_t cp)
{
	return unicode_category(cp) == GC_MARK;
}

bool token_is_word(int32_t cp)
{
	enum gc category = unicode_category(cp);

	return category == GC_LETTER || category == GC_MARK || category == GC_NUMBER || cp == '_';
}

bool token_is_boundary(int32_t cp)
{
	if (cp < 0x80)
		return cp <= ' ' || cp == 0x7F || is_one_of(cp, "\"<>\\^`{|}");
	return !token_is_word(cp) && unicode_category(cp) != GC_FORMAT && cp != 0xB7 &&
	       cp != FULLWIDTH_HASH;
}

/* --- text ---------------------------------------------------------------------------------------------- */

/* 0 beyond the end. */
static int32_t at(const struct token_text *text, size_t i)
{
	return i < text->count ? text->cps[i] : 0;
}

/* The character before `i`, 0 at the start. */
static int32_t before(const struct token_text *text, size_t i)
{
	return i ? text->cps[i - 1] : 0;
}

static bool has_at(const struct token_text *text, size_t i, const char *ascii)
{
	for (; *ascii; ascii++, i++)
		if (lower(at(text, i)) != *ascii)
			return false;
	return true;
}

/* A word ends before `i`. A keycap is none, nor are marks and tatweel with no letter below them: they may belong to
 * an emoji, and such a tatweel may become a dash. */
static bool follows_word(const struct token_text *text, size_t i)
{
	if (before(text, i) == KEYCAP)
		return false;
	while (i && (is_mark(text->cps[i - 1]) || text->cps[i - 1] == TATWEEL))
		i--;
	return token_is_word(before(text, i));
}

static bool is_latin(int32_t cp)
{
	return unicode_script(cp) == SCRIPT_LATIN;
}

/* A Latin word or a number ends before `i`. */
static bool follows_latin(const struct token_text *text, size_t i)
{
	while (i && is_mark(text->cps[i - 1]))
		i--;
	return is_digit(before(text, i)) || is_latin(before(text, i));
}

/* `i` begins a run of words joined by dots and hyphens, and is not what an @ or a slash leads to. Arabic and Latin
 * words that touch are two runs. */
static bool begins_run(const struct token_text *text, size_t i)
{
	int32_t cp = before(text, i);
	bool is_wide = at(text, i) >= 0x80 && !is_latin(at(text, i));
	bool (*follows)(const struct token_text *, size_t) = is_wide ? follows_word : follows_latin;

	if (is_one_of(cp, ".-"))
		return !follows(text, i - 1);
	return !follows(text, i) && !is_one_of(cp, "_@/%");
}

static struct token_found found(enum token kind, size_t from, size_t to, size_t most)
{
	return (struct token_found){ to - from > most ? TOKENS : kind, to - from };
}

/* --- domains ------------------------------------------------------------------------------------------- */

struct label {
	size_t end;
	bool has_letter, is_latin, only_letters;
	unsigned says; /* of enum label_says */
};

/* A domain as far as it goes, and up to its last label that is a known top-level domain. */
struct domain {
	size_t end, labels;
	struct label last;
	bool is_latin; /* its first label is */
	size_t top_end, top_labels; /* 0: there is none */
	unsigned top_says;
	bool after_name,
		after_second; /* the label before the top-level domain holds a letter; is like "co" */
	bool top_is_alike; /* is Latin if the first label is */
};

static bool is_label_part(int32_t cp, bool is_first)
{
	return token_is_word(cp) || (cp == '-' && !is_first);
}

/* The label that begins at `i`; its end is `i` when there is none. It is Latin or not: a letter of another kind
 * right behind it is of the next word. A hyphen does not end it. */
static struct label scan_label(const struct token_text *text, size_t i)
{
	struct label label = { .end = i, .only_letters = true };

	for (size_t j = i; j - i <= TOKEN_DOMAIN_MAX && is_label_part(at(text, j), j == i); j++) {
		int32_t cp = at(text, j);

		if (is_letter(cp) && !label.has_letter)
			label.is_latin = is_latin(cp);
		else if (is_letter(cp) && is_latin(cp) != label.is_latin)
			break;
		label.has_letter |= is_letter(cp);
		label.only_letters &= is_letter(cp) || is_mark(cp);
		if (cp != '-')
			label.end = j + 1;
	}
	return label;
}

/* Small letters only: a capital begins the next sentence ("said.In") or a name ("ASP.NET"); where case is folded
 * nobody can tell. */
static unsigned what_label_says(const struct token_text *text, size_t i, size_t end)
{
	if (end - i > strlen("xn--") && has_at(text, i, "xn--"))
		return LABEL_PATH;
	return token_rules_label(text->rules, text->cps + i, end - i);
}

static void add_label(struct domain *domain, struct label label)
{
	if (domain->labels && label.says & LABEL_TOP) {
		domain->top_end = label.end;
		domain->top_labels = domain->labels + 1;
		domain->top_says = label.says;
		domain->after_name = domain->last.has_letter;
		domain->after_second = domain->last.says & LABEL_SECOND;
		domain->top_is_alike = domain->is_latin == label.is_latin;
	}
	if (domain->labels == 0)
		domain->is_latin = label.is_latin || !label.has_letter;
	domain->labels++;
	domain->last = label;
	domain->end = label.end;
}

/* The domain that begins at `i`; one without labels when there is none. All labels are of one kind, Latin or not,
 * but for a top-level domain. */
static struct domain scan_domain(const struct token_text *text, size_t i)
{
	struct domain domain = { .end = i };
	size_t from = i;

	while (i - from <= TOKEN_DOMAIN_MAX) {
		struct label label = scan_label(text, i);

		if (label.end == i)
			break;
		label.says = what_label_says(text, i, label.end);
		if (domain.labels && label.has_letter && label.is_latin != domain.is_latin &&
			!(label.says & LABEL_TOP))
			break;
		add_label(&domain, label);
		if (at(text, label.end) != '.')
			break;
		i = label.end + 1;
	}
	return domain;
}

/* Where a domain ends that is not alone in showing that it is one; 0 when it is none after all. */
static size_t domain_end(const struct domain *domain, size_t least_labels)
{
	if (domain->top_end)
		return domain->top_end;
	if (domain->labels < least_labels || !domain->is_latin || !domain->last.only_letters)
		return 0;
	return domain->end;
}

/* --- URLs ---------------------------------------------------------------------------------------------- */

/* Ends before a closing bracket that was not opened, and where another URL begins behind a comma. */
static size_t skip_path(const struct token_text *text, size_t i)
{
	size_t round = 0, square = 0;

	for (; i < text->count; i++) {
		int32_t cp = text->cps[i];

		if ((cp == ')' && round-- == 0) || (cp == ']' && square-- == 0))
			break;
		if (is_one_of(cp, ",;") &&
			(has_at(text, i + 1, "http://") || has_at(text, i + 1, "https://")))
			break;
		round += cp == '(';
		square += cp == '[';
	}
	return i;
}

/* Without the punctuation of the sentence. */
static size_t trim_path(const struct token_text *text, size_t from, size_t i)
{
	while (i > from && is_one_of(text->cps[i - 1], ".,;:!?'*(["))
		i--;
	return i;
}

static size_t skip_port(const struct token_text *text, size_t i)
{
	size_t end = i + 1;

	if (at(text, i) != ':')
		return i;
	while (end - i <= PORT_MAX && is_digit(at(text, end)))
		end++;
	return end - i > 1 ? end : i;
}

/* Port, path, query, fragment, as far as they are there. */
static size_t skip_rest(const struct token_text *text, size_t i)
{
	i = skip_port(text, i);
	return is_one_of(at(text, i), "/?#") ? trim_path(text, i, skip_path(text, i)) : i;
}

/* user:password@ */
static size_t skip_userinfo(const struct token_text *text, size_t i)
{
	for (size_t j = i; j - i < USERINFO_MAX && at(text, j) && !is_one_of(at(text, j), "/?#[](),;"); j++)
		if (at(text, j) == '@')
			return j + 1;
	return i;
}

/* [2001:db8::1], or `i` when it is not like that. */
static size_t skip_ip_literal(const struct token_text *text, size_t i)
{
	size_t j = i + 1;

	while (j - i < IP_LITERAL_MAX && (is_alphanumeric(at(text, j)) || is_one_of(at(text, j), ":.%-_")))
		j++;
	return j > i + 1 && at(text, j) == ']' ? j + 1 : i;
}

/* `i` when there is no host. One that goes on to a path is whole; else it may have run into the next sentence. */
static size_t skip_host(const struct token_text *text, size_t i)
{
	struct domain domain;

	if (at(text, i) == '[')
		return skip_ip_literal(text, i);
	domain = scan_domain(text, i);
	if (domain.top_end && !is_one_of(at(text, domain.end), "/?#:"))
		return domain.top_end;
	return domain.end;
}

/* Length of "http", "https", "ftp" at `i`, when "://" follows; 0 else. */
static size_t known_scheme(const struct token_text *text, size_t i)
{
	static const char *const known[] = { "https://", "http://", "ftp://" };

	for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
		if (has_at(text, i, known[k]))
			return strlen(known[k]) - strlen("://");
	return 0;
}

/* "more.http", "Readhttps": a word that ran into a URL. (But "git+https" is a scheme.) */
static bool hides_known_scheme(const struct token_text *text, size_t i, size_t end)
{
	for (size_t j = end; j-- > i + 1 && end - j <= strlen("https");)
		if (lower(text->cps[j]) == 'h' && known_scheme(text, j))
			return text->cps[j - 1] != '+';
	return false;
}

/* letter [letter digit + - .]*, when "://" follows; 0 else. */
static size_t any_scheme(const struct token_text *text, size_t i)
{
	size_t end = i;

	if (!is_ascii_letter(at(text, i)) || is_alphanumeric(before(text, i)))
		return 0;
	while (end - i <= SCHEME_MAX && (is_alphanumeric(at(text, end)) || is_one_of(at(text, end), "+-.")))
		end++;
	if (!has_at(text, end, "://") || hides_known_scheme(text, i, end))
		return 0;
	return end - i;
}

static struct token_found with_scheme(const struct token_text *text, size_t i)
{
	size_t scheme = known_scheme(text, i), from, host, end;

	if (!scheme)
		scheme = any_scheme(text, i);
	if (!scheme)
		return nothing;
	from = i + scheme + strlen("://");
	host = skip_userinfo(text, from);
	end = skip_host(text, host);
	if (end == host)
		end = skip_host(text, host = from); /* the @ was not the host's */
	if (end == host && at(text, host) != '/') /* file:///tmp */
		return nothing;
	end = skip_rest(text, end);
	return end > from ? found(TOKEN_URL, i, end, TOKEN_URL_MAX) : nothing;
}

static struct token_found with_www(const struct token_text *text, size_t i)
{
	size_t host = i + strlen("www"), end;
	struct domain domain;

	if (!has_at(text, i, "www") || !begins_run(text, i))
		return nothing;
	host += is_digit(at(text, host));
	if (at(text, host) != '.')
		return nothing;
	domain = scan_domain(text, host + 1);
	end = domain_end(&domain, 1);
	if (end < host + 3) /* a letter alone is no host */
		return nothing;
	return found(TOKEN_URL, i, skip_rest(text, end), TOKEN_URL_MAX);
}

/* "site.com.More": another sentence; "archive.com.zip": a file. */
static bool is_cut_short(const struct token_text *text, const struct domain *domain)
{
	int32_t cp = at(text, domain->top_end + 1);

	if (text->rules->folds)
		cp = lower(cp);
	return at(text, domain->top_end) == '.' && (is_lower(cp) || is_digit(cp));
}

static bool has_path(const struct token_text *text, size_t i)
{
	i = skip_port(text, i);
	return at(text, i) == '/' && token_is_word(at(text, i + 1));
}

static bool stands_alone(const struct domain *domain)
{
	return (domain->top_says & LABEL_ALONE && domain->after_name) ||
	       (domain->after_second && domain->top_labels > 2);
}

static struct token_found bare(const struct token_text *text, size_t i)
{
	struct domain domain;

	if (!begins_run(text, i))
		return nothing;
	domain = scan_domain(text, i);
	if (!domain.top_end || !domain.top_is_alike || is_cut_short(text, &domain))
		return nothing;
	if (!stands_alone(&domain) && !has_path(text, domain.top_end))
		return nothing;
	if (domain.top_end - i > TOKEN_DOMAIN_MAX)
		return found(TOKENS, i, domain.end, TOKEN_URL_MAX);
	return found(TOKEN_URL, i, skip_rest(text, domain.top_end), TOKEN_URL_MAX);
}

/* --- e-mail -------------------------------------------------------------------------------------------- */

/* What an address has before its @. Latin and other letters are two words that ran together. */
struct local {
	size_t end;
	bool has_latin, has_other;
};

/* The dot-atom that begins at `i`. */
static struct local scan_local(const struct token_text *text, size_t i)
{
	struct local local = { .end = i };
	size_t j = i;

	for (; j - i <= TOKEN_LOCAL_MAX; j++) {
		int32_t cp = at(text, j);

		if (cp == '.' && (j == i || before(text, j) == '.'))
			break;
		if (!token_is_word(cp) && (j == i || !is_one_of(cp, ".+-%'&~$")))
			break;
		local.has_latin |= is_letter(cp) && is_latin(cp);
		local.has_other |= is_letter(cp) && !is_latin(cp);
	}
	local.end = j;
	return local;
}

/* Where the address at `i` ends; 0 when there is none. */
static size_t address_end(const struct token_text *text, size_t i)
{
	struct local local = scan_local(text, i);
	struct domain domain;
	size_t end;

	if (at(text, local.end) != '@' || local.end == i || before(text, local.end) == '.')
		return 0;
	if (local.end - i > TOKEN_LOCAL_MAX || (local.has_latin && local.has_other))
		return 0;
	domain = scan_domain(text, local.end + 1);
	end = domain_end(&domain, 2);
	return end && end - local.end - 1 <= TOKEN_DOMAIN_MAX ? end : 0;
}

static struct token_found address(const struct token_text *text, size_t i)
{
	size_t end = begins_run(text, i) ? address_end(text, i) : 0;

	return end ? found(TOKEN_EMAIL, i, end, TOKEN_LOCAL_MAX + 1 + TOKEN_DOMAIN_MAX) : nothing;
}

static struct token_found with_mailto(const struct token_text *text, size_t i)
{
	size_t from = i + strlen("mailto:"), end;

	if (!has_at(text, i, "mailto:") || is_alphanumeric(before(text, i)))
		return nothing;
	end = address_end(text, from);
	if (!end)
		return nothing;
	if (at(text, end) == '?')
		end = trim_path(text, end, skip_path(text, end));
	return found(TOKEN_EMAIL, i, end, TOKEN_URL_MAX);
}

/* --- names and hashtags -------------------------------------------------------------------------------- */

static size_t skip_words(const struct token_text *text, size_t i)
{
	while (token_is_word(at(text, i)))
		i++;
	return i;
}

/* The @host.example of @name@host.example, and the .host.example of @name.host.example. */
static size_t skip_platform(const struct token_text *text, size_t from, size_t end)
{
	bool has_host = at(text, end) == '@';
	struct domain domain;

	if (!has_host && at(text, end) != '.')
		return end;
	domain = scan_domain(text, has_host ? end + 1 : from + 1);
	if (domain.top_end <= end || domain.top_labels < (has_host ? 2 : 3))
		return end;
	return domain.top_end;
}

static struct token_found mention(const struct token_text *text, size_t i)
{
	size_t end = skip_words(text, i + 1);

	if (end == i + 1 || is_mark(at(text, i + 1)) || follows_word(text, i))
		return nothing;
	if (end - i > TOKEN_TAG_MAX)
		return found(TOKENS, i, end, TOKEN_TAG_MAX);
	return found(TOKEN_MENTION, i, skip_platform(text, i, end), TOKEN_TAG_MAX + TOKEN_DOMAIN_MAX);
}

static struct token_found hashtag(const struct token_text *text, size_t i)
{
	size_t end = skip_words(text, i + 1);
	bool has_letter = false;

	if ((follows_word(text, i) && i != text->hashtag_end) || before(text, i) == '&')
		return nothing;
	for (size_t j = i + 1; j < end && !has_letter; j++)
		has_letter = is_letter(text->cps[j]);
	return has_letter ? found(TOKEN_HASHTAG, i, end, TOKEN_TAG_MAX) : nothing;
}

/* --- all ----------------------------------------------------------------------------------------------- */

typedef struct token_found matcher(const struct token_text *text, size_t i);

struct token_found token_at(const struct token_text *text, size_t i)
{
	static matcher *const matchers[] = { with_scheme, with_mailto, address, with_www, bare };
	int32_t cp = text->cps[i];

	if (cp == '@')
		return mention(text, i);
	if (cp == '#' || cp == FULLWIDTH_HASH)
		return hashtag(text, i);
	if (!token_is_word(cp) || is_mark(cp)) /* a mark belongs to what is before it */
		return nothing;
	for (size_t m = 0; m < sizeof(matchers) / sizeof(matchers[0]); m++) {
		struct token_found it = matchers[m](text, i);

		if (it.count)
			return it;
	}
	return nothing;
}
