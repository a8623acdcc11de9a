/* SPDX-License-Identifier: MIT
 * mojibake_suspect.c - finds the lines that have to be judged: mojibake_suspect of mojibake.h.
 *
 * The vector path compares the bytes around each byte with what suspicious pairs of characters begin with, by nibble
 * look-ups as in John Keiser and Daniel Lemire, "Validating UTF-8 in less than one instruction per byte" (2021). It
 * flags some places too many, none too few; at those, and everywhere in the scalar twin, characters are asked. */
#include "filters/normalize/mojibake_suspect.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/normalize/mojibake.h"
#include "filters/normalize/mojibake_odd.h"

enum {
	LOST = 0xFFFD,
	A_TILDE = 0xC3,
	REFERENCE_LONGEST = 40, /* bytes; HTML's longest name has 33 */
};

/* --- three characters ---------------------------------------------------------------------------------------- */

static bool is_between(int32_t cp, int32_t first, int32_t last)
{
	return cp >= first && cp <= last;
}

static bool is_ascii_letter(int32_t cp)
{
	return is_between(cp | 0x20, 'a', 'z');
}

/* Signs of latin-1 that stand behind letters in good text: no-break space, degree, guillemets. Controls of the same
 * last digit go with them, for the vector path looks at that digit. */
static bool is_common_sign(int32_t cp)
{
	return (cp & 0xF) == 0x0 || (cp & 0xF) == 0xB;
}

/* Quotes, dashes, the ellipsis. */
static bool is_common_punctuation(int32_t cp)
{
	return is_between(cp, 0x2010, 0x201D) || cp == 0x2026;
}

static bool cyrillic_pair(int32_t a, int32_t b)
{
	if (is_between(a, 0x410, 0x42F) || is_between(b, 0x400, 0x40F))
		return true;
	if (b <= 0xFF)
		return !is_common_sign(b);
	return b >= 0x2000 && !is_common_punctuation(b);
}

/* A small Latin letter leads three or four bytes: behind it common punctuation is none without one more byte. */
static bool latin_pair(int32_t a, int32_t b, int32_t c)
{
	if (is_between(b, 0x600, 0x6FF))
		return false;
	if (!unicode_is_lowercase(a) || !(is_common_punctuation(b) || (b <= 0xFF && is_common_sign(b))))
		return true;
	return c >= 0x80 || c == '&';
}

/* A small letter and a capital beyond ASCII that may be Arabic ones in windows-1256. */
static bool is_mixed(const struct image *a, const struct image *b, int32_t first, int32_t second)
{
	enum sort before, after;

	if (!a->byte[SEEN_AS_1252] || !b->byte[SEEN_AS_1252])
		return false;
	before = odd_sort(first);
	after = odd_sort(second);
	return (before == SORT_LOWER && after == SORT_UPPER) ||
	       (before == SORT_UPPER && after == SORT_LOWER);
}

bool suspect_three(const struct images *images, int32_t a, int32_t b, int32_t c)
{
	const struct image *lead = images_of(images, a), *cont = images_of(images, b);

	if (a < 0x80)
		return false;
	if (a == A_TILDE)
		return !is_ascii_letter(b);
	if (b < 0x80)
		return false;
	if (b == LOST)
		return lead->leads && a < 0x180;
	if (is_mixed(lead, cont, a, b))
		return true;
	if (is_between(a, 0x600, 0x6FF))
		return b <= 0xBF && !is_common_sign(b);
	if (!(lead->leads & cont->conts))
		return false;
	if (is_between(a, 0x400, 0x4FF))
		return cyrillic_pair(a, b);
	if (a <= 0xBF)
		return !is_common_sign(a) && a != 0xB7;
	if (is_between(a, 0x2018, 0x201D) && unicode_category(b) == GC_LETTER)
		return false;
	if (a >= 0x2000)
		return a < 0x3000 && !is_between(b, 0x2000, 0x203F);
	return latin_pair(a, b, c);
}

/* --- characters in a text ------------------------------------------------------------------------------------ */

/* Characters that other rules may drop. */
static bool is_zero_width(int32_t cp)
{
	return is_between(cp, 0x200B, 0x200F) || is_between(cp, 0x202A, 0x202E) ||
	       is_between(cp, 0x2060, 0x206F) || cp == 0xFEFF;
}

/* A text and what may be asked about the neighbourhood of a place in it; edges are line ends. */
struct place {
	const struct images *images;
	struct span text;
};

