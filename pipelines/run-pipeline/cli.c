/* SPDX-License-Identifier: MIT
 * cli.c - what was asked for, and who does it. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/output.h"
#include "common/report.h"
#include "common/stdio_guard.h"
#include "common/version.h"
#include "catalogue.h"
#include "graph.h"
#include "options.h"
#include "parts_run.h"
#include "plan.h"
#include "run.h"
#include "schema.h"
#include "suite.h"
#include "trace.h"

/* One call of the program. */
struct call {
	struct options options;
	struct opt_texts operands; /* the pipeline, then inputs */
	struct arena arena;
	const char *path; /* of the pipeline */
	struct plan plan;
	bool has_plan; /* it was loaded, if only in part */
};

static enum status usage(const char *place, const char *sentence)
{
	report("run-pipeline", place, sentence);
	return STATUS_USAGE;
}

/* --- the plan --------------------------------------------------------------------------------- */

/* As file_read, but reads no more than it takes to see that no pipeline is that large. */
static bool read_pipeline(struct buf *into, const char *path)
{
	enum { BLOCK = 64 * 1024 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), reason;
	long got = 1;

	if (fd < 0)
		return false;
	while (got > 0 && into->len <= YAML_BYTES) {
		got = file_read_some(fd, buf_reserve(into, BLOCK), BLOCK);
		into->len += got > 0 ? (size_t)got : 0;
	}
	reason = errno;
	close(fd);
	errno = reason;
	return got >= 0;
}

/* Whether the first operand stands for a file. */
static bool find_pipeline(struct call *call)
{
	struct diag why;

	call->path = catalogue_find(&call->arena, call->operands.items[0], &why);
	if (!call->path)
		report("run-pipeline", call->operands.items[0], why.text);
	return call->path != NULL;
}

static bool take_settings(struct call *call)
{
	const struct opt_texts *set = &call->options.set;
	struct diag why;

	for (size_t i = 0; i < set->count; i++)
		if (!plan_set(&call->plan, set->items[i], &why)) {
			usage(call->operands.items[0], why.text);
			return false;
		}
	return true;
}

/* STATUS_DONE when there is one. A file that cannot be read has failed; one that can, but does not
 * check, is wrong usage. */
static enum status make_plan(struct call *call)
{
	struct trouble trouble = TROUBLE_INIT;
	bool with_tests = call->options.check || call->options.test;
	bool good = plan_load(&call->plan, call->path, read_pipeline, &trouble);

	call->has_plan = true;
	call->plan.allow_exec = call->options.allow_exec;
	if (good && !take_settings(call))
		return STATUS_USAGE;
	/* A description needs no values. */
	if (good && !call->options.describe)
		good = plan_stages(&call->plan, &trouble) &&
		       (!with_tests || plan_check_tests(&call->plan, &trouble)) &&
		       (!call->options.check || plan_try(&call->plan, &trouble));
	if (!good)
		trouble_print(&trouble);
	buf_release(&trouble.text);
	if (good)
		return STATUS_DONE;
	return call->plan.pipeline.source ? STATUS_USAGE : STATUS_FAILED;
}

/* --- answers ---------------------------------------------------------------------------------- */

static void describe_param(struct buf *text, const struct param *param)
{
	buf_addf(text, "  %s (%s", param->name, param_types[param->type]);
	for (size_t i = 0; param->words && param->words[i]; i++)
		buf_addf(text, "%s%s", i ? ", " : ": ", param->words[i]);
	if (param->initial)
		buf_addf(text, "; default %s", *param->initial ? param->initial : "empty");
	buf_addf(text, ")%s%s\n", *param->help ? ": " : "", param->help);
}

static enum status describe(const struct plan *plan)
{
	struct buf text = BUF_INIT;
	enum status status;

