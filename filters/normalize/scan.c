/* SPDX-License-Identifier: MIT
 * scan.c - the scan: blocks of 64 bytes, then what is left, character by character.
 *
 * scan_block.h finds the few characters of a block that may be more than calm; each of them is judged here, by the
 * table of kinds and by what stands before it. So a stop is where a scan by characters alone would stop.
 *
 * Functions with a parameter `edits` serve scan_calm and scan_edit; it is constant wherever they are inlined. */
#include "filters/normalize/scan.h"

#include "common/utf8.h"
#include "filters/normalize/scan_block.h"

#define INLINE __attribute__((always_inline)) static inline

#define BIT(kind) (1u << (kind))

/* Which kinds need no look when they follow one of these. A space must stand between calm characters of
 * one line; marks must not be two that could change places. */
enum {
	ANY_CALM = BIT(KIND_CALM) | BIT(KIND_NEWLINE) | BIT(KIND_SWAP),
	ANY = ANY_CALM | BIT(KIND_SPACE) | BIT(KIND_MARK) | BIT(KIND_SIGN),
};

static const unsigned follows[KIND_SIGN + 1] = {
	[KIND_CALM] = ANY,
	[KIND_NEWLINE] = ANY_CALM,
	[KIND_SWAP] = ANY,
	[KIND_SPACE] = BIT(KIND_CALM) | BIT(KIND_SWAP),
	[KIND_MARK] = ANY & ~BIT(KIND_MARK),
	[KIND_SIGN] = ANY,
};

/* The text, and how far it has been done. */
struct scan {
	const struct scanner *scanner;
	const char *text;
	size_t len, at;
	char *out; /* where edited text goes; there is room for `len` bytes and a few more */
	size_t removed; /* bytes that the edited text is shorter by */
	bool joins; /* scan.h */
};

enum { OUT_MORE = 2 }; /* an image is stored as two bytes, whatever its length */

/* --- one character ------------------------------------------------------------------------------------- */

/* Bytes of the character that `lead` begins. */
static inline size_t len_of(unsigned char lead)
{
	return lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
}

/* The row of the table for the character at `at`, which is below U+0800. */
static inline const struct scan_low *low_at(const struct scan *scan, size_t at)
{
	const unsigned char *s = (const unsigned char *)scan->text + at;

	return &scan->scanner->low[s[0] < 0x80 ? s[0] : (unsigned)(s[0] & 0x1F) << 6 | (s[1] & 0x3F)];
}

static inline enum kind kind_at(const struct scan *scan, size_t at)
{
	if ((unsigned char)scan->text[at] < 0xE0)
		return (enum kind)low_at(scan, at)->kind;
	return kinds_of(scan->scanner->kinds, utf8_first(span_of(scan->text + at, 4)).value);
}

/* Where the character in front of `at` starts. */
static inline size_t start_before(const struct scan *scan, size_t at)
{
	do
		at--;
	while (((unsigned char)scan->text[at] & 0xC0) == 0x80);
	return at;
}

/* What stands before `at`, which is behind the first character; what is dropped does not stand there. */
static enum kind kind_before(const struct scan *scan, size_t at, bool edits)
{
	enum kind kind;

	do {
		at = start_before(scan, at);
		kind = kind_at(scan, at);
	} while (edits && kind == KIND_DROP);
	return kind;
}

static bool may_stand(const struct scan *scan, size_t at, enum kind kind, bool edits)
{
	return kind <= KIND_SIGN && follows[kind_before(scan, at, edits)] & BIT(kind);
}

/* Whether the character at `at`, if there is one, may stand where it does. Many kinds are asked about again, in
 * their turn: SPACE and LF are not. */
static bool next_may_stand(const struct scan *scan, size_t at, bool edits)
{
	enum kind kind = at < scan->len ? kind_at(scan, at) : KIND_CALM;

	return kind == KIND_CALM || kind > KIND_SIGN || may_stand(scan, at, kind, edits);
}

/* Where to stop, if not later: at the character at `at`, of a kind other than calm; behind it, if it is a space; or
 * nowhere: NO_STOP. */
static const size_t NO_STOP = SIZE_MAX;

static size_t stop_at(const struct scan *scan, size_t at, enum kind kind, bool edits)
{
	size_t behind = at + len_of((unsigned char)scan->text[at]);

	if (!may_stand(scan, at, kind, edits))
		return at;
	if ((kind == KIND_SPACE || kind == KIND_NEWLINE) && !next_may_stand(scan, behind, edits))
		return behind;
	return NO_STOP;
}

/* --- runs ---------------------------------------------------------------------------------------------- */

