/* SPDX-License-Identifier: MIT
 * sources.c - the files and streams that a command line names, one after the other. */
#include "common/drive.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/file.h"

/* What a preview meets the second reading meets again, and says. */
static void source_failed(struct drive *drive, const char *verb)
{
	if (drive->in_preview)
		return;
	diag_set(&drive->why, "cannot %s: %s", verb, strerror(errno));
	drive_report(drive, drive->source ? drive->source : "standard input", drive->why.text);
	drive->status = STATUS_FAILED;
}

/* Reading a file into itself would never end. Writing over one that has nothing left to read is fine. */
static bool is_own_output(const struct drive *drive, int fd)
{
	struct stat in, out;

	return fstat(fd, &in) == 0 && fstat(drive->output.fd, &out) == 0 && S_ISREG(in.st_mode) &&
	       in.st_dev == out.st_dev && in.st_ino == out.st_ino && lseek(fd, 0, SEEK_CUR) < in.st_size;
}

/* A file that an option has us write, and that would take this one's place. */
static bool is_named_output(struct drive *drive, int fd)
{
	struct stat about;
	const char *option = fstat(fd, &about) == 0 ? named_outputs_spare(&drive->named, &about) : NULL;

	if (!option || drive->in_preview)
		return option;
	diag_set(&drive->why, "this file is both input and the output of --%s", option);
	drive_report(drive, drive->source, drive->why.text);
	drive->status = STATUS_FAILED;
	return true;
}

static bool would_be_lost(struct drive *drive, int fd)
{
	if (is_named_output(drive, fd))
		return true;
	if (!is_own_output(drive, fd))
		return false;
	if (drive->in_preview)
		return true;
	drive_report(drive, drive->source, "this file is both input and output; use -o to replace it");
	drive->status = STATUS_FAILED;
	return true;
}

static enum flow spool_failed(struct drive *drive)
{
	drive->why = drive->reread.why;
	drive_report(drive, NULL, drive->why.text);
	return FLOW_FAIL;
}

static enum flow read_descriptor(struct drive *drive, int fd)
{
	const struct record_handler handler = drive_handler(drive);
	enum flow flow;
	int error;

	if (fd >= 0 && would_be_lost(drive, fd))
		return FLOW_MORE;
	if (drive->is_twice)
		flow = reread_source(&drive->reread, &drive->reader, fd, &handler, &error);
	else
		flow = record_read(&drive->reader, fd, &handler, &error);
	if (drive->reread.failed)
		return spool_failed(drive);
	if (error) {
		errno = error;
		source_failed(drive, "read");
	}
	if (flow == FLOW_FAIL)
		drive_report_document(drive, drive->why.text);
	return flow;
}

static enum flow read_stdin(struct drive *drive)
{
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		drive_report(
			drive, NULL, "reading from the terminal; Ctrl-D ends the text, --help explains");
	return read_descriptor(drive, STDIN_FILENO);
}

/* Through its program. What comes out of a damaged file is read as far as it goes. */
static enum flow read_compressed(struct drive *drive, const struct codec *codec, int file)
{
	struct compressed compressed = { .pid = 0 };
	struct diag why;
	enum flow flow = FLOW_MORE;
	bool fine;
	int fd;

	if (is_named_output(drive, file))
		return FLOW_MORE;
	fd = compressed_read(&compressed, codec, file, &why);
	fine = fd >= 0;
	if (fine) {
		flow = read_descriptor(drive, fd);
		close(fd);
		fine = compressed_end(&compressed, flow != FLOW_MORE, &why);
	}
	if (!fine) {
		drive_report(drive, drive->source, why.text);
		drive->status = STATUS_FAILED;
	}
	return flow;
}

/* A file that cannot be read is named; the others are still processed. */
static enum flow read_file(struct drive *drive, const char *path)
{
	const struct codec *codec = drive->options.common.decompress ? codec_of(path) : NULL;
	enum flow flow;
	int fd;

	drive->source = strcmp(path, "-") == 0 ? NULL : path;
	if (drive->is_twice && reread_next(&drive->reread))
		return read_descriptor(drive, -1);
	if (!drive->source)
		return read_stdin(drive);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		source_failed(drive, "open");
		return FLOW_MORE;
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	flow = codec ? read_compressed(drive, codec, fd) : read_descriptor(drive, fd);
	close(fd);
	return flow;
}

/* Whether an option would have us write over the list, which may be all there is of it. */
static bool list_would_be_lost(struct drive *drive, const char *list)
{
	bool is_stdin = strcmp(list, "-") == 0;
	struct stat about;
	const char *option;

	if ((is_stdin ? fstat(STDIN_FILENO, &about) : stat(list, &about)) != 0)
		return false;
	option = named_outputs_spare(&drive->named, &about);
	if (!option)
		return false;
	drive->status = STATUS_FAILED;
	if (drive->in_preview)
		return true;
	diag_set(&drive->why, "this list of names is the output of --%s, too", option);
	drive_report(drive, is_stdin ? NULL : list, drive->why.text);
	return true;
}

/* Reads the list. It may come from a pipe, so it is read once. */
static bool read_list(struct drive *drive)
{
	const char *list = drive->options.common.files0_from;

	if (drive->has_names)
		return true;
	if (list_would_be_lost(drive, list))
		return false;
	drive->has_names = file_read(&drive->names, list, SIZE_MAX);
	buf_string(&drive->names);
	if (drive->has_names)
		return true;
	drive->source = strcmp(list, "-") == 0 ? NULL : list;
	source_failed(drive, "read");
	return false;
}

static enum flow read_listed(struct drive *drive)
{
	const char *list = drive->options.common.files0_from;
	enum flow flow = FLOW_MORE;
	size_t len;

