/* SPDX-License-Identifier: MIT
 * pack_docs.c - files to records. */
#include "packing/pack-docs/pack_docs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/json.h"
#include "common/output.h"
#include "common/tree.h"
#include "packing/file_name.h"
#include "packing/frame.h"
#include "packing/pack-docs/options.h"

enum { BLOCK = 64 * 1024 }; /* bytes escaped or read at once */

static const struct about about = {
	.name = "pack-docs",
	.usage =
		"pack-docs [OPTION]... FILE|FOLDER...\n"
		"pack-docs: make JSON Lines of files.\n\n"
		"Each file becomes a record {\"id\":NAME,\"text\":CONTENT}; unpack-docs makes files of them again.\n"
		"The files of a folder are taken in the order of their names, those in its folders, too.\n",
	.statuses = "some files were left out, each named",
};

/* One run. */
struct pack {
	struct frame frame;
	struct pack_options options;
	enum cpu cpu;
	struct output output;
	struct stat written, replaced; /* the file being written; the one it will replace */
	struct buf content, scratch;
	struct span head, middle; /* {"id":" and ","text":" */
	struct buf punctuation; /* where these two are */
	uint64_t escaped; /* files that are not UTF-8 */
};

/* --- one record --------------------------------------------------------------------------------------- */

/* Cuts off what may be escaped by itself: no character goes through the cut. */
static struct span take_block(struct span *rest)
{
	struct span block = span_head(*rest, BLOCK);

	if (block.len < rest->len)
		block.len = utf8_whole(block);
	*rest = span_skip(*rest, block.len);
	return block;
}

/* Length of `content` in its record. */
static uint64_t escaped_len(struct pack *pack, struct span content)
{
	uint64_t len = 0;

	while (content.len) {
		struct span block = take_block(&content);

		buf_clear(&pack->scratch);
		json_escape_bytes(&pack->scratch, block, pack->cpu);
		len += pack->scratch.len;
	}
	return len;
}

static enum flow put_content(struct pack *pack, struct span content)
{
	enum flow flow = FLOW_MORE;

	while (content.len && flow == FLOW_MORE) {
		struct span block = take_block(&content);

		buf_clear(&pack->scratch);
		json_escape_bytes(&pack->scratch, block, pack->cpu);
		flow = output_put(&pack->output, buf_span(&pack->scratch));
	}
	return flow;
}

static enum flow put_record(struct pack *pack, struct span id, struct span content)
{
	const struct span parts[] = { pack->head, id, pack->middle };
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && flow == FLOW_MORE; i++)
		flow = output_put(&pack->output, parts[i]);
	if (flow == FLOW_MORE)
		flow = put_content(pack, content);
	return flow == FLOW_MORE ? output_put(&pack->output, SPAN("\"}\n")) : flow;
}

/* The id as it stands in JSON. */
static void add_id(struct buf *into, const char *path)
{
	struct buf name = BUF_INIT, plain = BUF_INIT;

	file_name_relative(&name, span_from(path));
	file_name_escape(&plain, buf_span(&name));
	json_escape(into, buf_span(&plain), CPU_SCALAR);
	buf_release(&name);
	buf_release(&plain);
}

/* No byte becomes more than the six of \u0000; only where that is too much does it have to be counted. */
static bool fits(struct pack *pack, struct span id)
{
	struct span content = buf_span(&pack->content);
	uint64_t around = pack->head.len + id.len + pack->middle.len + 2; /* the newline is not counted */
	uint64_t max = (uint64_t)pack->frame.options.max_record;

	if (around + 6 * (uint64_t)content.len <= max)
		return true;
	return around + content.len <= max && around + escaped_len(pack, content) <= max;
}

static void leave_out(struct pack *pack, const char *path, const char *why)
{
	frame_report(&pack->frame, STATUS_REJECTED, path, why);
}

static void leave_out_large(struct pack *pack, const char *path)
{
	struct diag why;

	diag_set(&why, "left out: the record would be larger than %lld bytes (--max-record)",
		(long long)pack->frame.options.max_record);
	leave_out(pack, path, why.text);
}

static enum flow pack_content(struct pack *pack, const char *path)
{
	struct span content = buf_span(&pack->content);
	bool is_utf8 = utf8_valid_prefix(content, pack->cpu) == content.len;
	struct buf id = BUF_INIT;
	enum flow flow = FLOW_MORE;

	if (!is_utf8 && pack->options.invalid == INVALID_REJECT) {
		leave_out(pack, path, "left out: not UTF-8 text (--invalid=reject)");
		return FLOW_MORE;
	}
	add_id(&id, path);
	if (fits(pack, buf_span(&id))) {
		pack->escaped += !is_utf8;
		flow = put_record(pack, buf_span(&id), content);
	} else {
		leave_out_large(pack, path);
	}
	buf_release(&id);
	return flow;
}

/* --- files -------------------------------------------------------------------------------------------- */

