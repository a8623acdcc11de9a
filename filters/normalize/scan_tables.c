/* SPDX-License-Identifier: MIT
 * scan_tables.c - tables for the scan.
 *
 * That bytes can be classified by look-ups of their nibbles is known from John Keiser and Daniel Lemire, "Validating
 * UTF-8 in less than one instruction per byte" (Software: Practice and Experience 51, 2021); here the classes are
 * found when the filter opens: those two boxes are joined again and again that together cover the fewest calm pairs. */
#include "filters/normalize/scan_tables.h"

enum {
	LEADS = 64, /* C0..FF */
	QUARTERS = 4, /* of 16 second bytes each, or of leads */
	NO_BYTE = 0xFF, /* not in UTF-8 */
	WASTE = 1024, /* what a box may cost before another set of eight is better: that of four Arabic letters */
};

/* What the pairs of a lead and a second byte are: a bit for each second byte from 80 to BF. */
struct grid {
	uint64_t busy[LEADS]; /* a character that begins so is not calm */
	uint64_t calm[LEADS]; /* all are, and there are some */
};

/* A set of nibbles in each of the four places; of high nibbles there are four, for C to F and for 8 to B. */
struct box {
	uint8_t lead_high, second_high;
	uint16_t lead_low, second_low;
};

/* --- what is busy -------------------------------------------------------------------------------------- */

static void grid_set(struct grid *grid, int32_t lead, int32_t second, bool busy)
{
	(busy ? grid->busy : grid->calm)[lead & 0x3F] |= UINT64_C(1) << second;
}

/* Whether some of the 64 code points from `first`, a multiple of 64, is not calm. */
static bool is_busy(const struct kinds *kinds, int32_t first)
{
	const uint8_t *of = &kinds->blocks[kinds->block_of[first / KINDS_BLOCK]][first % KINDS_BLOCK];
	uint8_t all = 0;

	_Static_assert(KIND_CALM == 0 && KINDS_BLOCK % 64 == 0, "calm kinds add up to 0");
	for (size_t i = 0; i < 64; i++)
		all |= of[i];
	return all != KIND_CALM;
}

/* The same of the 4096 code points from `first`. Blocks are shared: what was asked last is mostly asked again. */
static bool is_busy_4096(const struct kinds *kinds, int32_t first)
{
	const uint16_t *block = kinds->block_of + first / KINDS_BLOCK;

	for (size_t i = 0; i < 4096 / KINDS_BLOCK; i++)
		if ((i == 0 || block[i] != block[i - 1]) &&
			(is_busy(kinds, first + (int32_t)i * KINDS_BLOCK) ||
				is_busy(kinds, first + (int32_t)i * KINDS_BLOCK + 64)))
			return true;
	return false;
}

static void grid_fill(struct grid *grid, const struct kinds *kinds)
{
	for (int32_t cp = 0x80; cp < 0x800; cp++)
		grid_set(grid, 0xC0 | cp >> 6, cp & 0x3F, kinds_of(kinds, cp) != KIND_CALM);
	for (int32_t cp = 0x800; cp < 0x10000; cp += 64)
		grid_set(grid, 0xE0 | cp >> 12, cp >> 6 & 0x3F, is_busy(kinds, cp));
	for (int32_t cp = 0x10000; cp < 0x110000; cp += 4096)
		grid_set(grid, 0xF0 | cp >> 18, cp >> 12 & 0x3F, is_busy_4096(kinds, cp));
}

/* --- boxes --------------------------------------------------------------------------------------------- */

static struct box joined(struct box a, struct box b)
{
	return (struct box){
		.lead_high = a.lead_high | b.lead_high,
		.lead_low = a.lead_low | b.lead_low,
		.second_high = a.second_high | b.second_high,
		.second_low = a.second_low | b.second_low,
	};
}

/* The bytes, of 64, with a high nibble of the one set and a low one of the other. */
static uint64_t bytes_of(unsigned high, uint64_t low)
{
	uint64_t bytes = 0;

	for (unsigned q = 0; q < QUARTERS; q++)
		bytes |= high >> q & 1 ? low << 16 * q : 0;
	return bytes;
}

/* How often pairs with a lead stand in text, roughly: of the alphabets in which most news is written each pair is
 * a letter, of other alphabets too, of longer characters it is 64 or more of thousands. */
