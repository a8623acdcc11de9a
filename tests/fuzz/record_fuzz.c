/* SPDX-License-Identifier: MIT
 * record_fuzz.c - bytes through a pipe, written in pieces, read as documents.
 *
 * The first two bytes say how the rest is written: pieces of which length, and whether it comes so often that
 * blocks fill. Documents must be what a plain search for NULs finds, and pieces what record.h promises. */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <unistd.h>

#include "common/file.h"
#include "common/record.h"
#include "common/utf8.h"

enum { MOST = 300 * 1024, PIPE = 1 << 16 }; /* more than a block of the reader */

/* Kept from one input to the next: to get and to clear so much memory takes longer than to read it. */
static struct buf all, expected, got, last;

struct run {
	struct span left; /* not yet written */
	size_t piece;
	int mouth; /* the pipe's end that is written to; -1 once closed */
	struct buf *got; /* documents, each ended by a NUL */
	bool in_document;
	struct buf *last; /* the last piece of the document at hand */
};

static enum flow on_begin(void *ctx)
{
	struct run *run = ctx;

	LAW(!run->in_document, "documents do not nest");
	run->in_document = true;
	buf_clear(run->last);
	return FLOW_MORE;
}

/* Only the last piece of a document may end anywhere: this one is followed by `next`. */
static void check_last(struct run *run, struct span next)
{
	bool goes_on = ((unsigned char)next.at[0] & 0xC0) == 0x80;

	LAW(!goes_on || utf8_whole(buf_span(run->last)) == run->last->len,
		"pieces are cut between characters");
	LAW(run->last->len == 0 || run->last->at[run->last->len - 1] == '\n' || run->last->len > PIPE,
		"pieces are whole lines, where those are not long");
}

static enum flow on_text(void *ctx, struct span raw)
{
	struct run *run = ctx;

	LAW(run->in_document && raw.len > 0, "text comes in documents and is not empty");
	check_last(run, raw);
	buf_add(run->got, raw);
	buf_clear(run->last);
	buf_add(run->last, raw);
	return FLOW_MORE;
}

static enum flow on_end(void *ctx)
{
	struct run *run = ctx;

	LAW(run->in_document, "what ends has begun");
	run->in_document = false;
	buf_add_byte(run->got, '\0');
	return FLOW_MORE;
}

/* The reader is about to read: it gets its next piece, once it has read the last. */
static enum flow on_wait(void *ctx, int fd)
{
	struct run *run = ctx;
	struct span piece = span_head(run->left, run->piece);

	if (file_is_ready(fd))
		return FLOW_MORE;
	if (piece.len)
		LAW(write(run->mouth, piece.at, piece.len) == (ssize_t)piece.len, "a pipe takes a piece");
	run->left = span_skip(run->left, piece.len);
	if (run->left.len == 0 && run->mouth >= 0) {
		close(run->mouth);
		run->mouth = -1;
	}
	return FLOW_MORE;
}

static void read_back(struct run *run, enum framing framing)
{
	struct record_reader reader = { .framing = framing };
	struct record_handler to = { on_begin, on_text, on_end, on_wait, run };
	uint64_t size = run->left.len;
	int ends[2], error;

	LAW(pipe2(ends, O_CLOEXEC) == 0, "there are descriptors");
	run->mouth = ends[1];
	LAW(record_read(&reader, ends[0], &to, &error) == FLOW_MORE && error == 0, "a pipe is read");
	LAW(reader.got == size && !run->in_document, "all of it is read");
	close(ends[0]);
	record_release(&reader);
}

static void check(struct span input, enum framing framing, size_t piece)
{
	struct run run = { .left = input, .piece = piece, .got = &got, .last = &last };

	buf_clear(&got);
	buf_clear(&expected);
	buf_add(&expected, input);
	if (framing == FRAMING_TEXT || (input.len && input.at[input.len - 1] != '\0'))
		buf_add_byte(&expected, '\0');
	read_back(&run, framing);
	LAW(span_equal(buf_span(&got), buf_span(&expected)), "documents are what stands between NULs");
}

/* The text again and again, until blocks fill. */
static void repeat(struct buf *text)
{
	while (text->len && text->len < MOST) {
		size_t len = text->len < MOST - text->len ? text->len : MOST - text->len;
		char *end = buf_reserve(text, len);

		memcpy(end, text->at, len);
		text->len += len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size);
	size_t piece = fuzz_byte(&input);
	bool fills_blocks = fuzz_byte(&input) % 8 == 7;

	buf_clear(&all);
	buf_add(&all, input);
	if (fills_blocks) {
		repeat(&all);
		piece = PIPE - piece;
	}
	check(buf_span(&all), FRAMING_TEXT, piece + !piece);
	check(buf_span(&all), FRAMING_ZERO, piece + !piece);
	return 0;
}
