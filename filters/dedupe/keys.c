/* SPDX-License-Identifier: MIT
 * keys.c - rows out, numbers in. */
#include "filters/dedupe/keys.h"

#include <inttypes.h>

#include "filters/dedupe/listing.h"

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
	listing_add_hex(&keys->row, print.high, 16);
	listing_add_hex(&keys->row, print.low, 16);
	buf_addf(&keys->row, "\t%" PRIu64 "\n", ++keys->count);
	return listing_add(&keys->rows, &keys->row, why);
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
