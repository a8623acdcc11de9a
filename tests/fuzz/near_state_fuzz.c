/* SPDX-License-Identifier: MIT
 * near_state_fuzz.c - a state of near duplicates, damaged in ways that its checksum does not show.
 *
 * An input is a list of edits to a state that a few documents made: where, how, and what with. The checksum is then made
 * anew, as whoever wants to do harm would. What is left after a NUL is text that is compared with what was read.
 *
 * - A state is read, or refused with a reason; nothing outside of it is read, whatever it says.
 * - What was read is written as what reads the same.
 * - Texts can be compared with it. */
#include "tests/fuzz/fuzz.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/cpu.h"
#include "common/utf8.h"
#include "filters/dedupe/near_state.h"

enum {
	SUM_BYTES = 16,
	MOST_EDITS = 8,
	MOST_TEXTS = 8,
	WRITTEN = 16 /* of so many states one is written */
};

static const struct span made_with = { "fuzz", 4 };
static const struct near_options options = { 0.5, 0.8, 1u << RELATION_SAME | 1u << RELATION_NEAR, true };

static enum flow append(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static void write_to(struct buf *into, const struct near *near, const struct names *names)
{
	const struct sink sink = { .put = append, .ctx = into };
	const struct opt_output output = { .path = "state", .to = &sink };

	LAW(near_state_write(near, names, made_with, &output) == FLOW_MORE, "writing goes on");
}

static void remember(struct near *near, struct names *names, struct span text)
{
	struct utf8_repair repair = { .mode = INVALID_REPLACE, .cpu = cpu_best(NULL) };
	struct buf copy = BUF_INIT;
	size_t before = near->stories.count;
	struct span valid;
	struct diag why;

	LAW(utf8_repair_piece(&repair, text, &valid, &why), "repair does not fail");
	buf_add(&copy, valid);
	utf8_repair_release(&repair);
	near_decide(near, &copy);
	LAW(near->stories.count - before <= 1, "a text is remembered once or not");
	if (near->stories.count > before)
		names_add(names, span_head(text, 3));
	buf_release(&copy);
}

static void begin(struct near *near, struct keyer *keyer)
{
	struct host host = { .cpu = cpu_best(NULL) };
	struct diag why;

	LAW(keyer_open(keyer, KEY_EXACT, &host, &why), "a keyer opens");
	near_init(near, &options, keyer, cpu_best(NULL), 5);
}

static void release(struct near *near, struct names *names, struct keyer *keyer)
{
	near_release(near);
	names_release(names);
	keyer_release(keyer);
}

/* --- the state ------------------------------------------------------------------------------------------ */

/* Made once, of documents with words and numbers in them; borrowed. */
static struct span sound_state(void)
{
	static struct buf state;
	struct near near;
	struct names names = { 0 };
	struct keyer keyer;
	struct buf text = BUF_INIT;

	if (state.len)
		return buf_span(&state);
	begin(&near, &keyer);
	for (int i = 0; i < 12; i++) {
		buf_clear(&text);
		for (int k = 0; k < 20 + 3 * i; k++)
			buf_addf(&text, "word%d %d ", (k * (i / 3 + 3)) % 41, k * i);
		remember(&near, &names, buf_span(&text));
	}
	write_to(&state, &near, &names);
	buf_release(&text);
	release(&near, &names, &keyer);
	return buf_span(&state);
}

/* A place near the front or the end, where the numbers are, or anywhere: most of a state are counters. */
static size_t place_of(struct span *input, size_t len)
{
	size_t where = fuzz_byte(input), much = where | (size_t)fuzz_byte(input) << 8;

	switch (fuzz_byte(input) % 3) {
	case 0:
		return much % len;
	case 1:
		return len - 1 - much % len;
	default:
		return much * 251 % len;
	}
}

static void edit(struct buf *state, struct span *input)
{
	size_t at = place_of(input, state->len + 1);
	unsigned char how = fuzz_byte(input), what = fuzz_byte(input);
	struct span rest;

	if (at == state->len)
		return;
	switch (how % 4) {
	case 0:
		state->at[at] = (char)what;
		return;
	case 1:
		state->at[at] = (char)(state->at[at] ^ (1 << what % 8));
		return;
	case 2:
		rest = span_skip(span_of(state->at + at, state->len - at), what);
		memmove(state->at + at, rest.at, rest.len);
		state->len = at + rest.len;
		return;
	default:
		buf_reserve(state, what);
		memmove(state->at + at + what, state->at + at, state->len - at);
		state->len += what;
	}
}

/* The state with the edits and a checksum that is right, in memory of just its size. */
static struct span damaged_state(struct span *input)
{
	static struct buf state; /* kept: to get so much memory takes longer than all the rest */
	struct span sound = sound_state();
	XXH128_canonical_t sum;

	buf_clear(&state);
	buf_add(&state, span_head(sound, sound.len - SUM_BYTES));
	for (int i = fuzz_byte(input) % MOST_EDITS; i > 0; i--)
		edit(&state, input);
	XXH128_canonicalFromHash(&sum, XXH3_128bits(state.at, state.len));
	buf_add(&state, span_of((const char *)sum.digest, SUM_BYTES));
	return fuzz_copy(buf_span(&state));
}

/* --- laws ------------------------------------------------------------------------------------------------- */

static bool read_from(struct near *near, struct names *names, struct span state)
{
	struct diag why = { "" };
	bool fine = near_state_read(near, names, made_with, state, "state", &why);

	LAW(fine || why.text[0], "who refuses says why");
	return fine;
}

/* Written, read and written again. Bands that a crowd shares are dropped at the first reading only. */
static void check_again(const struct near *near, const struct names *names)
{
	struct near other;
	struct names other_names = { 0 };
	struct keyer keyer;
	struct buf once = BUF_INIT, twice = BUF_INIT;

	begin(&other, &keyer);
	write_to(&once, near, names);
	LAW(read_from(&other, &other_names, buf_span(&once)), "what was written is read");
	write_to(&twice, &other, &other_names);
	fuzz_same(buf_span(&once), buf_span(&twice), "read and written, a state is the same");
	buf_release(&once);
	buf_release(&twice);
	release(&other, &other_names, &keyer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size), state = damaged_state(&input);
	struct near near;
	struct names names = { 0 };
	struct keyer keyer;

	begin(&near, &keyer);
	if (read_from(&near, &names, state)) {
		if (XXH3_64bits(data, size) % WRITTEN == 0)
			check_again(&near, &names);
		remember(&near, &names, SPAN("word0 0 word3 0 word6 0 word9 0 word12 0 word15 0 word18 0"));
		for (int i = 0; i < MOST_TEXTS && input.len; i++) {
			remember(&near, &names, span_head(input, span_find(input, '\0')));
			input = span_skip(input, span_find(input, '\0') + 1);
		}
	}
	release(&near, &names, &keyer);
	free((char *)state.at);
	return 0;
}
