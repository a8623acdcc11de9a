/* SPDX-License-Identifier: MIT
 * steps.c - one stage after the other, into files. */
#include "steps.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/report.h"
#include "common/spool.h"
#include "common/temporary.h"
#include "inputs.h"
#include "name_list.h"

static enum status fail(struct steps *steps, enum status status)
{
	report("run-pipeline", NULL, steps->why.text);
	return status;
}

const char *steps_path(struct steps *steps, size_t at, const char *name)
{
	struct buf path = BUF_INIT;
	const char *copy;

	buf_addf(&path, "%s/%zu.%s", steps->folder, at, name);
	copy = arena_copy(&steps->arena, buf_span(&path));
	buf_release(&path);
	return copy;
}

/* --- options ------------------------------------------------------------------------------------------------ */

const char *step_word(const struct done_step *step, const char *name)
{
	const struct opt_table *table = step->options.tables;
	const struct opt *row = opts_find(table, 1, span_from(name));
	const char *value;

	if (!row)
		row = opts_find(table += FILTER_TABLES - 1, 1, span_from(name));
	if (!row)
		return NULL;
	value = (const char *)table->values + row->at;
	if (row->kind == OPT_FLAG)
		return *(const bool *)value ? row->name : NULL;
	if (row->kind == OPT_WORD)
		return *(const int *)value < 0 ? NULL : row->words[*(const int *)value];
	return row->kind == OPT_TEXT ? *(const char *const *)value : NULL;
}

/* Words of a stage, and those that are added. */
struct words {
	struct steps *steps;
	size_t at; /* of the step */
	const char **items;
	size_t count, room;
};

static void add_word(struct words *words, const char *option, const char *value)
{
	struct buf word = BUF_INIT;

	if (words->count + 2 > words->room) {
		words->room = words->room * 2 + 16;
		words->items = mem_resize(words->items, words->room, sizeof(*words->items));
	}
	buf_addf(&word, "--%s=%s", option, value);
	words->items[words->count++] = arena_copy(&words->steps->arena, buf_span(&word));
	buf_release(&word);
}

/* What the filter would write beside its output it writes nowhere; where it goes on from what a file says, to a copy. */
static bool divert(void *ctx, const struct opt *row, struct opt_output *output)
{
	struct words *words = ctx;
	struct steps *steps = words->steps;
	const char *path =
		strcmp(row->name, "relations") == 0 ? steps_path(steps, words->at, row->name) : "/dev/null";
	int old = row->is_updated ? open(output->path, O_RDONLY | O_CLOEXEC) : -1;
	bool good = true;

	if (old >= 0) {
		path = steps_path(steps, words->at, row->name);
		good = copy_to(old, path, &steps->why);
		close(old);
	}
	add_word(words, row->name, path);
	return good;
}

static bool writes(const struct done_step *step, const char *name)
{
	const struct opt *row = opts_find(step->options.tables, 1, span_from(name));

	return row && ((const struct opt_output *)((const char *)step->options.own + row->at))->path;
}

/* What dedupe says of pairs is asked for where that changes nothing else: a state is one of a run with it or without. */
static void add_relations(struct words *words, const struct done_step *step)
{
	if (strcmp(step->stage->name, "dedupe") == 0 && step_word(step, "near") &&
		!step_word(step, "emit") && !writes(step, "state"))
		add_word(words, "relations", steps_path(words->steps, words->at, "relations"));
}

static enum evidence_kind kind_of(const struct done_step *step)
{
	const struct filter *filter = step->stage->filter;

	if (!filter)
		return EVIDENCE_NONE;
	if (filter->selects)
		return EVIDENCE_PARTS;
	if (strcmp(filter->name, "normalize") == 0)
		return EVIDENCE_EDITS;
	if (strcmp(filter->name, "split-sentences") == 0)
		return EVIDENCE_SENTENCES;
	return step_word(step, "tokens") ? EVIDENCE_LINES : EVIDENCE_NONE;
}