/* Reads `fd` to its end, or until it is more than a record may hold. False with errno. */
static bool read_content(struct pack *pack, int fd, const struct stat *file)
{
	uint64_t max = (uint64_t)pack->frame.options.max_record;
	long got = 1;

	buf_clear(&pack->content);
	if (S_ISREG(file->st_mode) && (uint64_t)file->st_size <= max)
		buf_reserve(&pack->content, (size_t)file->st_size + BLOCK);
	while (got > 0 && pack->content.len <= max) {
		got = file_read_some(fd, buf_reserve(&pack->content, BLOCK), BLOCK);
		pack->content.len += got > 0 ? (size_t)got : 0;
		progress_add(&pack->frame.progress, got > 0 ? (uint64_t)got : 0);
	}
	return got >= 0;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* What is being written cannot be read to its end. What -o will replace can, but is no article of the folder
 * it happens to be in: only its name on the command line makes it one. */
static bool is_output(struct pack *pack, const char *path, const struct stat *file, bool is_named)
{
	if (!is_same_file(file, &pack->written))
		return !is_named && is_same_file(file, &pack->replaced);
	if (is_named)
		frame_report(&pack->frame, STATUS_FAILED, path,
			"this file is both input and output; use -o to replace it");
	return true;
}

static enum flow pack_descriptor(struct pack *pack, const char *path, int fd, bool is_named)
{
	struct stat file;

	if (fstat(fd, &file) == 0) {
		if (is_output(pack, path, &file, is_named))
			return FLOW_MORE;
		if (read_content(pack, fd, &file))
			return pack_content(pack, path);
	}
	frame_failed(&pack->frame, path, "read");
	return FLOW_MORE;
}

static enum flow pack_file(void *ctx, const char *path, bool is_named)
{
	struct pack *pack = ctx;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum flow flow;

	if (fd < 0) {
		frame_failed(&pack->frame, path, "open");
		return FLOW_MORE;
	}
	flow = pack_descriptor(pack, path, fd, is_named);
	close(fd);
	return flow;
}

static void pack_trouble(void *ctx, const char *path, enum tree_trouble what, int reason)
{
	struct pack *pack = ctx;

	errno = reason;
	switch (what) {
	case TREE_NOT_OPENED:
		frame_failed(&pack->frame, path, "open");
		break;
	case TREE_NOT_READ:
		frame_failed(&pack->frame, path, "read");
		break;
	case TREE_LINK_TO_FOLDER:
		leave_out(pack, path, "left out: a symbolic link to a folder");
		break;
	case TREE_NO_FILE:
		leave_out(pack, path, "left out: not a file");
		break;
	}
}

/* --- the run ------------------------------------------------------------------------------------------ */

static void add_punctuation(struct pack *pack)
{
	struct buf *text = &pack->punctuation;
	size_t cut;

	buf_add(text, SPAN("{\""));
	json_escape(text, span_from(pack->frame.options.id), pack->cpu);
	buf_add(text, SPAN("\":\""));
	cut = text->len;
	buf_add(text, SPAN("\",\""));
	json_escape(text, span_from(pack->frame.options.field), pack->cpu);
	buf_add(text, SPAN("\":\""));
	pack->head = span_head(buf_span(text), cut);
	pack->middle = span_skip(buf_span(text), cut);
}

static bool pack_open(struct pack *pack)
{
	struct frame *frame = &pack->frame;
	const char *output = pack->options.output;

	if (frame->operands.count == 0 && !frame->options.files0_from) {
		frame_report(frame, STATUS_USAGE, NULL, "no file and no folder to pack; --help explains");
		return false;
	}
	if (output && stat(output, &pack->replaced) != 0)
		pack->replaced = (struct stat){ 0 };
	if (!output_open(&pack->output, output, FRAMING_TEXT, &frame->why)) {
		frame_report(frame, STATUS_FAILED, NULL, frame->why.text);
		return false;
	}
	fstat(pack->output.fd, &pack->written);
	pack->cpu = cpu_best(getenv("GHIRBAL_CPU"));
	add_punctuation(pack);
	return true;
}

static void report_escaped(struct pack *pack)
{
	struct diag why;

	if (pack->escaped == 0)
		return;
	diag_set(&why,
		"%llu file%s not UTF-8; the bytes are kept as \\udc80 to \\udcff, and "
		"'normalize --jsonl --from=auto' reads them",
		(unsigned long long)pack->escaped, pack->escaped == 1 ? " is" : "s are");
	frame_report(&pack->frame, STATUS_DONE, NULL, why.text);
}

static void pack_operands(struct pack *pack)
{
	const struct tree_handler to = { pack_file, pack_trouble, pack };
	struct frame *frame = &pack->frame;
	enum flow flow = FLOW_MORE;
	const char *operand;

	while (flow == FLOW_MORE && (operand = frame_next(frame)))
		flow = tree_walk(operand, pack->options.all, &to);
	if (flow == FLOW_FAIL)
		frame_report(frame, STATUS_FAILED, NULL, frame->why.text);
	if (!output_close(&pack->output, frame->status != STATUS_FAILED) && flow != FLOW_FAIL)
		frame_report(frame, STATUS_FAILED, NULL, frame->why.text);
	if (flow != FLOW_FAIL)
		report_escaped(pack);
}

int pack_docs_main(int argc, char **argv)
{
	struct pack pack = { .escaped = 0 };

	if (frame_begin(&pack.frame, &about, pack_docs_rows, &pack.options, argc, argv) && pack_open(&pack))
		pack_operands(&pack);
	buf_release(&pack.content);
	buf_release(&pack.scratch);
	buf_release(&pack.punctuation);
	return frame_end(&pack.frame);
}