	if (!read_list(drive))
		return FLOW_MORE;
	for (size_t at = 0; at < drive->names.len && flow == FLOW_MORE; at += len + 1) {
		len = strlen(drive->names.at + at);
		if (len) {
			flow = read_file(drive, drive->names.at + at);
			continue;
		}
		if (drive->in_preview)
			continue;
		drive_report(drive, list, "an empty file name was passed over");
		drive->status = STATUS_FAILED;
	}
	return flow;
}

/* --- pieces ----------------------------------------------------------------------------------------------- */

/* As read(2), of the bytes that are left of the piece at hand. */
static long read_piece_bytes(void *ctx, int fd, char *into, size_t size)
{
	struct file_piece *piece = ctx;
	uint64_t left = piece->to - piece->from;
	ssize_t got;

	do
		got = pread(fd, into, size < left ? size : (size_t)left, (off_t)piece->from);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		piece->from += (uint64_t)got;
	return got;
}

static enum flow read_piece(struct drive *drive, const char *word)
{
	struct file_piece *piece = &drive->piece;
	bool is_open;
	enum flow flow;
	int fd;

	piece_read(piece, word, &drive->why); /* the command line was refused where it says nothing */
	is_open = piece->in_stdin || strcmp(piece->name, "-") == 0;
	drive->source = strcmp(piece->name, "-") == 0 ? NULL : piece->name;
	fd = is_open ? STDIN_FILENO : open(piece->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		source_failed(drive, "open");
		return FLOW_MORE;
	}
	drive->reader.read = read_piece_bytes;
	drive->reader.read_ctx = piece;
	flow = read_descriptor(drive, fd);
	if (!is_open)
		close(fd);
	return flow;
}

static enum flow read_pieces(struct drive *drive)
{
	const struct opt_texts *pieces = &drive->options.common.pieces;
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < pieces->count && flow == FLOW_MORE; i++)
		flow = read_piece(drive, pieces->items[i]);
	return flow;
}

/* Bytes that all operands hold together; 0 where that cannot be known beforehand. */
static uint64_t size_of_sources(const struct drive *drive)
{
	uint64_t total = 0;
	struct stat file;

	if (drive->options.common.files0_from || drive->options.common.pieces.count)
		return 0;
	if (drive->operands.count == 0)
		return fstat(STDIN_FILENO, &file) == 0 && S_ISREG(file.st_mode) ? (uint64_t)file.st_size
										: 0;
	for (size_t i = 0; i < drive->operands.count; i++) {
		if (stat(drive->operands.items[i], &file) != 0 || !S_ISREG(file.st_mode) ||
			(drive->options.common.decompress && codec_of(drive->operands.items[i])))
			return 0;
		total += (uint64_t)file.st_size;
	}
	return total;
}

static enum flow read_sources(struct drive *drive)
{
	enum flow flow = FLOW_MORE;

	if (drive->options.common.pieces.count)
		return read_pieces(drive);
	if (drive->options.common.files0_from)
		return read_listed(drive);
	if (drive->operands.count == 0)
		return read_file(drive, "-");
	for (size_t i = 0; i < drive->operands.count && flow == FLOW_MORE; i++)
		flow = read_file(drive, drive->operands.items[i]);
	return flow;
}

/* --- twice ------------------------------------------------------------------------------------------------ */

static enum flow nothing_put(void *ctx, struct span piece)
{
	(void)ctx, (void)piece;
	return FLOW_MORE;
}

static enum flow nothing_ends(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

/* Has `read` show documents that do not count yet and go nowhere. */
static enum flow only_show(struct drive *drive, enum flow (*read)(struct drive *drive))
{
	const struct sink sink = drive->sink;
	enum flow flow;

	drive->sink = (struct sink){ .put = nothing_put, .end = nothing_ends };
	flow = read(drive);
	drive->sink = sink;
	drive->documents = drive->mended_documents = drive->bytes_in = drive->lines_in = 0;
	drive->repair.bad_parts = 0;
	drive->looks_foreign = false;
	return flow;
}

/* Shows the filter all documents. What was counted meanwhile will be counted again. */
static enum flow preview(struct drive *drive)
{
	enum flow flow;

	drive->in_preview = true;
	flow = only_show(drive, read_sources);
	drive->in_preview = false;
	reread_again(&drive->reread);
	return flow;
}

/* --- files of documents that options name ------------------------------------------------------------------ */

static bool read_reference(void *ctx, const struct opt *row, struct opt_input *input)
{
	struct drive *drive = ctx;
	const struct record_handler handler = drive_handler(drive);
	enum flow flow;
	int error;

	if (row->kind != OPT_DOCUMENTS)
		return true;
	drive->source = input->path;
	flow = record_read(&drive->reader, input->fd, &handler, &error);
	close(input->fd);
	input->fd = -1;
	if (error) {
		errno = error;
		source_failed(drive, "read");
		return false;
	}
	if (flow == FLOW_FAIL)
		drive_report_document(drive, drive->why.text);
	return flow == FLOW_MORE;
}

static enum flow read_references(struct drive *drive)
{
	bool fine;

	drive->in_reference = true;
	fine = opts_each_input(drive->options.tables, FILTER_TABLES, read_reference, drive);
	drive->in_reference = false;
	return fine ? FLOW_MORE : FLOW_FAIL;
}

enum flow drive_sources(struct drive *drive)
{
	enum flow flow = FLOW_MORE;

	if (drive->options.common.progress || progress_is_welcome())
		progress_start(&drive->progress, drive->filter->name,
			size_of_sources(drive) * (drive->is_twice ? 2 : 1));
	flow = only_show(drive, read_references);
	if (flow == FLOW_MORE && drive->is_twice)
		flow = preview(drive);
	return flow == FLOW_MORE ? read_sources(drive) : flow;
}