/* Bytes that the character at `at` is shorter by when edited. */
static size_t shrinks(const struct scan *scan, size_t at)
{
	unsigned char lead = (unsigned char)scan->text[at];
	size_t len = len_of(lead);

	if (lead < 0xE0)
		return len - low_at(scan, at)->len;
	return kind_at(scan, at) == KIND_DROP ? len : 0;
}

/* Whether the character in front of `*at`, those dropped left aside, becomes the same as `like`; `*at` is then its
 * start, and `*shrunk` grows by what was passed over. */
static bool same_before(const struct scan *scan, const struct scan_low *like, size_t *at, size_t *shrunk)
{
	size_t sum = 0;

	for (size_t before = *at; before > 0;) {
		before = start_before(scan, before);
		sum += shrinks(scan, before);
		if (kind_at(scan, before) == KIND_DROP)
			continue;
		if ((unsigned char)scan->text[before] >= 0xE0 ||
			memcmp(low_at(scan, before)->image, like->image, sizeof(like->image)) != 0)
			return false;
		*at = before;
		*shrunk += sum;
		return true;
	}
	return false;
}

/* Whether a run has become too long with the character at `at`, whose row is `low`. */
static bool is_long_run(const struct scan *scan, size_t at, const struct scan_low *low)
{
	size_t shrunk = 0;
	unsigned count = 1;

	while (count < low->run && same_before(scan, low, &at, &shrunk))
		count++;
	return count == low->run;
}

/* The same of the character at `at`, if there is one; mostly the end of what is written tells. */
static inline bool ends_long_run(const struct scan *scan, size_t at)
{
	const char *end = scan->out + at - scan->removed;
	const struct scan_low *low;

	if (!scan->scanner->has_runs || at >= scan->len || (unsigned char)scan->text[at] >= 0xE0)
		return false;
	low = low_at(scan, at);
	if (low->run == 0 || at - scan->removed < low->len || end[-1] != low->image[low->len - 1])
		return false;
	return (low->len == 1 || end[-2] == low->image[0]) && is_long_run(scan, at, low);
}

/* Where the last calm character before `stop` starts, and if it ends a run, where that does. What is removed from
 * there on is taken back. */
static size_t last_calm(struct scan *scan, size_t stop, bool edits)
{
	size_t at = stop;
	enum kind kind;

	do {
		at = start_before(scan, at);
		kind = kind_at(scan, at);
		scan->removed -= edits ? shrinks(scan, at) : 0;
	} while (kind > KIND_SWAP);
	if (scan->scanner->has_runs && (unsigned char)scan->text[at] < 0xE0 && low_at(scan, at)->run) {
		const struct scan_low *low = low_at(scan, at);
		size_t shrunk = 0;

		while (same_before(scan, low, &at, &shrunk))
			;
		scan->removed -= shrunk;
	}
	return at;
}

/* Copies a character of three or four bytes. */
static inline void copy_long(char *to, const char *from, size_t len)
{
	memcpy(to, from, 3);
	to[len - 1] = from[len - 1];
}

/* --- character by character ---------------------------------------------------------------------------- */

/* Whether mojibake may begin or go on with the character at `at`: a letter or sign that is not Arabic, up to U+047F or
 * from U+2000 to U+2FFF, or U+FFFD. Of what is not there nothing is known. */
static inline bool may_join(const struct scan *scan, size_t at)
{
	unsigned char lead = at < scan->len ? (unsigned char)scan->text[at] : 0xE2;

	return (lead >= 0xC2 && lead <= 0xD1) || lead == 0xE2 || lead == 0xEF;
}

/* Writes the character at `at`, whose kind is `kind`, with its swap or drop done. */
static void put(struct scan *scan, size_t at, enum kind kind)
{
	size_t len = len_of((unsigned char)scan->text[at]);

	if (len < 3) {
		const struct scan_low *low = low_at(scan, at);

		memcpy(scan->out + at - scan->removed, low->image, sizeof(low->image));
		scan->removed += len - low->len;
		scan->joins |= low->joins || (low->len == 0 && may_join(scan, at + len));
	} else if (kind == KIND_DROP) {
		scan->removed += len;
		scan->joins |= may_join(scan, at + len);
	} else {
		copy_long(scan->out + at - scan->removed, scan->text + at, len);
	}
}

/* Goes on to `end` or a little behind, or as far as characters need no look; true when it stopped at one. Begins where a character
 * does, at the one that has begun in front of `at`: those may be put twice that are put as they are. */
