/* SPDX-License-Identifier: MIT
 * exact_state_fuzz.c - a state of exact duplicates, damaged in ways that its checksum does not show.
 *
 * An input is a list of edits to a state that a few texts made: where, how, and what with. The checksum is then made
 * anew, as whoever wants to do harm would.
 *
 * - A state is read, or refused with a reason.
 * - What was read is written as it was, with what was added behind it, and is read again. */
#include "tests/fuzz/fuzz.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "filters/dedupe/exact_state.h"

enum { SUM_BYTES = 16, MOST_EDITS = 6, TEXTS = 20 };

static const struct span made_with = { "--unit=line --key=exact", 23 };
static const struct spool_place in_memory = { NULL, 1 };

static enum flow append(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static bool count_prints(void *ctx, const struct fingerprint *prints, size_t count)
{
	LAW(count > 0 && prints, "blocks are not empty");
	*(uint64_t *)ctx += count;
	return true;
}

static struct fingerprint print_number(uint64_t i)
{
	return (struct fingerprint){ i * 0x9E3779B97F4A7C15u, ~i };
}

/* Reads `from`, adds `more` fingerprints, and writes to `into`. Whether it was read; `known` says how many there were. */
static bool update(struct span from, uint64_t more, struct buf *into, uint64_t *known)
{
	const struct sink sink = { .put = append, .ctx = into };
	struct spool was;
	struct opt_output file = { .path = "state", .to = &sink, .was = from.len ? &was : NULL };
	struct exact_state state;
	struct diag why = { "" };
	bool fine;

	*known = 0;
	spool_init(&was, &in_memory);
	buf_add(&was.held, from);
	fine = exact_state_open(&state, &file, made_with, 0, &in_memory, &why) &&
	       exact_state_read(&state, count_prints, known, &why);
	LAW(fine || why.text[0], "who refuses says why");
	for (uint64_t i = 0; fine && i < more; i++)
		LAW(exact_state_add(&state, print_number(i), &why), "adding goes on");
	if (fine)
		LAW(exact_state_write(&state, &why) == FLOW_MORE, "writing goes on");
	exact_state_release(&state);
	spool_release(&was);
	return fine;
}

static void edit(struct buf *state, struct span *input)
{
	size_t at = ((size_t)fuzz_byte(input) << 8 | fuzz_byte(input)) % (state->len + 1);
	unsigned char how = fuzz_byte(input), what = fuzz_byte(input);

	if (how % 3 == 0 && at < state->len)
		state->at[at] = (char)what;
	else if (how % 3 == 1)
		state->len = at;
	else
		memset(buf_reserve(state, what), how, what), state->len += what;
}

static void end_in_sum(struct buf *state)
{
	XXH128_canonical_t sum;

	XXH128_canonicalFromHash(&sum, XXH3_128bits(state->at, state->len));
	buf_add(state, span_of((const char *)sum.digest, SUM_BYTES));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size);
	struct buf state = BUF_INIT, again = BUF_INIT, third = BUF_INIT;
	uint64_t known;

	LAW(update(span_of("", 0), TEXTS, &state, &known) && known == 0, "a new state is made");
	state.len -= SUM_BYTES;
	for (int i = fuzz_byte(&input) % MOST_EDITS; i > 0; i--)
		edit(&state, &input);
	if (fuzz_byte(&input) % 8)
		end_in_sum(&state);
	if (state.len && update(buf_span(&state), fuzz_byte(&input), &again, &known)) {
		uint64_t then = known;

		LAW(again.len >= state.len, "nothing is lost");
		LAW(update(buf_span(&again), 0, &third, &known) && known >= then,
			"what was written is read");
		fuzz_same(buf_span(&again), buf_span(&third), "read and written, a state is the same");
	}
	buf_release(&state);
	buf_release(&again);
	buf_release(&third);
	return 0;
}
