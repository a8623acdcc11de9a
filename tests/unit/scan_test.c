/* SPDX-License-Identifier: MIT
 * scan_test.c - where the scan over calm text stops, and that the way around it does not show. Each kind of vector
 * instructions, and none, against an oracle that asks the table of kinds character by character. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/check.h"

#include "common/utf8.h"
#include "filters/normalize/normalize.h"
#include "filters/normalize/rules.h"
#include "filters/normalize/scan.h"
#include "tests/unit/drive.h"

static struct scanned scan(enum preset preset, const char *text)
{
	struct rule_choices choices = { .preset = (int)preset, .digits = -1 };
	struct rules rules;
	struct scanner scanner;
	struct scanned scanned;

	assert_true(rules_init(&rules, &choices, false, &(struct diag){ "" }));
	scanner_init(&scanner, &rules.kinds, CPU_SCALAR);
	scanned = scan_calm(&scanner, span_from(text));
	rules_release(&rules);
	return scanned;
}

static void check_stops(const char *before, const char *calm, const char *behind)
{
	struct buf text = BUF_INIT;
	struct scanned scanned;

	buf_addf(&text, "%s%s%s", before, calm, behind);
	scanned = scan(PRESET_CLEAN, buf_string(&text));
	assert_int_equal(scanned.calm, strlen(before));
	assert_int_equal(scanned.stop, strlen(before) + strlen(calm));
	buf_release(&text);
}

TEST(news_is_calm)
{
	static const char *const lines[] = {
		"أعلنت الوزارة اليوم أنها ستبدأ «الأشغال»؛ بكلفة ٣٫٥ مليون…\nقال: نعم؟\n\nثم",
		"L’été, 3,50 €… œuvre\nPříliš žluťoučký kůň", "部长表示，“工程”。新闻", "खबर की बात",
		"Ёлка й", "👩🏽 🇹🇳 ❤️ x"
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(scan(PRESET_CLEAN, lines[i]).stop, strlen(lines[i]));
}

TEST(the_scan_stops_in_front_of_what_has_to_be_looked_at)
{
	check_stops("قا", "ل", "\u0640ت");
	check_stops("قا", "ل ", " ثم");
	check_stops("قا", "ل ", "\nثم");
	check_stops("قال", "\n", " ثم");
	check_stops("R", "D", "&amp;");
	check_stops("caf", "e", "\u0301");
	check_stops("كت", "ب\u064E", "\u0651");
	check_stops("x", "y ", "\u00A0");
	check_stops("x", "y", "\r\n");
	check_stops("x", "y", "\u200B");
}

/* Whether a character is seen in a calm stretch or one by one must not matter: every cut of a text that has
 * something of each step. */
TEST(every_cut_gives_the_same_text)
{
	static const char text[] =
		"\uFEFFمـحـمد  قال&nbsp;&laquo;نعم\u200B \u00AB\u064E\u0651ب\u0651\u064E ـ &amp;l\u00ADt; e\u0301\u0323\r"
		"\nمی\u200Cرود\u200C، 👩\u200D👧 \x1B[1mx\x1B[0m \uFDFA\xC2\x85 &am&#112;; a \t\u2028 \u0130ـ1ـ2 ـ\u0654ب\n";
	struct driven whole = drive(
		&normalize, NULL, FRAMING_TEXT, span_of(text, sizeof(text) - 1), (struct cutting){ 0, 0 });

	for (unsigned seed = 0; seed < 300; seed++) {
		struct cutting cutting = { 1 + seed % 17, seed };
		struct driven cut =
			drive(&normalize, NULL, FRAMING_TEXT, span_of(text, sizeof(text) - 1), cutting);

		assert_string_equal(buf_string(&cut.text), buf_string(&whole.text));
		driven_release(&cut);
	}
	driven_release(&whole);
}

/* --- the oracle ----------------------------------------------------------------------------------------- */

/* Whether `next` may follow `before` without a look: scan.h in words. */
static bool goes_well(enum kind before, enum kind next)
{
	if (next > KIND_SIGN)
		return false;
	if (before == KIND_NEWLINE)
		return next == KIND_CALM || next == KIND_SWAP || next == KIND_NEWLINE;
	if (before == KIND_SPACE)
		return next == KIND_CALM || next == KIND_SWAP;
	return before != KIND_MARK || next != KIND_MARK;
}

