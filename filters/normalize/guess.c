/* SPDX-License-Identifier: MIT
 * guess.c - which encoding a document is in.
 *
 * UTF-16 and UTF-32 show in where their zeros are. Among the others the shortest description wins: what a text
 * costs, in half bits, when its characters are spelled with a model of the language (data/letters.txt for the Arabic
 * script, data/western.txt for Western Europe), and its damage is spelled out. Only what is not ASCII costs
 * anything; pairs of Arabic letters cost what they cost in news, other characters what the tables below say, which
 * need not be exact: real text is far on one side. */
#include "filters/normalize/guess.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/normalize/data.h"
#include "filters/normalize/single_byte.h"

/* What a character is that is no Arabic letter. ASCII that is no letter is the edge, 0. */
enum kind {
	KIND_EDGE = 0,
	KIND_LATIN = GUESS_LETTERS, /* a to z, A to Z */
	KIND_ACCENT, /* a Latin letter beyond ASCII */
	KIND_MARK, /* harakat, tatweel */
	KIND_POINT, /* punctuation of running text */
	KIND_SYMBOL, /* seldom in running text */
	KIND_BAD, /* undefined, or a control */
	KIND_FORM = 128, /* flag: a letter of Persian or Urdu, as the Arabic one it counts as */
};

/* Costs in half bits. */
enum {
	COST_MIXED = 24, /* Arabic and Latin letters in one word */
	COST_FORM = 2, /* a letter that Arabic does not have */
	COST_BAD_PART = 16, /* damage, besides its bytes */
	COST_BYTE = 14, /* a byte that could be any */
	COST_CUT = 4, /* a character that the end of the document cut: the commonest damage */
	/* Arabic news costs 8 to 9 a letter, random letters 13: tests/unit/guess_test.c */
	LIMIT_ARABIC = 13,
	LIMIT_WESTERN = 13,
};

/* --- UTF-16 and UTF-32 --------------------------------------------------------------------------------- */

/* Bytes that no 8-bit text has, and that are the high half of ASCII, Latin, Greek, Cyrillic, Hebrew and Arabic
 * in UTF-16: 00 to 06. */
static bool is_high_half(char byte)
{
	return byte >= 0 && byte <= 6;
}

static uint32_t unit_at(struct span text, size_t at, size_t high)
{
	return (uint32_t)((unsigned char)text.at[at + high] << 8 | (unsigned char)text.at[at + 1 - high]);
}

/* Whether a UTF-16 code unit is what text is made of. Surrogates are taken for halves of pairs. */
static bool unit_is_text(uint32_t unit)
{
	if (unit == '\n' || unit == '\r' || unit == '\t' || unit == 0xFEFF)
		return true;
	if (unit >= 0xD800 && unit <= 0xDFFF)
		return true;
	return unicode_category((int32_t)unit) != GC_OTHER && unicode_category((int32_t)unit) != GC_CONTROL;
}

/* Whether the pairs of `text`, whose high half is at `high` (0 or 1), are text. */
static bool pairs_are_text(struct span text, size_t high)
{
	size_t good = 0, pairs = text.len / 2;

	for (size_t i = 0; i < pairs; i++)
		good += unit_is_text(unit_at(text, 2 * i, high));
	return good >= pairs - pairs / 16;
}

/* UTF-16 by the side its high halves are on; ENCODING_AUTO when it is none. In Arabic, Latin or Cyrillic they
 * are in every pair. */
static enum encoding guess_utf_16(struct span text)
{
	size_t count[2] = { 0, 0 };
	size_t pairs = text.len / 2, high;

	for (size_t i = 0; i + 1 < text.len; i++)
		count[i & 1] += is_high_half(text.at[i]);
	high = count[1] > count[0];
	if (pairs == 0 || count[high] < pairs / 2 + 1 || count[1 - high] > count[high] / 4)
		return ENCODING_AUTO;
	if (!pairs_are_text(text, high))
		return ENCODING_AUTO;
	return high ? ENCODING_UTF_16LE : ENCODING_UTF_16BE;
}