/* Has the filter say what it does. */
static void add_evidence(struct words *words, enum evidence_kind kind)
{
	const char *rows = steps_path(words->steps, words->at, "rows");

	if (kind == EVIDENCE_PARTS)
		add_word(words, "explain", rows);
	if (kind == EVIDENCE_EDITS || kind == EVIDENCE_SENTENCES)
		add_word(words, "offsets", rows);
	if (kind == EVIDENCE_SENTENCES)
		add_word(words, "explain", steps_path(words->steps, words->at, "rules"));
}

static void read_options(struct done_step *step)
{
	struct opt_texts operands;
	struct diag why;

	filter_options_init(&step->options, step->stage->filter);
	opts_parse(step->options.tables, FILTER_TABLES, (int)step->stage->word_count,
		(char *const *)step->stage->words, &operands, &why); /* the plan has seen that they fit */
	free(operands.items);
}

/* The stage as it is to run, in the arena. NULL with `why`. */
static struct stage *prepare(struct steps *steps, size_t at)
{
	struct done_step *step = &steps->items[at];
	const struct stage *asked = step->stage;
	struct stage *stage = arena_new(&steps->arena, 1, sizeof(*stage));
	struct words words = { .steps = steps, .at = at };
	bool good = true;

	*stage = *asked;
	if (!asked->filter)
		return stage;
	read_options(step);
	good = opts_each_output(step->options.tables, FILTER_TABLES, divert, &words);
	step->evidence.kind = kind_of(step);
	step->evidence.splits = step->evidence.kind == EVIDENCE_SENTENCES && step_word(step, "explode");
	step->is_table = strcmp(asked->name, "count-terms") == 0 && step->evidence.kind == EVIDENCE_NONE;
	add_evidence(&words, step->evidence.kind);
	add_relations(&words, step);
	stage->words = arena_new(&steps->arena, asked->word_count + words.count + 1, sizeof(*stage->words));
	for (size_t i = 0; i < asked->word_count; i++)
		stage->words[i] = asked->words[i];
	for (size_t i = 0; i < words.count; i++)
		stage->words[asked->word_count + i] = words.items[i];
	stage->word_count = asked->word_count + words.count;
	free(words.items);
	return good ? stage : NULL;
}

/* The plan with all its stages prepared. */
static bool prepare_all(struct steps *steps, struct plan *traced)
{
	struct stage **end = &traced->stages;
	size_t at = 0;

	*traced = *steps->plan;
	traced->stages = NULL;
	for (const struct stage *stage = steps->plan->stages; stage; stage = stage->next, at++) {
		steps->items[at].stage = stage;
		*end = prepare(steps, at);
		if (!*end)
			return false;
		end = &(*end)->next;
		*end = NULL;
	}
	return true;
}

/* --- running ------------------------------------------------------------------------------------------------ */

/* Programs that are no filters want their text as the user has it; else documents stay apart to the end. */
static bool has_other_program(const struct plan *plan)
{
	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (!stage->filter)
			return true;
	return false;
}

static enum framing input_framing(const struct steps *steps)
{
	if (steps->options->jsonl)
		return FRAMING_JSONL;
	return steps->options->zero_terminated ? FRAMING_ZERO : FRAMING_TEXT;
}

/* What steps write. */
static enum framing output_framing(const struct steps *steps, size_t at)
{
	const struct done_step *step = &steps->items[at];
	bool keeps_apart = !has_other_program(steps->plan) ||
			   (at + 1 < steps->count && step->stage->filter && step[1].stage->filter);

	assert(steps->items);
	if (step->is_table)
		return FRAMING_TEXT;
	return keeps_apart && !steps->options->jsonl ? FRAMING_ZERO : input_framing(steps);
}

/* A run of the stages. */
struct running {
	struct steps *steps;
	struct watch watch;
	struct trouble trouble;
	int in; /* what the next stage reads */
};

static enum chain_end run_one(struct running *running, const struct command *command, const char *path)
{
	int out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum chain_end end = CHAIN_FAILED;