static int32_t char_at(const struct place *p, size_t at)
{
	return at < p->text.len ? utf8_first(span_skip(p->text, at)).value : '\n';
}

/* Where the character in front of `at` begins. */
static size_t step_back(const struct place *p, size_t at)
{
	do
		at--;
	while (at && ((unsigned char)p->text.at[at] & 0xC0) == 0x80);
	return at;
}

/* The last character in front of `at`, and not in front of `from`, that is not of zero width; '\n' where there is none.
 * `*at` moves to it. */
static int32_t char_back_to(const struct place *p, size_t *at, size_t from)
{
	while (*at > from) {
		int32_t cp;

		*at = step_back(p, *at);
		cp = char_at(p, *at);
		if (!is_zero_width(cp))
			return cp;
	}
	return '\n';
}

static int32_t char_before(const struct place *p, size_t *at)
{
	return char_back_to(p, at, 0);
}

/* The first character from `*at` on that is not of zero width; `*at` moves behind it. */
static int32_t char_from(const struct place *p, size_t *at)
{
	while (*at < p->text.len) {
		struct rune rune = utf8_first(span_skip(p->text, *at));

		*at += rune.len;
		if (!is_zero_width(rune.value))
			return rune.value;
	}
	return '\n';
}

/* What a combining mark makes of the letter in front of it is not known here: it may be any image. */
static bool is_suspect_mark(const struct place *p, size_t at)
{
	size_t before = at, behind = at;
	int32_t base = char_before(p, &before), mark = char_from(p, &behind), next = char_from(p, &behind);

	if (base >= 0x80 || next >= 0x80 || next == '&' || base == ';' || (base == 'A' && mark == 0x303))
		return true;
	base = char_before(p, &before);
	return base >= 0x80 || base == ';';
}

static bool is_mark(int32_t cp)
{
	return is_between(cp, 0x300, 0x36F);
}

/* Madda and hamza, of which NFC makes letters that lead two bytes. */
static int32_t composed(int32_t cp)
{
	return is_between(cp, 0x653, 0x655) ? 0x623 : cp;
}

/* The same behind `lead`. A byte order mark is looked through behind Latin, Greek and Cyrillic letters only: elsewhere the
 * vector path does not see it, for full-width punctuation begins with the same byte. */
static int32_t char_behind(const struct place *p, int32_t lead, size_t *at)
{
	if (lead >= 0x530 && char_at(p, *at) == 0xFEFF)
		return 0xFEFF;
	return char_from(p, at);
}

/* Whether the character at `at` and what is behind it are suspicious. */
static bool is_suspect_lead(const struct place *p, size_t at)
{
	int32_t a = char_from(p, &at), next = char_at(p, at), b = char_behind(p, a, &at),
		c = char_from(p, &at);

	a = composed(a);
	return suspect_three(p->images, a, b, c) || (next != b && suspect_three(p->images, a, next, b));
}

/* --- references ---------------------------------------------------------------------------------------------- */

/* The reference that starts at `at`, without & and ;, where it looks like one; what "&amp;" hides is taken for it. */
static struct span reference(const struct place *p, size_t at)
{
	struct span rest = span_skip(p->text, at + 1);
	size_t end = span_find(span_head(rest, REFERENCE_LONGEST), ';');

	while (end < rest.len && (end == 3 || end == 4) &&
		(span_has_prefix(rest, SPAN("amp;")) || span_has_prefix(rest, SPAN("#38;")) ||
			span_has_prefix(rest, SPAN("#x26;")))) {
		rest = span_skip(rest, end + 1);
		end = span_find(span_head(rest, REFERENCE_LONGEST), ';');
	}
	return end < rest.len && rest.at[end] == ';' ? span_head(rest, end) : span_of("", 0);
}

/* Whether a reference stands for a character of ASCII, as nearly all do. */
static bool is_plain(struct span name)
{
	static const struct span plain[] = { { "quot", 4 }, { "lt", 2 }, { "gt", 2 }, { "apos", 4 },
		{ "#39", 3 }, { "#34", 3 }, { "#039", 4 }, { "#60", 3 }, { "#62", 3 }, { "#x27", 4 },
		{ "QUOT", 4 } };

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (span_equal(name, plain[i]))
			return true;
	return false;
}

/* Whether what stands beside a reference may make a pair with it. */
static bool is_neighbour(int32_t cp)
{
	return cp >= 0x80 || cp == '&' || cp == ';';
}