/* UTF-32 by its zeros: the highest byte always is one, the one below nearly always, and there is a text that does
 * not consist of NULs. */
static enum encoding guess_utf_32(struct span text)
{
	size_t zeros[4] = { 0, 0, 0, 0 }, units = text.len / 4;

	for (size_t i = 0; i < 4 * units; i++)
		zeros[i & 3] += text.at[i] == 0;
	if (units == 0)
		return ENCODING_AUTO;
	if (zeros[3] == units && zeros[2] >= units - units / 8 && zeros[0] <= units / 8)
		return ENCODING_UTF_32LE;
	if (zeros[0] == units && zeros[1] >= units - units / 8 && zeros[3] <= units / 8)
		return ENCODING_UTF_32BE;
	return ENCODING_AUTO;
}

static enum encoding guess_by_mark(struct span text, bool has_nul)
{
	if (span_has_prefix(text, SPAN("\xEF\xBB\xBF")))
		return ENCODING_UTF_8;
	if (!has_nul)
		return ENCODING_AUTO;
	if (span_has_prefix(text, SPAN("\xFF\xFE\0\0")))
		return ENCODING_UTF_32LE;
	if (span_has_prefix(text, SPAN("\0\0\xFE\xFF")))
		return ENCODING_UTF_32BE;
	if (span_has_prefix(text, SPAN("\xFF\xFE")))
		return ENCODING_UTF_16LE;
	if (span_has_prefix(text, SPAN("\xFE\xFF")))
		return ENCODING_UTF_16BE;
	return ENCODING_AUTO;
}

/* --- what characters are ------------------------------------------------------------------------------- */

static bool is_one_of(int32_t value, const char *characters)
{
	struct span rest = span_from(characters);

	while (rest.len) {
		struct rune rune = utf8_first(rest);

		if (rune.value == value)
			return true;
		rest = span_skip(rest, rune.len);
	}
	return false;
}

static unsigned char letter_number(const struct guesser *guesser, int32_t value)
{
	for (size_t i = 1; i < guesser->letter_count; i++)
		if (guesser->letters[i] == value)
			return (unsigned char)i;
	return 0;
}

/* The number of an Arabic letter, 0 when `value` is none. */
static unsigned char arabic_kind(const struct guesser *guesser, int32_t value)
{
	unsigned char letter;

	if (value < 0x600 || value > 0x6FF)
		return 0;
	letter = letter_number(guesser, value);
	if (letter)
		return value == 0x67E || value >= 0x686 ? letter | KIND_FORM : letter;
	for (const uint16_t *form = guesser->forms; *form; form += 2)
		if (*form == value)
			return letter_number(guesser, form[1]) | KIND_FORM;
	return 0;
}

static unsigned char ascii_kind(int32_t value)
{
	return (value | 0x20) >= 'a' && (value | 0x20) <= 'z' ? KIND_LATIN : KIND_EDGE;
}

static unsigned char kind_of(const struct guesser *guesser, int32_t value)
{
	unsigned char letter = arabic_kind(guesser, value);

	if (letter)
		return letter;
	if (value < 0x80)
		return ascii_kind(value);
	if (value == 0x640 || value == 0x670 || (value >= 0x64B && value <= 0x652))
		return KIND_MARK;
	if (unicode_category(value) == GC_LETTER)
		return unicode_script(value) == SCRIPT_LATIN ? KIND_ACCENT : KIND_SYMBOL;
	if ((value >= 0x660 && value <= 0x669) ||
		is_one_of(value, "،؛؟٪«»“”‘’–—…•·‌‍ "))
		return KIND_POINT;
	return unicode_category(value) == GC_CONTROL ? KIND_BAD : KIND_SYMBOL;
}

/* --- text in the Arabic script ------------------------------------------------------------------------- */

