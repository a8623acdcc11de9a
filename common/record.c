/* SPDX-License-Identifier: MIT
 * record.c - documents in. */
#include "common/record.h"

#include <errno.h>
#include <stdlib.h>

#include "common/file.h"
#include "common/mem.h"

enum { BLOCK = 256 * 1024 }; /* bytes; stays in a second-level cache together with the output's block */

static enum flow record_begin(struct record_reader *reader, const struct record_handler *to)
{
	if (reader->in_document)
		return FLOW_MORE;
	reader->in_document = true;
	return to->begin(to->ctx);
}

static enum flow record_text(struct record_reader *reader, const struct record_handler *to, struct span raw)
{
	enum flow flow;

	if (raw.len == 0)
		return FLOW_MORE;
	flow = record_begin(reader, to);
	return flow == FLOW_MORE ? to->text(to->ctx, raw) : flow;
}

/* The document ends after `rest`. */
static enum flow record_end(struct record_reader *reader, const struct record_handler *to, struct span rest)
{
	enum flow flow = record_begin(reader, to);

	if (flow == FLOW_MORE)
		flow = record_text(reader, to, rest);
	if (flow != FLOW_MORE)
		return flow;
	reader->in_document = false;
	return to->end(to->ctx);
}

/* Hands on every document that a NUL in the block completes; `start` becomes where the next one begins. */
static enum flow take_documents(
	struct record_reader *reader, const struct record_handler *to, size_t *start)
{
	const char *nul;

	while ((nul = memchr(reader->block + reader->looked_at, '\0', reader->used - reader->looked_at))) {
		const char *from = reader->block + *start;
		enum flow flow = record_end(reader, to, span_of(from, (size_t)(nul - from)));

		if (flow != FLOW_MORE)
			return flow;
		*start = reader->looked_at = (size_t)(nul - reader->block) + 1;
	}
	return FLOW_MORE;
}

/* How much of the block, from `start`, may be handed on: whole lines, or nearly all of a full block. */
static size_t piece_end(const struct record_reader *reader, size_t start)
{
	size_t from = reader->looked_at > start ? reader->looked_at : start;
	const char *newline = memrchr(reader->block + from, '\n', reader->used - from);

	if (newline)
		return (size_t)(newline - reader->block) + 1;
	if (start == 0 && reader->used == BLOCK)
		return utf8_whole(span_of(reader->block, reader->used));
	return start;
}

/* Hands on what new bytes in the block have completed and moves the rest to the front. */
static enum flow take_block(struct record_reader *reader, const struct record_handler *to)
{
	size_t start = 0, end;
	enum flow flow = FLOW_MORE;

	if (reader->framing == FRAMING_ZERO)
		flow = take_documents(reader, to, &start);
	if (flow != FLOW_MORE)
		return flow;
	end = piece_end(reader, start);
	flow = record_text(reader, to, span_of(reader->block + start, end - start));
	if (end)
		memmove(reader->block, reader->block + end, reader->used - end);
	reader->used -= end;
	reader->looked_at = reader->used;
	return flow;
}

static enum flow take_rest(struct record_reader *reader, const struct record_handler *to)
{
	struct span rest = span_of(reader->block, reader->used);

	reader->used = reader->looked_at = 0;
	if (rest.len == 0 && !reader->in_document)
		return FLOW_MORE;
	return record_end(reader, to, rest);
}

static long read_some(struct record_reader *reader, int fd)
{
	char *into = reader->block + reader->used;
	size_t size = BLOCK - reader->used;

	return reader->read ? reader->read(reader->read_ctx, fd, into, size)
			    : file_read_some(fd, into, size);
}

enum flow record_read(struct record_reader *reader, int fd, const struct record_handler *to, int *error)
{
	enum flow flow = FLOW_MORE;

	*error = 0;
	if (!reader->block)
		reader->block = mem_resize(NULL, BLOCK, 1);
	reader->used = reader->looked_at = 0;
	reader->in_document = false;
	if (reader->framing == FRAMING_TEXT)
		flow = record_begin(reader, to);
	while (flow == FLOW_MORE) {
		long got;

		flow = to->wait(to->ctx, fd);
		if (flow != FLOW_MORE)
			break;
		got = read_some(reader, fd);
		if (got < 0)
			*error = errno;
		if (got <= 0)
			return take_rest(reader, to);
		reader->used += (size_t)got;
		reader->got += (uint64_t)got;
		flow = take_block(reader, to);
	}
	return flow;
}

void record_release(struct record_reader *reader)
{
	free(reader->block);
	reader->block = NULL;
}