/* What has been passed over and is not dropped. */
struct passed {
	int32_t becomes;
	size_t at, written; /* where it starts in the text, and in what becomes of it */
};

/* How many of the last `count` characters are the same as `cp`. */
static size_t same_at_end(const struct passed *passed, size_t count, int32_t cp)
{
	size_t same = 0;

	while (same < count && passed[count - 1 - same].becomes == cp)
		same++;
	return same;
}

static struct scanned oracle(const struct kinds *kinds, struct span text, bool edits, struct buf *into)
{
	struct passed passed[2048];
	size_t count = 0, calm = 0; /* characters; the index of the last calm one */
	struct scanned scanned = { 0 };
	enum kind before = KIND_CALM;

	while (scanned.stop < text.len) {
		struct rune rune = utf8_first(span_skip(text, scanned.stop));
		enum kind kind = kinds_of(kinds, rune.value);
		int32_t becomes = kind == KIND_SWAP ? kinds_swap(kinds, rune.value) : rune.value;
		size_t run = becomes < KINDS_SWAPS ? kinds->runs[becomes] : 0;

		if (edits && kind == KIND_DROP) {
			scanned.stop += rune.len;
			continue;
		}
		if (!goes_well(before, kind) || (run && same_at_end(passed, count, becomes) + 1 >= run))
			break;
		if (kind <= KIND_SWAP)
			calm = count;
		passed[count++] = (struct passed){ becomes, scanned.stop, into->len };
		utf8_add(into, becomes);
		before = kind;
		scanned.stop += rune.len;
	}
	while (calm > 0 && passed[calm].becomes < KINDS_SWAPS && kinds->runs[passed[calm].becomes] &&
		passed[calm - 1].becomes == passed[calm].becomes)
		calm--;
	scanned.calm = passed[calm].at;
	into->len = passed[calm].written;
	return scanned;
}

/* The kinds of some rules, and a scanner for each level of the machine. */
struct tried {
	struct rules rules;
	struct scanner scanners[CPU_AVX2 + 1];
	size_t count;
	struct buf expected, got; /* of one text */
};

static void make_scanners(struct tried *tried)
{
	static const char *const levels[] = { "scalar", "ssse3", "avx2" };

	for (tried->count = 0; tried->count <= CPU_AVX2; tried->count++) {
		if (cpu_best(levels[tried->count]) != (enum cpu)tried->count)
			break;
		scanner_init(&tried->scanners[tried->count], &tried->rules.kinds, (enum cpu)tried->count);
	}
}

static void tried_release(struct tried *tried)
{
	rules_release(&tried->rules);
	buf_release(&tried->expected);
	buf_release(&tried->got);
}

static void check_text(struct tried *tried, struct span text)
{
	bool edits = tried->scanners[0].edits;
	char *exact = malloc(text.len); /* a sanitizer sees a byte too far */
	struct span given = span_of(memcpy(exact, text.at, text.len), text.len);
	struct scanned expected;

	buf_clear(&tried->expected);
	expected = oracle(&tried->rules.kinds, given, edits, &tried->expected);
	for (size_t i = 0; i < tried->count; i++) {
		const struct scanner *scanner = &tried->scanners[i];
		struct scanned got;

		buf_clear(&tried->got);
		got = edits ? scan_edit(scanner, given, &tried->got) : scan_calm(scanner, given);
		if (got.stop != expected.stop || got.calm != expected.calm)
			fail_msg("level %zu: calm %zu stop %zu, not %zu %zu: %.*s", i, got.calm, got.stop,
				expected.calm, expected.stop, (int)text.len, text.at);
		if (edits)
			check_buf(&tried->got, buf_string(&tried->expected));
	}
	free(exact);
}

/* --- switches ------------------------------------------------------------------------------------------- */

