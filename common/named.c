/* SPDX-License-Identifier: MIT
 * named.c - the files that options name. */
#include "common/named.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/file.h"
#include "common/mem.h"

/* --- inputs --------------------------------------------------------------------------------------------- */

static bool cannot_read(const struct opt *row, const struct opt_input *input, struct diag *why)
{
	struct buf words = BUF_INIT;

	for (int i = 0; row->words && row->words[i]; i++)
		buf_addf(&words, "%s%s", i ? ", " : "", row->words[i]);
	if (words.len)
		diag_set(why, "option '--%s': '%s' is none of %s, and cannot be read: %s", row->name,
			input->path, buf_string(&words), strerror(errno));
	else
		diag_set(why, "cannot read '%s': %s", input->path, strerror(errno));
	buf_release(&words);
	return false;
}

/* A file of documents is opened now, so that it is there when they are wanted. */
static bool open_documents(const struct opt *row, struct opt_input *input, struct diag *why)
{
	bool is_stdin = strcmp(input->path, "-") == 0;
	struct stat about;

	input->fd = is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			     : open(input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (input->fd < 0 || fstat(input->fd, &about) != 0)
		return cannot_read(row, input, why);
	if (!S_ISDIR(about.st_mode))
		return true;
	errno = EISDIR;
	return cannot_read(row, input, why);
}

static bool read_one(void *ctx, const struct opt *row, struct opt_input *input)
{
	struct diag *why = ctx;
	struct buf content = BUF_INIT;
	size_t most = row->max ? (size_t)row->max : OPT_INPUT_MOST;

	if (row->kind == OPT_DOCUMENTS)
		return open_documents(row, input, why);
	if (file_read(&content, input->path, most)) {
		buf_string(&content); /* memory also for an empty file */
		input->text = span_of(content.at, content.len); /* whose memory is the value's now */
		return opt_input_check(row, input, why);
	}
	if (errno == EFBIG)
		diag_set(why, "cannot read '%s': --%s takes at most %zu MiB", input->path, row->name,
			most >> 20);
	else
		cannot_read(row, input, why);
	buf_release(&content);
	return false;
}

bool named_inputs_read(const struct opt_table *tables, size_t count, struct diag *why)
{
	return opts_each_input(tables, count, read_one, why);
}

/* What can be read at any place is read from where it is; a pipe is read now. */
static bool open_old(struct spool *old, const char *path)
{
	struct stat about;

	old->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (old->fd < 0 || fstat(old->fd, &about) != 0)
		return false;
	old->written = (uint64_t)about.st_size;
	if (S_ISREG(about.st_mode))
		return true;
	close(old->fd);
	spool_init(old, NULL);
	return file_read(&old->held, path, SIZE_MAX);
}

static bool read_old(void *ctx, const struct opt *row, struct opt_output *output)
{
	const struct opt_input old = { .path = output->path };

	if (!row->is_updated || (access(output->path, F_OK) != 0 && errno == ENOENT))
		return true;
	output->was = mem_new(1, sizeof(*output->was));
	spool_init(output->was, NULL);
	return open_old(output->was, output->path) || cannot_read(row, &old, ctx);
}

bool named_outputs_read(const struct opt_table *tables, size_t count, struct diag *why)
{
	return opts_each_output(tables, count, read_old, why);
}

static bool count_stdin(void *ctx, const struct opt *row, struct opt_input *input)
{
	(void)row;
	*(size_t *)ctx += strcmp(input->path, "-") == 0;
	return true;
}

size_t named_inputs_from_stdin(const struct opt_table *tables, size_t count)
{
	size_t times = 0;

	opts_each_input(tables, count, count_stdin, &times);
	return times;
}

/* --- opening outputs ------------------------------------------------------------------------------------ */

/* Outputs while they are opened. */
struct opening {
	struct named_outputs *outputs;
	const struct output *documents;
	struct diag *why;
	bool clash;
};

/* `other` is the option that writes to the same file; NULL: documents go there. */
static bool clashes(
	struct opening *opening, const struct opt *row, const char *path, const struct opt *other)
{
	if (other)
		diag_set(opening->why, "option '--%s': '%s' is also where --%s goes", row->name, path,
			other->name);
	else
		diag_set(opening->why, "option '--%s': '%s' is also where the documents go", row->name,
			path);
	opening->clash = true;
	return false;
}

/* Whether `file`, the last one opened, is one with those before it. */
static bool stands_alone(struct opening *opening, const struct named_output *file)
{
	const struct named_outputs *outputs = opening->outputs;

	if (output_is_same(&file->output, opening->documents))
		return clashes(opening, file->row, file->value->path, NULL);
	for (size_t i = 0; i + 1 < outputs->count; i++)
		if (output_is_same(&file->output, &outputs->files[i].output))
			return clashes(opening, file->row, file->value->path, outputs->files[i].row);
	return true;
}

static bool open_one(void *ctx, const struct opt *row, struct opt_output *value)
{
	struct opening *opening = ctx;
	struct named_output *file = &opening->outputs->files[opening->outputs->count];

	if (!output_open(&file->output, value->path, FRAMING_TEXT, opening->why))
		return false;
	opening->outputs->count++;
	file->row = row;
	file->value = value;
	file->sink = (struct sink){ .put = output_put, .end = output_end, .ctx = &file->output };
	value->to = &file->sink;
	return stands_alone(opening, file);
}

/* Whether an output of the run would replace this input. */
static bool is_safe(void *ctx, const struct opt *row, struct opt_input *input)
{
	struct opening *opening = ctx;
	struct stat about;

	if (strcmp(input->path, "-") == 0 || stat(input->path, &about) != 0)
		return true;
	if (output_is_over(opening->documents, &about))
		return clashes(opening, row, input->path, NULL);
	for (size_t i = 0; i < opening->outputs->count; i++)
		if (output_is_over(&opening->outputs->files[i].output, &about))
			return clashes(opening, row, input->path, opening->outputs->files[i].row);
	return true;
}

static bool count_one(void *ctx, const struct opt *row, struct opt_output *value)
{
	(void)row, (void)value;
	++*(size_t *)ctx;
	return true;
}

bool named_outputs_open(struct named_outputs *outputs, const struct opt_table *tables, size_t count,
	const struct output *documents, struct diag *why, bool *clash)
{
	struct opening opening = { outputs, documents, why, false };
	size_t files = 0;
	bool fine;

	opts_each_output(tables, count, count_one, &files);
	outputs->files = mem_new(files + 1, sizeof(*outputs->files));
	fine = opts_each_output(tables, count, open_one, &opening) &&
	       opts_each_input(tables, count, is_safe, &opening);
	*clash = opening.clash;
	return fine;
}

/* --- while they are open -------------------------------------------------------------------------------- */

const char *named_outputs_spare(struct named_outputs *outputs, const struct stat *file)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (output_is_over(&outputs->files[i].output, file)) {
			outputs->files[i].is_abandoned = true;
			return outputs->files[i].row->name;
		}
	return NULL;
}

bool named_outputs_failed(const struct named_outputs *outputs)
{
	bool failed = false;

	for (size_t i = 0; i < outputs->count; i++)
		failed = failed || outputs->files[i].output.failed;
	return failed;
}

bool named_outputs_flush(struct named_outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (!outputs->files[i].output.failed &&
			output_flush(&outputs->files[i].output) != FLOW_MORE)
			return false;
	return true;
}

static void release(struct named_outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++)
		outputs->files[i].value->to = NULL;
	free(outputs->files);
	*outputs = (struct named_outputs){ NULL, 0 };
}

bool named_outputs_close(struct named_outputs *outputs, bool done)
{
	bool fine = true;

	for (size_t i = 0; i < outputs->count; i++) {
		struct named_output *file = &outputs->files[i];
		bool keep = !file->is_abandoned && (done || file->row->outlives_failure);

		fine = output_close(&file->output, keep) && fine;
	}
	release(outputs);
	return fine;
}

void named_outputs_drop(struct named_outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++)
		output_close(&outputs->files[i].output, false);
	release(outputs);
}