INLINE bool scan_characters(struct scan *scan, size_t end, bool edits)
{
	const unsigned drops = edits ? BIT(KIND_DROP) : 0;
	size_t at = scan->at;
	unsigned allowed;

	while (at < scan->len && ((unsigned char)scan->text[at] & 0xC0) == 0x80)
		at--;
	if (at == 0) /* the first character is done, and nothing stands before it */
		at = len_of((unsigned char)scan->text[0]);
	for (allowed = follows[kind_before(scan, at, edits)] | drops; at < end;) {
		enum kind kind = kind_at(scan, at);

		if (!(allowed & BIT(kind)) || (edits && kind != KIND_DROP && ends_long_run(scan, at)))
			break;
		if (edits)
			put(scan, at, kind);
		if (kind != KIND_DROP)
			allowed = follows[kind] | drops;
		at += len_of((unsigned char)scan->text[at]);
	}
	scan->at = at;
	return at < end || !next_may_stand(scan, at, edits) || (edits && ends_long_run(scan, at));
}

/* --- block by block ------------------------------------------------------------------------------------ */

/* Where the character starts that bit `bit` of a block stands for. */
static inline size_t start_of(const struct scan *scan, unsigned bit)
{
	size_t at = scan->at + bit;

	return at - ((unsigned char)scan->text[at] >> 7);
}

/* A block with so many bits is done character by character: in Thai and Hindi nearly every one is a bit. */
INLINE bool is_dense(uint64_t bits)
{
	enum { DENSE = 10 };

	return __builtin_popcountll(bits) >= DENSE;
}

/* Passes over blocks; true when it stopped at a character. The last block may begin in one that is done: looking
 * twice at calm text does no harm. */
INLINE bool calm_blocks(struct scan *scan, uint64_t (*busy)(const struct scanner *, const char *))
{
	while (scan->at < scan->len && scan->len > SCAN_BLOCK) {
		uint64_t bits;

		if (scan->len - scan->at < SCAN_BLOCK)
			scan->at = scan->len - SCAN_BLOCK;
		bits = busy(scan->scanner, scan->text + scan->at);
		if (is_dense(bits)) {
			if (scan_characters(scan, scan->at + SCAN_BLOCK, false))
				return true;
			continue;
		}
		for (; bits; bits &= bits - 1) {
			size_t at = start_of(scan, (unsigned)__builtin_ctzll(bits));
			enum kind kind = kind_at(scan, at);
			size_t stop = kind == KIND_CALM ? NO_STOP : stop_at(scan, at, kind, false);

			if (stop != NO_STOP) {
				scan->at = stop;
				return true;
			}
		}
		scan->at += SCAN_BLOCK;
	}
	return false;
}

/* How a block is looked at, and copied with its capitals of ASCII lowered. */
struct ways {
	uint64_t (*busy)(const struct scanner *, const char *);
	void (*lower)(char *to, const char *from);
};

/* Copies a block to where what is at `at` goes. */
INLINE void copy_block(struct scan *scan, size_t at, struct ways ways)
{
	char *to = scan->out + at - scan->removed;

	if (scan->scanner->lowers)
		ways.lower(to, scan->text + at);
	else
		memcpy(to, scan->text + at, SCAN_BLOCK);
}

/* Writes the image of the character at `at`; what is behind it moves up. Returns where that is. */
INLINE size_t swap(struct scan *scan, size_t at, struct ways ways)
{
	unsigned char lead = (unsigned char)scan->text[at];
	size_t len = len_of(lead), behind = at + len;

	if (lead < 0xE0) {
		const struct scan_low *low = low_at(scan, at);

		memcpy(scan->out + at - scan->removed, low->image, len);
		scan->joins |= low->joins;
		len -= low->len;
	}
	if (len == 0)
		return behind;
	scan->joins |= may_join(scan, behind);
	scan->removed += len;
	copy_block(scan, behind, ways);
	return behind;
}

/* A block is copied as it is, then mended from the left. */
enum { EDIT_ROOM = 2 * SCAN_BLOCK + 4 }; /* text that must be left: a copy may begin where the block ends */

/* Does what is to be done at `at`. Returns where to stop, if that is there; `*next` is where the next block begins,
 * which what was swapped may have moved. */
INLINE size_t edit_one(struct scan *scan, size_t at, size_t *next, struct ways ways)
{
	enum kind kind = kind_at(scan, at);
	size_t behind;

	if (kind <= KIND_SWAP && ends_long_run(scan, at))
		return at;
	if (kind == KIND_CALM)
		return NO_STOP;
	if (kind != KIND_SWAP && kind != KIND_DROP)
		return stop_at(scan, at, kind, true);
	behind = swap(scan, at, ways);
	*next = behind > *next ? behind : *next;
	if (kind == KIND_DROP && !next_may_stand(scan, behind, true))
		return behind;
	return ends_long_run(scan, behind) ? behind : NO_STOP;
}