	if (out < 0)
		trouble_in(&running->trouble, path, "cannot write: %s", strerror(errno));
	else
		end = chain_run(command, 1, running->in, out, NULL, &running->watch, &running->trouble);
	if (out >= 0)
		close(out);
	if (running->in > STDIN_FILENO)
		close(running->in);
	running->in = open(path, O_RDONLY | O_CLOEXEC);
	return end;
}

static enum chain_end run_stages(
	struct running *running, const struct plan *traced, const struct wiring *wiring)
{
	struct steps *steps = running->steps;
	const struct command *commands = commands_make(&steps->arena, traced, wiring, &running->trouble);
	enum chain_end end = commands ? CHAIN_DONE : CHAIN_FAILED;

	for (size_t i = 0; i < steps->count && (end == CHAIN_DONE || end == CHAIN_REJECTED); i++) {
		end = run_one(running, &commands[i], steps_path(steps, i, "out"));
		steps->rejected |= end == CHAIN_REJECTED;
	}
	return end;
}

/* What the first stage reads: files by their names, standard input from the copy that was made of it. */
static int open_input(
	struct steps *steps, const struct inputs *inputs, struct wiring *wiring, bool uses_stdin)
{
	if (uses_stdin)
		return open(steps_path(steps, 0, "stdin"), O_RDONLY | O_CLOEXEC);
	wiring->files0_from = "-";
	wiring->file_count = 0;
	return name_list(NULL, inputs->names, inputs->count);
}

static bool is_stdin(const char *name)
{
	return strcmp(name, "-") == 0;
}

static bool run_all(
	struct steps *steps, const struct plan *traced, const struct inputs *inputs, bool has_operands)
{
	const struct options *options = steps->options;
	struct running running = { .steps = steps, .trouble = TROUBLE_INIT };
	struct wiring wiring = { .files = inputs->names,
		.file_count = has_operands ? inputs->count : 0,
		.decompress = inputs_any_compressed(inputs->names, inputs->count),
		.zero_in = options->zero_terminated,
		.zero_out = options->zero_terminated || !has_other_program(steps->plan),
		.jsonl = options->jsonl,
		.annotate = options->annotate,
		.field = options->field,
		.bad_records = options->jsonl ? steps_path(steps, 0, "bad") : NULL };
	bool uses_stdin = false;
	enum chain_end end = CHAIN_FAILED;

	for (size_t i = 0; i < inputs->count; i++)
		uses_stdin |= is_stdin(inputs->names[i]);
	running.in = open_input(steps, inputs, &wiring, uses_stdin);
	if (!watch_begin(&running.watch) || running.in < 0)
		trouble_in(&running.trouble, "trace", "%s", strerror(errno));
	else
		end = run_stages(&running, traced, &wiring);
	if (running.trouble.text.len)
		trouble_print(&running.trouble);
	buf_release(&running.trouble.text);
	if (running.in > STDIN_FILENO)
		close(running.in);
	if (running.watch.fatal)
		temporary_forget(steps->folder, true);
	watch_end(&running.watch);
	return end == CHAIN_DONE || end == CHAIN_REJECTED;
}

/* --- opening what was kept ---------------------------------------------------------------------------------- */

static struct span map_open(int fd, bool *good)
{
	struct stat about;
	void *at;

	*good = fstat(fd, &about) == 0;
	if (!*good || about.st_size == 0)
		return SPAN("");
	at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	*good = at != MAP_FAILED;
	return *good ? span_of(at, (size_t)about.st_size) : SPAN("");
}

