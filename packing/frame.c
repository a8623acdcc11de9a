/* SPDX-License-Identifier: MIT
 * frame.c - the program around pack-docs and unpack-docs. */
#include "packing/frame.h"

#include <errno.h>
#include <stdlib.h>

#include "common/file.h"
#include "common/output.h"
#include "common/report.h"
#include "common/stdio_guard.h"
#include "common/utf8.h"
#include "common/version.h"

/* clang-format off */
const struct opt packing_rows[] = {
	{ .name = "field", .kind = OPT_TEXT, .arg = "NAME", .initial_text = "text",
		.at = offsetof(struct packing_options, field), .help = "the member that holds the text" },
	{ .name = "id", .kind = OPT_TEXT, .arg = "NAME", .initial_text = "id",
		.at = offsetof(struct packing_options, id), .help = "the member that holds the name of the file" },
	{ .name = "files0-from", .kind = OPT_TEXT, .arg = "FILE",
		.at = offsetof(struct packing_options, files0_from),
		.help = "take the operands from FILE, each ended by a NUL; - is standard input" },
	{ .name = "max-record", .kind = OPT_SIZE, .arg = "SIZE", .min = 2, .max = INT64_MAX,
		.initial = INT64_C(256) << 20, .at = offsetof(struct packing_options, max_record),
		.help = "larger records are left out, each named" },
	{ .name = "progress", .kind = OPT_FLAG, .at = offsetof(struct packing_options, progress),
		.help = "show how far a run is, also where standard error is no terminal" },
	{ .letter = 'h', .name = "help", .kind = OPT_FLAG, .at = offsetof(struct packing_options, help),
		.help = "print this and exit" },
	{ .name = "version", .kind = OPT_FLAG, .at = offsetof(struct packing_options, version),
		.help = "print the version and exit" },
	{ .name = NULL },
};
/* clang-format on */

/* --- messages ----------------------------------------------------------------------------------------- */

void frame_report(struct frame *frame, enum status status, const char *place, const char *sentence)
{
	progress_clear(&frame->progress);
	report(frame->about->name, place, sentence);
	if (frame->status == STATUS_DONE || status == STATUS_FAILED)
		frame->status = status;
}

void frame_failed(struct frame *frame, const char *place, const char *verb)
{
	struct diag why;

	diag_set(&why, "cannot %s: %s", verb, strerror(errno));
	frame_report(frame, STATUS_FAILED, place, why.text);
}

static bool fail(struct frame *frame, enum status status)
{
	frame_report(frame, status, NULL, frame->why.text);
	return false;
}

/* --- --help and --version ----------------------------------------------------------------------------- */

static void print(struct frame *frame, struct span text)
{
	struct output output;
	bool fine = output_open(&output, NULL, FRAMING_TEXT, &frame->why);

	if (fine) {
		fine = output_put(&output, text) == FLOW_MORE;
		fine = output_close(&output, true) && fine;
	}
	if (!fine)
		fail(frame, STATUS_FAILED);
}

static void print_help(struct frame *frame)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "Usage: %s", frame->about->usage);
	opts_help(&text, frame->tables, FRAME_TABLES);
	buf_addf(&text,
		"\nExit status: 0 done, 1 failed (not all is done), 2 wrong usage, 3 done but %s.\n"
		"More, with examples: man %s\n",
		frame->about->statuses, frame->about->name);
	print(frame, buf_span(&text));
	buf_release(&text);
}

static void print_version(struct frame *frame)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s (ghirbal) %s\n", frame->about->name, GHIRBAL_VERSION);
	print(frame, buf_span(&text));
	buf_release(&text);
}

/* --- the command line --------------------------------------------------------------------------------- */

static bool is_text(const char *name)
{
	return utf8_valid_prefix(span_from(name), CPU_SCALAR) == strlen(name);
}

static bool check_options(struct frame *frame)
{
	const struct packing_options *options = &frame->options;

	if (options->files0_from && frame->operands.count)
		diag_set(&frame->why, "operands and --files0-from exclude each other: '%s'",
			frame->operands.items[0]);
	else if (strcmp(options->field, options->id) == 0)
		diag_set(&frame->why, "--field and --id name the same member: '%s'", options->id);
	else if (!is_text(options->field) || !is_text(options->id))
		diag_set(&frame->why, "the name of a member must be UTF-8");
	else
		return true;
	return false;
}

static bool load_names(struct frame *frame)
{
	const char *list = frame->options.files0_from;

	if (!list)
		return true;
	if (file_read(&frame->names, list, SIZE_MAX)) {
		buf_string(&frame->names);
		return true;
	}
	frame_failed(frame, list, "read");
	return false;
}

bool frame_begin(struct frame *frame, const struct about *about, const struct opt *own_rows, void *own,
	int argc, char **argv)
{
	*frame = (struct frame){ .about = about };
	frame->tables[0] = (struct opt_table){ "Options", own_rows, own };
	frame->tables[1] = (struct opt_table){ "Common options", packing_rows, &frame->options };
	stdio_guard();
	opts_init(frame->tables, FRAME_TABLES);
	if (!opts_parse(frame->tables, FRAME_TABLES, argc - 1, argv + 1, &frame->operands, &frame->why))
		return fail(frame, STATUS_USAGE);
	if (frame->options.help) {
		print_help(frame);
		return false;
	}
	if (frame->options.version) {
		print_version(frame);
		return false;
	}
	if (!check_options(frame))
		return fail(frame, STATUS_USAGE);
	if (frame->options.progress || progress_is_welcome())
		progress_start(&frame->progress, about->name, 0);
	return load_names(frame);
}

const char *frame_next(struct frame *frame)
{
	while (frame->options.files0_from && frame->next < frame->names.len) {
		const char *name = frame->names.at + frame->next;

		frame->next += strlen(name) + 1;
		if (*name)
			return name;
		frame_report(frame, STATUS_FAILED, frame->options.files0_from,
			"an empty file name was passed over");
	}
	return frame->next < frame->operands.count ? frame->operands.items[frame->next++] : NULL;
}

int frame_end(struct frame *frame)
{
	progress_clear(&frame->progress);
	free(frame->operands.items);
	buf_release(&frame->names);
	opts_release(frame->tables, FRAME_TABLES);
	return (int)frame->status;
}