/* A walk over text that adds up its cost. */
struct walk {
	const struct guesser *guesser;
	unsigned before; /* the letter in front; 0: none */
	unsigned marks; /* in a row */
	bool after_latin; /* a Latin letter is in front */
	size_t letters; /* Arabic ones that stand behind another */
	uint64_t cost;
};

static void walk_letter(struct walk *walk, unsigned char kind)
{
	unsigned letter = kind & ~(unsigned)KIND_FORM;

	walk->cost += walk->guesser->pair[walk->before][letter];
	if (kind & KIND_FORM)
		walk->cost += COST_FORM;
	if (walk->after_latin)
		walk->cost += COST_MIXED;
	walk->letters += walk->before != 0;
	walk->before = letter;
	walk->marks = 0;
	walk->after_latin = false;
}

/* Two marks stand on a letter (shadda and a vowel), not more. */
static void walk_mark(struct walk *walk)
{
	walk->marks++;
	walk->cost += walk->before && walk->marks <= 2 ? 13 : 24;
}

/* What is no Arabic letter ends a word. */
static void walk_other(struct walk *walk, unsigned char kind)
{
	static const unsigned char costs[] = { [KIND_LATIN - GUESS_LETTERS] = 0,
		[KIND_ACCENT - GUESS_LETTERS] = 12,
		[KIND_POINT - GUESS_LETTERS] = 8,
		[KIND_SYMBOL - GUESS_LETTERS] = 24,
		[KIND_BAD - GUESS_LETTERS] = 32 };
	bool is_latin = kind == KIND_LATIN || kind == KIND_ACCENT;

	if (walk->before)
		walk->cost += walk->guesser->pair[walk->before][KIND_EDGE] + (is_latin ? COST_MIXED : 0u);
	if (kind != KIND_EDGE)
		walk->cost += costs[kind - GUESS_LETTERS];
	if (kind == KIND_ACCENT && !walk->after_latin)
		walk->cost += 8;
	walk->before = 0;
	walk->marks = 0;
	walk->after_latin = is_latin;
}

static void walk_on(struct walk *walk, unsigned char kind)
{
	if (kind == KIND_MARK)
		walk_mark(walk);
	else if (kind == KIND_EDGE || (kind >= GUESS_LETTERS && kind < KIND_FORM))
		walk_other(walk, kind);
	else
		walk_letter(walk, kind);
}

/* What a byte costs that is ASCII a second time, as mac-arabic has it for lines from right to left: a space little,
 * several in a row much, for other encodings have letters there. */
static unsigned again_cost(unsigned char byte, bool is_first)
{
	if (byte == 0xA0 && is_first)
		return 2;
	return byte >= 0xC0 ? 20 : is_first ? 12 : 14; /* from C0 on these are brackets, and ^ */
}

/* What `text` costs as a reading has it; UINT64_MAX where that is hardly text, or holds no Arabic word. */
static uint64_t arabic_cost(const struct guesser *guesser, const struct reading *reading, struct span text)
{
	struct walk walk = { .guesser = guesser };
	bool was_again = false;
	size_t high = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i], kind = reading->kinds[byte];
		bool is_again = byte >= 0x80 && kind == KIND_EDGE;

		walk_on(&walk, kind);
		if (is_again)
			walk.cost += again_cost(byte, !was_again);
		was_again = is_again;
		high += byte >= 0x80;
	}
	if (walk.before)
		walk.cost += guesser->pair[walk.before][KIND_EDGE];
	return walk.letters >= 2 && walk.cost <= high * LIMIT_ARABIC + 4 ? walk.cost : UINT64_MAX;
}

/* --- text of Western Europe ---------------------------------------------------------------------------- */

/* Bytes of windows-1252: punctuation that touches words, or stands between them. */
static bool is_western_point(unsigned char byte)
{
	return byte &&
	       strchr("\x82\x84\x85\x8B\x91\x92\x93\x94\x95\x96\x97\x9B\xA0\xA1\xAB\xAD\xB7\xBB\xBF", byte);
}

