/* SPDX-License-Identifier: MIT
 * keys.c - rows out, numbers in. */
#include "filters/dedupe/keys.h"

#include <inttypes.h>

enum { BLOCK = 1 << 16 };

void keys_init(struct keys *keys, const struct spool_place *place)
{
	*keys = (struct keys){ .count = 0 };
	spool_init(&keys->rows, place);
}

void keys_release(struct keys *keys)
{
	spool_release(&keys->rows);
	buf_release(&keys->row);
}

bool keys_add(struct keys *keys, struct fingerprint print, struct diag *why)
{
	buf_clear(&keys->row);
	buf_addf(&keys->row, "%016" PRIx64 "%016" PRIx64 "\t%" PRIu64 "\n", print.high, print.low,
		++keys->count);
	return spool_add(&keys->rows, buf_span(&keys->row), why);
}

enum flow keys_write(const struct keys *keys, struct sink out, struct diag *why)
{
	struct buf block = BUF_INIT;
	enum flow flow = FLOW_MORE;
	uint64_t at = 0;
	long got = 1;

	while (flow == FLOW_MORE && got > 0) {
		got = spool_read(&keys->rows, at, buf_reserve(&block, BLOCK), BLOCK, why);
		if (got > 0) {
			flow = sink_put(out, span_of(block.at, (size_t)got));
			at += (uint64_t)got;
		}
	}
	buf_release(&block);
	if (got < 0)
		return FLOW_FAIL;
	return flow == FLOW_MORE && at > 0 ? sink_end(out) : flow;
}

/* Takes the next line off `rest`; 0 where it is no number, or there is none. */
static uint64_t take_number(struct span *rest)
{
	struct span line = span_head(*rest, span_find(*rest, '\n'));
	uint64_t number = 0;
	bool is_number = line.len > 0 && line.len < 19;

	for (size_t i = 0; i < line.len && is_number; i++) {
		is_number = line.at[i] >= '0' && line.at[i] <= '9';
		number = number * 10 + (uint64_t)(line.at[i] - '0');
	}
	*rest = span_skip(*rest, line.len + (line.len < rest->len));
	return is_number ? number : 0;
}

bool key_numbers_open(struct key_numbers *numbers, struct span text, const char *path, struct diag *why)
{
	struct span rest = text;
	uint64_t last = 0, number;

	for (size_t line = 1; rest.len; line++, last = number) {
		number = take_number(&rest);
		if (number > last)
			continue;
		diag_set(why, "%s:%zu: not a number above the one before it", path, line);
		return false;
	}
	numbers->rest = text;
	numbers->next = take_number(&numbers->rest);
	return true;
}

bool key_numbers_has(struct key_numbers *numbers, uint64_t number)
{
	if (numbers->next != number)
		return false;
	numbers->next = take_number(&numbers->rest);
	return true;
}