/* What is in the file `name` of a step; nothing where there is no such file. False when it cannot be read. */
static bool map(struct steps *steps, size_t at, const char *name, struct span *bytes)
{
	const char *path = steps_path(steps, at, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd < 0 && errno == ENOENT;

	*bytes = SPAN("");
	if (fd >= 0)
		*bytes = map_open(fd, &good);
	if (!good)
		diag_set(&steps->why, "cannot read '%s': %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return good;
}

static void unmap(struct span bytes)
{
	if (bytes.len)
		munmap((void *)bytes.at, bytes.len);
}

static struct span field_of(const struct steps *steps)
{
	return span_from(steps->options->field ? steps->options->field : "text");
}

static bool open_texts(struct steps *steps, struct span *bad)
{
	struct texts *input = &steps->input;

	if (!texts_open(
		    input, steps_path(steps, 0, "in"), input_framing(steps), field_of(steps), &steps->why))
		return false;
	for (size_t i = 0; i < steps->files.count; i++)
		texts_find(input,
			(struct text_place){ steps->files.files[i].start, steps->files.files[i].end }, bad);
	for (size_t i = 0; i < steps->count; i++) {
		struct done_step *step = &steps->items[i];
		const char *into =
			step->stage->filter && i + 1 == steps->count ? step_word(step, "into") : NULL;
		struct span field = into ? span_from(into) : field_of(steps);

		if (!texts_open(&step->out, steps_path(steps, i, "out"), output_framing(steps, i), field,
			    &steps->why))
			return false;
		texts_find(&step->out, (struct text_place){ 0, step->out.bytes.len }, NULL);
	}
	return true;
}

/* What goes into a member of its own leaves the text as it is for the next stage. */
static bool goes_beside(const struct steps *steps, size_t at)
{
	return at + 1 < steps->count && step_word(&steps->items[at], "into");
}

static bool open_evidence(struct steps *steps, size_t at)
{
	struct done_step *step = &steps->items[at];
	const struct texts *in = at ? &step[-1].out : &steps->input;

	if (!step->stage->filter)
		diag_set(&step->mute, "it is no filter: what it did is not known");
	else if (step->is_table)
		diag_set(&step->mute, "it sums up: what comes out is a table, made of all documents");
	else if (step->evidence.kind == EVIDENCE_NONE)
		diag_set(&step->mute, "it does not tell where its output came from");
	if (step->mute.text[0])
		return true;
	if (goes_beside(steps, at))
		step->evidence.kind = EVIDENCE_EDITS;
	else if (!map(steps, at, "rows", &step->rows))
		return false;
	if (!map(steps, at, "rules", &step->rules) || !map(steps, at, "relations", &step->relations))
		return false;
	evidence_take(&step->evidence, step->rows, step->rules, in->count, step->out.count, &step->mute);
	return true;
}

static void set_reading(struct steps *steps)
{
	const struct done_step *first = &steps->items[0];
	const struct filter *filter = first->stage->filter;

	steps->reading = (struct raw_reading){ .is_json = steps->options->jsonl,
		.invalid = (enum invalid)first->options.common.invalid };
	if (filter->reads_raw && filter->reads_raw(first->options.own))
		steps->reading.encoding = step_word(first, "from");
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

/* Inputs are read twice; of standard input a copy is made. */
static bool check_kinds(struct steps *steps, const struct inputs *inputs)
{
	struct stat about;

	for (size_t i = 0; i < inputs->count; i++) {
		if (is_stdin(inputs->names[i]) || stat(inputs->names[i], &about) != 0 ||
			S_ISREG(about.st_mode))
			continue;
		diag_set(&steps->why,
			"'%s' is no file, and --trace reads its inputs twice: give it as standard input",
			inputs->names[i]);
		return false;
	}
	return true;
}

static struct inputs find_inputs(struct steps *steps, const char *const *files, size_t count)
{
	static const char *const stdin_only[] = { "-", NULL };
	const char *list = steps->options->files0_from;

	if (list) {
		files = name_list_read(&steps->arena, list, &count);
		if (!files) {
			report("run-pipeline", list, strerror(errno));
			return (struct inputs){ .some_failed = true };
		}
	} else if (!count) {
		files = stdin_only;
		count = 1;
	}
	return inputs_check(&steps->arena, files, count, -1);
}

static bool open_folder(struct steps *steps)
{
	struct buf path = BUF_INIT;
	bool made;

	buf_addf(&path, "%s/trace", spool_folder());
	made = temporary_create_folder(buf_string(&path), &steps->folder);
	if (!made)
		diag_set(&steps->why,
			"cannot make a temporary folder in '%s': %s (TMPDIR names another place)",
			spool_folder(), strerror(errno));
	buf_release(&path);
	return made;
}

static bool keep_inputs(struct steps *steps, const struct inputs *inputs)
{
	const char *copy = steps_path(steps, 0, "stdin");

	for (size_t i = 0; i < inputs->count; i++)
		if (is_stdin(inputs->names[i])) {
			if (!copy_to(STDIN_FILENO, copy, &steps->why))
				return false;
			break;
		}
	return collect(&steps->files, &steps->arena, inputs->names, inputs->count,
		steps_path(steps, 0, "in"), copy, &steps->why);
}

static bool open_kept(struct steps *steps)
{
	struct span all, bad;
	bool good = map(steps, 0, "bad", &all);

	bad = all;
	good = good && open_texts(steps, &bad);
	unmap(all);
	for (size_t i = 0; i < steps->count && good; i++)
		good = open_evidence(steps, i);
	set_reading(steps);
	return good;
}

enum status steps_run(struct steps *steps, const struct plan *plan, const struct options *options,
	const char *const *files, size_t count)
{
	struct plan traced;
	struct inputs inputs;
	bool has_operands = count || options->files0_from;

	*steps = (struct steps){ .plan = plan, .options = options, .count = plan->stage_count };
	steps->items = mem_new(steps->count, sizeof(*steps->items));
	inputs = find_inputs(steps, files, count);
	steps->some_failed = inputs.some_failed;
	if (!inputs.count)
		return STATUS_FAILED;
	if (!check_kinds(steps, &inputs))
		return fail(steps, STATUS_USAGE);
	if (!open_folder(steps) || !keep_inputs(steps, &inputs) || !prepare_all(steps, &traced))
		return fail(steps, STATUS_FAILED);
	if (!run_all(steps, &traced, &inputs, has_operands))
		return STATUS_FAILED;
	if (!open_kept(steps))
		return fail(steps, STATUS_FAILED);
	return steps->rejected ? STATUS_REJECTED : STATUS_DONE;
}

void steps_release(struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		struct done_step *step = &steps->items[i];

		if (step->options.own)
			filter_options_release(&step->options);
		evidence_release(&step->evidence);
		texts_release(&step->out);
		origin_release(&step->origin);
		unmap(step->rows);
		unmap(step->rules);
		unmap(step->relations);
	}
	texts_release(&steps->input);
	raw_release(&steps->raw);
	if (steps->folder)
		temporary_forget(steps->folder, true);
	free(steps->folder);
	free(steps->items);
	arena_release(&steps->arena);
}

/* --- looking ------------------------------------------------------------------------------------------------ */

const struct raw *steps_raw(struct steps *steps, size_t index)
{
	if (steps->raw_known != index + 1) {
		steps->raw_fits = raw_read(
			&steps->raw, texts_raw(&steps->input, index), &steps->reading, &steps->why);
		steps->raw_known = index + 1;
	}
	return steps->raw_fits ? &steps->raw : NULL;
}

struct span steps_text(struct steps *steps, size_t at, size_t index)
{
	const struct raw *raw;

	if (at)
		return texts_at(&steps->items[at - 1].out, index);
	raw = steps_raw(steps, index);
	return raw ? buf_span(&raw->text) : SPAN("");
}

const struct origin *steps_origin(struct steps *steps, size_t at, size_t index)
{
	struct done_step *step = &steps->items[at];
	struct span in, out;

	if (step->mute.text[0])
		return NULL;
	if (step->known == index + 1)
		return &step->origin;
	in = steps_text(steps, at, evidence_document(&step->evidence, index));
	out = texts_at(&step->out, index);
	if (!evidence_origin(&step->evidence, index, in, out, &step->origin)) {
		diag_set(&step->mute, "what it says of document %zu does not fit what it wrote",
			evidence_document(&step->evidence, index) + 1);
		return NULL;
	}
	step->known = index + 1;
	return &step->origin;
}