/* Swaps and drops of our own among the characters of one and two bytes, each becoming a calm one before it. */
static void add_swaps(struct kinds *kinds, uint32_t *seed)
{
	enum { OWN = KINDS_SWAPS / KINDS_BLOCK };

	kinds->blocks = realloc(kinds->blocks, (kinds->block_count + OWN) * sizeof(*kinds->blocks));
	for (size_t b = 0; b < OWN; b++) {
		memcpy(kinds->blocks[kinds->block_count], kinds->blocks[kinds->block_of[b]], KINDS_BLOCK);
		kinds->block_of[b] = (uint16_t)kinds->block_count++;
	}
	for (int32_t cp = 0x41; cp < KINDS_SWAPS; cp++) {
		uint8_t *kind = &kinds->blocks[kinds->block_of[cp / KINDS_BLOCK]][cp % KINDS_BLOCK];
		int32_t to = 0x40 + (int32_t)(check_random(seed) % (uint32_t)(cp - 0x40));

		if (*kind != KIND_CALM)
			continue;
		if (check_random(seed) % 16 == 0)
			*kind = KIND_DROP;
		if (check_random(seed) % 8 != 0 || kinds_of(kinds, to) != KIND_CALM)
			continue;
		*kind = KIND_SWAP;
		kinds->swap[cp] = (uint16_t)to;
	}
}

static void set_up(struct tried *tried, const struct rule_choices *choices, uint32_t *seed)
{
	*tried = (struct tried){ .count = 0 };
	rules_init(&tried->rules, choices, false, &(struct diag){ "" });
	if (seed)
		add_swaps(&tried->rules.kinds, seed);
	make_scanners(tried);
}

/* --- texts ---------------------------------------------------------------------------------------------- */

/* Where scripts have their letters, marks and oddities. */
static const struct {
	int32_t first, last;
} alphabets[] = { { 0x01, 0x20 }, { 0x20, 0x7E }, { 0x600, 0x6FF }, { 0x8A0, 0x8FF }, { 0xA0, 0x24F },
	{ 0x300, 0x36F }, { 0x370, 0x3FF }, { 0x400, 0x48F }, { 0x590, 0x5F4 }, { 0x700, 0x7FF },
	{ 0x900, 0x97F }, { 0xE00, 0xE7F }, { 0x1100, 0x11FF }, { 0x1E00, 0x1FFF }, { 0x2000, 0x206F },
	{ 0x20D0, 0x214F }, { 0x3000, 0x30FF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
	{ 0xFB00, 0xFFEF }, { 0x1D100, 0x1D1FF }, { 0x1F300, 0x1F6FF }, { 0x2F800, 0x2FA1D },
	{ 0xE0100, 0xE01EF } };

enum { ALPHABETS = sizeof(alphabets) / sizeof(alphabets[0]) };

static void add_random(struct buf *text, uint32_t *seed, size_t alphabet)
{
	uint32_t size = (uint32_t)(alphabets[alphabet].last - alphabets[alphabet].first + 1);

	utf8_add(text, alphabets[alphabet].first + (int32_t)(check_random(seed) % size));
}

/* A text of one script, mostly. What stops the scan comes now and then only, so that it gets far. */
static void make_text(struct buf *text, uint32_t *seed, const struct tried *tried)
{
	size_t mine = check_random(seed) % ALPHABETS, len = check_random(seed) % 400;
	uint32_t odd = 1 + check_random(seed) % 200;
	enum kind before = KIND_CALM;
	int32_t cp, last = '(';

	buf_clear(text);
	utf8_add(text, '(');
	while (text->len < len) {
		size_t at = text->len;
		uint32_t what = check_random(seed) % 16;
		enum kind kind;

		if (what < 6)
			utf8_add(text, what < 2 ? '\n' : what < 5 ? ' ' : 0xA0);
		else if (what >= 14)
			utf8_add(text, last);
		else if (what == 13)
			utf8_add(text, 0x0640);
		else
			add_random(text, seed, what == 6 ? check_random(seed) % ALPHABETS : mine);
		cp = utf8_first(span_of(text->at + at, 4)).value;
		kind = kinds_of(&tried->rules.kinds, cp);
		if (tried->scanners[0].edits && kind == KIND_DROP)
			continue;
		last = cp;
		if (check_random(seed) % odd && !goes_well(before, kind))
			text->len = at;
		else
			before = kind;
	}
}

static void check_random_texts(struct tried *tried, uint32_t *seed, size_t count)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		make_text(&text, seed, tried);
		check_text(tried, buf_span(&text));
	}
	buf_release(&text);
}