/* No-break spaces and guillemets make no suspicious pair with the letters of scripts without case. */
static bool is_calm_beside(struct span name, int32_t before, int32_t next)
{
	if (!span_equal(name, SPAN("nbsp")) && !span_equal(name, SPAN("laquo")) &&
		!span_equal(name, SPAN("raquo")))
		return false;
	return (before < 0x80 || odd_sort(before) == SORT_LETTER) &&
	       (next < 0x80 || odd_sort(next) == SORT_LETTER) && before != ';' && next != '&';
}

/* Whether the reference may stand for "Ã" or for a combining mark. Of a number in other digits than those of ASCII
 * nothing is known here. */
static bool is_alone_suspect(struct span name)
{
	struct span digits = span_skip(name, 1);
	int32_t value = 0;

	if (name.at[0] != '#')
		return span_equal(name, SPAN("Atilde")) || span_has_prefix(name, SPAN("Down"));
	if (digits.len && (digits.at[0] | 0x20) == 'x')
		return true;
	for (size_t i = 0; i < digits.len && value < 0x110000; i++) {
		if (!is_between(digits.at[i], '0', '9'))
			return true;
		value = value * 10 + (digits.at[i] - '0');
	}
	return value == A_TILDE || is_mark(value);
}

/* A reference is suspicious by what it stands next to, or because it may be "Ã", the one letter that is suspicious by
 * itself, or a mark. */
static bool is_suspect_reference(const struct place *p, size_t at)
{
	struct span name = reference(p, at);
	size_t before = at, behind;
	int32_t first = char_before(p, &before), next;

	if (name.len == 0 || is_plain(name))
		return false;
	if (is_alone_suspect(name))
		return true;
	behind = (size_t)(name.at - p->text.at) + name.len + 1;
	next = char_from(p, &behind);
	if (is_calm_beside(name, first, next))
		return false;
	return is_neighbour(first) || is_neighbour(next);
}

/* --- the scalar twin ----------------------------------------------------------------------------------------- */

/* Whether something that starts at `at`, the start of a character, is suspicious. */
static bool is_suspect(const struct place *p, size_t at)
{
	int32_t cp = char_at(p, at);

	if (cp < 0x80)
		return cp == '&' && is_suspect_reference(p, at);
	if (is_mark(cp))
		return is_suspect_mark(p, at);
	return !is_zero_width(cp) && is_suspect_lead(p, at);
}

