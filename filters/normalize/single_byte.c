/* SPDX-License-Identifier: MIT
 * single_byte.c - encodings in which a byte is a character. ASCII is copied by words of eight bytes, the rest is
 * looked up and written without a branch on its length: four bytes each time, of which the next byte's overwrite
 * what was too many. */
#include "filters/normalize/single_byte.h"

#include "common/utf8.h"
#include "filters/normalize/data.h"

enum { WORD = 8 }; /* bytes */

void single_byte_codes(struct span name, uint16_t codes[128])
{
	struct span rest = data_file(name), line;

	memset(codes, 0, 128 * sizeof(codes[0]));
	while (data_line(&rest, &line)) {
		int32_t byte = data_hex(data_word(&line));

		codes[byte & 0x7F] = (uint16_t)data_hex(line);
	}
}

static struct cell cell_of(int32_t value, struct buf *spelled)
{
	struct cell cell;

	buf_clear(spelled);
	utf8_add(spelled, value);
	memcpy(cell.bytes, "\0\0", sizeof(cell.bytes));
	memcpy(cell.bytes, spelled->at, spelled->len);
	cell.len = (unsigned char)spelled->len;
	return cell;
}

void single_byte_init(struct single_byte *table, struct span name)
{
	struct buf spelled = BUF_INIT;
	uint16_t codes[128];

	single_byte_codes(name, codes);
	memset(table, 0, sizeof(*table));
	for (int byte = 1; byte < 256; byte++)
		if (byte < 0x80 || codes[byte - 0x80])
			table->cells[byte] = cell_of(byte < 0x80 ? byte : codes[byte - 0x80], &spelled);
	buf_release(&spelled);
}

/* Whether none of eight bytes is NUL or above 7F. A borrow spoils the byte above a NUL only. */
static bool word_is_ascii(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return ((word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

/* Up to `len` bytes at `at`, written to *out, which moves on. Returns how many were text. */
static size_t decode_cells(const struct single_byte *table, const char *at, size_t len, char **out)
{
	char *to = *out;
	size_t i = 0;

	for (; i < len; i++) {
		struct cell cell = table->cells[(unsigned char)at[i]];

		if (cell.len == 0)
			break;
		memcpy(to, &cell, sizeof(cell));
		to += cell.len;
	}
	*out = to;
	return i;
}

size_t single_byte_decode(const struct single_byte *table, struct span raw, struct buf *into)
{
	char *start = buf_reserve(into, 3 * raw.len + sizeof(struct cell)), *to = start;
	size_t i = 0, got = WORD;

	while (raw.len - i >= WORD && got == WORD) {
		if (word_is_ascii(raw.at + i)) {
			memcpy(to, raw.at + i, WORD);
			to += WORD;
		} else {
			got = decode_cells(table, raw.at + i, WORD, &to);
		}
		i += got;
	}
	if (got == WORD)
		i += decode_cells(table, raw.at + i, raw.len - i, &to);
	into->len += (size_t)(to - start);
	return i;
}