static bool is_western_symbol(unsigned char byte)
{
	return byte && strchr("\x80\x99\xA3\xA7\xA9\xAE\xB0\xB2\xB3\xBC\xBD\xBE", byte);
}

static bool is_western_letter(unsigned char byte)
{
	if (byte >= 0xC0)
		return byte != 0xD7 && byte != 0xF7;
	return byte && strchr("\x8A\x8C\x8E\x9A\x9C\x9E\x9F\xAA\xBA", byte);
}

static bool is_small(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || byte >= 0xDF;
}

static bool is_capital(unsigned char byte)
{
	return byte == 0x8A || byte == 0x8C || byte == 0x8E || byte == 0x9F ||
	       (byte >= 0xC0 && byte < 0xDF && byte != 0xD7);
}

static unsigned char byte_at(struct span text, size_t i)
{
	return i < text.len ? (unsigned char)text.at[i] : ' ';
}

static bool is_letter_at(struct span text, size_t i)
{
	unsigned char byte = byte_at(text, i);

	return ascii_kind(byte) == KIND_LATIN || is_western_letter(byte);
}

/* The letters that are words by themselves, in French, Italian, Spanish, Portuguese and Swedish. */
static bool is_western_word(unsigned char byte)
{
	return strchr("\xE0\xC0\xE1\xE9\xC9\xE8\xC8\xF3\xD3\xF4\xF2\xF9\xF6\xD6\xE5\xC5", byte);
}

/* Where a letter beyond ASCII stands: in a word with others, or as one of the few words of one letter. */
static uint64_t western_place_cost(struct span text, size_t i)
{
	unsigned char byte = byte_at(text, i), before = byte_at(text, i - 1), after = byte_at(text, i + 1);
	bool among = is_letter_at(text, i - 1) || is_letter_at(text, i + 1);

	if (!among)
		return before < 0x80 && after < 0x80 && is_western_word(byte) ? 4 : 22;
	if (is_capital(byte) && is_small(before))
		return 20;
	return before >= 0x80 && after >= 0x80 && is_western_letter(before) && is_western_letter(after) ? 14
													: 0;
}

static uint64_t western_other_cost(struct span text, size_t i)
{
	unsigned char byte = byte_at(text, i);
	bool before = is_letter_at(text, i - 1), after = is_letter_at(text, i + 1);

	if (is_western_point(byte))
		return before && after && !strchr("\x91\x92\x96\x97\xAD\xB7", byte) ? 30 : 10;
	if (is_western_symbol(byte))
		return before || after ? 24 : 10;
	return 30;
}

/* The letter of a western reading, small: what data/western.txt lists. */
static unsigned small_index(unsigned char byte)
{
	if (!is_capital(byte))
		return byte - 0x80u;
	if (byte >= 0xC0)
		return byte + 0x20u - 0x80u;
	return byte == 0x9F ? 0x7F : byte + 0x10u - 0x80u;
}

static bool language_has(const uint64_t language[2], unsigned index)
{
	return language[index >> 6] >> (index & 63) & 1;
}

/* What letters cost that are spread like `counts`, in the language that suits them best. */
static uint64_t western_letters_cost(const struct guesser *guesser, const size_t counts[128])
{
	uint64_t best = UINT64_MAX;

	for (size_t l = 0; l < guesser->language_count; l++) {
		uint64_t cost = 0;

		for (unsigned i = 0; i < 128; i++)
			cost += counts[i] * (language_has(guesser->western[l], i) ? 8u : 40u);
		best = cost < best ? cost : best;
	}
	return best;
}

static uint64_t western_cost(const struct guesser *guesser, struct span text)
{
	size_t counts[128] = { 0 }, high = 0;
	uint64_t cost = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		if (byte < 0x80)
			continue;
		high++;
		if (is_western_letter(byte)) {
			counts[small_index(byte)]++;
			cost += western_place_cost(text, i);
		} else {
			cost += western_other_cost(text, i);
		}
	}
	if (cost > high * LIMIT_WESTERN)
		return UINT64_MAX;
	cost += western_letters_cost(guesser, counts);
	return cost <= high * LIMIT_WESTERN ? cost : UINT64_MAX;
}