/* Whether none of eight bytes is above 7F or '&'. A borrow spoils the byte above a hit only. */
static bool eight_calm(const char *s)
{
	uint64_t w, x;

	memcpy(&w, s, sizeof(w));
	x = w ^ UINT64_C(0x2626262626262626);
	return ((w | (x - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether the character at `at` begins nothing suspicious, by its first byte and that of the next one: letters of scripts
 * in which hardly anything looks like bytes. Only saves time. */
static bool is_calm(const struct place *p, size_t at, size_t len)
{
	const unsigned char *s = (const unsigned char *)p->text.at + at;

	if (s[0] > 0xE2)
		return true;
	if (s[0] < 0xD2 || s[0] > 0xDF)
		return false;
	return at + len >= p->text.len || (s[len] != 0xC2 && s[len] < 0xE2);
}

/* The first suspicious place from `at` (the start of a character) on, up to `end`; SIZE_MAX when there is none. */
static size_t first_suspect(const struct place *p, size_t at, size_t end)
{
	size_t len;

	while (at < end) {
		if (end - at >= 8 && eight_calm(p->text.at + at)) {
			at += 8;
			continue;
		}
		len = utf8_first(span_skip(p->text, at)).len;
		if (!is_calm(p, at, len) && is_suspect(p, at))
			return at;
		at += len;
	}
	return SIZE_MAX;
}

static size_t line_start(struct span text, size_t at)
{
	const char *line_end = at ? memrchr(text.at, '\n', at) : NULL;

	return line_end ? (size_t)(line_end - text.at) + 1 : 0;
}

/* --- the vector path ----------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
#include <immintrin.h>

enum { STEP = 32, BEHIND = 3 }; /* bytes at once; how far back a pair of characters may begin */

/* What the lead of a character of two bytes and the bytes behind that character make a suspicious pair by. */
enum {
	LATIN_LATIN = 1 << 0, /* C2..C6, then C2..CF */
	LATIN_LONG = 1 << 1, /* C2..CF, then E2, EF */
	CYRILLIC_SIGN = 1 << 2, /* D0 D1, then C2, D2, E2, EF */
	CYRILLIC_D0 = 1 << 3, /* D0 D1, then D0 80..8F */
	GREEK_LATIN = 1 << 4, /* CE CF, then C2..C9 */
	ARABIC_SIGN = 1 << 5, /* D8..DB, then C2 and no common sign */
	CYRILLIC_D1 = 1 << 6, /* D0 D1, then D1 or D2 90..9F */
	MARK = 1 << 7, /* anything, then CC CD */
	ANY = 0xFF,
};

/* clang-format off */
#define LATIN    (LATIN_LATIN | LATIN_LONG)
#define CYRILLIC (CYRILLIC_SIGN | CYRILLIC_D0 | CYRILLIC_D1)

static const uint8_t first_high[16] = {
	MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK,
	MARK | LATIN | GREEK_LATIN, MARK | CYRILLIC | ARABIC_SIGN, MARK, MARK,
};
static const uint8_t first_low[16] = {
	MARK | CYRILLIC, MARK | CYRILLIC,
	MARK | LATIN, MARK | LATIN, MARK | LATIN, MARK | LATIN, MARK | LATIN,
	MARK | LATIN_LONG,
	MARK | LATIN_LONG | ARABIC_SIGN, MARK | LATIN_LONG | ARABIC_SIGN,
	MARK | LATIN_LONG | ARABIC_SIGN, MARK | LATIN_LONG | ARABIC_SIGN,
	MARK | LATIN_LONG, MARK | LATIN_LONG,
	MARK | LATIN_LONG | GREEK_LATIN, MARK | LATIN_LONG | GREEK_LATIN,
};
static const uint8_t second_high[16] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	LATIN_LATIN | CYRILLIC_SIGN | GREEK_LATIN | ARABIC_SIGN | MARK,
	CYRILLIC, LATIN_LONG | CYRILLIC_SIGN, 0,
};
static const uint8_t second_low[16] = {
	LATIN_LATIN | CYRILLIC_D0, LATIN_LATIN | CYRILLIC_D1,
	LATIN | CYRILLIC_SIGN | GREEK_LATIN | ARABIC_SIGN | CYRILLIC_D1,
	LATIN_LATIN | GREEK_LATIN, LATIN_LATIN | GREEK_LATIN, LATIN_LATIN | GREEK_LATIN, LATIN_LATIN | GREEK_LATIN,
	LATIN_LATIN | GREEK_LATIN, LATIN_LATIN | GREEK_LATIN, LATIN_LATIN | GREEK_LATIN,
	LATIN_LATIN, LATIN_LATIN,
	LATIN_LATIN | MARK, LATIN_LATIN | MARK,
	LATIN_LATIN, LATIN | CYRILLIC_SIGN,
};
static const uint8_t lead_high[16] = { 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 8, 0 };
static const uint8_t lead_low[16] = { 3, 3, 11, 3, 3, 3, 7, 3, 1, 1, 1, 1, 1, 1, 1, 1 };
static const uint8_t third_high[16] = {
	ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY,
	ANY & ~CYRILLIC_D1, ANY & ~CYRILLIC_D0, ANY & ~(CYRILLIC_D0 | CYRILLIC_D1), ANY & ~(CYRILLIC_D0 | CYRILLIC_D1),
	ANY, ANY, ANY, ANY,
};
static const uint8_t third_low[16] = {
	ANY & ~ARABIC_SIGN, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY & ~ARABIC_SIGN, ANY, ANY, ANY, ANY,
};
/* clang-format on */

#define AVX2 static inline __attribute__((target("avx2")))

AVX2 __m256i load(const char *at)
{
	return _mm256_loadu_si256((const void *)at);
}

AVX2 __m256i byte(int value)
{
	return _mm256_set1_epi8((char)value);
}

AVX2 __m256i is(__m256i v, int value)
{
	return _mm256_cmpeq_epi8(v, byte(value));
}

AVX2 __m256i look_up(const uint8_t high[16], const uint8_t low[16], __m256i v)
{
	__m256i nibble = byte(0x0F);
	__m256i highs = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)high));
	__m256i lows = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)low));

	return _mm256_and_si256(
		_mm256_shuffle_epi8(highs, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble)),
		_mm256_shuffle_epi8(lows, _mm256_and_si256(v, nibble)));
}