	buf_addf(&text, "%s: %s\n", plan->pipeline.name, plan->pipeline.summary);
	if (plan->pipeline.params)
		buf_add(&text, SPAN("\nParameters, given as --set NAME=VALUE:\n"));
	for (const struct param *param = plan->pipeline.params; param; param = param->next)
		describe_param(&text, param);
	status = print_out(buf_span(&text));
	buf_release(&text);
	return status;
}

static enum status draw(const struct plan *plan, enum graph_kind kind)
{
	struct buf text = BUF_INIT;
	enum status status;

	graph_add(&text, plan, kind);
	status = print_out(buf_span(&text));
	buf_release(&text);
	return status;
}

/* Prints what `add` appends. */
static enum status print_text(void (*add)(struct buf *into))
{
	struct buf text = BUF_INIT;
	enum status status;

	add(&text);
	status = print_out(buf_span(&text));
	buf_release(&text);
	return status;
}

static enum status print_list(void)
{
	struct buf text = BUF_INIT;
	struct trouble trouble = TROUBLE_INIT;
	enum status status;

	catalogue_list(&text, read_pipeline, &trouble);
	status = print_out(buf_span(&text));
	if (trouble.text.len) {
		trouble_print(&trouble);
		status = STATUS_FAILED;
	}
	buf_release(&trouble.text);
	buf_release(&text);
	return status;
}

/* --- inputs and outputs ----------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
	struct stat about;

	return path && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static enum status run_one_folder(const struct call *call, const char *folder)
{
	struct stat about;
	const char *output = call->options.output;

	if (!output)
		return usage(folder, "the outputs of a folder need one, too: --output=FOLDER");
	if (call->options.bad_records)
		return usage(folder, "--bad-records takes those of one input, not of a folder");
	if (call->options.dry_run)
		return usage(
			folder, "--dry-run prints the line of one run; name a file of the folder instead");
	if (!*output || (stat(output, &about) == 0 && !S_ISDIR(about.st_mode)))
		return usage(output, "not a folder, but the input is one");
	return run_folder(&call->plan, &call->options, folder);
}

/* Framings said twice, or of what has none. */
static const char *framing_clash(const struct options *options)
{
	if (options->read < 0 && options->write < 0)
		return NULL;
	if (options->jsonl || options->zero_terminated)
		return "--read and --write go with neither --jsonl nor --zero-terminated";
	return options->jobs > 1 || options->parts ? "--read and --write go with neither --jobs nor --parts"
						   : NULL;
}

/* Stages then run one by one, and what they write is looked at, not kept. */
static enum status trace(const struct call *call, const char *const *files, size_t count)
{
	const struct options *options = &call->options;
	const struct {
		const char *name;
		bool is_given;
	} others[] = { { "stats", options->stats }, { "tee", options->tee.count > 0 },
		{ "parts", options->parts }, { "dry-run", options->dry_run },
		{ "bad-records", options->bad_records },
		{ "read and --write", options->read >= 0 || options->write >= 0 } };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].is_given) {
			report("run-pipeline", others[i].name,
				"--trace prints where output came from, and nothing else");
			return STATUS_USAGE;
		}
	return trace_run(&call->plan, options, files, count);
}

/* At a terminal and without an operand `--stats story.txt` may have been meant to read story.txt. */
static bool takes_nothing(const struct options *options, struct diag *why)
{
	const struct {
		const char *name, *path;
	} outputs[] = { { "output", options->output }, { "stats", options->stats },
		{ "bad-records", options->bad_records } };

	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++)
		if (outputs[i].path && !output_takes_nothing(outputs[i].name, outputs[i].path, why))
			return false;
	for (size_t i = 0; i < options->tee.count; i++) {
		const char *path = strchr(options->tee.items[i], '=');

		if (path && !output_takes_nothing("tee=ID", path + 1, why))
			return false;
	}
	return true;
}

static bool reads_terminal(const struct options *options, size_t count)
{
	return count == 0 && !options->files0_from && !options->dry_run && !options->parts &&
	       isatty(STDIN_FILENO);
}

