/* SPDX-License-Identifier: MIT
 * sources.c - the files and streams that a command line names, one after the other. */
#include "common/drive.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"

static void source_failed(struct drive *drive, const char *verb)
{
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
	const char *option = named_outputs_spare(&drive->named, fd);

	if (!option)
		return false;
	diag_set(&drive->why, "this file is both input and the output of --%s", option);
	drive_report(drive, drive->source, drive->why.text);
	drive->status = STATUS_FAILED;
	return true;
}

static enum flow read_descriptor(struct drive *drive, int fd)
{
	const struct record_handler handler = drive_handler(drive);
	enum flow flow;
	int error;

	if (is_named_output(drive, fd))
		return FLOW_MORE;
	if (is_own_output(drive, fd)) {
		drive_report(
			drive, drive->source, "this file is both input and output; use -o to replace it");
		drive->status = STATUS_FAILED;
		return FLOW_MORE;
	}
	flow = record_read(&drive->reader, fd, &handler, &error);
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

/* A file that cannot be read is named; the others are still processed. */
static enum flow read_file(struct drive *drive, const char *path)
{
	enum flow flow;
	int fd;

	drive->source = strcmp(path, "-") == 0 ? NULL : path;
	if (!drive->source)
		return read_stdin(drive);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		source_failed(drive, "open");
		return FLOW_MORE;
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	flow = read_descriptor(drive, fd);
	close(fd);
	return flow;
}

static enum flow read_listed(struct drive *drive)
{
	const char *list = drive->options.common.files0_from;
	enum flow flow = FLOW_MORE;
	size_t len;

	if (!file_read(&drive->names, list, SIZE_MAX)) {
		drive->source = strcmp(list, "-") == 0 ? NULL : list;
		source_failed(drive, "read");
		return FLOW_MORE;
	}
	buf_string(&drive->names);
	for (size_t at = 0; at < drive->names.len && flow == FLOW_MORE; at += len + 1) {
		len = strlen(drive->names.at + at);
		if (len) {
			flow = read_file(drive, drive->names.at + at);
			continue;
		}
		drive_report(drive, list, "an empty file name was passed over");
		drive->status = STATUS_FAILED;
	}
	return flow;
}

/* Bytes that all operands hold together; 0 where that cannot be known beforehand. */
static uint64_t size_of_sources(const struct drive *drive)
{
	uint64_t total = 0;
	struct stat file;

	if (drive->options.common.files0_from)
		return 0;
	if (drive->operands.count == 0)
		return fstat(STDIN_FILENO, &file) == 0 && S_ISREG(file.st_mode) ? (uint64_t)file.st_size
										: 0;
	for (size_t i = 0; i < drive->operands.count; i++) {
		if (stat(drive->operands.items[i], &file) != 0 || !S_ISREG(file.st_mode))
			return 0;
		total += (uint64_t)file.st_size;
	}
	return total;
}

enum flow drive_sources(struct drive *drive)
{
	enum flow flow = FLOW_MORE;

	if (drive->options.common.progress || progress_is_welcome())
		progress_start(&drive->progress, drive->filter->name, size_of_sources(drive));
	if (drive->options.common.files0_from)
		return read_listed(drive);
	if (drive->operands.count == 0)
		return read_file(drive, "-");
	for (size_t i = 0; i < drive->operands.count && flow == FLOW_MORE; i++)
		flow = read_file(drive, drive->operands.items[i]);
	return flow;
}