/* Non-zero where one of the pairs above has its second lead. */
AVX2 __m256i short_pairs(__m256i before2, __m256i here, __m256i next)
{
	return _mm256_and_si256(_mm256_and_si256(look_up(first_high, first_low, before2),
					look_up(second_high, second_low, here)),
		look_up(third_high, third_low, next));
}

/* Characters of three bytes that begin with E2, in front of Latin letters, signs, and others of their kind that are not
 * punctuation (E2 80). */
AVX2 __m256i long_pairs(__m256i before3, __m256i here, __m256i next)
{
	__m256i latin = is(_mm256_and_si256(here, byte(0xF0)), 0xC0);
	__m256i sign = _mm256_andnot_si256(is(next, 0x80), is(here, 0xE2));

	return _mm256_and_si256(is(before3, 0xE2), _mm256_or_si256(latin, sign));
}

/* A bit for every byte of the 32 at `s` that a suspicious pair has at least one of, as its first or its second lead:
 * C0..D7, E2 but for general punctuation (E2 80), which is common and the second one only of such a first; and '&'. There
 * are none in most blocks of Arabic, English, Persian or Chinese. */
AVX2 uint32_t lead_flags(const char *s)
{
	__m256i here = load(s), next = load(s + 1);
	__m256i punctuation = _mm256_and_si256(is(here, 0xE2), is(next, 0x80));
	__m256i set = _mm256_andnot_si256(punctuation, look_up(lead_high, lead_low, here));

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(set, _mm256_setzero_si256()));
}

/* A bit for every byte of the 32 at `s` where something suspicious may be. */
AVX2 uint32_t flags(const char *s)
{
	__m256i here = load(s), before1 = load(s - 1), before2 = load(s - 2), before3 = load(s - 3);
	__m256i next = load(s + 1);
	__m256i tilde = _mm256_and_si256(is(before1, 0xC3), is(here, 0x83));
	__m256i any = _mm256_or_si256(_mm256_or_si256(tilde, is(here, '&')),
		_mm256_or_si256(short_pairs(before2, here, next), long_pairs(before3, here, next)));

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256()));
}

/* Whether a suspicious thing starts at the character that holds the byte at `at`, or at the one before. `*from` is the
 * character that this was asked about last, in vain: what is of no width between is passed over once. */
static bool is_suspect_around(const struct place *p, size_t at, size_t *from)
{
	size_t before, from_was = *from;

	while (((unsigned char)p->text.at[at] & 0xC0) == 0x80)
		at--;
	if (is_suspect(p, at))
		return true;
	*from = before = at;
	return char_back_to(p, &before, from_was) >= 0x80 && is_suspect(p, before);
}

__attribute__((target("avx2"))) static size_t find_avx2(const struct place *p)
{
	size_t at = STEP, len = p->text.len;
	size_t found = SIZE_MAX, from = 0;
	uint32_t behind;

	if (len <= STEP + 1)
		return first_suspect(p, 0, len);
	behind = lead_flags(p->text.at);
	if (behind)
		found = first_suspect(p, 0, at);
	while (found == SIZE_MAX && at + STEP < len) {
		uint32_t set = 0, leads = lead_flags(p->text.at + at);

		if (leads | behind)
			set = flags(p->text.at + at);
		behind = leads >> (STEP - BEHIND);
		for (; set && found == SIZE_MAX; set &= set - 1) {
			size_t here = at + (size_t)__builtin_ctz(set);

			if (is_suspect_around(p, here, &from))
				found = here;
		}
		at += STEP;
	}
	if (found == SIZE_MAX && !(behind | lead_flags(p->text.at + len - STEP - 1)))
		return SIZE_MAX;
	while (at > 1 && at < len && ((unsigned char)p->text.at[at] & 0xC0) == 0x80)
		at--;
	if (found != SIZE_MAX || at >= len)
		return found;
	return is_suspect_around(p, at - 1, &from) ? at - 1 : first_suspect(p, at, len);
}

#endif

static size_t find(const struct place *p, enum cpu cpu)
{
#if defined(__x86_64__)
	if (cpu >= CPU_AVX2)
		return find_avx2(p);
#endif
	(void)cpu;
	return first_suspect(p, 0, p->text.len);
}

size_t mojibake_suspect(const struct mojibake *m, struct span text, enum cpu cpu)
{
	struct place place = { &m->images, text };
	size_t at = find(&place, cpu);

	return at == SIZE_MAX ? text.len : line_start(text, at);
}