static const struct rule_choices no_choices = {
	.preset = PRESET_NONE, .digits = -1, .punct = -1, .quotes = -1, .dashes = -1, .ellipsis = -1
};

static void try_choices(const struct rule_choices *choices, uint32_t *seed, bool with_swaps)
{
	struct tried tried;

	set_up(&tried, choices, with_swaps ? seed : NULL);
	check_random_texts(&tried, seed, 300);
	tried_release(&tried);
}

TEST(vectors_stop_where_the_oracle_does_with_every_switch_alone)
{
	uint32_t seed = 1;

	for (size_t r = 0; r < RULE_SWITCHES; r++) {
		struct rule_choices choices = no_choices;

		choices.switches[r] = SWITCH_ON;
		try_choices(&choices, &seed, false);
	}
}

TEST(vectors_stop_where_the_oracle_does_with_every_preset)
{
	uint32_t seed = 2;

	for (int preset = PRESET_NONE; preset <= PRESET_DISPLAY; preset++) {
		struct rule_choices choices = no_choices;

		choices.preset = preset;
		try_choices(&choices, &seed, false);
		try_choices(&choices, &seed, true);
	}
}

/* Of the forms there may be one. */
static void choose_randomly(struct rule_choices *choices, uint32_t *seed)
{
	for (size_t r = 0; r < RULE_SWITCHES; r++)
		choices->switches[r] = check_random(seed) % 2 ? SWITCH_ON : SWITCH_OFF;
	for (size_t r = RULE_NFC; r <= RULE_NFKD; r++)
		choices->switches[r] = SWITCH_OFF;
	choices->switches[RULE_NFC + check_random(seed) % 4] = SWITCH_ON;
	choices->digits = (int)(check_random(seed) % 4);
	choices->punct = check_random(seed) % 2 ? TO_ASCII : TO_ASCII_KEEP;
	choices->quotes = check_random(seed) % 2 ? TO_ASCII : TO_ASCII_KEEP;
	choices->maksura = check_random(seed) % 2 ? MAKSURA_EG : MAKSURA_YEH;
}

TEST(vectors_stop_where_the_oracle_does_with_random_choices)
{
	uint32_t seed = 3;

	for (size_t i = 0; i < 40; i++) {
		struct rule_choices choices = no_choices;

		choose_randomly(&choices, &seed);
		try_choices(&choices, &seed, i % 2);
	}
}

/* `cp` behind `at` calm bytes and in front of some more. */
static void check_placed(struct tried *tried, struct buf *text, int32_t cp, size_t at)
{
	static const char calm[] =
		"(0123456789.0123456789.0123456789.0123456789.0123456789.0123456789.0123456789.0123)";

	buf_clear(text);
	buf_add(text, span_of(calm, 1 + at));
	utf8_add(text, cp);
	buf_add(text, span_from(calm));
	buf_add(text, span_from(calm));
	check_text(tried, buf_span(text));
}

/* Each code point somewhere in a block, each pair of lead and second byte everywhere. */
static void check_every_code_point(enum preset preset)
{
	struct rule_choices choices = no_choices;
	struct buf text = BUF_INIT;
	struct tried tried;
	int32_t step = 1;

	choices.preset = (int)preset;
	set_up(&tried, &choices, NULL);
	for (int32_t cp = 1; cp < 0x110000; cp += cp < 0x30000 || cp >= 0xE0000 ? 1 : 61) {
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		check_placed(&tried, &text, cp, (size_t)cp % 67);
		step = cp < 0x800 ? 1 : cp < 0x10000 ? 64 : 4096;
		for (size_t at = 0; at < 67 && cp % step == 0; at++)
			check_placed(&tried, &text, cp, at);
	}
	buf_release(&text);
	tried_release(&tried);
}

TEST(every_code_point_is_seen_wherever_in_a_block_it_is)
{
	check_every_code_point(PRESET_CLEAN);
}

TEST(every_code_point_is_edited_wherever_in_a_block_it_is)
{
	check_every_code_point(PRESET_SEARCH);
}

/* A text of `first`, as many of `more` as come near `len` bytes, and ASCII to the full length. */
static void check_short(struct tried *tried, int32_t first, int32_t more, size_t len)
{
	struct buf text = BUF_INIT;
	size_t tail = 4 + len % 9;

	utf8_add(&text, first);
	while (text.len + tail <= len)
		utf8_add(&text, more);
	while (text.len < len)
		buf_add_byte(&text, 'x');
	check_text(tried, buf_span(&text));
	buf_release(&text);
}