static unsigned weight_of(int lead)
{
	switch (lead) {
	case 0x18: /* Arabic */
	case 0x19:
		return 256;
	case 0x03: /* Latin-1, Greek, Cyrillic, Hebrew, Persian and Urdu */
	case 0x0E:
	case 0x0F:
	case 0x10:
	case 0x11:
	case 0x17:
	case 0x1A:
	case 0x1B:
		return 16;
	default:
		return lead < 0x20 ? 4 : 1;
	}
}

/* What it costs that the box covers calm pairs; where that is `enough` or more, any such number. */
static unsigned waste(const struct grid *grid, struct box box, unsigned enough)
{
	uint64_t seconds = bytes_of(box.second_high, box.second_low);
	unsigned sum = 0;

	for (uint64_t leads = bytes_of(box.lead_high, box.lead_low); leads && sum < enough;
		leads &= leads - 1) {
		int lead = __builtin_ctzll(leads);

		sum += weight_of(lead) * (unsigned)__builtin_popcountll(grid->calm[lead] & seconds);
	}
	return sum;
}

/* A box goes where it costs nothing, if there is such a place; else it is one more. */
static size_t add_box(const struct grid *grid, struct box *boxes, size_t count, struct box box)
{
	for (size_t i = count; i-- > 0;) {
		struct box both = joined(boxes[i], box);

		if (waste(grid, both, 1) == 0) {
			boxes[i] = both;
			return count;
		}
	}
	boxes[count] = box;
	return count + 1;
}

static size_t exact_boxes(const struct grid *grid, struct box *boxes)
{
	size_t count = 0;

	for (unsigned lead = 0; lead < LEADS; lead++)
		for (unsigned q = 0; q < QUARTERS; q++) {
			uint16_t low = (uint16_t)(grid->busy[lead] >> 16 * q);

			if (low)
				count = add_box(grid, boxes, count,
					(struct box){ .lead_high = (uint8_t)(1u << lead / 16),
						.lead_low = (uint16_t)(1u << lead % 16),
						.second_high = (uint8_t)(1u << q),
						.second_low = low });
		}
	return count;
}

/* The box that is best joined with box `i`, among those before it, and what that wastes. */
struct partner {
	size_t of;
	unsigned waste;
};

static struct partner best_partner(const struct grid *grid, const struct box *boxes, size_t i)
{
	struct partner best = { 0, UINT32_MAX };

	for (size_t j = 0; j < i; j++) {
		unsigned cost = waste(grid, joined(boxes[i], boxes[j]), best.waste);

		if (cost < best.waste)
			best = (struct partner){ j, cost };
	}
	return best;
}

static size_t cheapest(const struct partner *partners, size_t count)
{
	size_t best = 1;

	for (size_t i = 2; i < count; i++)
		if (partners[i].waste < partners[best].waste)
			best = i;
	return best;
}

/* Joins boxes until one set holds them, or a few sets and it would cost too much. */
static size_t join_boxes(const struct grid *grid, struct box *boxes, size_t count)
{
	struct partner partners[LEADS * QUARTERS];

	for (size_t i = 1; i < count; i++)
		partners[i] = best_partner(grid, boxes, i);
	while (count > 8) {
		size_t best = cheapest(partners, count), into = partners[best].of;

		if (count <= (size_t)8 * SCAN_SETS && partners[best].waste > WASTE)
			break;
		boxes[into] = joined(boxes[into], boxes[best]);
		boxes[best] = boxes[--count];
		for (size_t i = 1; i < count; i++)
			if (i == best || i == into || partners[i].of == best || partners[i].of == into ||
				partners[i].of == count)
				partners[i] = best_partner(grid, boxes, i);
	}
	return count;
}

/* Sets the bit of a class in the items of `table` that `nibbles` names. */
static void set_class(uint8_t *table, unsigned nibbles, uint8_t class)
{
	for (size_t i = 0; i < 16; i++)
		if (nibbles >> i & 1)
			table[i] |= class;
}

static void boxes_fill(struct scanner *scanner, const struct grid *grid)
{
	struct box boxes[LEADS * QUARTERS];
	size_t count;

	count = join_boxes(grid, boxes, exact_boxes(grid, boxes));
	scanner->sets = (count + 7) / 8;
	for (size_t i = 0; i < count; i++) {
		uint8_t(*set)[16] = scanner->pair[i / 8];
		uint8_t class = (uint8_t)(1u << (i % 8));

		set_class(set[0], (unsigned)boxes[i].lead_high << 0xC, class);
		set_class(set[1], boxes[i].lead_low, class);
		set_class(set[2], (unsigned)boxes[i].second_high << 8, class);
		set_class(set[3], boxes[i].second_low, class);
	}
}