/* --- damaged UTF-8 ------------------------------------------------------------------------------------- */

/* What UTF-8 says of a text. */
struct utf_8_reading {
	struct walk walk; /* its cost */
	size_t natural, bad; /* characters one would expect; ill-formed parts */
	int32_t last; /* the last character beyond ASCII */
};

/* What a character costs that is not of the Arabic script, as UTF-8 has it: one of the script that the last one was
 * of little, one out of the blue much. */
static unsigned rune_cost(struct rune rune, int32_t last)
{
	if (is_one_of(rune.value, "«»“”‘’–—…•· €°"))
		return 12;
	if (rune.len == 2)
		return rune.value >> 7 == last >> 7 ? 10 : rune.value < 0x100 ? 12 : 16;
	if (rune.len == 4)
		return 36;
	return rune.value >> 13 == last >> 13 ? 22 : 28;
}

static void read_rune(struct utf_8_reading *reading, struct rune rune)
{
	enum { NATURAL = 12, NATURAL_LONG = 22 };
	unsigned char kind = kind_of(reading->walk.guesser, rune.value);
	unsigned cost;

	if (rune.len == 1 || kind < KIND_LATIN || kind >= KIND_FORM || kind == KIND_MARK) {
		walk_on(&reading->walk, kind);
		reading->natural += rune.len > 1;
		return;
	}
	walk_on(&reading->walk, KIND_EDGE);
	cost = rune_cost(rune, reading->last);
	reading->walk.cost += cost;
	reading->natural += cost <= (rune.len == 2 ? NATURAL : NATURAL_LONG);
	reading->last = rune.value;
}

/* Takes the ill-formed part that `text` starts with and returns its length. A NUL speaks for no encoding. */
static size_t read_bad(struct utf_8_reading *reading, struct span text)
{
	size_t len = utf8_bad_part(text);

	walk_on(&reading->walk, KIND_EDGE);
	if (text.at[0] == '\0')
		return len;
	if (len == text.len && utf8_whole(text) == 0) {
		reading->walk.cost += COST_CUT;
		return len;
	}
	reading->bad++;
	reading->walk.cost += len * COST_BYTE + COST_BAD_PART;
	return len;
}

static struct utf_8_reading read_utf_8(const struct guesser *guesser, struct span text)
{
	struct utf_8_reading reading = { .walk = { .guesser = guesser } };

	while (text.len) {
		size_t valid = utf8_valid_prefix(text, CPU_SCALAR);
		struct span good = span_head(text, valid);

		text = span_skip(text, valid);
		while (good.len) {
			struct rune rune = utf8_first(good);

			read_rune(&reading, rune);
			good = span_skip(good, rune.len);
		}
		if (text.len)
			text = span_skip(text, read_bad(&reading, text));
	}
	return reading;
}

/* --- the guess ----------------------------------------------------------------------------------------- */

/* The reading of `text` that costs least, and less than `utf_8`. */
static enum encoding cheapest(const struct guesser *guesser, struct span text, uint64_t utf_8)
{
	enum encoding best = ENCODING_UTF_8;
	uint64_t least = utf_8;

	for (size_t i = 0; i < GUESS_TABLES; i++) {
		const struct reading *reading = &guesser->readings[i];
		uint64_t cost = arabic_cost(guesser, reading, text);

		if (cost < least) {
			least = cost;
			best = reading->encoding;
		}
	}
	/* A third of the bytes are letters of Arabic words: no western text has as many beyond ASCII. */
	if (best != ENCODING_UTF_8 && least > text.len * LIMIT_ARABIC / 3)
		return best;
	return western_cost(guesser, text) < least ? ENCODING_WINDOWS_1252 : best;
}

enum encoding encoding_guess(const struct guesser *guesser, struct span sample, bool has_nul)
{
	bool is_cut = sample.len >= GUESS_SAMPLE;
	struct utf_8_reading utf_8;
	enum encoding guess;