/* The last block begins inside the first character, and is one that is done character by character: marks and what is
 * dropped are dense, letters that are swapped and calm ones are not. */
TEST(a_text_may_be_hardly_longer_than_a_block)
{
	static const int32_t first[] = { 'a', 0x0627, 0x0623, 0x00E9, 0x0E01, 0x4E00, 0x0928, 0x1F600,
		0x20000 };
	static const int32_t more[] = { 0x0E34, 0x064E, 0x0301, 0x093F, 0x0627, 0x0623, 0x4E00, 0x1F3FD,
		0xE0100, ' ', '.' };
	struct rule_choices choices = no_choices;
	struct tried tried;

	for (int preset = PRESET_NONE; preset <= PRESET_DISPLAY; preset++) {
		choices.preset = preset;
		set_up(&tried, &choices, NULL);
		for (size_t f = 0; f < sizeof(first) / sizeof(first[0]); f++)
			for (size_t m = 0; m < sizeof(more) / sizeof(more[0]); m++)
				for (size_t len = 60; len <= 140; len++)
					check_short(&tried, first[f], more[m], len);
		tried_release(&tried);
	}
}

/* Letters that become alike, over and over, with what is dropped and marks between them. */
static void make_runs(struct buf *text, uint32_t *seed)
{
	static const int32_t some[] = { 0x0627, 0x0623, 0x0622, 0x0644, 0x064A, 0x0649, 0x0626, 0x0647,
		0x0629, 0x0654, 0x064B, 0x0651, 0x0640, 0x200B, '.', ',', ';', '!', '?', 0x060C, 0x061F,
		0x061B, ' ', '\n', 'a', 'A', 0x00E9, 0x0301, 0x4E00, 0x0663, '3', '&', 0xFE8E, 0x06BE,
		0x0674, 0x08A0 };
	int32_t cp = 'x';

	buf_clear(text);
	for (size_t len = 1 + check_random(seed) % 300; len; len--) {
		if (check_random(seed) % 3 == 0)
			cp = some[check_random(seed) % (sizeof(some) / sizeof(some[0]))];
		else if (check_random(seed) % 2)
			cp = 'b' + (int32_t)(check_random(seed) % 20);
		utf8_add(text, cp);
	}
}

/* Cut into single characters nothing goes the fast way. */
TEST(runs_are_squeezed_however_the_text_is_cut)
{
	static const char *const words[][3] = { { "--preset=search", NULL },
		{ "--preset=search", "--maksura=eg", NULL },
		{ "--preset=clean", "--squeeze-letters", NULL },
		{ "--preset=none", "--squeeze-letters", NULL },
		{ "--preset=none", "--squeeze-punct", NULL } };
	struct buf text = BUF_INIT;
	uint32_t seed = 5;

	for (unsigned round = 0; round < 1000; round++) {
		const char *const *these = words[round % 5];
		struct driven whole, cut;

		make_runs(&text, &seed);
		whole = drive(&normalize, these, FRAMING_TEXT, buf_span(&text), (struct cutting){ 0, 0 });
		cut = drive(&normalize, these, FRAMING_TEXT, buf_span(&text),
			(struct cutting){ 1 + round / 5 % 2 * 40, round / 10 % 3 });
		assert_string_equal(buf_string(&cut.text), buf_string(&whole.text));
		driven_release(&whole);
		driven_release(&cut);
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(news_is_calm),
		IT(the_scan_stops_in_front_of_what_has_to_be_looked_at),
		IT(every_cut_gives_the_same_text),
		IT(a_text_may_be_hardly_longer_than_a_block),
		IT(runs_are_squeezed_however_the_text_is_cut),
		IT(vectors_stop_where_the_oracle_does_with_every_switch_alone),
		IT(vectors_stop_where_the_oracle_does_with_every_preset),
		IT(vectors_stop_where_the_oracle_does_with_random_choices),
		IT(every_code_point_is_seen_wherever_in_a_block_it_is),
		IT(every_code_point_is_edited_wherever_in_a_block_it_is),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