/* --- characters below U+0800 ---------------------------------------------------------------------------- */

static void set_image(struct scan_low *low, int32_t cp)
{
	low->len = cp < 0x80 ? 1 : 2;
	low->image[0] = (char)(cp < 0x80 ? cp : 0xC0 | cp >> 6);
	low->image[1] = (char)(cp < 0x80 ? 0 : 0x80 | (cp & 0x3F));
}

/* Only characters beyond ASCII are read as mojibake, and mojibake.h takes all of Arabic for one. */
static bool joins(int32_t cp, int32_t to)
{
	return to >= 0x80 && !(cp / 0x100 == 6 && to / 0x100 == 6);
}

/* Whether A to Z are swapped for a to z. */
static bool lowers(const struct kinds *kinds)
{
	for (int32_t c = 'A'; c <= 'Z'; c++)
		if (kinds_of(kinds, c) != KIND_SWAP || kinds_swap(kinds, c) != (c | 0x20))
			return false;
	return true;
}

static void low_fill(struct scanner *scanner)
{
	for (int32_t cp = 0; cp < SCAN_LOW; cp++) {
		struct scan_low *low = &scanner->low[cp];
		enum kind kind = kinds_of(scanner->kinds, cp);
		int32_t to = kind == KIND_SWAP ? kinds_swap(scanner->kinds, cp) : cp;

		low->kind = (uint8_t)kind;
		set_image(low, to);
		low->joins = kind == KIND_SWAP && joins(cp, to);
		if (kind == KIND_DROP)
			low->len = 0;
		else
			low->run = scanner->kinds->runs[to];
		scanner->edits |= kind == KIND_SWAP;
	}
}

/* Whether ASCII has to be looked at by itself. SPACE and LF are in every line and only matter beside each other, which
 * is seen in another way, or beside others like them, which are looked at. */
static bool is_busy_ascii(const struct scanner *scanner, size_t c)
{
	enum kind kind = (enum kind)scanner->low[c].kind;

	if (kind == KIND_CALM)
		return scanner->low[c].run != 0;
	if (scanner->lowers && c >= 'A' && c <= 'Z')
		return false;
	return (c != ' ' || kind != KIND_SPACE) && (c != '\n' || kind != KIND_NEWLINE);
}

static void ascii_fill(struct scanner *scanner)
{
	for (size_t c = 0; c < 0x80; c++)
		if (is_busy_ascii(scanner, c))
			scanner->ascii[0][c % 16] |= (uint8_t)(1u << (c / 16));
	for (size_t high = 0; high < 8; high++)
		scanner->ascii[1][high] = (uint8_t)(1u << high);
}

static void rows_fill(struct scanner *scanner, const struct grid *grid)
{
	enum { OTHER, BEHIND_SPACE, BEHIND_NEWLINE, BEHIND_LEAD };

	scanner->row[scanner->space] = BEHIND_SPACE;
	scanner->row['\n'] = BEHIND_NEWLINE;
	for (size_t r = OTHER; r <= BEHIND_NEWLINE; r++)
		for (size_t c = 0; c < 0x80; c++)
			scanner->busy[r][c] = is_busy_ascii(scanner, c);
	scanner->busy[BEHIND_SPACE][scanner->space] = scanner->busy[BEHIND_SPACE]['\n'] = true;
	scanner->busy[BEHIND_NEWLINE][scanner->space] = true;
	for (size_t lead = 0; lead < LEADS - 1; lead++) {
		scanner->row[0xC0 + lead] = (uint8_t)(BEHIND_LEAD + lead);
		for (size_t second = 0; second < 64; second++)
			scanner->busy[BEHIND_LEAD + lead][0x80 + second] = grid->busy[lead] >> second & 1;
	}
}

void scanner_init(struct scanner *scanner, const struct kinds *kinds, enum cpu cpu)
{
	struct grid grid = { .busy = { 0 } };

	*scanner = (struct scanner){
		.kinds = kinds, .cpu = cpu, .edits = kinds->has_runs, .has_runs = kinds->has_runs
	};
	low_fill(scanner);
	scanner->lowers = lowers(kinds);
	scanner->space = scanner->low[' '].kind == KIND_SPACE ? ' ' : NO_BYTE;
	grid_fill(&grid, kinds);
	if (cpu == CPU_SCALAR) {
		rows_fill(scanner, &grid);
	} else {
		ascii_fill(scanner);
		boxes_fill(scanner, &grid);
	}
}