	sample = span_head(sample, GUESS_SAMPLE);
	guess = guess_by_mark(sample, has_nul);
	if (guess == ENCODING_AUTO && has_nul)
		guess = guess_utf_32(sample);
	if (guess == ENCODING_AUTO && has_nul)
		guess = guess_utf_16(sample);
	if (guess != ENCODING_AUTO)
		return guess;
	if (is_cut)
		sample.len = utf8_whole(sample);
	if (utf8_valid_prefix(sample, guesser->cpu) == sample.len)
		return ENCODING_UTF_8;
	utf_8 = read_utf_8(guesser, sample);
	if (utf_8.natural >= utf_8.bad)
		return ENCODING_UTF_8;
	return cheapest(guesser, sample, utf_8.walk.cost);
}

/* --- reading the models -------------------------------------------------------------------------------- */

static void read_letters(struct guesser *guesser, struct span line)
{
	guesser->letter_count = 1; /* the edge */
	while (line.len && guesser->letter_count < GUESS_LETTERS)
		guesser->letters[guesser->letter_count++] = (uint16_t)data_hex(data_word(&line));
}

static void read_forms(struct guesser *guesser, struct span line)
{
	const size_t room = sizeof(guesser->forms) / sizeof(guesser->forms[0]);

	for (size_t i = 0; line.len && i + 2 < room; i++)
		guesser->forms[i] = (uint16_t)data_hex(data_word(&line));
}

/* A digit of base 36. */
static unsigned char half_bits(char digit)
{
	return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void read_pairs(struct guesser *guesser, unsigned letter, struct span costs)
{
	for (size_t i = 0; i < costs.len && i < GUESS_LETTERS; i++)
		guesser->pair[letter][i] = half_bits(costs.at[i]);
}

static void read_arabic(struct guesser *guesser)
{
	struct span rest = data_file(SPAN("letters")), line;

	while (data_line(&rest, &line)) {
		struct span word = data_word(&line);

		if (span_equal(word, SPAN("letters")))
			read_letters(guesser, line);
		else if (span_equal(word, SPAN("forms")))
			read_forms(guesser, line);
		else if (span_equal(word, SPAN("edge")))
			read_pairs(guesser, KIND_EDGE, line);
		else
			read_pairs(guesser, letter_number(guesser, data_hex(word)), line);
	}
}

static void read_western_line(struct guesser *guesser, const uint16_t codes[128], struct span letters)
{
	uint64_t *language = guesser->western[guesser->language_count++];

	while (letters.len) {
		struct rune rune = utf8_first(letters);

		for (unsigned i = 0; i < 128; i++)
			if (codes[i] == rune.value)
				language[i >> 6] |= UINT64_C(1) << (i & 63);
		letters = span_skip(letters, rune.len);
	}
}

static void read_western(struct guesser *guesser)
{
	struct span rest = data_file(SPAN("western")), line;
	uint16_t codes[128];

	single_byte_codes(SPAN("windows-1252"), codes);
	while (guesser->language_count < GUESS_LANGUAGES && data_line(&rest, &line)) {
		data_word(&line);
		read_western_line(guesser, codes, line);
	}
}

static void read_table(struct guesser *guesser, struct reading *reading, enum encoding encoding)
{
	uint16_t codes[128];

	reading->encoding = encoding;
	single_byte_codes(span_from(encoding_words[encoding]), codes);
	for (int byte = 0; byte < 128; byte++) {
		reading->kinds[byte] = ascii_kind(byte);
		reading->kinds[byte + 128] = codes[byte] ? kind_of(guesser, codes[byte]) : KIND_BAD;
	}
}

void guesser_init(struct guesser *guesser)
{
	read_arabic(guesser);
	read_western(guesser);
	for (size_t i = 0; i < GUESS_TABLES; i++)
		read_table(guesser, &guesser->readings[i], (enum encoding)(ENCODING_WINDOWS_1256 + i));
}