/* Stages would say so, but what they see is no terminal. */
static void greet(const struct options *options, size_t count)
{
	if (reads_terminal(options, count) && isatty(STDERR_FILENO))
		report("run-pipeline", NULL,
			"reading from the terminal; Ctrl-D ends the text, --help explains");
}

static enum status run(struct call *call)
{
	const char *const *files = call->operands.items + 1;
	size_t count = call->operands.count - 1;
	const char *clash = framing_clash(&call->options);
	struct diag why;

	if (clash)
		return usage(NULL, clash);

	if (call->options.files0_from && count)
		return usage(files[0], "file operands and --files0-from exclude each other");
	if (count == 2 && is_folder(files[0]) && !call->options.output)
		return usage(files[1], "the outputs of a folder go to --output=FOLDER, not to an operand");
	if (reads_terminal(&call->options, count) && !takes_nothing(&call->options, &why))
		return usage(NULL, why.text);
	greet(&call->options, count);
	if (call->options.trace)
		return trace(call, files, count);
	if (call->options.parts)
		return parts_run_plan(&call->plan, &call->options, files, count);
	if (count == 1 && is_folder(files[0]))
		return run_one_folder(call, files[0]);
	if (call->options.output && (!*call->options.output || is_folder(call->options.output)))
		return usage(call->options.output, "a folder of outputs needs one folder as input");
	plan_pack(&call->plan, call->options.output);
	if (call->options.dry_run)
		return run_dry(&call->plan, &call->options, files, count);
	return run_files(&call->plan, &call->options, files, count);
}

static enum status answer(struct call *call)
{
	enum status status;

	if (call->options.help)
		return print_text(options_help);
	if (call->options.version)
		return print_out(SPAN("run-pipeline (ghirbal) " GHIRBAL_VERSION "\n"));
	if (call->options.list)
		return print_list();
	if (call->options.schema)
		return print_text(schema_add);
	if (call->options.versions)
		return parts_run_versions();
	if (call->options.status)
		return parts_run_status(call->options.status);
	if (call->options.totals)
		return parts_run_totals(call->options.totals);
	if (call->options.resume)
		return parts_run_resume(call->options.resume, call->options.jobs);
	if (call->operands.count == 0)
		return usage(NULL, "which pipeline? give a file or a name; --list names those there are");
	if (!find_pipeline(call))
		return STATUS_FAILED;
	status = make_plan(call);
	if (status != STATUS_DONE)
		return status;
	if (call->options.describe)
		return describe(&call->plan);
	if (call->options.check)
		return STATUS_DONE;
	if (call->options.graph >= 0)
		return draw(&call->plan, (enum graph_kind)call->options.graph);
	return call->options.test ? suite_run(&call->plan) : run(call);
}

/* What is no option of ours may be a parameter of the pipeline. */
static enum status unparsed(const struct diag *why)
{
	struct buf sentence = BUF_INIT;
	enum status status;

	buf_add(&sentence, span_from(why->text));
	if (span_has_prefix(buf_span(&sentence), SPAN("unknown option '--")))
		buf_add(&sentence, SPAN(" (a parameter of the pipeline is given as --set NAME=VALUE)"));
	status = usage(NULL, buf_string(&sentence));
	buf_release(&sentence);
	return status;
}

int cli_main(int argc, char **argv)
{
	struct call call = { .arena = ARENA_INIT };
	const struct opt_table table = { "Options", run_pipeline_rows, &call.options };
	struct diag why;
	enum status status;

	stdio_guard();
	opts_init(&table, 1);
	if (opts_parse(&table, 1, argc - 1, argv + 1, &call.operands, &why))
		status = answer(&call);
	else
		status = unparsed(&why);
	if (call.has_plan)
		plan_release(&call.plan);
	arena_release(&call.arena);
	free(call.operands.items);
	opts_release(&table, 1);
	return (int)status;
}