/* Does at `at` what needs no look around: a calm character, or a swap of the same length, that is not as the one before
 * nor, once swapped, as the next. False where it has done nothing. */
INLINE bool edit_simply(struct scan *scan, size_t at)
{
	unsigned char lead = (unsigned char)scan->text[at];
	char *to = scan->out + at - scan->removed;
	const struct scan_low *low;

	if (lead >= 0xE0)
		return false;
	low = low_at(scan, at);
	if (low->kind == KIND_CALM)
		return to[-1] != low->image[low->len - 1];
	if (low->kind != KIND_SWAP || lead < 0x80 || low->len != 2 || low->joins ||
		to[-1] == low->image[1] ||
		memcmp(low_at(scan, at + 2)->image, low->image, sizeof(low->image)) == 0)
		return false;
	memcpy(to, low->image, sizeof(low->image));
	return true;
}

INLINE bool edit_blocks(struct scan *scan, struct ways ways)
{
	while (scan->len - scan->at >= EDIT_ROOM) {
		size_t next = scan->at + SCAN_BLOCK, stop = NO_STOP;
		uint64_t bits = ways.busy(scan->scanner, scan->text + scan->at);

		if (is_dense(bits)) {
			if (scan_characters(scan, next, true))
				return true;
			continue;
		}
		copy_block(scan, scan->at, ways);
		for (; bits && stop == NO_STOP; bits &= bits - 1) {
			size_t at = start_of(scan, (unsigned)__builtin_ctzll(bits));

			if (!edit_simply(scan, at))
				stop = edit_one(scan, at, &next, ways);
		}
		scan->at = stop == NO_STOP ? next : stop;
		if (stop != NO_STOP)
			return true;
	}
	return false;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static bool blocks_avx2(struct scan *scan, bool edits)
{
	const struct ways ways = { scan_block_avx2, scan_lower_avx2 };

	return edits ? edit_blocks(scan, ways) : calm_blocks(scan, scan_block_avx2);
}

__attribute__((target("ssse3"))) static bool blocks_ssse3(struct scan *scan, bool edits)
{
	const struct ways ways = { scan_block_ssse3, scan_lower_ssse3 };

	return edits ? edit_blocks(scan, ways) : calm_blocks(scan, scan_block_ssse3);
}

#endif

static bool blocks(struct scan *scan, bool edits)
{
#if defined(__x86_64__)
	if (scan->scanner->cpu >= CPU_AVX2)
		return blocks_avx2(scan, edits);
	if (scan->scanner->cpu == CPU_SSSE3)
		return blocks_ssse3(scan, edits);
#endif
	const struct ways ways = { scan_block_scalar, scan_lower_scalar };

	return edits ? edit_blocks(scan, ways) : calm_blocks(scan, scan_block_scalar);
}

/* --- both ---------------------------------------------------------------------------------------------- */

/* Finds the stop. */
INLINE size_t find_stop(struct scan *scan, bool edits)
{
	enum { IN_FRONT = 3 }; /* bytes that blocks may look at */

	if (edits)
		put(scan, 0, KIND_CALM);
	scan->at = len_of((unsigned char)scan->text[0]);
	if (edits && scan->at < IN_FRONT && scan->len > IN_FRONT && scan_characters(scan, IN_FRONT, edits))
		return scan->at;
	if (blocks(scan, edits))
		return scan->at;
	scan_characters(scan, scan->len, edits);
	return scan->at;
}

struct scanned scan_calm(const struct scanner *scanner, struct span text)
{
	struct scan scan = { .scanner = scanner, .text = text.at, .len = text.len };
	struct scanned scanned;

	scanned.stop = find_stop(&scan, false);
	scanned.calm = last_calm(&scan, scanned.stop, false);
	scanned.joins = false;
	return scanned;
}

struct scanned scan_edit(const struct scanner *scanner, struct span text, struct buf *into)
{
	struct scan scan = { .scanner = scanner, .text = text.at, .len = text.len };
	struct scanned scanned;

	scan.out = buf_reserve(into, text.len + OUT_MORE); /* not more text than before */
	scanned.stop = find_stop(&scan, true);
	scanned.calm = last_calm(&scan, scanned.stop, true);
	scanned.joins = scan.joins;
	into->len += scanned.calm - scan.removed;
	return scanned;
}
